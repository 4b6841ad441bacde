"""A day of a bot out of one number: who does what, in which order its work is carried, how time
passes and what goes wrong with whatever it does outside. The same number is the same day, letter by
letter.

Things also happen while a call is under way: then another worker may take over what the first one
has held for too long.
"""

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.torture.indoors import laws, staff
from benchmarks.torture.indoors.outside import Crash, Fault
from benchmarks.torture.indoors.room import Card, Room, outcome
from bot import approval_commands as asked
from bot.commands import Command, StartEffects, StopEffects
from bot.people import Account
from bot.steps import Lane
from storage import audit
from storage.errors import Broken as ChainBroken

BUGGIFY, MEANWHILE, DEEPEST, MOST = 0.01, 0.05, 2, 12
SECONDS = (0.5, 1, 3, 10, 10, 11, 31, 61, 600, 3_600, 4 * 3_600)
WEIGHTS = {
    "carry": 40,
    "approve": 30,
    "pass time": 14,
    "propose": 8,
    "repeat": 5,
    "undo": 5,
    "change": 4,
    "object": 4,
    "trouble": 3,
    "switch": 2,
    "restart": 1,
}
_CALL: tuple[Fault, ...] = ("later", "unknown", "lost", "crash", "crash after")
FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "refund": (*_CALL, "settled", "refused"),
    "charge": ("later", "unknown", "crash"),
    "look": ("later", "unknown", "crash"),
    "whisper": ("later", "crash"),
    "update": ("later", "unknown", "lost", "crash after"),
}


class LawBroken(BaseException):
    """`seed` brings it back. No Exception: found while a call is under way, it would be taken for a
    failure of that call."""

    def __init__(self, seed: int, trace: list[str], why: list[str]) -> None:
        super().__init__(f"seed {seed}, event {len(trace)}: {'; '.join(why)}")
        self.seed, self.trace, self.why = seed, trace, why


@dataclass
class Day:
    room: Room
    seed: int
    trace: list[str] = field(default_factory=list)
    _depth: int = 0
    _is_busy: bool = False
    _inputs: dict[str, tuple[Command, str]] = field(default_factory=dict)
    _cards: list[Card] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(f"day {self.seed}")
        self._events: Mapping[str, Callable[[], str]] = {
            "propose": self._propose,
            "approve": self._approve,
            "undo": self._undo,
            "object": self._object,
            "change": self._change,
            "repeat": self._repeat,
            "carry": self._carry,
            "pass time": self._pass_time,
            "trouble": self._trouble,
            "switch": self._switch,
            "restart": self._restart,
        }

    def play(self, events: int) -> list[str]:
        """What happened, a line for each event; raises LawBroken."""
        self.room.clear()
        self._seen = laws.look(self.room)
        weather = self.room.weather
        weather.strike, weather.meanwhile = self._strike, self._meanwhile
        try:
            for _ in range(events):
                self._happen()
            weather.strike, weather.meanwhile = (lambda call: ""), (lambda call: None)
            self._come_to_rest()
        finally:
            weather.strike, weather.meanwhile = (lambda call: ""), (lambda call: None)
        return self.trace

    def _happen(self) -> None:
        self._is_busy = self._depth > 0
        names = [name for name in WEIGHTS if not (self._depth and name == "restart")]
        [name] = self._dice.choices(names, [WEIGHTS[name] for name in names])
        try:
            came = self._events[name]()
        except Crash:
            if self._depth:
                raise
            self.room.restart()
            came = "the bot died"
        self._note(f"{name}: {came}")

    def _note(self, what: str) -> None:
        seen = laws.look(self.room)
        told = hashlib.sha256(seen.told().encode()).hexdigest()[:16]
        line = f"{'  ' * self._depth}{self.room.now():%d %H:%M:%S.%f} {what} {told}"
        self.trace.append(line)
        why = laws.broken(self._seen, seen, self.room)
        if not self._is_busy:
            why += laws.unentitled(self._seen, seen, self.room)
        if why:
            raise LawBroken(self.seed, self.trace, why)
        self._seen = seen

    def _strike(self, call: str) -> Fault:
        if self._dice.random() >= BUGGIFY:
            return ""
        return self._dice.choice(FAULTS.get(call.split(" ")[0], _CALL))

    def _meanwhile(self, call: str) -> None:
        if self._depth < DEEPEST and self._dice.random() < MEANWHILE:
            self._depth += 1
            try:
                self._happen()
            finally:
                self._depth -= 1

    # What may happen.

    def _propose(self) -> str:
        if len(self._seen.approvals) >= MOST:
            return "nobody"
        amount = self._dice.choice(staff.AMOUNTS)
        self.room.propose(amount, is_ours=self._dice.random() < 0.1)
        return str(amount)

    def _approve(self) -> str:
        """One card, or one after the other by the same person."""
        who = self._person()
        return ", ".join(self._approve_as(who) for _ in range(self._dice.choice((1, 1, 2, 3))))

    def _approve_as(self, who: str) -> str:
        card = self._card()
        if card is None:
            return "no card"
        has = who in staff.PEOPLE and staff.PEOPLE[who].has_code
        ago = self._dice.choice((0, 0, 0, 1))
        code = self.room.code(who, ago) if has and self._dice.random() < 0.9 else ""
        if has and self._dice.random() < 0.05:
            code = self.room.wrong_code(who)
        place = card.message if self._dice.random() < 0.95 else "9.9"
        seen = self._shown(who, card)
        return self._ask(asked.GrantApproval(*seen, staff.APPROVALS, place, code), who)

    def _undo(self) -> str:
        card, who = self._card(), self._person()
        if card is None:
            return "no card"
        by = self.room.account(who)
        return self._ask(asked.UndoApproval(by, card.approval, staff.APPROVALS, card.message), who)

    def _object(self) -> str:
        card, who = self._card(), self._person()
        if card is None:
            return "no card"
        seen = self._shown(who, card)
        if self._dice.random() < 0.3:
            return self._ask(asked.RejectApproval(*seen, reason="Not this one."), who)
        return self._ask(asked.ReturnApproval(*seen, question="Why so much?"), who)

    def _change(self) -> str:
        card, who = self._card(), self._person()
        if card is None:
            return "no card"
        amount = self._seen.approvals[card.approval]["amount"] // self._dice.choice((1, 2, 2))
        plain = {"amount": f"{amount // 100}.{amount % 100:02d}"}
        return self._ask(asked.ReviseApproval(*self._shown(who, card), plain, "So it is.", ""), who)

    def _repeat(self) -> str:
        """What was answered once is answered so again, and nothing else comes of it."""
        done = [one for one, (_, answer) in self._inputs.items() if answer in ("done", "told")]
        if not done:
            return "nothing"
        event_id = self._dice.choice(done)
        command, answer = self._inputs[event_id]
        before = laws.look(self.room)
        again = outcome(self.room.ask(command, event_id))
        if again != answer or laws.look(self.room) != before:
            raise LawBroken(self.seed, self.trace, [f"{event_id} was {answer} and is {again}"])
        return f"{event_id} {again}"

    def _carry(self) -> str:
        lane = self._dice.choice(list(Lane))
        return f"{lane} {self.room.bot.worker.run_due(lane)}"

    def _pass_time(self) -> str:
        seconds = self._dice.choice(SECONDS)
        self.room.clock.advance(seconds=seconds)
        return f"{seconds}"

    def _trouble(self) -> str:
        register, dice = self.room.register, self._dice
        what = dice.choice(("down", "up", "up", "close", "open"))
        if what in ("down", "up"):
            register.is_down = what == "down"
        elif what == "open":
            register.closed.clear()
        else:
            register.closed.add(staff.user(self._person()))
        return what

    def _switch(self) -> str:
        who = self._person()
        by = self.room.account(who)
        command = StopEffects(by) if self._dice.random() < 0.3 else StartEffects(by)
        return self._ask(command, who)

    def _restart(self) -> str:
        if self._dice.random() < 0.2:
            self.room.lost.add(self._dice.choice(staff.CAN_LOSE))
        self.room.restart()
        return ",".join(sorted(self.room.lost))

    # What they need.

    def _ask(self, command: Command, who: str) -> str:
        event_id = f"{type(command).__name__}-{len(self._inputs)}"
        answer = outcome(self.room.ask(command, event_id))
        self._inputs[event_id] = (command, answer)
        return f"{who} {event_id} {answer}"

    def _person(self) -> str:
        likely = ("ada", "ben", "cleo") if self._dice.random() < 0.8 else staff.EVERYBODY
        return self._dice.choice(likely)

    def _card(self) -> Card | None:
        """Mostly as it stands, at times as it was."""
        if not self._seen.approvals:
            return None
        number = self._dice.choice(sorted(self._seen.approvals))
        card = self.room.card(number)
        if card is not None and card not in self._cards:
            self._cards.append(card)
        earlier = [one for one in self._cards if one.approval == number]
        return self._dice.choice(earlier) if earlier and self._dice.random() < 0.2 else card

    def _shown(self, who: str, card: Card) -> tuple[Account, int, int, str]:
        return self.room.account(who), card.approval, card.version, card.digest

    def _come_to_rest(self) -> None:
        """Nothing goes wrong any more, and nobody does anything."""
        self.room.register.closed.clear()
        self.room.register.is_down = False
        for who in ("ada", "ben", "cleo", "dan"):
            self.room.ask(StartEffects(self.room.account(who)))
        for seconds in (11, *(61,) * 45):
            self.room.clock.advance(seconds=seconds)
            self.room.settle()
        self._note("rest")
        why = laws.unfinished(self.room, set(self._inputs))
        try:
            with self.room.bot.reading() as uow:
                audit.verify(uow.session.connection())
        except ChainBroken as error:
            why.append(f"the audit is broken: {error}")
        if why:
            raise LawBroken(self.seed, self.trace, why)


def play(room: Room, seed: int, events: int) -> list[str]:
    return Day(room, seed).play(events)
