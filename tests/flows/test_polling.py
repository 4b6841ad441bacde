"""What the help desk could not tell us is asked for, and nothing is lost or done twice."""

import asyncio
from typing import Any

import pytest

from bot import commands
from bot.watchers import Watchers
from storage.models import Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork
from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import HUMAN, claimed, escalated
from tests.flows.screen import card, messages, thread, typed
from tests.world import World


def poll(world: World) -> None:
    """One look of a bot that has just started, when the help desk has indexed what changed."""
    world.later(minutes=2)
    look(world)
    world.settle()


def look(world: World) -> None:
    asyncio.run(Watchers(world.backstop).poll())


def in_silence(world: World) -> None:
    """No webhook arrives any more."""
    world.desk.faults.hook_lose = 1.0


def ticket_of(world: World, number: int) -> Ticket:
    with world.looking() as uow:
        found = uow.tickets.by_ref("zendesk", str(number))
    assert found is not None
    return found


def test_what_changed_while_the_bot_was_down_is_asked_for(world: World) -> None:
    """
    How far the last look came outlives the process that looked.
    """
    poll(world)
    in_silence(world)
    world.write("joy", HUMAN, "The rota prints blank")
    world.later(hours=9)
    assert messages(world, ANA, ESCALATIONS) == []

    poll(world)

    assert "The rota prints blank" in card(world, ANA, ESCALATIONS).text


def test_two_changes_within_one_second_are_both_seen(world: World) -> None:
    """
    Help desks count in seconds; a look between the two changes hides neither.
    """
    in_silence(world)
    second = world.clock.now()
    number = world.write("joy", HUMAN, "The rota prints blank")
    poll(world)
    world.clock.set(second)
    world.write("joy", "And the export is empty.", ticket=number)
    world.clock.advance(minutes=2)
    poll(world)

    [words] = thread(world, ANA, card(world, ANA, ESCALATIONS))
    assert "And the export is empty." in words.text


def test_what_one_help_desk_told_is_never_asked_of_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Another's ticket of the same number, or its "there is none", would be believed of this one.
    """
    number, _ = escalated(world)
    in_silence(world)
    world.write("joy", "And the export is empty.", ticket=number)
    with monkeypatch.context() as moved:
        moved.setattr(world.backstop.outside.help_desk, "name", "intercom")
        told = commands.FetchTickets("zendesk", (str(number), "404404"), world.clock.now())
        world.backstop.bus.submit(told).result()
        world.later(minutes=5)
        assert thread(world, ANA, card(world, ANA, ESCALATIONS)) == []
        assert ticket_of(world, number).status is TicketStatus.OPEN
    world.later(minutes=5)
    assert "And the export is empty." in thread(world, ANA, card(world, ANA, ESCALATIONS))[0].text


def test_looking_again_changes_nothing(world: World) -> None:
    """
    Looks overlap: what is known is not taken in, escalated or told a second time.
    """
    number, seen = escalated(world)
    before = world.customer_reads(number)
    for _ in range(2):
        poll(world)

    assert len(messages(world, ANA, ESCALATIONS)) == 1
    assert thread(world, ANA, seen) == []
    assert world.customer_reads(number) == before


def test_lost_webhooks_are_made_up_for(world: World) -> None:
    """
    Also where webhooks are the way in, the help desk is asked now and then.
    """
    in_silence(world)
    number = world.write("joy", HUMAN, "The rota prints blank")
    world.later(minutes=2)

    async def watch() -> None:
        watching = asyncio.create_task(Watchers(world.backstop).run())
        while not await asyncio.to_thread(has_looked):
            await asyncio.sleep(0.01)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    def has_looked() -> bool:
        with world.looking() as uow:
            return uow.marks.get("unsolved:zendesk") is not None

    asyncio.run(asyncio.wait_for(watch(), 20))
    world.settle()
    assert ticket_of(world, number).status is TicketStatus.OPEN


def test_an_old_status_is_not_taken_in_while_ours_is_on_its_way(world: World) -> None:
    """
    Between a resolution and its arrival the help desk still says open; that is not a reopening.
    """
    number, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    world.later(minutes=2)
    values = typed(view, {"verdict": "rightly"})
    assert world.do_only(ANA, "submit", view_id=view["id"], values=values)["ok"]
    look(world)
    assert ticket_of(world, number).status is TicketStatus.RESOLVED

    world.settle()
    assert world.desk.tickets[number].status == "solved"


def test_a_ticket_of_an_erased_customer_comes_without_old_words(world: World) -> None:
    """
    Neither subject nor messages; what the customer writes after the erasure is news.
    """
    stranger = {"email": "ivy@elm.example", "name": "Ivy"}
    known = write(world, **stranger, subject="First", body=HUMAN)
    in_silence(world)
    number = write(world, **stranger, subject="Second", body=HUMAN)
    customer_id = ticket_of(world, known).customer_id

    def erase(uow: UnitOfWork) -> None:
        uow.customers.erase(uow.customers.get(customer_id), world.clock.now())

    world.backstop.writer.run(erase)
    poll(world)

    ticket = ticket_of(world, number)
    with world.looking() as uow:
        text = uow.tickets.text(ticket.id)
        assert text is not None and text.subject == ""
        assert uow.tickets.conversation(ticket.id) == []

    world.later(minutes=1)
    write(world, **stranger, ticket=number, body="I am here again: let me speak with a person.")
    poll(world)
    with world.looking() as uow:
        message, *_ = uow.tickets.conversation(ticket.id)
        assert message.body.startswith("I am here again")


def write(world: World, **words: Any) -> int:
    """Somebody whom nobody imported writes."""
    answer = world.server.http.post("/sandbox/helpdesk/customer", json=words).json()
    assert answer["ok"], answer
    world.settle()
    return int(answer["ticket"])
