"""A message of chat becomes a ticket, once."""

import pytest

from storage.models import Ticket
from tests.company import ANA, APPROVALS, BEN, BILLING, ESCALATIONS, GENERAL, HAL, TRIAL
from tests.flows.scenes import audit
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
    assert told(world, ANA, GENERAL).startswith("Ticket #1 is open.")
    assert len(whispers(world, ANA, GENERAL)) == 1
    _use(world, BEN, ts)
    assert told(world, BEN, GENERAL) == "This message is ticket #1 already."
    assert [(made.actor, made.subject) for made in audit(world, "ticket made")] == [
        ("ana", "ticket:1")
    ]
    assert len(_tickets(world)) == 1


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: observe}"})
@pytest.mark.parametrize(
    "text",
    [
        "Can I speak with a human?",
        "How do I export the roster as a CSV file?",
        "Please refund my last payment of 15.00 USD.",
    ],
)
def test_what_a_colleague_asks_for_is_no_rehearsal(world: World, text: str) -> None:
    """Law: nothing leaves from a ticket of the chat, so it comes to a person also in observe."""
    _use(world, ANA, _said(world, text))
    [channel] = [one for one in (ESCALATIONS, BILLING) if messages(world, ANA, one)]
    card(world, ANA, channel).press("Claim")
    assert "Claimed by Ana Ruiz" in card(world, ANA, channel).text
    assert messages(world, ANA, APPROVALS) == messages(world, ANA, TRIAL) == []


def test_its_card_quotes_the_message_as_it_was_written(world: World) -> None:
    ts = _said(world, "The printer of the <lobby> & hall is dead. Can I speak with a human?")
    _use(world, ANA, ts)
    assert "The printer of the <lobby> & hall is dead." in card(world, ANA, ESCALATIONS).text


def test_its_card_says_who_wrote_it_where_and_how_to_answer(world: World) -> None:
    """Law: a colleague is named and is no customer; no button is offered that always refuses."""
    ts = _said(world, "The printer of the lobby is dead. Can I speak with a human?")
    _use(world, ANA, ts)
    seen = card(world, ANA, ESCALATIONS)
    assert "Hal Berg’s last words" in seen.text
    assert "customer" not in seen.text.replace("The customer wants to speak with a person.", "")
    assert f"{ts}" not in seen.text and "#1 (from #general)" in seen.text

    seen.press("Claim")
    held = card(world, ANA, ESCALATIONS)
    assert "Answer in the thread in #general , then resolve" in " ".join(held.text.split())
    assert "Reply to customer" not in held.labels and "Resolve" in held.labels
    links = [
        element["url"]
        for block in held.message["blocks"]
        for part in block.get("elements", ())
        for element in part.get("elements", ())
        if element["type"] == "link"
    ]
    assert set(links) == {f"https://larkspur.slack.com/archives/{GENERAL}/p{ts.replace('.', '')}"}

    world.do(ANA, "command", channel=ESCALATIONS, command="/ticket", text="#1")
    assert "Hal Berg wrote in #general" in told(world, ANA, ESCALATIONS)


def test_only_the_team_makes_tickets(world: World) -> None:
    ts = _said(world, "Please help.")
    _use(world, HAL, ts)
    assert told(world, HAL, GENERAL).startswith("You are not on this team's list")
    assert _tickets(world) == []
