"""What is wrong with a text to a customer: rules with stable names and a suggestion each.

They are few and sure rather than many: whoever is warned for nothing three times reads no fourth
warning. A grave finding keeps an agent's draft from the customer; a person is only told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.agent.language import LANGUAGES, language_of
from bot.agent.phrases import plain, readable, words_of
from bot.wording import blaming, steps
from bot.wording.reading import LOOKING_BACK, Circumstances, Text, run_of
from bot.wording.times import Told, times_in, vague_in
from bot.wording.tongues import is_of_another

# Of fewer letters only function words tell the language; of fewer words nobody asks what is next.
_LETTERS = 60
_WORDS = 25
# So near to each other that a short text of the one is taken for the other.
_NEAR = (frozenset(["da", "sv"]), frozenset(["ru", "uk"]), frozenset(["ar", "fa"]))
# The number and the unit of a span, which an article names in other words around them.
_SPAN = 2
# So many words before what blames may deny it.
_DENYING = 4


@dataclass(frozen=True)
class Finding:
    """`words` are the text's own, empty for what is missing in it."""

    name: str
    words: str
    suggestion: str
    grave: bool = False

    def line(self) -> str:
        about = f"“{self.words}”: " if self.words else ""
        return f"{about}{self.suggestion} ({self.name})"


def look(text: str, about: Circumstances) -> tuple[Finding, ...]:
    """Every finding, the grave ones first; one of each name."""
    seen = readable(text)
    read = Text(seen, about, words_of(seen))
    found = [finding for rule in _RULES if (finding := rule(read)) is not None]
    return tuple(sorted(found, key=lambda finding: not finding.grave))


def _blame(read: Text) -> Finding | None:
    """What is only possible, and what is denied, blames nobody."""
    tip = "Say what happened and what helps, not whose fault it is."
    for said, first in read.quotes("blame"):
        before = read.before(first)
        if blaming.PERHAPS.isdisjoint(before) and blaming.DENIED.isdisjoint(before[-_DENYING:]):
            return Finding("blame", said, tip, grave=True)
    return None


def _promised_outcome(read: Text) -> Finding | None:
    tip = "Promise only what is decided: say what you will do, and when they will hear of it."
    grants = () if read.about.is_granted else ("grants", "done")
    for kind, first, after in read.found:
        if kind not in ("promised_outcome", "kept", *grants) or _is_only_told(read, kind, first):
            continue
        start = read.words[first].start
        if not read.is_backed(start):
            said = read.text[start : read.words[after - 1].end][:80]
            return Finding("promised_outcome", said, tip, grave=True)
    return None


def _is_only_told(read: Text, kind: str, first: int) -> bool:
    """What was done is only told of where its own clause has a condition or a denial, and how the
    product keeps data where its sentence has one."""
    if kind == "done":
        return not (blaming.PERHAPS | blaming.DENIED).isdisjoint(read.clause(first))
    if kind != "kept":
        return False
    _, ends = read.sentence(read.words[first].start)
    near = read.words[first : first + LOOKING_BACK]
    behind = [word.text for word in near if word.start < ends]
    return not blaming.PERHAPS.isdisjoint([*read.before(first), *behind])


def _promised_time(read: Text) -> Finding | None:
    if read.about.is_recorded:
        return None
    for told in _promises(read, read.about.now, read.about.zone):
        if not read.is_backed(told.start):
            tip = "Nobody is reminded of this time: check “Next update by” below, or leave it out."
            return Finding("promised_time", told.words, tip, grave=True)
    ours, things = _sentences_with(read, "commits"), _things(read)
    for start, said in vague_in(read.text) if ours or things else ():
        begins = read.sentence(start)[0]
        is_told = begins not in ours and f" {run_of(said)} " in read.backing
        if begins in ours | things and not is_told and not read.is_backed(start):
            tip = "This is no time: say by when, and fill in “Next update by”, or leave it out."
            return Finding("promised_time", said, tip, grave=True)
    return None


def _wrong_language(read: Text) -> Finding | None:
    wanted = read.about.language
    if wanted not in LANGUAGES:
        return None
    tip = f"The customer writes in another language ({wanted})."
    if sum(map(str.isalpha, read.text)) < _LETTERS:
        is_other = is_of_another([word.text for word in read.words], wanted)
    else:
        told = language_of(read.text, wanted)
        is_other = told != wanted and not any({told, wanted} <= near for near in _NEAR)
    return Finding("wrong_language", "", tip, grave=True) if is_other else None


def _canned_apology(read: Text) -> Finding | None:
    tip = "Name what went wrong for them, or leave it out."
    for kind, first, after in read.found:
        end = read.words[after - 1].end
        is_whole = kind == "canned_alone" and read.text[end : end + 2].strip()[:1] in ".!,;"
        if kind == "canned_apology" or is_whole:
            said = read.text[read.words[first].start : end][:80]
            return Finding("canned_apology", said, tip)
    return None


def _jargon(read: Text) -> Finding | None:
    theirs = {plain(word.text) for word in words_of(read.about.wrote)}
    for said, first in read.quotes("jargon"):
        behind = read.text[read.words[first].start + len(said) :][:3].lstrip()
        if not {plain(word) for word in said.split()} <= theirs and not behind.startswith("("):
            return Finding("jargon", said, "Say it in the customer's words, or explain it.")
    return None


def _no_acknowledgement(read: Text) -> Finding | None:
    if not read.about.upset or any(read.quotes("seen")):
        return None
    tip = "They are upset: first show that you have seen why."
    return Finding("no_acknowledgement", "", tip)


def _no_next_step(read: Text) -> Finding | None:
    is_short = len(read.words) < _WORDS
    if is_short or "?" in read.text or any(_steps(read)):
        return None
    return Finding("no_next_step", "", "Say what happens next, or what they can do.")


def _steps(read: Text) -> Iterator[int]:
    """Where somebody is asked to do something, or says what they will do."""
    for kind, first, _ in read.found:
        is_bid = kind == "bids" and read.words[max(0, first - 1)].text not in steps.SUBJECTS
        is_asked = kind == "heads" and read.is_head(first)
        if kind in ("asks", "commits") or is_bid or is_asked:
            yield first


def promised_in(text: str, now: datetime, zone: str) -> Told | None:
    """The first time by which somebody of ours will do something, as the text says it."""
    seen = readable(text)
    return next(_promises(Text(seen, Circumstances(now), words_of(seen)), now, zone), None)


def _promises(read: Text, now: datetime, zone: str) -> Iterator[Told]:
    """What we will do by a time; and what will come about by one, unless an article names it."""
    ours, things = _sentences_with(read, "commits"), _things(read)
    for told in times_in(read.text, now, zone) if ours or things else ():
        begins, _ = read.sentence(told.start)
        span = " ".join(run_of(told.words).split()[-_SPAN:])
        if begins in ours or (begins in things and f" {span} " not in read.backing):
            yield told


def _things(read: Text) -> set[int]:
    """The sentences in which something is to come about, said in full or curtly."""
    curt = (first for kind, first, _ in read.found if kind == "curt" and read.is_head(first))
    starts = {read.sentence(read.words[first].start)[0] for first in curt}
    return _sentences_with(read, "comes") | starts


def _sentences_with(read: Text, name: str) -> set[int]:
    return {
        read.sentence(read.words[first].start)[0] for kind, first, _ in read.found if kind == name
    }


_RULES: Sequence[Callable[[Text], Finding | None]] = (
    _blame,
    _promised_outcome,
    _promised_time,
    _wrong_language,
    _canned_apology,
    _jargon,
    _no_acknowledgement,
    _no_next_step,
)
NAMES = tuple(rule.__name__.lstrip("_") for rule in _RULES)
