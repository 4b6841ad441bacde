"""Whether an article covers a ticket, and the answer made of the article's own words."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.agent.briefing import Citation, Passage, Sentence
from bot.agent.passages import passages_of
from bot.agent.phrases import readable, words_of
from bot.agent.reading import Reading, content
from bot.words import unmarked

_READ = 12_000
_ARTICLES = 1024
_LONGEST = 900
_ALONE = 0.05
_FAR = 0.4
_DOUBT, _STRENGTH, _LEAD, _LINKED = 4.2, 2.9, 6.1, 12.5
_GRAVE = 1.0
_BY_CHANCE = 0.6
_SHORT = 6
_HEADING = re.compile(r"^#{1,6}\s+(.{1,200})$", re.M)
_TABLE = re.compile(r"^[ \t]*\|", re.M)

_OPENINGS = {
    "en": "Our article “{title}” covers this:",
    "de": "Dazu steht in unserem Artikel „{title}“:",
    "es": "Nuestro artículo «{title}» lo explica:",
    "fr": "Notre article « {title} » l’explique :",
    "pt": "O nosso artigo “{title}” explica:",
}


_THANKS = {
    "en": "Thank you for your kind words. It is good to know that this works for you.",
    "de": "Vielen Dank für Ihre freundlichen Worte. Schön, dass es für Sie gut läuft.",
    "es": "Gracias por sus amables palabras. Nos alegra que le funcione bien.",
    "fr": "Merci pour vos mots aimables. Nous sommes heureux que cela vous convienne.",
    "pt": "Obrigado pelas palavras gentis. É bom saber que está a funcionar bem.",
}


@dataclass(frozen=True)
class Evidence:
    """An article and how likely it is, from 0 to 1, that people would link it for the ticket."""

    passage: Passage
    confidence: float


def best_evidence(
    reading: Reading, passages: Sequence[Passage], language: str, is_grave: bool = False
) -> Evidence | None:
    """The article in the ticket's language that covers what was asked; None without any. What
    `is_grave` has consequences, and an answer to it has to be surer.

    Overlap of words alone is a weak witness, since a resemblance looks like a hit. The lead over
    the next article in the search says more, and what people linked for similar tickets most.
    """
    ranked = [passage for passage in passages if passage.language[:2] == language]
    # What no other article shares a word with is ahead of all; of a language it may be by chance.
    lead = _FAR if len(passages) == 1 else _lead(ranked)
    doubt = _DOUBT + (_GRAVE if is_grave else 0.0)
    likely = [
        _likelihood(doubt, strength_of(reading, passage), 0.0 if at else lead, passage.linked)
        for at, passage in enumerate(ranked)
    ]
    if not likely:
        return None
    best = max(range(len(ranked)), key=likely.__getitem__)
    return Evidence(ranked[best], round(likely[best], 3))


def _likelihood(doubt: float, strength: float, lead: float, linked: float) -> float:
    """Fitted by logistic regression to what people linked for real questions in a public forum
    (`benchmarks/README.md`): of a hundred articles at 0.6, sixty and more were linked."""
    # What people linked has lifted the article in the search already.
    lead = lead / 2 if linked else lead
    return 1 / (1 + math.exp(doubt - _STRENGTH * strength - _LEAD * lead - _LINKED * linked))


def _lead(ranked: Sequence[Passage]) -> float:
    """By which part of its odds the first is ahead of the second, at most two fifths."""
    first = _odds(ranked[0].score) if ranked else 0.0
    if len(ranked) < 2 or first <= 0:
        return _ALONE
    return min(_FAR, max(0.0, (first - _odds(ranked[1].score)) / first))


def _odds(score: float) -> float:
    return score / max(1e-6, 1.0 - score)


def strength_of(reading: Reading, passage: Passage) -> float:
    """Overlap of content words: the title's with the ticket, the ticket's with the article."""
    asked = set(list(reading.stems)[:60])
    subject = set(reading.subject_stems) or asked
    title = _stems(passage.title)
    text = _article_stems(passage.text) | title
    if not asked or not title:
        return 0.0
    named = len(title & asked) / len(title)
    subject_covered = len(subject & text) / len(subject)
    covered = len(asked & text) / len(asked)
    strength = 0.45 * named + 0.3 * subject_covered + 0.25 * covered
    # Of a short ticket one word in a title of several is how unrelated articles come up.
    by_chance = len(asked) < _SHORT and len(title & asked) < 2 and not title <= asked
    return _BY_CHANCE * strength if by_chance else strength


# Articles are few and found again and again, and reading one takes milliseconds.
@lru_cache(maxsize=_ARTICLES)
def _article_stems(text: str) -> frozenset[str]:
    return _stems(text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(content(words_of(readable(text[:_READ]))))


def thanks(language: str) -> tuple[Sentence, ...]:
    """What praise that asks nothing is answered with."""
    return (Sentence(_THANKS.get(language, _THANKS["en"])),)


def compose(reading: Reading, passage: Passage, language: str) -> tuple[Sentence, ...]:
    """An answer in the article's words: the part that fits the ticket best, behind its title.

    Empty where that part has nothing of the ticket, or is a table: its rows say nothing alone.
    """
    code = language if language in _OPENINGS else "en"
    blocks = _best_section(reading, passage.text[:_READ])
    kept: list[str] = []
    for block in blocks:
        if kept and sum(map(len, kept)) + len(block) > _LONGEST:
            break
        kept.append(block[:_LONGEST])
    told = [_OPENINGS[code].format(title=passage.title), *kept] if kept else []
    return tuple(Sentence(text, (_citation(text, passage),)) for text in told)


def _citation(text: str, passage: Passage) -> Citation:
    """The passage that the text is a part of; the first stands for the article's title."""
    numbered = enumerate(passages_of(passage.text), 1)
    return Citation(passage.article, next((n for n, told in numbered if text in told), 1))


def _best_section(reading: Reading, text: str) -> tuple[str, ...]:
    asked = set(reading.stems)

    def fit(section: _Section) -> float:
        named = len(section.named & asked)
        return len(section.words & asked) + 2 * named - len(section.words) / 40

    best = max(_sections(text), key=fit, default=None)
    return best.blocks if best and (best.words | best.named) & asked else ()


@dataclass(frozen=True)
class _Section:
    named: frozenset[str]
    words: frozenset[str]
    blocks: tuple[str, ...]


@lru_cache(maxsize=_ARTICLES)
def _sections(text: str) -> tuple[_Section, ...]:
    """Headings with what stands below each; what precedes the first has none. One that holds a
    table is found by its words and has no blocks to quote."""
    parts = _HEADING.split(text)
    found = []
    for heading, body in zip(["", *parts[1::2]], parts[::2], strict=True):
        blocks = _blocks(body)
        quoted = () if _TABLE.search(body) else blocks
        if blocks:
            found.append(_Section(_stems(heading), _stems(" ".join(blocks)), quoted))
    return tuple(found)


def _blocks(body: str) -> tuple[str, ...]:
    """Paragraphs and lists as plain text."""
    blocks: list[str] = []
    for block in re.split(r"\n[ \t]*\n", body):
        lines = [_plain(line) for line in block.splitlines()]
        told = "\n".join(line for line in lines if line)
        if told and not told.startswith("This article"):
            blocks.append(told)
    return tuple(blocks)


def _plain(line: str) -> str:
    return unmarked(line.strip())
