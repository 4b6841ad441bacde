"""A message of chat becomes a ticket, once."""

from storage.models import Ticket
from tests.company import ANA, BEN, ESCALATIONS, GENERAL, HAL
from tests.flows.screen import card, messages, told, whispers
from tests.world import World


def _use(world: World, who: str, ts: str, **more: int) -> None:
    world.do(who, "shortcut", callback_id="ticket.make", channel=GENERAL, ts=ts, **more)


def _tickets(world: World) -> list[Ticket]:
    with world.looking() as uow:
        return uow.session.query(Ticket).all()


def _said(world: World, text: str) -> str:
    world.do(HAL, "post", channel=GENERAL, text=text)
    return messages(world, HAL, GENERAL)[-1].ts


def test_a_message_becomes_one_ticket_whoever_asks_and_however_often(world: World) -> None:
    """Law: one message, one ticket."""
    ts = _said(world, "The printer of the <lobby> & hall is dead. Can I speak with a human?")
    _use(world, ANA, ts, repeat=2)
    assert told(world, ANA, GENERAL) == "Ticket #1 is open."
    assert len(whispers(world, ANA, GENERAL)) == 1
    _use(world, BEN, ts)
    assert told(world, BEN, GENERAL) == "This message is ticket #1 already."
    assert len(_tickets(world)) == 1


def test_its_card_quotes_the_message_as_it_was_written(world: World) -> None:
    ts = _said(world, "The printer of the <lobby> & hall is dead. Can I speak with a human?")
    _use(world, ANA, ts)
    assert "The printer of the <lobby> & hall is dead." in card(world, ANA, ESCALATIONS).text


def test_only_the_team_makes_tickets(world: World) -> None:
    ts = _said(world, "Please help.")
    _use(world, HAL, ts)
    assert told(world, HAL, GENERAL).startswith("You are not on this team's list")
    assert _tickets(world) == []
