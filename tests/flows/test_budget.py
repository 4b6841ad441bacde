"""What a model may cost holds for a ticket and for a day, whoever asks it and whatever comes."""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.agent.looking import OverBudget, Spent
from bot.config.agent import Budget
from bot.spending import StoredSpending
from sandbox.model import Librarian
from storage.engine import open_engine
from storage.models import ModelCall, SpendingDay
from storage.writer import Writer
from tests.cli.conftest import Shell
from tests.company import ANA, ESCALATIONS
from tests.flows.screen import card
from tests.flows.test_model import AGENT, CLAUDE, EXPORT, last
from tests.flows.test_model import shell as shell
from tests.world import World


def limited(told: str) -> dict[str, str]:
    return {"limits: {refunds": AGENT.format(told)}


ONE_TICKET = limited("budget: {ticket_tokens: 30000}, ")
ONE_DAY = limited("budget: {day_tokens: 60000}, ")
BROKEN = limited("timeout: 1s, when_away: escalate, ")


@pytest.fixture
def others(world: World) -> Iterator[list[StoredSpending]]:
    """Other processes of the same bot, by what they spend."""
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    engines = [open_engine(url) for _ in range(2)]
    writers = [Writer(engine) for engine in engines]
    zone = world.backstop.settings.company.time_zone
    yield [StoredSpending(writer.run, world.clock, zone) for writer in writers]
    for writer in writers:
        writer.close()
    for engine in engines:
        engine.dispose()


def day(world: World) -> SpendingDay:
    with world.looking() as uow:
        [found] = uow.session.query(SpendingDay).all()
        return found


@pytest.mark.app_yaml(ONE_TICKET)
def test_a_ticket_has_one_budget_for_all_its_decisions(world: World) -> None:
    """
    What the first decision used is gone for the next; another ticket has all of its own.
    """
    ticket = world.write("joy", EXPORT, "Export")
    assert (last(world).agent, last(world).note) == ("claude", "")
    world.write("joy", f"And once more: {EXPORT}", ticket=ticket)
    assert (last(world).agent, last(world).note) == ("offline", "over budget: ticket")

    world.write("joy", EXPORT, "Another export")
    assert last(world).agent == "claude"


@pytest.mark.app_yaml(BROKEN)
def test_what_led_to_no_decision_is_told_and_counted(world: World, shell: Shell) -> None:
    """
    A ticket that a person got because the model was away says what the model cost all the same.
    """
    world.model.faults.end_after = 6
    world.write("joy", EXPORT, "Export")
    world.later(minutes=6)

    assert "The agent cannot be asked at the moment." in card(world, ANA, ESCALATIONS).text
    told = " ".join(shell.run("explain", "#1").split())
    asked = len(world.model.requests)
    assert asked > 1
    assert f"0 decisions All {asked} calls of a model on this ticket: $0." in told, told
    assert "$0.0000" not in told and "not settled" not in told
    with world.looking() as uow:
        calls = uow.spendings.calls_on(1)
        assert calls.used.input_tokens > 0 and calls.used.cost == day(world).cost


@pytest.mark.app_yaml(CLAUDE)
def test_the_calls_of_a_decision_add_up_to_it(world: World) -> None:
    """
    Each try is on record by itself: a ticket, its calls and its day say the same.
    """
    world.write("joy", EXPORT, "Export")
    with world.looking() as uow:
        calls = uow.session.query(ModelCall).all()
        assert {(call.ticket_id, call.settled) for call in calls} == {(1, True)}
        assert len(calls) == len(world.model.requests) > 1
        assert sum(call.cost for call in calls) == last(world).cost == day(world).cost


@pytest.mark.app_yaml(ONE_DAY)
def test_what_another_process_reserved_is_not_spent_here(
    world: World, others: list[StoredSpending]
) -> None:
    """
    It counts at its worst until it is settled, also where nobody is left to settle it.
    """
    held = others[0].reserve(Spent(59_900), Budget(), None)
    world.write("joy", EXPORT, "Export")
    assert (last(world).agent, last(world).note) == ("offline", "over budget: day")
    assert world.model.requests == []

    others[0].settle(held, Spent(100, 20, 7))
    world.write("joy", EXPORT, "Another export")
    assert last(world).agent == "claude"


@pytest.mark.app_yaml(ONE_DAY)
def test_a_call_under_way_is_counted_before_it_is_answered(
    world: World, others: list[StoredSpending]
) -> None:
    """
    Another process that looks meanwhile sees the most that it may write, and keeps to the rest.
    """
    seen: list[str] = []
    librarian = Librarian()

    def answers(request: Mapping[str, Any]) -> list[dict[str, Any]]:
        if not seen:
            left = 60_000 - day(world).input_tokens - request["max_tokens"]
            try:
                others[0].reserve(Spent(left + 1), Budget(day_tokens=60_000), None)
            except OverBudget as which:
                seen.append(str(which))
            else:
                seen.append("overshot")
        return librarian(request)

    world.model.mind = answers
    world.write("joy", EXPORT, "Export")
    assert seen == ["day"]


def crowd(others: list[StoredSpending], budget: Budget, ticket: int | None) -> list[str]:
    """What becomes of sixteen calls at once, of two processes, on a day that has begun."""
    others[0].reserve(Spent(), budget, None)
    start, results = threading.Barrier(16), list[str]()

    def call(process: StoredSpending) -> None:
        start.wait(20)
        try:
            process.reserve(Spent(2_000, 1_000), budget, ticket)
        except OverBudget as which:
            results.append(str(which))
        else:
            results.append("served")

    threads = [threading.Thread(target=call, args=(others[n % 2],)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(results)


def test_of_many_at_once_as_many_are_served_as_the_day_bears(
    world: World, others: list[StoredSpending]
) -> None:
    """
    Three calls fit, and three are made.
    """
    assert crowd(others, Budget(day_tokens=10_000), None) == ["day"] * 13 + ["served"] * 3
    assert day(world).input_tokens == 6_000


def test_one_ticket_that_many_work_on_keeps_to_its_budget(
    world: World, others: list[StoredSpending]
) -> None:
    """
    The same for a ticket, as its customer writes while somebody has their reply read.
    """
    world.write("joy", EXPORT, "Export")
    told = crowd(others, Budget(ticket_tokens=10_000), 1)
    assert told == ["served"] * 3 + ["ticket"] * 13
    assert day(world).input_tokens == 6_000
