"""How many real questions are answered at each confidence, and how often as people answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.triage.closing import articles_of
from benchmarks.triage.sets import Json, Part, rows
from bot.agent.offline import OfflineAgent
from bot.config.policy import EscalationSettings, Rules
from bot.replay import Policy, Replay, search_over

SHIPPED = EscalationSettings().confidence
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
# What was tuned saw the earlier questions alone.
TUNED = 0.6
EVERYTHING = Policy(EscalationSettings(confidence=0.0, rules=Rules(incident=0)))


@dataclass(frozen=True)
class Answered:
    """One answer that nothing but its confidence holds back; `is_linked` when people linked the
    article it cites, boilerplate that is linked everywhere not counted."""

    confidence: float
    is_linked: bool


@dataclass(frozen=True)
class Point:
    part: Part
    threshold: float
    asked: int
    answered: int
    linked: int

    @property
    def coverage(self) -> float:
        return 100 * self.answered / self.asked

    @property
    def precision(self) -> float:
        return 100 * self.linked / self.answered if self.answered else 0.0


def questions_in(folder: Path) -> list[Json]:
    """Those with an article that answers them and few others, the earliest first."""
    found = [row for row in rows(folder / "kb-sumo-dev/queries.jsonl") if row["specific"]]
    return sorted(found, key=lambda row: (row["created"], row["id"]))


def curve(folder: Path, questions: Sequence[Json], told: Callable[[int], None]) -> list[Point]:
    """A point for each threshold, of the earlier questions and of the later ones."""
    cut = int(len(questions) * TUNED)
    points = []
    with search_over(articles_of(folder / "kb-sumo-dev/articles.jsonl")) as search:
        replay = Replay(OfflineAgent(), search, EVERYTHING)
        parts: tuple[tuple[Part, Sequence[Json]], ...] = (
            ("tuned", questions[:cut]),
            ("tested", questions[cut:]),
        )
        for part, asked in parts:
            answers = _answers(replay, asked, told)
            points += [_point(part, least, len(asked), answers) for least in THRESHOLDS]
    return points


def _answers(
    replay: Replay, questions: Sequence[Json], told: Callable[[int], None]
) -> list[Answered]:
    answers = []
    for question in questions:
        decision = replay.decide(question)
        if decision.decision == "answer":
            gold = {link["doc"] for link in question["qrels"] if not link["generic"]}
            answers.append(Answered(decision.confidence, bool(gold & set(decision.cites))))
        told(1)
    return answers


def _point(part: Part, least: float, asked: int, answers: Sequence[Answered]) -> Point:
    kept = [answer for answer in answers if answer.confidence >= least]
    return Point(part, least, asked, len(kept), sum(answer.is_linked for answer in kept))
