"""True and wrong sentences out of articles: told a little differently, or with one thing wrong."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.agent.passages import passages_of

PER_KIND = 400


def _words(table: str) -> tuple[str, ...]:
    return tuple(table.split())


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_DENIAL = re.compile(
    r"\b(?:can|do|does|is|are|will|should|was|must)(?P<apart> not|n't)\b|\bcan(?P<joined>not)\b"
)
_COUNTS = _words("two three four five six seven eight nine ten")
_NAMES = _words(
    """
    Firefox Thunderbird Windows macOS Linux Android iOS Chrome Safari Microsoft Google
    Mozilla Apple Gmail Edge Yahoo Outlook Pocket Mac Lockwise Monitor Focus Relay Sync
    Flash Facebook
    """
)
_OPPOSITES: Mapping[str, str] = {
    "always": "never", "never": "always", "all": "no", "with": "without", "without": "with",
    "before": "after", "after": "before", "enable": "disable", "disable": "enable",
    "enabled": "disabled", "disabled": "enabled", "automatically": "manually", "more": "less",
    "allow": "block",
}  # fmt: skip
_DENIED = _words("can will is are does do should must may has was would")
_IDLE = _words("also then the your just simply now")
_OTHER_WORDS = (
    (r"\bClick\b", "Press"), (r"\bclick\b", "choose"), (r"\bselect\b", "choose"),
    (r"\bSelect\b", "Choose"), (r"\bdo not\b", "don't"), (r"\bcannot\b", "can't"),
    (r"\bdoesn't\b", "does not"), (r"\bwill\b", "is going to"), (r"\byou'll\b", "you will"),
    (r"\bYou can\b", "It is possible to"), (r"\bsettings\b", "setting"),
    (r"\bshows\b", "displays"), (r"\ballows you to\b", "lets you"),
    (r"\blets you\b", "allows you to"),
)  # fmt: skip

Change = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Case:
    """A sentence and the passages that it cites; `true` when these do say so."""

    kind: str
    text: str
    passages: tuple[str, ...]
    title: str = ""
    language: str = "en"
    true: bool = False


def cases_of(articles: Sequence[Mapping[str, Any]], whole: bool, seed: int) -> list[Case]:
    """So many of each kind; cited is the sentence's own passage, or the `whole` article."""
    dice = random.Random(seed)
    made: dict[str, list[Case]] = {kind: [] for kind in chain(WRONG, TRUE)}
    for article in articles:
        for passages, sentence in _sentences(str(article["body"]), whole):
            for kind, change in chain(WRONG.items(), TRUE.items()):
                told = change(sentence, dice)
                if told and told != sentence:
                    case = Case(kind, told, passages, article["title"], true=kind in TRUE)
                    made[kind].append(case)
    return [one for found in made.values() for one in dice.sample(found, min(PER_KIND, len(found)))]


def _sentences(body: str, whole: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    passages = passages_of(body)
    for passage in passages:
        for sentence in _SENTENCE.split(passage):
            if 6 <= len(sentence.split()) <= 45:
                yield passages if whole else (passage,), sentence


def _exchanged(sentence: str, one: re.Match[str], other: str) -> str:
    return sentence[: one.start()] + other + sentence[one.end() :]


def _number(sentence: str, dice: random.Random) -> str:
    counts = (one for one in re.finditer(r"\b[a-z]+\b", sentence) if one[0] in _COUNTS)
    found = [*_NUMBER.finditer(sentence), *counts]
    if not found:
        return ""
    one = dice.choice(found)
    if one[0] in _COUNTS:
        return _exchanged(sentence, one, dice.choice([c for c in _COUNTS if c != one[0]]))
    at = dice.choice([place for place, char in enumerate(one[0]) if char.isdigit()])
    digit = dice.choice([other for other in "123456789" if other != one[0][at]])
    return _exchanged(sentence, one, one[0][:at] + digit + one[0][at + 1 :])


def _name(sentence: str, dice: random.Random) -> str:
    found = [one for one in re.finditer(r"\b\w+\b", sentence) if one[0] in _NAMES]
    if not found:
        return ""
    one = dice.choice(found)
    return _exchanged(sentence, one, dice.choice([name for name in _NAMES if name != one[0]]))


def _denied(sentence: str, dice: random.Random) -> str:
    found = [
        one
        for one in re.finditer(r"\b[a-z]+\b", sentence)
        if one[0] in _DENIED and not sentence[one.end() :].startswith((" not", "n't"))
    ]
    if not found:
        return ""
    one = dice.choice(found)
    return _exchanged(sentence, one, "cannot" if one[0] == "can" else f"{one[0]} not")


def _affirmed(sentence: str, dice: random.Random) -> str:
    found = list(_DENIAL.finditer(sentence))
    if not found:
        return ""
    one = dice.choice(found)
    first, after = one.span("apart" if one["apart"] else "joined")
    return sentence[:first] + sentence[after:]


def _opposite(sentence: str, dice: random.Random) -> str:
    found = [one for one in re.finditer(r"\b[a-z]+\b", sentence) if one[0] in _OPPOSITES]
    if not found:
        return ""
    one = dice.choice(found)
    return _exchanged(sentence, one, _OPPOSITES[one[0]])


def _word_for_word(sentence: str, dice: random.Random) -> str:
    return f"{sentence} "


def _other_words(sentence: str, dice: random.Random) -> str:
    for pattern, other in _OTHER_WORDS:
        sentence = re.sub(pattern, other, sentence)
    return sentence


def _shorter(sentence: str, dice: random.Random) -> str:
    """Without what stands in brackets and one part between commas, or without idle words."""
    parts = re.sub(r"\s*\([^)]*\)", "", sentence).split(", ")
    if len(parts) > 2:
        parts.pop(dice.randrange(1, len(parts)))
        return ", ".join(parts)
    return " ".join(word for word in ", ".join(parts).split() if word.lower() not in _IDLE)


def _reordered(sentence: str, dice: random.Random) -> str:
    first, comma, second = sentence.rstrip(".").partition(", ")
    if not comma or not first or not second or ", " in second:
        return ""
    kept = first.split()[0] in _NAMES or not first[1:2].islower()
    return f"{second[0].upper()}{second[1:]} {first if kept else first[0].lower() + first[1:]}."


def _in_other_words(change: Change) -> Change:
    def both(sentence: str, dice: random.Random) -> str:
        told = _other_words(sentence, dice)
        return change(told, dice) if told != sentence else ""

    return both


WRONG: Mapping[str, Change] = {
    "number": _number,
    "name": _name,
    "denied": _denied,
    "affirmed": _affirmed,
    "opposite": _opposite,
    "number, in other words": _in_other_words(_number),
    "name, in other words": _in_other_words(_name),
    "denied, in other words": _in_other_words(_denied),
}
TRUE: Mapping[str, Change] = {
    "word for word": _word_for_word,
    "in other words": _other_words,
    "shorter": _shorter,
    "reordered": _reordered,
}
