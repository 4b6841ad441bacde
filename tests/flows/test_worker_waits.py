"""How long a delivery waits after each kind of failure, and when it is given up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import events
from bot.errors import OutcomeUnknown, Refused, TryLater, Unreachable
from bot.steps import Again, Lane, Park, Step
from bot.worker import MAX_ATTEMPTS
from storage.unit_of_work import UnitOfWork
from tests.flows.one_step import OneStep, one_step, same_ticket
from tests.storage.rows import a_delivery

TRIED = [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
HELD = [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60]


def failing(error: BaseException) -> Callable[[int], None]:
    def act(ticket: int) -> None:
        raise error

    return act


def waits(bot: OneStep, times: int) -> list[float]:
    """Seconds from each try to the next, each made at the very moment it is due."""
    found = []
    for _ in range(times):
        bot.worker.run_due()
        [delivery] = bot.deliveries()
        if delivery.state.value != "waiting":
            break
        wait = delivery.due - bot.clock.now()
        found.append(wait.total_seconds())
        bot.clock.advance(seconds=wait.total_seconds())
    return found


@pytest.mark.parametrize(
    "error", [OutcomeUnknown("cut off"), ValueError("a surprise")], ids=["unknown", "surprise"]
)
def test_what_fails_waits_twice_as_long_each_time_and_is_given_up(
    error: Exception, database_url: str
) -> None:
    """
    Twelve tries within a quarter of an hour, and then a person is told.
    """
    with one_step(database_url, Step("call", Lane.EFFECTS, same_ticket, failing(error))) as bot:
        bot.happen(1)

        assert waits(bot, 20) == TRIED
        [dead] = bot.deliveries()
        assert (dead.state.value, dead.attempts, dead.held) == ("dead", MAX_ATTEMPTS, 0)
        assert dead.error is not None and dead.error.startswith("OutcomeUnknown: ")
        assert len(dead.error) <= 300


def test_an_outage_is_waited_for_and_never_given_up(database_url: str) -> None:
    """
    It may end at any moment, so that a minute is the longest; no try is lost meanwhile.
    """
    act = failing(TryLater("away"))
    with one_step(database_url, Step("call", Lane.EFFECTS, same_ticket, act)) as bot:
        bot.happen(1)

        assert waits(bot, len(HELD)) == HELD
        [waiting] = bot.deliveries()
        assert (waiting.state.value, waiting.error) == ("waiting", "away")
        assert (waiting.attempts, waiting.held) == (0, len(HELD))


@pytest.mark.parametrize(
    ("verdict", "state", "after", "error", "attempts"),
    [
        (TryLater("limit", 7), "waiting", 7, "limit", 0),
        (Refused("card_closed"), "dead", 0, "card_closed", 1),
        (Unreachable("nobody"), "dead", 0, "nobody", 1),
        (OutcomeUnknown("x" * 400), "waiting", 0.5, "OutcomeUnknown: " + "x" * 284, 1),
    ],
    ids=["told when", "refused", "unreachable", "unknown"],
)
def test_a_failure_outside_says_what_happens_next(
    verdict: Exception, state: str, after: float, error: str, attempts: int, database_url: str
) -> None:
    """
    What was refused is not asked again, and what is told when it may come again comes then.
    """
    act = failing(verdict)
    with one_step(database_url, Step("call", Lane.EFFECTS, same_ticket, act)) as bot:
        bot.happen(1)
        bot.worker.run_due()

        [left] = bot.deliveries()
        assert (left.state.value, left.error, left.attempts) == (state, error, attempts)
        assert left.due == bot.clock.now() + timedelta(seconds=after)


@pytest.mark.parametrize(
    ("planned", "state", "error"),
    [
        (None, "done", None),
        (Again(3, "not yet"), "waiting", "not yet"),
        (Again(3, "held", held=True), "waiting", "held"),
        (Park("hopeless"), "dead", "hopeless"),
    ],
    ids=["nothing", "again", "held", "park"],
)
def test_a_plan_may_say_that_nothing_goes_outside(
    planned: Any, state: str, error: str | None, database_url: str
) -> None:
    """
    Then nothing does.
    """
    outside: list[Any] = []

    def plan(event: events.TicketChanged, uow: UnitOfWork) -> Any:
        return planned

    with one_step(database_url, Step("call", Lane.EFFECTS, plan, outside.append)) as bot:
        bot.happen(1)
        bot.worker.run_due()

        [left] = bot.deliveries()
        assert (left.state.value, left.error) == (state, error)
        assert left.attempts == (0 if isinstance(planned, Again) and planned.held else 1)
        assert outside == []


def test_what_is_unknown_waits_a_minute_for_a_day(database_url: str) -> None:
    """
    No try is counted: another process may know it.
    """
    step = Step("call", Lane.EFFECTS, same_ticket)
    with one_step(database_url, step) as bot:
        strange = a_delivery(
            lane="effects", step="newer", event="TicketChanged", payload={"ticket": 1}
        )
        strange["created_at"] = strange["due"] = bot.clock.now()
        bot.bus.writer.run(lambda uow: uow.deliveries.add([strange]))

        assert waits(bot, 3) == [60] * 3
        bot.later(days=1, minutes=-3)
        assert [(one.state.value, one.attempts) for one in bot.deliveries()] == [("waiting", 0)]

        bot.later(minutes=1)
        assert bot.states() == ["dead"]
