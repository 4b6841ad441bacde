"""What a report of trouble leaves out, and the few questions that would tell it.

Asked is only what matters for this kind of trouble and stands neither in the customer's words nor
in the record of their account.
"""

from collections.abc import Sequence

from bot.agent.briefing import CustomerFacts
from bot.agent.citing.support import states_nothing
from bot.agent.phrases import Phrases, Word, readable, words_of
from bot.agent.reading import Reading
from bot.agent.signals import Hits
from bot.agent.words.inquiry import ASKS, HABITS, PRONOUNS, QUESTIONS, SECRETS, SETTLED, TELLS

AT_MOST = 3
# With fewer gaps than these a person can begin at once, and asking only costs the customer time.
_WORTH_ASKING = 2
_LONGEST = 200
_WANTED = {
    "outage": ("began", "affected", "impact"),
    "performance": ("steps", "began", "affected", "device"),
    "integration": ("steps", "expected", "began"),
    "mobile": ("steps", "expected", "device", "version"),
    "data": ("steps", "expected", "began"),
    "sign_in": ("steps", "expected", "device"),
}
_OF_ITSELF = ("outage", "performance")
_TROUBLE = ("steps", "expected", "version", "device")
_VAGUE = ("about", "expected", "version", "device")
# Worth a line where we ask anyway, and nobody is kept waiting for these alone.
_BESIDES = ("began", "affected", "impact")
_SPOKEN = frozenset(QUESTIONS["steps"])
_PHRASES = Phrases(TELLS)
_ASKED = Phrases(ASKS)
# A question with more of these is several in one.
_PRONOUNS = 2


def questions_for(
    reading: Reading,
    found: Hits,
    category: str,
    is_vague: bool,
    customer: CustomerFacts | None,
    language: str,
) -> tuple[str, ...]:
    """At most three, the most telling first; none for what is no trouble or told well enough, and
    none in a language that nobody here wrote them in."""
    is_told = bool(found.get("trouble")) or category in _OF_ITSELF
    is_trouble = is_told and not found.get("asking")
    is_worth_it = is_trouble or (is_vague and not found.get("praise"))
    if not is_worth_it or not reading.words or language not in _SPOKEN or _is_settled(reading):
        return ()
    wanted = _VAGUE if is_vague else _WANTED.get(category, _TROUBLE)
    known = _told(reading) | _on_record(customer)
    missing = [slot for slot in wanted if slot not in known]
    if len(missing) < _WORTH_ASKING:
        return ()
    besides = [slot for slot in _BESIDES if slot not in known and slot not in missing]
    return tuple(QUESTIONS[slot][language] for slot in [*missing, *besides][:AT_MOST])


def _is_settled(reading: Reading) -> bool:
    """Whether it is about something that a person has to settle, whatever else is told."""
    return any(word.startswith(SETTLED) for word in reading.plain_words)


def fit_to_ask(questions: Sequence[str], customer: CustomerFacts | None = None) -> tuple[str, ...]:
    """Those that only ask, one thing each: no link, no figure and no order in them, no secret
    asked for, and nothing that the record of the account says."""
    known = _recorded(customer)
    return tuple(one for one in questions if _is_fit(one, known))[:AT_MOST]


def _is_fit(question: str, known: frozenset[str]) -> bool:
    words = words_of(readable(question))
    told = [word.text for word in words]
    is_short = len(question) <= _LONGEST and "\n" not in question.strip()
    is_one = sum(map(question.count, "?？؟")) == 1 and sum(w in PRONOUNS for w in told) <= _PRONOUNS
    asks = question.rstrip().endswith("?") and states_nothing(question)
    is_plain = (SECRETS | HABITS).isdisjoint(told)
    return is_short and is_one and asks and is_plain and known.isdisjoint(_wanted(words))


def _wanted(words: list[Word]) -> set[str]:
    """What of a record is asked for; of a browser or a device no record of ours has the version."""
    wanted = {name for name, _, _ in _ASKED.find(words)}
    is_of_device = any(name == "device" for name, _, _ in _PHRASES.find(words))
    return wanted - {"version"} if is_of_device else wanted


def _recorded(customer: CustomerFacts | None) -> frozenset[str]:
    """What a question may not ask for. Of several products the record cannot say which it is."""
    if customer is None:
        return frozenset()
    known = {
        "plan": customer.tier,
        "region": customer.region,
        "account": customer.account,
        "role": customer.role,
        "product": len(customer.products) == 1,
        "version": customer.releases,
    }
    return frozenset(name for name, is_known in known.items() if is_known)


def _told(reading: Reading) -> frozenset[str]:
    return frozenset(name for name, _, _ in _PHRASES.find(reading.words))


def _on_record(customer: CustomerFacts | None) -> frozenset[str]:
    """Products with their versions are known of an account that has them on record."""
    if customer is None:
        return frozenset()
    return frozenset(["version"]) if customer.releases or customer.products else frozenset()
