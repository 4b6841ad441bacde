"""A ticket as the offline agent reads it: capped, folded to plain words, once per ticket."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.agent.briefing import Briefing
from bot.agent.phrases import Word, readable, words_of
from bot.agent.words.topics import EMPTY, VAGUE

_MOST = 8_000
_TAIL = 2_000
_STEM = 6


def stem(word: str) -> str:
    """The first six letters without a plural s: crude, the same in every language, and enough."""
    if word in ("email", "emails", "mails"):
        return "mail"
    if len(word) <= _STEM and len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:_STEM]


def content(words: Iterable[Word]) -> dict[str, str]:
    """Stems of the words that say something, each with a word it came from, in order."""
    said = (word.text for word in words)
    telling = (word for word in said if len(word) > 1 and word not in EMPTY and word not in VAGUE)
    return {stem(word): word for word in telling if not word.isdigit()}


def _capped(text: str) -> str:
    """The beginning and the end: what a person reads of a message that is far too long."""
    return text if len(text) <= _MOST else f"{text[: _MOST - _TAIL]}\n{text[-_TAIL:]}"


@dataclass(frozen=True)
class Reading:
    """`raw` is what the customer typed, `text` its readable form; both capped alike."""

    subject: str
    body: str
    raw: str
    text: str
    words: list[Word] = field(repr=False)

    @cached_property
    def subject_stems(self) -> dict[str, str]:
        return content(words_of(self.subject))

    @cached_property
    def stems(self) -> dict[str, str]:
        return content(self.words)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        return frozenset(word.text for word in self.words)

    def sentence_at(self, index: int) -> int:
        """Where in the text the sentence of a word begins."""
        while index and not self.words[index].opens:
            index -= 1
        return self.words[index].start

    def sentence(self, index: int) -> str:
        """The sentence that a word stands in."""
        begins = self.sentence_at(index)
        later = (word.start for word in self.words[index + 1 :] if word.opens)
        return self.text[begins : next(later, len(self.text))]

    def quote(self, first: int, after: int) -> str:
        """The ticket's own words from one to before another, at most 80 characters."""
        said = self.text[self.words[first].start : self.words[after - 1].end]
        return " ".join(said.split())[:80]


def read(briefing: Briefing) -> Reading:
    """Read the subject and all that the customer has said."""
    said = "\n".join(said.text[: 4 * _MOST] for said in briefing.said if said.author == "customer")
    raw = f"{briefing.subject[:300]}\n\n{_capped(said)}"
    subject, body = readable(briefing.subject[:300]), readable(_capped(said))
    text = f"{subject}\n\n{body}"
    return Reading(subject, body, raw, text, words_of(text))
