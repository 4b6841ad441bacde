"""What an agent may notice in a ticket, by name; escalation rules are written against these names.

A signal is a hint in the customer's words, never a permission: no gate depends on the absence of
one. Anything in a ticket that addresses the machine instead of the company is `injection`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.agent.phrases import Phrases
from bot.agent.reading import Reading
from bot.agent.words import alarms, deeds, moods, people, wishes

SIGNALS = (
    "injection",
    "spam",
    "safety",
    "legal",
    "distress",
    "threat",
    "human_wanted",
    "repeated_contact",
    "several_products",
    "integration",
    "secrecy",
    "proposal_refused",
    "agent_escalates",
    "refund_wanted",
    "charge_of_another",
    "charge_spent",
    "more_than_paid",
    "account_change",
    "deed_wanted",
    "rejected_before",
    "vague",
    "praise",
)

_TABLE = {
    "injection": alarms.INJECTION,
    "safety": alarms.SAFETY,
    "intruder": alarms.INTRUDER,
    "legal": alarms.LEGAL,
    "threat": alarms.THREAT,
    "human_wanted": people.HUMAN_WANTED,
    "distress": moods.DISTRESS,
    "sour": moods.SOUR,
    "repeated_contact": moods.REPEATED,
    "praise": moods.PRAISE,
    "refund_wanted": wishes.REFUND,
    "cancel": wishes.CANCEL,
    "billing_email": wishes.BILLING_EMAIL,
    "owner": wishes.OWNER,
    "plan": wishes.PLAN,
    "seats": wishes.SEATS,
    "deed": deeds.DEED,
    "asking": wishes.ASKING,
    "trouble": wishes.TROUBLE,
    "integration": wishes.INTEGRATION,
    "secrecy": wishes.SECRECY,
    "spam": wishes.SPAM,
}
CHANGES = ("billing_email", "owner", "plan", "seats", "cancel")
_PHRASES = Phrases(_TABLE)

_NEGATIONS = frozenset(
    ["not", "dont", "no", "never", "without", "nicht", "kein", "keine", "sin", "nao", "pas"]
)
_CAN_BE_NEGATED = frozenset(
    ["refund_wanted", "threat", "cancel", "distress", "safety", "intruder", "praise"]
)
# Only in words meant for machines: chat markup, hidden text, forged control sequences.
_MARKUP = (
    "<!channel", "<!here", "<!everyone", "<@u", "<!--", "<|", "[system]", "<system", "</system",
    "[inst]", "### instruction", "### system", "\nsystem:", "\nassistant:", "approved=true",
    "approved: true", '"approved"', '"decision"', '"grade"', '"kind"', "javascript:", "<script",
    "display:none", "font-size:0",
)  # fmt: skip
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_OVERRIDES = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_SHOUTED = 0.6
_CALL = 3
_MOST_THANKS = 45
# And a sentence beside the thanks that is longer than this.
_ASIDE = 40
# Behind these comes what is really meant.
_TURNS = frozenset(["but", "however", "although", "if", "need", "want", "wish", "would", "could"])
_TURNS |= frozenset(["help", "aber", "jedoch", "wenn", "pero", "sin", "si", "mais", "mas", "se"])

Hits = Mapping[str, Sequence[tuple[int, int]]]


def hits(reading: Reading) -> Hits:
    """Where each kind of phrase stands, as (first word, word after the last)."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, first, after in _PHRASES.find(reading.words):
        if name in _CAN_BE_NEGATED and _is_negated(reading, first):
            continue
        found[name].append((first, after))
    for at, word in enumerate(reading.words):
        written = reading.text[word.start : word.end]
        if not written.isascii() and any(sign in written for sign in wishes.REFUND_SIGNS):
            found["refund_wanted"].append((at, at + 1))
    return found


def find_signals(
    reading: Reading, found: Hits, known_products: Sequence[str] = ()
) -> dict[str, str]:
    """Signals by name, each with the words that show it."""
    signals: dict[str, str] = {}
    plain = ("safety", "legal", "threat", "human_wanted", "repeated_contact")
    for name in plain:
        if found.get(name):
            signals[name] = reading.quote(*found[name][0])
    if len(reading.words) <= _CALL and any(w.text in people.CALLS for w in reading.words):
        signals.setdefault("human_wanted", reading.quote(0, len(reading.words)))
    if found.get("intruder") and not found.get("asking"):
        signals.setdefault("safety", _first(reading, found, "intruder"))
    injection = _machine_markup(reading) or _first(reading, found, "injection")
    trouble = found.get("trouble", ())
    candidates = {
        "injection": injection,
        "spam": _spam(reading, found),
        "distress": _distress(reading, found),
        "several_products": _several_products(reading, known_products),
        "integration": _first(reading, found, "integration") if trouble else "",
        "refund_wanted": _wish(reading, found, ("refund_wanted",)),
        "account_change": _wish(reading, found, CHANGES),
        "deed_wanted": _wish(reading, found, ("deed",)),
        "vague": _vague(reading, known_products),
        "praise": _praise(reading, found),
    }
    if candidates["refund_wanted"] or candidates["account_change"]:
        candidates["secrecy"] = _first(reading, found, "secrecy")
    signals |= {name: words for name, words in candidates.items() if words}
    return {name: signals[name] for name in SIGNALS if name in signals}


def sentiment_of(reading: Reading, found: Hits, signals: Mapping[str, str]) -> int:
    """From -2 (distressed) to 2 (delighted)."""
    if "distress" in signals:
        return -2
    if _sourness(reading, found) or "threat" in signals or "repeated_contact" in signals:
        return -1
    if "praise" in signals:
        return min(2, len(found["praise"]))
    return 0


def wishes_in(reading: Reading, found: Hits, kind: str) -> list[tuple[int, int]]:
    """Where something is asked for, and not merely asked about."""
    asked = [reading.words[first].start for first, _ in found.get("asking", ())]
    return [
        place
        for place in found.get(kind, ())
        if not any(
            begins <= at <= reading.words[place[0]].start
            for begins in [reading.sentence_at(place[0])]
            for at in asked
        )
    ]


def _wish(reading: Reading, found: Hits, kinds: Sequence[str]) -> str:
    places = [place for kind in kinds for place in wishes_in(reading, found, kind)]
    return reading.quote(*places[0]) if places else ""


def _first(reading: Reading, found: Hits, name: str) -> str:
    places = found.get(name, ())
    return reading.quote(*places[0]) if places else ""


def _is_negated(reading: Reading, first: int) -> bool:
    begins = reading.sentence_at(first)
    before = reading.words[max(0, first - 5) : first]
    return any(word.text in _NEGATIONS for word in before if word.start >= begins)


def _machine_markup(reading: Reading) -> str:
    lowered = reading.raw.lower()
    marked = next((mark for mark in _MARKUP if mark in lowered), "")
    if marked:
        return marked
    if any("\U000e0000" <= char <= "\U000e007f" or char in _OVERRIDES for char in reading.raw):
        return "hidden characters"
    split = sum(
        char in _ZERO_WIDTH and before.isascii() and before.isalpha() and after.isalpha()
        for before, char, after in zip(reading.raw, reading.raw[1:], reading.raw[2:], strict=False)
    )
    return "hidden characters" if split > 2 else ""


def _distress(reading: Reading, found: Hits) -> str:
    strong = found.get("distress", ())
    if strong:
        return reading.quote(*strong[0])
    if _sourness(reading, found) >= 3:
        return _first(reading, found, "sour") or "written in capitals"
    return ""


def _sourness(reading: Reading, found: Hits) -> int:
    """Different sour words, plus one each for shouting and for rows of exclamation marks."""
    words = {reading.words[first].text for first, _ in found.get("sour", ())}
    letters = [char for char in reading.body if char.isalpha()]
    shouts = len(letters) > 25 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)
    return len(words) + shouts + ("!!" in reading.text)


def _spam(reading: Reading, found: Hits) -> str:
    """Two different marks of advertising or call-centre fraud."""
    marks = {reading.quote(*place).lower() for place in found.get("spam", ())}
    odd = sum("\u2460" <= char <= "\u27bf" for char in reading.raw)
    many_links = reading.raw.count("http") + reading.raw.count("<url") > 3
    if len(marks) + (odd > 6) + many_links < 2:
        return ""
    return _first(reading, found, "spam") or "links and signs"


def _several_products(reading: Reading, known_products: Sequence[str]) -> str:
    named = [name for name in known_products if name.lower() in reading.plain_words]
    return ", ".join(named) if len(named) > 1 else ""


def _vague(reading: Reading, known_products: Sequence[str]) -> str:
    """Nearly no word that says what it is about."""
    names = {name.lower() for name in known_products}
    telling = [word for word in reading.stems.values() if word not in names]
    letters = sum(map(str.isalpha, reading.text))
    is_spaced = not letters or len(reading.words) * 25 > letters
    if len(telling) >= 2 or not is_spaced:
        return ""
    return " ".join(reading.text.split())[:80] or "nothing"


def _praise(reading: Reading, found: Hits) -> str:
    """Thanks and nothing asked. Whoever writes at length has more to say than that."""
    asks = ("trouble", "asking", "refund_wanted", "deed", "distress", "sour", *CHANGES)
    if "?" in reading.text or any(found.get(name) for name in asks):
        return ""
    if len(reading.words) > _MOST_THANKS or _TURNS & reading.plain_words:
        return ""
    praised = {reading.sentence_at(first) for first, _ in found.get("praise", ())}
    said = {reading.sentence_at(at): reading.sentence(at) for at in range(len(reading.words))}
    beside = [sentence for begins, sentence in said.items() if begins not in praised]
    if any(len(sentence) > _ASIDE or not _is_latin(sentence) for sentence in beside):
        return ""
    return _first(reading, found, "praise")


def _is_latin(text: str) -> bool:
    """Of other scripts few words are known here, so that silence about them says nothing."""
    return not any(char > "\u036f" and char.isalpha() for char in text)
