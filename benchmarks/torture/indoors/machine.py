"""Hypothesis plays both: the bot in its room, and the model of what it promises. After every step
they must say the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import seed as with_seed
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.model import Model
from benchmarks.torture.indoors.outside import Fault
from benchmarks.torture.indoors.pictures import differences, pictured, promised
from benchmarks.torture.indoors.room import LEASES_LAPSE, Card, Room, outcome
from bot import approval_commands as asked
from bot.commands import Command, StartEffects, StopEffects

MOST_WISHES = 4
ABLE = ("ada", "cleo", "ben")
FAULTS: tuple[Fault, ...] = (
    "later",
    "unknown",
    "lost",
    "settled",
    "refused",
    "crash",
    "crash after",
)
SECONDS = (1, 9, 10, 31, 360, 3600, 2 * 3600)

amounts, people = st.sampled_from(staff.AMOUNTS), st.sampled_from(staff.EVERYBODY)
which = st.integers(0, MOST_WISHES - 1)
able, back = st.sampled_from(ABLE), st.sampled_from((0, 0, 0, 1))
original, typed = (
    st.sampled_from((True, True, True, False)),
    st.sampled_from(("right", "right", "", "wrong", "old")),
)
some = precondition(lambda self: bool(self.model.wishes))


class Machine(RuleBasedStateMachine):
    """`room` is given by `machine_of`: one database serves all runs."""

    room: Room

    @initialize(first=amounts, second=amounts)
    def begin(self, first: int, second: int) -> None:
        self.room.weather.strike = lambda call: self._struck.pop(call, "")
        self.room.clear()
        self.model = Model(self.room.now())
        self._cards: dict[int, list[Card]] = {}
        self._inputs: list[tuple[Command, str, str]] = []
        self._struck: dict[str, Fault] = {}
        self._given = 0
        self.propose(first, False)
        self.propose(second, False)

    @rule(amount=amounts, is_ours=st.sampled_from((False, False, True)))
    @precondition(lambda self: len(self.model.wishes) < MOST_WISHES)
    def propose(self, amount: int, is_ours: bool) -> None:
        self.room.propose(amount, is_ours)
        self.model.propose(amount, is_ours)
        self.room.settle()

    @some
    @rule(who=able, at=which)
    def agree(self, who: str, at: int) -> None:
        self._grant(who, at, 0, True, "right")

    @some
    @rule(who=people, at=which, ago=back, is_original=original, code=typed)
    def approve(self, who: str, at: int, ago: int, is_original: bool, code: str) -> None:
        self._grant(who, at, ago, is_original, code)

    @some
    @rule(who=able, at=which)
    def click_twice(self, who: str, at: int) -> None:
        self._grant(who, at, 0, True, "right", settle=False)
        self._grant(who, at, 0, True, "right")

    @some
    @rule(at=which, by=st.permutations(ABLE))
    def agree_all(self, at: int, by: list[str]) -> None:
        for who in by:
            self._grant(who, at, 0, True, "right")

    @some
    @rule(who=able, at=which)
    def guess(self, who: str, at: int) -> None:
        for _ in range(5):
            self._grant(who, at, 0, True, "wrong")

    @some
    @rule(who=people, at=which, is_original=original)
    def undo(self, who: str, at: int, is_original: bool) -> None:
        number, card = self._card(at, 0)
        place = card.message if is_original else "9.9"
        by = self.room.account(who)
        command = asked.UndoApproval(by, number, staff.APPROVALS, place)
        self._ask(command, self.model.undo(who, number, is_original))

    @some
    @rule(who=people, at=which, ago=back, is_no=st.booleans())
    def object(self, who: str, at: int, ago: int, is_no: bool) -> None:
        """A no, or a question that has to be answered first."""
        number, card = self._card(at, ago)
        seen = self._seen(who, card)
        if is_no:
            answer = self.model.reject(who, number, card.version)
            self._ask(asked.RejectApproval(*seen, reason="Not this one."), answer)
        else:
            answer = self.model.give_back(who, number, card.version)
            self._ask(asked.ReturnApproval(*seen, question="Why so much?"), answer)

    @some
    @rule(who=people, at=which, ago=back, how=st.sampled_from(("half", "half", "same", "more")))
    def change(self, who: str, at: int, ago: int, how: str) -> None:
        number, card = self._card(at, ago)
        wish = self.model.wishes[number]
        amount = {"half": wish.amount // 2, "same": wish.amount, "more": wish.most + 1}[how]
        plain = {"amount": f"{amount // 100}.{amount % 100:02d}"}
        command = asked.ReviseApproval(*self._seen(who, card), plain, "So it is.", "")
        self._ask(command, self.model.revise(who, number, card.version, amount))

    @rule(at=st.integers(0, 30))
    @precondition(lambda self: bool(self._inputs))
    def replay(self, at: int) -> None:
        """The very same input once more, however long ago it was."""
        command, event_id, answer = self._inputs[at % len(self._inputs)]
        assert outcome(self.room.ask(command, event_id)) == answer
        self.room.settle()

    @rule(seconds=st.sampled_from(SECONDS))
    def wait(self, seconds: int) -> None:
        self._pass(timedelta(seconds=seconds))

    @some
    @rule(at=which, by=st.sampled_from((-1, 0, 1)))
    def wait_for_the_bound(self, at: int, by: int) -> None:
        """To a second before it expires, to that very moment, and to one behind it."""
        number, _ = self._card(at, 0)
        until = self.model.wishes[number].expires + timedelta(seconds=by)
        if until > self.model.now:
            self._pass(until - self.model.now)

    @rule(who=people, what=st.sampled_from(("close", "open", "open", "right", "bot")))
    def trouble(self, who: str, what: str) -> None:
        """An account is closed, all are opened again, somebody loses the right to approve, or the
        bot is started anew."""
        match what:
            case "close":
                self.room.register.closed.add(staff.user(who))
                self.model.closed.add(who)
            case "open":
                self.room.register.closed.clear()
                self.model.closed.clear()
            case _:
                lost = {who} & set(staff.CAN_LOSE) if what == "right" else set()
                self.room.lost |= lost
                self.model.lost |= lost
                self.room.restart()
                self.model.pass_time(LEASES_LAPSE)

    @some
    @rule(who=able, at=which, seconds=st.sampled_from(SECONDS))
    def outage(self, who: str, at: int, seconds: int) -> None:
        """For a while nobody says whose account is what."""
        self.room.register.is_down = self.model.is_down = True
        self._grant(who, at, 0, True, "right")
        self._pass(timedelta(seconds=seconds))
        self.room.settle()
        self.room.register.is_down = self.model.is_down = False

    @rule(who=people, other=able, is_lifted=st.sampled_from((True, True, False)))
    def switch(self, who: str, other: str, is_lifted: bool) -> None:
        """Somebody stops everything; perhaps two start it again."""
        self._ask(StopEffects(self.room.account(who)), self.model.stop(who))
        for each in (who, other, "ada") if is_lifted else ():
            self._ask(StartEffects(self.room.account(each)), self.model.start(each))

    @some
    @rule(at=which, fault=st.sampled_from(FAULTS))
    def befall(self, at: int, fault: Fault) -> None:
        """The next call for this one's money goes wrong."""
        number, _ = self._card(at, 0)
        self.model.faults[self.model.wishes[number].charge] = fault
        self._struck[f"refund ch_{self.model.wishes[number].charge}"] = fault

    @invariant()
    def they_agree(self) -> None:
        if hasattr(self, "model"):
            self.room.settle()
            found, wanted = pictured(self.room), promised(self.model)
            assert found == wanted, differences(found, wanted)

    def _grant(
        self, who: str, at: int, ago: int, is_original: bool, code: str, settle: bool = True
    ) -> None:
        number, card = self._card(at, ago)
        has = who in staff.PEOPLE and staff.PEOPLE[who].has_code
        codes: dict[str, Callable[[], str]] = {
            "right": lambda: self.room.code(who),
            "old": lambda: self.room.code(who, ago=1),
            "wrong": lambda: self.room.wrong_code(who),
        }
        words = codes[code]() if code and has else ""
        place = card.message if is_original else "9.9"
        seen = self._seen(who, card)
        command = asked.GrantApproval(*seen, staff.APPROVALS, place, words)
        answer = self.model.grant(who, number, card.version, is_original, code)
        self._ask(command, answer, settle=settle)

    def _ask(self, command: Command, wanted: str, settle: bool = True) -> None:
        self._given += 1
        answer = outcome(self.room.ask(command, f"input-{self._given}"))
        assert answer == wanted, (command, answer, wanted)
        if answer in ("done", "told"):
            self._inputs.append((command, f"input-{self._given}", answer))
        if settle:
            self.room.settle()

    def _pass(self, by: timedelta) -> None:
        self.room.clock.advance(seconds=by.total_seconds())
        self.model.pass_time(by)

    def _card(self, at: int, ago: int) -> tuple[int, Card]:
        """The card of one, as it was so many versions before."""
        numbers = sorted(self.model.wishes)
        number = numbers[at % len(numbers)]
        kept = self._cards.setdefault(number, [])
        now = self.room.card(number) or Card(number, 1, "", "1.0")
        if not kept or kept[-1] != now:
            kept.append(now)
        return number, kept[max(0, len(kept) - 1 - ago)]

    def _seen(self, who: str, card: Card) -> tuple[Any, int, int, str]:
        return self.room.account(who), card.approval, card.version, card.digest


def play(room: Room, given: settings, seed: str = "") -> None:
    """So many runs of so many steps as `given` says, with a `seed` those of that; raises what the
    first difference raises."""
    machine = type("Machine", (Machine,), {"room": room})
    if seed:
        machine = with_seed(seed)(machine)
    run_state_machine_as_test(machine, settings=given)
