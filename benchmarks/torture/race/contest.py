"""Who presses what in a round, from the seed; and everybody pressing it, and carrying, at once."""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from psycopg.errors import DeadlockDetected
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.room import Card, Room
from bot import approval_commands as asked
from bot.bootstrap import Backstop
from bot.bus import Origin, Reply
from bot.commands import Command

# A SQLite file belongs to one process, whose threads race; PostgreSQL has several.
BOTS = {"sqlite": 1, "postgresql": 3}
APPROVALS, CLICKS, CLICKERS, CARRIERS = 12, 24, 4, 3
AMOUNTS = (30_000, 90_000)
PEOPLE = ("ada", "ben", "cleo", "dan", "sol", staff.VISITOR)
REPEATED, REJECTED, STALE = 0.3, 0.1, 0.2
# Of these writes so many are told that they were in another's way, and their transaction is over.
WRITES, IN_THE_WAY = ("UPDATE audit_head", "UPDATE deliveries"), 0.02
PATIENCE_S = 60.0
GRACE_S, SETTLES = 11, 3


@dataclass(frozen=True)
class Press:
    """One click, `at` one of the bots; the same `event_id` twice is the same click once more."""

    at: int
    event_id: str
    command: Command
    by: str


@dataclass
class Contest:
    """`pressed` are the clicks, `unanswered` those that got an error or nothing, with what else
    broke on the way; `calls` are all that went outside, which nothing disturbs."""

    room: Room
    seed: int
    pressed: set[str] = field(default_factory=set)
    unanswered: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    thrown: int = 0

    def __post_init__(self) -> None:
        self.room.weather.meanwhile = self.calls.append

    @cached_property
    def bots(self) -> list[Backstop]:
        kind = self.room.bot.engine.dialect.name
        return [self.room.bot, *(self.room.another() for _ in range(BOTS[kind] - 1))]

    def close(self) -> None:
        for bot in self.bots[1:]:
            bot.close()

    def play(self, number: int) -> None:
        """A round on a day of its own: people press while others carry; then what was granted
        leaves, carried by everybody."""
        dice = random.Random(f"race {self.seed} {number}")
        presses = self._draw(number, self._cards(dice), dice)
        with _in_the_way([bot.engine for bot in self.bots], dice) as thrown:
            self._at_once([partial(self._press, one) for one in _dealt(presses)])
            self.room.clock.advance(seconds=GRACE_S)
            self._at_once([])
        self.thrown += thrown[0]
        # Whoever was told to come later has come by then, and every lease has lapsed.
        for _ in range(SETTLES):
            self.room.clock.advance(seconds=GRACE_S)
            self.room.settle()
        self.room.clock.advance(days=1)
        self.room.settle()

    def _cards(self, dice: random.Random) -> list[Card]:
        first = self._known() + 1
        for _ in range(APPROVALS):
            self.room.propose(dice.choice(AMOUNTS))
        self.room.settle()
        found = [self.room.card(number) for number in range(first, self._known() + 1)]
        return [card for card in found if card]

    def _known(self) -> int:
        return sum(one.card.key.startswith("approval-") for one in self.room.chat.posts.values())

    def _draw(self, number: int, cards: Sequence[Card], dice: random.Random) -> list[Press]:
        presses = []
        for card in cards:
            for click in range(CLICKS):
                person = dice.choice(PEOPLE)
                command = self._command(card, person, dice)
                event_id = f"click:{number}-{card.approval}-{click}"
                for _ in range(2 if dice.random() < REPEATED else 1):
                    at = dice.randrange(len(self.bots))
                    presses.append(Press(at, event_id, command, staff.user(person)))
        dice.shuffle(presses)
        return presses

    def _command(self, card: Card, person: str, dice: random.Random) -> Command:
        digest = "0" * 64 if dice.random() < STALE else card.digest
        seen = (self.room.account(person), card.approval, card.version, digest)
        if dice.random() < REJECTED:
            return asked.RejectApproval(*seen, reason="Not this one.")
        return asked.GrantApproval(*seen, staff.APPROVALS, card.message)

    def _press(self, presses: Sequence[Press]) -> None:
        for one in presses:
            self.pressed.add(one.event_id)
            origin = Origin("slack", one.event_id, Reply("slack", staff.APPROVALS, one.by))
            self._held(self.bots[one.at].bus.submit(one.command, origin))

    def _held(self, answer: "Future[Any]") -> None:
        try:
            answer.result(PATIENCE_S)
        except Exception as error:
            self.unanswered.append(f"{type(error).__name__}: {error}")

    def _at_once(self, doings: Sequence[Callable[[], None]]) -> None:
        """All of these, and on each bot so many who carry until nothing is left."""
        carriers = [partial(self._carry, bot) for bot in self.bots for _ in range(CARRIERS)]
        everybody: list[Callable[[], None]] = [*doings, *carriers]
        together = threading.Barrier(len(everybody))

        def begin(do: Callable[[], None]) -> None:
            together.wait()
            do()

        with ThreadPoolExecutor(together.parties) as pool:
            for started in [pool.submit(begin, do) for do in everybody]:
                started.result()

    def _carry(self, bot: Backstop) -> None:
        try:
            bot.worker.run_due()
        except Exception as error:
            self.unanswered.append(f"carrying, {type(error).__name__}: {error}")


def _dealt(presses: Sequence[Press]) -> list[Sequence[Press]]:
    return [presses[first::CLICKERS] for first in range(CLICKERS)]


@contextmanager
def _in_the_way(engines: Sequence[Engine], dice: random.Random) -> Any:
    """Writes fail now and then as they do in a deadlock; which of them, no seed can say."""
    thrown = [0]

    def before(connection: Any, cursor: Any, statement: str, *given: Any) -> None:
        if statement.startswith(WRITES) and dice.random() < IN_THE_WAY:
            thrown[0] += 1
            raise OperationalError(statement, {}, DeadlockDetected("deadlock detected"))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", before)
    try:
        yield thrown
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", before)
