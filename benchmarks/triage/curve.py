"""How many real questions are answered at each confidence, and how often as people answered."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import fmean

from benchmarks.retrieval.quality import Question, questions
from benchmarks.triage.sets import Part, rows
from bot.agent.offline import OfflineAgent
from bot.config.policy import EscalationSettings, Rules
from bot.flows.knowledge.rates import share_between
from bot.replay import Policy, Replay
from bot.retrieval import Base, Row, base, rows_of

SHIPPED = EscalationSettings().confidence
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
# How many past tickets are known when a question comes; the last is all there are, and grows.
KNOWN = (0, 100, 300, 600, 1_000, 1_900)
# What was tuned saw the earlier questions alone.
TUNED = 0.6
EVERYTHING = Policy(EscalationSettings(confidence=0.0, rules=Rules(incident=0)))


@dataclass(frozen=True)
class Answered:
    """One question; `confidence` is None where more than that holds its answer back. `is_linked`
    when people linked the article it cites, boilerplate that is linked everywhere not counted."""

    known: int
    confidence: float | None
    is_linked: bool


@dataclass(frozen=True)
class Point:
    """`known` past tickets were there at most, `mean_known` on average: the first questions have
    fewer before them."""

    known: int
    mean_known: float
    part: Part
    threshold: float
    asked: int
    answered: int
    linked: int

    @property
    def precision(self) -> float:
        return 100 * self.linked / self.answered if self.answered else 0.0

    @property
    def between(self) -> tuple[float, float]:
        """Where that share lies, as far as so few answers tell."""
        low, high = share_between(self.linked, self.answered)
        return 100 * low, 100 * high


def questions_in(folder: Path) -> list[Question]:
    """The earliest first."""
    return questions(rows(folder / "kb-sumo-dev/queries.jsonl"))


def curve(folder: Path, asked: Sequence[Question], told: Callable[[int], None]) -> Iterator[Point]:
    """Points for each number of past tickets and each threshold, of the earlier questions and of
    the later ones. Only those are asked that have an article of their own to answer them; all are
    learnt, each after it was asked."""
    articles = [
        row for row in rows_of(folder / "kb-sumo-dev/articles.jsonl") if isinstance(row, Row)
    ]
    cut = int(len(asked) * TUNED)
    for known in KNOWN:
        with base() as found_in:
            for article in articles:
                if isinstance(article, Row):
                    found_in.add_article(article)
            answers = list(_answers(found_in, asked, known, told))
        parts: tuple[tuple[Part, Sequence[Answered | None]], ...] = (
            ("tuned", answers[:cut]),
            ("tested", answers[cut:]),
        )
        for part, all_of in parts:
            mine = [answer for answer in all_of if answer is not None]
            yield from (_point(known, part, least, mine) for least in THRESHOLDS)


def _answers(
    found_in: Base, asked: Sequence[Question], known: int, told: Callable[[int], None]
) -> Iterator[Answered | None]:
    """None for a question that is learnt only. What is older than the latest is forgotten."""
    replay = Replay(OfflineAgent(), found_in.search, EVERYTHING)
    # An empty base numbers its tickets from here.
    numbers = count(1)
    learnt: deque[int] = deque()
    for question in asked:
        yield _answered(replay, question, len(learnt)) if question.right else None
        if known:
            learnt.append(next(numbers) if found_in.learn(question.row) else 0)
        if len(learnt) > known and (oldest := learnt.popleft()):
            found_in.search.forget([oldest])
        told(1)


def _answered(replay: Replay, question: Question, known: int) -> Answered:
    row = question.row
    decision = replay.decide({"id": row.id, "subject": row.title, "body": row.text})
    confidence = decision.confidence if decision.decision == "answer" else None
    return Answered(known, confidence, not question.right.keys().isdisjoint(decision.cites))


def _point(known: int, part: Part, least: float, asked: Sequence[Answered]) -> Point:
    sure = [one for one in asked if one.confidence is not None and one.confidence >= least]
    mean_known = fmean(one.known for one in asked)
    linked = sum(one.is_linked for one in sure)
    return Point(known, mean_known, part, least, len(asked), len(sure), linked)
