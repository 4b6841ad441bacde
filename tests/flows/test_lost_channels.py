"""Channels come and go; what still asks for somebody stays in sight, and the rest stays quiet."""

from tests.company import ADMIN, ANA, APPROVALS, ESCALATIONS, LEA, MAX
from tests.flows.scenes import claimed, escalated, refund_asked
from tests.flows.screen import Seen, card, fill, messages
from tests.world import World


def resolve(world: World) -> None:
    _, seen = claimed(world)
    assert fill(world, ANA, seen.press("Resolve")["view"], verdict="rightly")["ok"]


def cards(world: World, channel: str) -> list[Seen]:
    return [one for one in messages(world, MAX, channel) if one.labels]


def test_only_what_still_asks_moves_to_the_administrators(world: World) -> None:
    """
    An archived channel is no reason to tell a year of decided cards again.
    """
    resolve(world)
    escalated(world)
    world.do(MAX, "archive", channel=ESCALATIONS)

    [moved] = messages(world, MAX, ADMIN)
    assert "Ticket #2" in moved.fallback
    assert "Claim" in moved.labels


def test_a_decided_approval_does_not_move(world: World) -> None:
    """
    The same holds for approvals, pending or decided.
    """
    _, first = refund_asked(world)
    first.press("Approve", by=LEA)
    refund_asked(world, "eve")
    world.do(MAX, "archive", channel=APPROVALS)

    [moved] = messages(world, MAX, ADMIN)
    assert "Approve" in moved.labels


def test_a_card_that_was_resolved_meanwhile_is_not_reposted_by_its_last_redraw(
    world: World,
) -> None:
    """
    A redraw that finds its channel gone moves the card only while it asks for something.
    """
    _, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    del world.workspace.channels[ESCALATIONS]
    assert fill(world, ANA, view, verdict="rightly")["ok"]

    assert messages(world, MAX, ADMIN) == []


def test_a_card_returns_to_a_channel_that_is_back(world: World) -> None:
    """
    A copy that was lost is shown anew, once somebody asks for it in the same place.
    """
    _, seen = refund_asked(world)
    approval = seen.value("Approve")["approval"]
    world.do(MAX, "archive", channel=APPROVALS)
    world.do(MAX, "archive", channel=APPROVALS, archived=False)
    publisher = world.backstop.bus.dependencies.call(lambda publisher: publisher)

    def show_again(uow: object) -> None:
        publisher.place(uow, f"approval-{approval}", "slack", APPROVALS)
        world.backstop.bus.dispatch(uow)  # type: ignore[arg-type]

    world.backstop.writer.run(show_again)
    world.settle()

    [_, back] = messages(world, LEA, APPROVALS)
    back.press("Approve", by=LEA)
    assert len(world.refunds) == 1
    assert "Approve" not in card(world, LEA, APPROVALS).labels
