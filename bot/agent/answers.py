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
from bot.agent.tables import Line, is_row, spelled
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
_BLANK = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"^#{1,6}\s+(.{1,200})$", re.M)

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

    Empty where that part has nothing of the ticket, or has a table of which the ticket names no
    row: which of its rows is meant is for a person to see.
    """
    code = language if language in _OPENINGS else "en"
    blocks = _best_section(reading, passage.title, passage.text[:_READ])
    kept: list[str] = []
    for block in blocks:
        if kept and sum(map(len, kept)) + len(block) > _LONGEST:
            break
        kept.append(block[:_LONGEST])
    if not kept:
        return ()
    quoted = [Sentence(text, (_citation(text, passage),)) for text in kept]
    # What an article is called stands at its head; what a code means, in its row.
    head = quoted[0].cites if is_row(kept[0]) else (Citation(passage.article, 1),)
    return (Sentence(_OPENINGS[code].format(title=passage.title), head), *quoted)


def _citation(text: str, passage: Passage) -> Citation:
    """The passage that the text is a part of."""
    numbered = enumerate(passages_of(passage.text), 1)
    return Citation(passage.article, next((n for n, told in numbered if text in told), 1))


def _best_section(reading: Reading, title: str, text: str) -> tuple[str, ...]:
    """With its heading, which may say when it holds; what precedes the first has the article's."""
    asked, titles = set(reading.stems), _stems(title)
    said = f" {' '.join(word.text for word in reading.words)} "

    def fit(section: _Section) -> float:
        named = len(section.named & asked) + len(_named(section, said))
        titled = 0 if section.heading else len(titles & asked)
        return len(section.words & asked) + 2 * named + titled - len(section.words) / 40

    best = max(_sections(text), key=fit, default=None)
    if best is None or not (best.words | best.named) & asked:
        return ()
    if best.rows:
        return _named(best, said)
    first, *more = best.blocks
    return (f"{best.heading}\n{first}" if best.heading else first, *more)


def _named(section: "_Section", said: str) -> tuple[str, ...]:
    return tuple(row for name, row in section.rows if name and f" {name} " in said)


@dataclass(frozen=True)
class _Section:
    """`rows` are those of its tables, each behind the words that name it."""

    heading: str
    named: frozenset[str]
    words: frozenset[str]
    blocks: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@lru_cache(maxsize=_ARTICLES)
def _sections(text: str) -> tuple[_Section, ...]:
    """Headings with what stands below each; what precedes the first has none."""
    parts = _HEADING.split(text)
    found = []
    for heading, body in zip(["", *parts[1::2]], parts[::2], strict=True):
        lines = [spelled(block.splitlines()) for block in _BLANK.split(body)]
        blocks = tuple(told for block in lines if (told := _told(block)))
        if blocks:
            rows = tuple(row for block in lines for line in block for row in _row(line))
            words = _stems(" ".join(blocks))
            found.append(_Section(_plain(heading), _stems(heading), words, blocks, rows))
    return tuple(found)


def _told(lines: Sequence[Line]) -> str:
    """A paragraph or a list as plain text."""
    told = "\n".join(text for line in lines if (text := _plain(line.text)))
    return "" if told.startswith("This article") else told


def _row(line: Line) -> Sequence[tuple[str, str]]:
    """What is drawn as a table and is none is a row without a name, so that nobody quotes it."""
    if line.row is None:
        return [("", "")] if line.text.lstrip().startswith("|") else []
    return [(_name(line.row), _plain(line.text))]


def _name(cell: str) -> str:
    """As it is looked for in a ticket: a code, which nobody writes by chance. Whoever writes "card"
    or "team" may mean something else than the row that is called so."""
    words = " ".join(word.text for word in words_of(readable(_plain(cell))))
    is_code = any(map(str.isdigit, words)) and any(map(str.isalpha, words))
    return words if is_code else ""


def _plain(line: str) -> str:
    return unmarked(line).strip()
