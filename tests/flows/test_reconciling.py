"""What the help desk is asked for by itself, whatever stands in the way of a single answer."""

import asyncio
import contextlib

import pytest

from bot.errors import OutsideError
from bot.polling import FETCHES_A_MINUTE
from bot.watchers import RECONCILE_EVERY, Watchers
from storage.models import DeliveryState, Ticket, TicketStatus
from tests.company import ANA, CUSTOMERS, ENTERPRISE, ESCALATIONS
from tests.flows.scenes import HUMAN
from tests.flows.screen import card, messages
from tests.world import World


def look(world: World) -> None:
    """What the watcher does at its next turn; one that fails is over."""
    with contextlib.suppress(OutsideError):
        asyncio.run(Watchers(world.backstop).poll())


def in_silence(world: World) -> None:
    """No webhook arrives."""
    world.desk.faults.hook_lose = 1.0


def statuses(world: World) -> dict[str, TicketStatus]:
    with world.looking() as uow:
        return {ticket.ref: ticket.status for ticket in uow.session.query(Ticket)}


def test_a_ticket_that_cannot_be_read_stops_no_other(world: World) -> None:
    """
    It is a dead letter of its own; what changed after it is taken in by the same look.
    """
    in_silence(world)
    gone = world.write("joy", HUMAN, "The rota prints blank")
    world.write("big", HUMAN, "The route map is empty")
    world.later(minutes=2)

    look(world)
    del world.desk.tickets[gone]
    world.settle()

    assert "The route map is empty" in card(world, ANA, ENTERPRISE).text
    with world.looking() as uow:
        dead = uow.deliveries.listed(DeliveryState.DEAD, 10)
        assert [one.payload["ticket_ref"] for one in dead if one.step == "fetch ticket"] == [
            str(gone)
        ]


def test_text_that_no_database_stores_is_taken_in_without_it(world: World) -> None:
    """
    Answers to our own questions hold what webhooks hold, and are cleaned alike.
    """
    in_silence(world)
    number = world.write("joy", HUMAN, "The rota prints blank")
    [comment] = world.desk.tickets[number].comments
    comment.text = comment.html = f"\x00 {HUMAN}"
    world.later(minutes=2)

    look(world)
    world.settle()

    assert f"\ufffd {HUMAN}" in card(world, ANA, ESCALATIONS).text


def test_a_limit_delays_and_loses_nothing(world: World) -> None:
    """
    Each answer that a help desk with a tight limit gives is kept, until all tickets are known.
    """
    look(world)
    in_silence(world)
    count = 12
    for number in range(count):
        world.write(CUSTOMERS[number % 3]["id"].removeprefix("cus_"), HUMAN, f"Broken {number}")
    world.desk.quota_scale, world.desk.requests_per_minute = 1.0, 15
    world.clock.advance(minutes=2)

    known = []
    for _ in range(6):
        look(world)
        world.later(minutes=RECONCILE_EVERY.total_seconds() / 60)
        known.append(len(statuses(world)))

    assert known[-1] == count
    assert known == sorted(known)


def test_many_changes_leave_the_help_desk_room_for_replies(world: World) -> None:
    """
    So many tickets are fetched at once, and as many a minute later.
    """
    in_silence(world)
    for number in range(FETCHES_A_MINUTE + 5):
        world.server.http.post(
            "/sandbox/helpdesk/customer",
            json={"email": "ivy@elm.example", "name": "Ivy", "subject": f"{number}", "body": HUMAN},
        )
    world.clock.advance(minutes=2)

    look(world)
    world.settle()
    assert len(statuses(world)) == FETCHES_A_MINUTE

    world.later(minutes=1)
    assert len(statuses(world)) == FETCHES_A_MINUTE + 5


def test_the_first_look_takes_in_what_was_open_before(world: World) -> None:
    """
    However long ago it was written; what is solved is history.
    """
    in_silence(world)
    waiting = world.write("joy", HUMAN, "The rota prints blank")
    solved = world.write("big", HUMAN, "The route map is empty")
    world.work_in_desk(solved, status="solved")
    world.later(hours=24 * 90)

    look(world)
    world.settle()

    assert statuses(world) == {str(waiting): TicketStatus.OPEN}
    assert "The rota prints blank" in card(world, ANA, ESCALATIONS).text


@pytest.mark.app_yaml({"  user: backstop": "  intake: polling\n  user: backstop"})
def test_what_changes_while_the_first_looks_fail_is_asked_for(world: World) -> None:
    """
    The first question is asked from the start on, however late it is answered.
    """
    number = world.write("joy", HUMAN, "The rota prints blank")
    in_silence(world)
    world.desk.faults.read_error_500_next = 1
    look(world)
    world.work_in_desk(number, status="solved")
    world.later(hours=1)
    assert statuses(world) == {str(number): TicketStatus.OPEN}

    look(world)
    world.settle()

    assert statuses(world) == {str(number): TicketStatus.RESOLVED}
    assert len(messages(world, ANA, ESCALATIONS)) == 1
