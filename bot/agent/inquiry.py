"""What a report of trouble leaves out, and the few questions that would tell it.

Asked is only what matters for this kind of trouble and stands neither in the customer's words nor
in the record of their account.
"""

from collections.abc import Sequence

from bot.agent.briefing import CustomerFacts
from bot.agent.citing.support import states_nothing
from bot.agent.phrases import Phrases, words_of
from bot.agent.reading import Reading
from bot.agent.signals import Hits
from bot.agent.words.inquiry import QUESTIONS, SECRETS, TELLS

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
_SPOKEN = frozenset(QUESTIONS["steps"])
_PHRASES = Phrases(TELLS)


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
    if not is_worth_it or not reading.words or language not in _SPOKEN:
        return ()
    wanted = _VAGUE if is_vague else _WANTED.get(category, _TROUBLE)
    known = _told(reading) | _on_record(customer)
    missing = [slot for slot in wanted if slot not in known]
    if len(missing) < _WORTH_ASKING:
        return ()
    return tuple(QUESTIONS[slot][language] for slot in missing[:AT_MOST])


def fit_to_ask(questions: Sequence[str]) -> tuple[str, ...]:
    """Those that only ask: no link, no figure and no order in them, and no secret asked for."""
    return tuple(one for one in questions if _is_fit(one))[:AT_MOST]


def _is_fit(question: str) -> bool:
    words = {word.text for word in words_of(question)}
    is_short = len(question) <= _LONGEST and "\n" not in question.strip()
    asks = question.rstrip().endswith("?") and states_nothing(question)
    return is_short and asks and not words & SECRETS


def _told(reading: Reading) -> frozenset[str]:
    return frozenset(name for name, _, _ in _PHRASES.find(reading.words))


def _on_record(customer: CustomerFacts | None) -> frozenset[str]:
    """Products with their versions are known of an account that has them on record."""
    if customer is None:
        return frozenset()
    return frozenset(["version"]) if customer.releases or customer.products else frozenset()
