"""What a step may rely on, whatever breaks in or under it."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import commands, events
from bot.errors import NotAllowed
from bot.steps import Lane, Step
from bot.worker import MAX_ATTEMPTS
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.flows.one_step import one_step, same_ticket
from tests.storage.rows import a_delivery

AWAY = OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))
MORE_THAN_ONE_WRITERS_PATIENCE = 6


class Calls:
    """An act that counts, and a settle that fails the first few times."""

    def __init__(self, failures: list[Exception]) -> None:
        self.outside: list[int] = []
        self.settled: list[Any] = []
        self._failures = failures

    def act(self, ticket: int) -> str:
        self.outside.append(ticket)
        return "done"

    def settle(
        self, event: events.TicketChanged, intent: int, outcome: str, uow: UnitOfWork
    ) -> None:
        uow.record(START, "settled", "system", f"ticket:{intent}", {})
        if self._failures:
            raise self._failures.pop()
        self.settled.append(outcome)

    def step(self) -> Step:
        return Step("count", Lane.EFFECTS, same_ticket, self.act, self.settle)


def test_a_settle_waits_until_the_database_answers(database_url: str) -> None:
    """
    What happened outside is known only to the thread that did it, so it is not done again.
    """
    calls = Calls([AWAY] * MORE_THAN_ONE_WRITERS_PATIENCE)
    with one_step(database_url, calls.step()) as bot:
        bot.happen(7)
        bot.worker.run_due()

        assert (calls.outside, calls.settled) == ([7], ["done"])
        assert bot.states() == ["done"]
        assert bot.audited() == ["settled"]


def test_a_settle_that_the_database_refuses_for_good_ends_as_a_dead_letter(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    While the database answers everybody else it is not away: the tries are counted, and seen.
    """
    monkeypatch.setattr("bot.worker.PAUSE", 0.0)
    calls = Calls([AWAY] * 1000)
    with one_step(database_url, calls.step()) as bot:
        bot.happen(7)
        for _ in range(MAX_ATTEMPTS):
            bot.later(minutes=10)

        [delivery] = bot.deliveries()
        assert (delivery.state, delivery.error) == ("dead", "OperationalError")
        assert len(calls.outside) == MAX_ATTEMPTS


def test_a_settle_that_breaks_is_done_again(database_url: str) -> None:
    """
    The delivery is let go of with the reason's name, and comes again after the usual wait.
    """
    calls = Calls([ValueError("a customer's words")])
    with one_step(database_url, calls.step()) as bot:
        bot.happen(7)
        bot.worker.run_due()
        [delivery] = bot.deliveries()
        assert (delivery.state, delivery.error) == ("waiting", "ValueError")

        bot.later(minutes=1)

        assert calls.settled == ["done"]
        assert bot.states() == ["done"]
        assert bot.audited() == ["settled"]


@pytest.mark.parametrize("payload", [{"ticket": 1, "colour": "red"}, {}, [1]])
def test_what_cannot_be_read_holds_up_nobody(database_url: str, payload: Any) -> None:
    """
    What stands behind it is carried; after a day no newer process will read it either, and it is
    kept as a dead letter.
    """
    calls = Calls([])
    with one_step(database_url, calls.step()) as bot:
        strange = a_delivery(lane="effects", step="count", event="TicketChanged", payload=payload)
        bot.bus.writer.run(lambda uow: uow.deliveries.add([strange]))
        bot.happen(7)
        bot.worker.run_due()

        assert calls.outside == [7]
        assert bot.states() == ["waiting", "done"]

        bot.later(hours=25)
        assert bot.states() == ["dead", "done"]
        assert bot.deliveries()[0].error == "unknown to this version"


def test_an_older_process_leaves_what_it_does_not_know_to_a_newer_one(database_url: str) -> None:
    """
    While processes are upgraded one after another, both claim: nothing is parked, no try is lost.
    """
    calls = Calls([])
    with one_step(database_url, calls.step()) as newer:
        newer.happen(7)
        with one_step(database_url, Step("older", Lane.EFFECTS, same_ticket)) as older:
            for _ in range(MAX_ATTEMPTS + 1):
                older.later(minutes=1)
        assert newer.states() == ["waiting"]

        newer.later(hours=1)

        assert calls.outside == [7]
        assert newer.states() == ["done"]


def test_a_plan_that_breaks_leaves_nothing(database_url: str) -> None:
    """
    Neither an entry in the audit nor an event of what was undone.
    """

    def plan(event: events.TicketChanged, uow: UnitOfWork) -> None:
        uow.record(START, "planned", "system", "ticket:1", {})
        uow.emit(events.TicketChanged(event.ticket + 1))
        raise ValueError("after all")

    with one_step(database_url, Step("plan", Lane.EFFECTS, plan)) as bot:
        bot.happen(1)
        bot.worker.run_due()

        assert bot.audited() == []
        assert bot.states() == ["waiting"]


def test_a_plan_that_meets_another_process_is_done_again(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Law: a deadlock is nobody's fault, and no error of ours."""
    raised = [OperationalError("UPDATE", {}, Exception("deadlock detected"))]

    def plan(event: events.TicketChanged, uow: UnitOfWork) -> None:
        uow.record(START, "planned", "system", "ticket:1", {})
        if raised:
            raise raised.pop()

    with one_step(database_url, Step("plan", Lane.EFFECTS, plan)) as bot:
        bot.happen(1)
        bot.worker.run_due()
        bot.later(minutes=1)

        assert (bot.audited(), bot.states()) == (["planned"], ["done"])
    assert "broke" not in caplog.text


def test_a_refused_command_leaves_only_its_refusal(database_url: str) -> None:
    """
    The audit does not tell of what was undone, and nothing follows from it.
    """

    def decide(command: commands.NoteStart, uow: UnitOfWork) -> None:
        uow.record(START, "approval granted", "lea", "approval:1", {})
        uow.emit(events.TicketChanged(1))
        raise NotAllowed("This is for approvers.")

    calls = Calls([])
    with one_step(database_url, calls.step(), do={commands.NoteStart: decide}) as bot:
        bot.bus.handle(commands.NoteStart())
        bot.worker.run_due()

        assert bot.audited() == ["refused"]
        assert calls.outside == []
