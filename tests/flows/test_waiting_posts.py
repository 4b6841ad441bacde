"""Cards that cannot be shown yet, or not there any more."""

import pytest

from bot.publisher import Publisher
from storage.models import DeliveryState, Gap, PostState
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import ANA, APPROVALS, ESCALATIONS, KNOWLEDGE, LEA
from tests.flows.scenes import HUMAN, claimed
from tests.flows.screen import card
from tests.handlers.slack.test_surface_failures import answering, surface_at
from tests.world import World

# Nobody has reported it yet.
NO_GAP = "gap-1"


def place_beneath(world: World, card_key: str, beneath: str | None = None) -> int:
    """Show this card, in the thread of another when one is named; its post."""
    publisher: Publisher = world.backstop.bus.dependencies.call(lambda publisher: publisher)

    def place(uow: UnitOfWork) -> int:
        parent = uow.card_posts.of(beneath)[0].id if beneath else None
        post = publisher.place(uow, card_key, "slack", KNOWLEDGE, parent).id
        world.backstop.bus.dispatch(uow)
        return post

    return world.backstop.writer.run(place)


def test_a_card_of_which_there_is_nothing_to_draw_was_not_tried(world: World) -> None:
    """
    Once there is something, it is posted and not looked for.
    """
    post = place_beneath(world, NO_GAP)
    world.settle()
    with world.looking() as uow:
        assert uow.card_posts.get(post).state is PostState.NEW

    gap = Gap(question="How do I export it?", asked_by="lea", created_at=START)
    world.backstop.writer.run(lambda uow: uow.gaps.add(gap))
    place_beneath(world, NO_GAP)
    world.settle()

    assert "How do I export it?" in card(world, LEA, KNOWLEDGE).text
    methods = [line.get("method") for line in world.workspace.journal.since(0)]
    assert "conversations.history" not in methods


def test_what_waits_for_its_thread_asks_less_and_less(world: World) -> None:
    """
    The thread's card may be a dead letter: its answers wait a minute between two looks, not a
    second, and are not given up.
    """
    place_beneath(world, NO_GAP)
    world.settle()
    place_beneath(world, "gap-2", beneath=NO_GAP)
    world.settle()

    def wait_s() -> float:
        with world.looking() as uow:
            [waiting] = uow.deliveries.listed(DeliveryState.WAITING, 9)
        return (waiting.due - world.clock.now()).total_seconds()

    assert wait_s() == 1
    for _ in range(10):
        world.later(minutes=1)
    assert wait_s() == 60


@pytest.mark.parametrize(
    "code",
    [
        "is_inactive",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    ],
)
def test_a_copy_that_a_channel_will_never_take_is_given_up_and_not_parked(
    world: World, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """
    Its card looks for another place; here no place takes it.
    """
    body = b'{"ok": false, "error": "%s"}' % code.encode()
    with answering(200, body) as url:
        monkeypatch.setitem(world.backstop.outside.surfaces, "slack", surface_at(url))
        world.write("joy", HUMAN, "The rota prints blank")

    with world.looking() as uow:
        assert uow.deliveries.dead() == 0
        assert uow.card_posts.of("escalation-1") == []


def test_what_waits_through_a_long_outage_is_shown_soon_after_it(world: World) -> None:
    """Law: no outage makes a dead letter of a card or of a private word."""
    ticket, _ = claimed(world)
    world.workspace.faults.down = True
    world.write("nox", "Please refund my last payment of 30.00 USD.", "Money back")
    world.write("joy", "It has begun to smoke.", ticket=ticket)
    for _ in range(60):
        world.later(minutes=1)
    with world.looking() as uow:
        assert uow.deliveries.listed(DeliveryState.DEAD, 10) == []
        assert uow.deliveries.backlog(world.clock.now())
    world.workspace.faults.down = False
    world.later(minutes=1)
    assert "Approve" in card(world, LEA, APPROVALS).labels
    assert "It has begun to smoke." in card(world, ANA, ESCALATIONS).text
