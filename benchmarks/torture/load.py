"""What a run does to the bot, all of it drawn from one printed seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.torture.company import ENTITLED, LISTED_HOSTILE, LOW_LIMIT, PEOPLE, WORKERS

Course = Literal["granted", "hostile", "contested"]
Way = Literal["grant", "reject", "stale", "copied", "elsewhere", "abroad", "forged"]

# Of a hundred approvals so many take each course, and so many need two people.
COURSES: tuple[tuple[Course, int], ...] = (("granted", 70), ("hostile", 20), ("contested", 10))
TWO_OF_TEN = 3
# Of a hundred clicks on a card so many come from people whose decision counts.
ENTITLED_CLICKS = 30
REPEATED_CLICKS = 30
MOST_REPEATS = 3
ONE_MOST, TWO_LEAST = 50_000, 50_001


@dataclass(frozen=True)
class Load:
    """How much of everything. `drops` is the share of answers lost after their commit, and of the
    provider's the first `drops_first` are lost for certain; `ack_s` is how long Slack waits for an
    answer; after `patience_s` without an end the bot is judged by what it has done."""

    approvals: int = 30
    clicks: int = 200
    kills: int = 10
    escalations: int = 20
    drops: float = 0.02
    drops_first: int = 0
    at_once: int = 2
    quota_scale: float = 100.0
    delivery: Literal["http", "socket"] = "http"
    processes: int = 1
    ack_s: float = 3.0
    patience_s: float = 240.0
    seed: int = 1


@dataclass(frozen=True)
class Click:
    """One press on an approval's card: whose, how it is bent, how often its bytes arrive."""

    person: str
    way: Way
    repeat: int = 1


@dataclass(frozen=True)
class Case:
    """One approval to be: what its customer wants back, and everybody who will press what."""

    number: int
    course: Course
    amount: int
    needed: int
    clicks: tuple[Click, ...] = field(repr=False)

    @property
    def charge(self) -> str:
        return f"ch_torture{self.number:04d}"

    @property
    def customer(self) -> str:
        return f"cus_torture{self.number:04d}"


def draw_cases(load: Load) -> list[Case]:
    dice = random.Random(f"cases {load.seed}")
    return [_case(number, load, dice) for number in range(load.approvals)]


def _case(number: int, load: Load, dice: random.Random) -> Case:
    courses = [course for course, share in COURSES for _ in range(share)]
    course = dice.choice(courses)
    needed = 2 if dice.randrange(10) < TWO_OF_TEN else 1
    amount = dice.randint(5_000, ONE_MOST) if needed == 1 else dice.randint(TWO_LEAST, 400_000)
    clicks = [_click(course, amount, dice) for _ in range(load.clicks)]
    if course != "hostile" and load.clicks >= len(ENTITLED):
        # However the dice fell, enough people are there whose decisions count.
        clicks[: len(ENTITLED)] = [Click(person, "grant") for person in ENTITLED]
        dice.shuffle(clicks)
    return Case(number, course, amount, needed, tuple(clicks))


def _click(course: Course, amount: int, dice: random.Random) -> Click:
    repeat = dice.randint(2, MOST_REPEATS) if dice.randrange(100) < REPEATED_CLICKS else 1
    if course != "hostile" and dice.randrange(100) < ENTITLED_CLICKS:
        rejects = course == "contested" and dice.randrange(3) == 0
        return Click(dice.choice(ENTITLED), "reject" if rejects else "grant", repeat)
    ways: Sequence[tuple[Sequence[str], Way]] = (
        (WORKERS, "grant"),
        (LISTED_HOSTILE, "grant"),
        (("visitor",), "grant"),
        (ENTITLED, "stale"),
        (ENTITLED, "stale"),
        (ENTITLED, "copied"),
        (ENTITLED, "elsewhere"),
        (ENTITLED, "abroad"),
        (("robot", "former", "nobody"), "forged"),
        ((LOW_LIMIT,), "grant"),
    )
    # The one with the low limit is entitled below it, and then no hostile person.
    people, way = dice.choice(ways if amount > PEOPLE[LOW_LIMIT].limit else ways[:-1])
    return Click(dice.choice(list(people)), way, repeat)


def draw_kills(load: Load) -> list[float]:
    """At which parts of the work the plug is pulled, each from 0 to 1."""
    dice = random.Random(f"kills {load.seed}")
    return sorted(dice.uniform(0.02, 1.0) for _ in range(load.kills))
