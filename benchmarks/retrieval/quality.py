"""How well real questions find the articles that people linked, by how much was learnt before."""

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bot.retrieval import RESULTS, Base, Row, base, plain
from storage.search import Nearest, content_words
from storage.search.nearest import Unread

# How many of the latest questions before the cut are known; the last is all there are, and grows.
KNOWN = (0, 100, 300, 1_000, 1_900)
# Everything was chosen while looking at the questions before this one, the rest is reported.
TUNED = 1_400
PLAIN = """
    SELECT a.ref FROM article_index JOIN articles a ON a.id = article_index.rowid
    WHERE article_index MATCH :match ORDER BY bm25(article_index), a.id LIMIT 10
"""


@dataclass(frozen=True)
class Question:
    """`right` grades the articles that people linked, without boilerplate linked everywhere."""

    row: Row
    right: Mapping[str, float]


@dataclass(frozen=True)
class Result:
    ndcg: float
    recall: float
    ms: float
    known: int


@dataclass(frozen=True)
class Quality:
    """Means over `asked` questions; `known` past tickets were there at most, `mean_known` on
    average, since of the last size the first had fewer before it."""

    known: int
    mean_known: float
    asked: int
    ndcg: float
    recall: float
    p50_ms: float
    p99_ms: float


def questions(rows: Sequence[Mapping[str, Any]]) -> list[Question]:
    """The earliest first; those with nothing but boilerplate teach nothing and ask nothing."""
    ordered = sorted(rows, key=lambda row: (row["created"], row["id"]))
    return [_question(row) for row in ordered]


def _question(row: Mapping[str, Any]) -> Question:
    right = {each["doc"]: float(each["rel"]) for each in row["qrels"] if not each["generic"]}
    asked = Row(row["id"], plain(row["title"]), plain(row["text"]), links=right)
    return Question(asked, right)


class OnceRead(Nearest):
    """Each base has the same articles; a question is read anew each time, as it is by the bot."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, bytes] = {}

    def read(self, told: Unread) -> bytes:
        if told.text not in self._known:
            self._known[told.text] = super().read(told)
        return self._known[told.text]


def curve(
    articles: Sequence[Row],
    asked: Sequence[Question],
    told: Callable[[int], None],
    nearest: Nearest | None = None,
) -> Iterator[Quality]:
    for known in KNOWN:
        with base(nearest) as found_in:
            for article in articles:
                found_in.add_article(article)
            yield _measured(found_in, asked, known, told)


def _measured(
    found_in: Base, asked: Sequence[Question], known: int, told: Callable[[int], None]
) -> Quality:
    """Up to the cut the latest are learnt; those behind it too, where all that came before counts:
    each is asked first and learnt then."""
    first = max(0, TUNED - known)
    goes_on = known > TUNED
    results: list[Result] = []
    learnt = 0
    for number, question in enumerate(asked[first:], start=first):
        if number >= TUNED and question.right:
            begun = time.perf_counter()
            found = [each.ref for each in found_in.find(question.row)]
            took = 1_000 * (time.perf_counter() - begun)
            results.append(Result(*_scores(found, question.right), took, learnt))
        if known and (number < TUNED or goes_on):
            learnt += 1
            found_in.learn(question.row)
        told(1)
    return _quality(known, results)


def plain_bm25(articles: Sequence[Row], asked: Sequence[Question]) -> Quality:
    """The same questions, asked of `bm25` as it comes: all words alike, columns too."""
    results = []
    with base() as found_in:
        for article in articles:
            found_in.add_article(article)
        for question in asked[TUNED:]:
            if not question.right:
                continue
            match = any_word_of(question.row)
            begun = time.perf_counter()
            found = list(found_in.uow.session.scalars(text(PLAIN), match)) if match else []
            took = 1_000 * (time.perf_counter() - begun)
            results.append(Result(*_scores(found, question.right), took, 0))
    return _quality(0, results)


def any_word_of(asked: Row) -> Mapping[str, str]:
    """What `PLAIN` is asked with; empty where nothing is worth asking."""
    words = content_words(f"{asked.title} {asked.text}")
    return {"match": " OR ".join(f'"{word}"' for word in words)} if words else {}


def _quality(known: int, results: Sequence[Result]) -> Quality:
    return Quality(
        known,
        statistics.fmean(each.known for each in results),
        len(results),
        statistics.fmean(each.ndcg for each in results),
        statistics.fmean(each.recall for each in results),
        statistics.median(each.ms for each in results),
        percentile([each.ms for each in results], 0.99),
    )


def _scores(found: Sequence[str], right: Mapping[str, float]) -> tuple[float, float]:
    """nDCG@10 with gains of 2^grade - 1, and recall@5."""
    gain = _discounted([right.get(ref, 0.0) for ref in found[:RESULTS]])
    best = _discounted(sorted(right.values(), reverse=True)[:RESULTS])
    return gain / best, len(right.keys() & set(found[:5])) / len(right)


def _discounted(grades: Sequence[float]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
