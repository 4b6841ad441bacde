"""A text to a customer as the rules read it: its phrases, clauses and sentences."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.agent.phrases import Phrases, Word, readable, words_of
from bot.wording import blaming, claiming, promising, steps, words

# So many words before a phrase may make it a mere chance.
LOOKING_BACK = 15
# What parts a clause from the one before it.
_PARTS = frozenset(",;:.!?\n–—•*)(。！？，、")
_PHRASES = Phrases(
    {
        "canned_apology": words.CANNED,
        "canned_alone": words.CANNED_ALONE,
        "blame": blaming.BLAME,
        "jargon": words.JARGON,
        "promised_outcome": promising.OUTCOME,
        "grants": promising.GRANTS,
        "done": claiming.DONE,
        "kept": claiming.KEPT,
        "commits": promising.COMMITS,
        "comes": promising.COMES,
        "curt": promising.CURT,
        "asks": steps.ASKS,
        "bids": steps.BIDS,
        "heads": steps.HEADS,
        "seen": words.SEEN,
    }
)


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
class Text:
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
        return f" {run_of(self.about.backing)} "

    @cached_property
    def _backed(self) -> dict[int, bool]:
        return {}

    def is_backed(self, at: int) -> bool:
        """Whether the sentence around this place stands in what may promise for us."""
        begins, ends = self.sentence(at)
        if begins not in self._backed:
            said = run_of(self.text[begins:ends])
            self._backed[begins] = bool(said) and f" {said} " in self.backing
        return self._backed[begins]

    def before(self, first: int) -> list[str]:
        """The words of the same sentence before one of it, the last few."""
        begins, _ = self.sentence(self.words[first].start)
        near = self.words[max(0, first - LOOKING_BACK) : first]
        return [word.text for word in near if word.start >= begins]

    def clause(self, first: int) -> list[str]:
        """The words of the same clause before one of it, the last few."""
        at = first
        while at > max(0, first - LOOKING_BACK) and not self.is_head(at):
            at -= 1
        return [word.text for word in self.words[at:first]]

    def is_head(self, at: int) -> bool:
        """Whether a clause begins with this word."""
        if at == 0:
            return True
        between = self.text[self.words[at - 1].end : self.words[at].start]
        return not _PARTS.isdisjoint(between) or " - " in between


def run_of(text: str) -> str:
    return " ".join(word.text for word in words_of(readable(text)))
