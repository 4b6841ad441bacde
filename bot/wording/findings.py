"""What is wrong with a text to a customer: rules with stable names and a suggestion each.

They are few and sure rather than many: whoever is warned for nothing three times reads no fourth
warning. A grave finding keeps an agent's draft from the customer; a person is only told.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.agent.language import LANGUAGES, language_of
from bot.agent.phrases import Phrases, Word, plain, readable, words_of
from bot.wording import blaming, promising, words
from bot.wording.times import Told, times_in, vague_in

# Of fewer words nobody can tell their language, or asks what comes next.
_LETTERS = 60
_WORDS = 25
# So near to each other that a short text of the one is taken for the other.
_NEAR = (frozenset(["da", "sv"]), frozenset(["ru", "uk"]), frozenset(["ar", "fa"]))
# The number and the unit of a span, which an article names in other words around them.
_SPAN = 2
# So many words before a phrase may make it a mere chance, and so many deny it.
_LOOKING_BACK = 15
_DENYING = 4
_PHRASES = Phrases(
    {
        "canned_apology": words.CANNED,
        "blame": blaming.BLAME,
        "jargon": words.JARGON,
        "promised_outcome": promising.OUTCOME,
        "grants": promising.GRANTS,
        "commits": promising.COMMITS,
        "comes": promising.COMES,
        "next_step": words.NEXT_STEP,
        "seen": words.SEEN,
    }
)


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


@dataclass(frozen=True)
class Circumstances:
    """For whom a text is: their `language`, whether they are `upset`, what they `wrote`. `backing`
    is what may promise for us (an article, a record); `is_recorded` says that a time in the text
    is on record, where somebody is reminded of it, and `is_granted` that an act for this ticket
    was approved."""

    now: datetime
    zone: str = "UTC"
    language: str = ""
    upset: bool = False
    wrote: str = ""
    backing: str = ""
    is_recorded: bool = False
    is_granted: bool = False


@dataclass(frozen=True)
class _Text:
    text: str
    about: Circumstances
    words: list[Word] = field(repr=False)

    @cached_property
    def found(self) -> list[tuple[str, int, int]]:
        return list(_PHRASES.find(self.words))

    def quotes(self, *names: str) -> Iterator[tuple[str, int]]:
        """What was found under the names, each with the number of its first word."""
        for kind, first, after in self.found:
            if kind in names:
                yield self.text[self.words[first].start : self.words[after - 1].end][:80], first

    @cached_property
    def opens(self) -> list[int]:
        """Where sentences begin."""
        return [0, *(word.start for word in self.words if word.opens)]

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around this place begins and ends."""
        number = bisect_right(self.opens, at)
        return self.opens[number - 1], (*self.opens, len(self.text))[number]

    @cached_property
    def backing(self) -> str:
        return f" {_run(self.about.backing)} "

    @cached_property
    def _backed(self) -> dict[int, bool]:
        return {}

    def is_backed(self, at: int) -> bool:
        """Whether the sentence around this place stands in what may promise for us."""
        begins, ends = self.sentence(at)
        if begins not in self._backed:
            said = _run(self.text[begins:ends])
            self._backed[begins] = bool(said) and f" {said} " in self.backing
        return self._backed[begins]

    def before(self, first: int) -> list[str]:
        """The words of the same sentence before one of it, the last few."""
        begins, _ = self.sentence(self.words[first].start)
        near = self.words[max(0, first - _LOOKING_BACK) : first]
        return [word.text for word in near if word.start >= begins]


def look(text: str, about: Circumstances) -> tuple[Finding, ...]:
    """Every finding, the grave ones first; one of each name."""
    seen = readable(text)
    read = _Text(seen, about, words_of(seen))
    found = [finding for rule in _RULES if (finding := rule(read)) is not None]
    return tuple(sorted(found, key=lambda finding: not finding.grave))


def _blame(read: _Text) -> Finding | None:
    """What is only possible, and what is denied, blames nobody."""
    tip = "Say what happened and what helps, not whose fault it is."
    for said, first in read.quotes("blame"):
        before = read.before(first)
        if blaming.PERHAPS.isdisjoint(before) and blaming.DENIED.isdisjoint(before[-_DENYING:]):
            return Finding("blame", said, tip, grave=True)
    return None


def _promised_outcome(read: _Text) -> Finding | None:
    tip = "Promise only what is decided: say what you will do, and when they will hear of it."
    names = ["promised_outcome"] if read.about.is_granted else ["promised_outcome", "grants"]
    for said, first in read.quotes(*names):
        if not read.is_backed(read.words[first].start):
            return Finding("promised_outcome", said, tip, grave=True)
    return None


def _promised_time(read: _Text) -> Finding | None:
    if read.about.is_recorded:
        return None
    for told in _promises(read, read.about.now, read.about.zone):
        if not read.is_backed(told.start):
            tip = "Nobody is reminded of this time: fill in “Next update by”, or leave it out."
            return Finding("promised_time", told.words, tip, grave=True)
    ours = _sentences_with(read, "commits")
    for start, said in vague_in(read.text) if ours else ():
        if read.sentence(start)[0] in ours and not read.is_backed(start):
            tip = "This is no time: say by when, and fill in “Next update by”, or leave it out."
            return Finding("promised_time", said, tip, grave=True)
    return None


def _wrong_language(read: _Text) -> Finding | None:
    wanted = read.about.language
    if wanted not in LANGUAGES or sum(map(str.isalpha, read.text)) < _LETTERS:
        return None
    told = language_of(read.text, wanted)
    tip = f"The customer writes in another language ({wanted})."
    is_other = told != wanted and not any({told, wanted} <= near for near in _NEAR)
    return Finding("wrong_language", "", tip, grave=True) if is_other else None


def _canned_apology(read: _Text) -> Finding | None:
    tip = "Name what went wrong for them, or leave it out."
    return next(
        (Finding("canned_apology", said, tip) for said, _ in read.quotes("canned_apology")), None
    )


def _jargon(read: _Text) -> Finding | None:
    theirs = {plain(word.text) for word in words_of(read.about.wrote)}
    for said, first in read.quotes("jargon"):
        behind = read.text[read.words[first].start + len(said) :][:3].lstrip()
        if not {plain(word) for word in said.split()} <= theirs and not behind.startswith("("):
            return Finding("jargon", said, "Say it in the customer's words, or explain it.")
    return None


def _no_acknowledgement(read: _Text) -> Finding | None:
    if not read.about.upset or any(read.quotes("seen")):
        return None
    tip = "They are upset: first show that you have seen why."
    return Finding("no_acknowledgement", "", tip)


def _no_next_step(read: _Text) -> Finding | None:
    is_short = len(read.words) < _WORDS
    if is_short or "?" in read.text or any(read.quotes("next_step")):
        return None
    return Finding("no_next_step", "", "Say what happens next, or what they can do.")


def promised_in(text: str, now: datetime, zone: str) -> Told | None:
    """The first time by which somebody of ours will do something, as the text says it."""
    seen = readable(text)
    return next(_promises(_Text(seen, Circumstances(now), words_of(seen)), now, zone), None)


def _promises(read: _Text, now: datetime, zone: str) -> Iterator[Told]:
    """What we will do by a time; and what will come about by one, unless an article names it."""
    ours, things = _sentences_with(read, "commits"), _sentences_with(read, "comes")
    for told in times_in(read.text, now, zone) if ours or things else ():
        begins, _ = read.sentence(told.start)
        span = " ".join(_run(told.words).split()[-_SPAN:])
        if begins in ours or (begins in things and f" {span} " not in read.backing):
            yield told


def _sentences_with(read: _Text, name: str) -> set[int]:
    return {
        read.sentence(read.words[first].start)[0] for kind, first, _ in read.found if kind == name
    }


def _run(text: str) -> str:
    return " ".join(word.text for word in words_of(readable(text)))


_RULES: Sequence[Callable[[_Text], Finding | None]] = (
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
