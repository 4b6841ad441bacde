"""What is wrong with a text to a customer: rules with stable names and a suggestion each.

They are few and sure rather than many: whoever is warned for nothing three times reads no fourth
warning. A grave finding keeps an agent's draft from the customer; a person is only told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.agent.language import language_of
from bot.agent.phrases import Phrases, Word, plain, readable, words_of
from bot.wording import words
from bot.wording.times import Told, times_in

# Of fewer words nobody can tell their language, or asks what comes next.
_LETTERS = 60
_WORDS = 25
_SPOKEN = frozenset(["en", "de", "es", "fr", "pt"])
_PHRASES = Phrases(
    {
        "canned_apology": words.CANNED,
        "blame": words.BLAME,
        "jargon": words.JARGON,
        "promised_outcome": words.OUTCOME,
        "commits": words.COMMITS,
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
    is on record, where somebody is reminded of it."""

    now: datetime
    zone: str = "UTC"
    language: str = ""
    upset: bool = False
    wrote: str = ""
    backing: str = ""
    is_recorded: bool = False


@dataclass(frozen=True)
class _Text:
    text: str
    about: Circumstances
    words: list[Word] = field(repr=False)

    @cached_property
    def found(self) -> list[tuple[str, int, int]]:
        return list(_PHRASES.find(self.words))

    def quotes(self, name: str) -> Iterator[str]:
        for kind, first, after in self.found:
            if kind == name:
                yield self.text[self.words[first].start : self.words[after - 1].end][:80]

    @cached_property
    def backing(self) -> str:
        return _run(self.about.backing)

    def is_backed(self, at: int) -> bool:
        """Whether the sentence around this place stands in what may promise for us."""
        return bool(self.backing) and _run(self.sentence(at)) in self.backing

    def sentence(self, at: int) -> str:
        begins = max((w.start for w in self.words if w.opens and w.start <= at), default=0)
        ends = min((w.start for w in self.words if w.opens and w.start > at), default=None)
        return self.text[begins:ends]


def look(text: str, about: Circumstances) -> tuple[Finding, ...]:
    """Every finding, the grave ones first; one of each name."""
    seen = readable(text)
    read = _Text(seen, about, words_of(seen))
    found = [finding for rule in _RULES if (finding := rule(read)) is not None]
    return tuple(sorted(found, key=lambda finding: not finding.grave))


def _blame(read: _Text) -> Finding | None:
    tip = "Say what happened and what helps, not whose fault it is."
    return next((Finding("blame", said, tip, grave=True) for said in read.quotes("blame")), None)


def _promised_outcome(read: _Text) -> Finding | None:
    tip = "Promise only what is decided: say what you will do, and when they will hear of it."
    for said in read.quotes("promised_outcome"):
        if not read.is_backed(read.text.find(said)):
            return Finding("promised_outcome", said, tip, grave=True)
    return None


def _promised_time(read: _Text) -> Finding | None:
    promised = promised_in(read.text, read.about.now, read.about.zone)
    if promised is None or read.about.is_recorded or read.is_backed(promised.start):
        return None
    tip = "Nobody is reminded of this time: fill in “Next update by”, or leave it out."
    return Finding("promised_time", promised.words, tip, grave=True)


def _wrong_language(read: _Text) -> Finding | None:
    wanted = read.about.language
    if wanted not in _SPOKEN or sum(map(str.isalpha, read.text)) < _LETTERS:
        return None
    told = language_of(read.text, wanted)
    tip = f"The customer writes in another language ({wanted})."
    return Finding("wrong_language", "", tip, grave=True) if told != wanted else None


def _canned_apology(read: _Text) -> Finding | None:
    tip = "Name what went wrong for them, or leave it out."
    said = next(read.quotes("canned_apology"), None)
    return Finding("canned_apology", said, tip) if said else None


def _jargon(read: _Text) -> Finding | None:
    theirs = {plain(word.text) for word in words_of(read.about.wrote)}
    for said in read.quotes("jargon"):
        behind = read.text[read.text.find(said) + len(said) :].lstrip()
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
    read = _Text(seen, Circumstances(now), words_of(seen))
    commits = [read.words[first].start for name, first, _ in read.found if name == "commits"]
    opens = [word.start for word in read.words if word.opens]
    for told in times_in(seen, now, zone):
        begins = max((at for at in opens if at <= told.start), default=0)
        ends = min((at for at in opens if at > told.start), default=len(seen))
        if any(begins <= at < ends for at in commits):
            return told
    return None


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
