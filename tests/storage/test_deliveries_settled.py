"""Each way out of a lease, and what is told of deliveries, concerns those named and no others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.models import Delivery, DeliveryState
from storage.repositories import Claimed
from storage.repositories.deliveries import Backlog
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW, a_delivery

Look = Callable[[], UnitOfWork]
LEASE = timedelta(seconds=10)
SECOND = timedelta(seconds=1)


def add(writer: Writer, *rows: dict[str, Any]) -> None:
    writer.run(lambda uow: uow.deliveries.add([a_delivery(**row) for row in rows]))


def claim(writer: Writer, lane: str = "posts", limit: int = 9) -> list[Claimed]:
    return writer.run(lambda uow: uow.deliveries.claim(lane, "a", NOW, LEASE, limit))


def finish(writer: Writer, delivery: Claimed, at: datetime = NOW) -> None:
    assert writer.run(lambda uow: uow.deliveries.finish(delivery.id, "a", at))


def park(writer: Writer, delivery: Claimed) -> None:
    assert writer.run(lambda uow: uow.deliveries.park(delivery.id, "a", NOW, "gave up"))


def postpone(writer: Writer, delivery: Claimed, due: datetime, held: bool) -> None:
    assert writer.run(
        lambda uow: uow.deliveries.postpone(delivery.id, "a", due, "later", held=held)
    )


def stored(look: Look) -> list[Delivery]:
    """Oldest first."""
    with look() as uow:
        return list(reversed(uow.deliveries.listed(None, 99)))


def test_a_lease_is_taken_of_one_lane_and_for_its_time(writer: Writer, look: Look) -> None:
    """
    Whoever carries posts leaves effects alone, and everybody sees whose a delivery is.
    """
    add(writer, {}, {"lane": "effects"})

    [claimed] = claim(writer)

    mine, other = stored(look)
    assert claimed.id == mine.id
    assert (mine.owner, mine.lease_until, mine.attempts) == ("a", NOW + LEASE, 1)
    assert (other.owner, other.state, other.attempts) == (None, DeliveryState.WAITING, 0)


SETTLED: dict[str, Callable[[UnitOfWork, int, str], bool]] = {
    "finish": lambda uow, of, by: uow.deliveries.finish(of, by, NOW + SECOND),
    "postpone": lambda uow, of, by: uow.deliveries.postpone(of, by, NOW + SECOND, "later"),
    "hold": lambda uow, of, by: uow.deliveries.postpone(of, by, NOW + SECOND, "later", held=True),
    "park": lambda uow, of, by: uow.deliveries.park(of, by, NOW + SECOND, "gave up"),
}
LEFT: dict[str, tuple[Any, ...]] = {
    "finish": (DeliveryState.DONE, 1, 0, None, NOW + SECOND),
    "postpone": (DeliveryState.WAITING, 1, 0, "later", None),
    "hold": (DeliveryState.WAITING, 0, 1, "later", None),
    "park": (DeliveryState.DEAD, 1, 0, "gave up", NOW + SECOND),
}


@pytest.mark.parametrize("way", SETTLED)
def test_only_its_holder_settles_a_delivery_and_only_once(
    way: str, writer: Writer, look: Look
) -> None:
    """
    What the same owner holds beside it stays out, and nobody settles what is not leased.
    """
    settle = SETTLED[way]
    add(writer, {"key": "one"}, {"key": "two"})
    first, second = claim(writer)
    add(writer, {"key": "three"})

    assert not writer.run(lambda uow: settle(uow, first.id, "b"))
    assert writer.run(lambda uow: uow.deliveries.holds(first.id, "a"))
    assert writer.run(lambda uow: settle(uow, first.id, "a"))
    assert not writer.run(lambda uow: uow.deliveries.holds(first.id, "a"))
    assert not writer.run(lambda uow: settle(uow, first.id, "a"))

    done, out, _ = stored(look)
    assert LEFT[way] == (done.state, done.attempts, done.held, done.error, done.done_at)
    assert (done.owner, done.lease_until) == (None, None)
    assert done.due == (NOW + SECOND if done.state is DeliveryState.WAITING else NOW)
    assert (out.id, out.state, out.owner) == (second.id, DeliveryState.LEASED, "a")
    assert not writer.run(lambda uow: uow.deliveries.holds(first.id, "a"))
    assert writer.run(lambda uow: uow.deliveries.holds(second.id, "a"))


def test_what_waits_is_taken_back_by_key_and_step(writer: Writer, look: Look) -> None:
    """
    A timer whose reason is gone; what is out already is not called back.
    """
    add(writer, {"key": "timer:1/step"})
    claim(writer)
    kept = [{"key": "timer:1/other"}, {"key": "timer:2/step"}, {}]
    add(writer, {"key": "timer:1/step"}, *kept)

    writer.run(lambda uow: uow.deliveries.drop("timer:1", "step"))

    assert [(one.key, one.state.value) for one in stored(look)] == [
        ("timer:1/step", "leased"),
        ("timer:1/other", "waiting"),
        ("timer:2/step", "waiting"),
        (None, "waiting"),
    ]


def test_nothing_to_add_is_nothing(writer: Writer, look: Look) -> None:
    """
    A commit that caused no event puts nothing down.
    """
    add(writer)

    assert stored(look) == []


def test_leases_are_let_go_and_nothing_else_is(writer: Writer, look: Look) -> None:
    """
    Everything that was out is taken over at once, by any clock.
    """
    add(writer, {}, {"lane": "effects"})
    [out] = claim(writer)

    writer.run(lambda uow: uow.deliveries.release_all())

    released, waiting = stored(look)
    assert released.lease_until is not None
    assert released.lease_until < datetime(1990, 1, 1, tzinfo=UTC)
    assert waiting.lease_until is None
    assert [one.id for one in claim(writer)] == [out.id]


def test_a_replay_is_of_this_dead_letter(writer: Writer, look: Look) -> None:
    """
    The others stay dead; what is replayed is due now and no longer done.
    """
    add(writer, {"payload": {"post": 1}}, {"payload": {"post": 2}})
    assert writer.run(lambda uow: uow.deliveries.dead()) == 0
    for claimed in claim(writer):
        park(writer, claimed)
    first, second = stored(look)
    with look() as uow:
        assert uow.deliveries.dead() == 2

    assert writer.run(lambda uow: uow.deliveries.replay(first.id, NOW + SECOND))
    assert not writer.run(lambda uow: uow.deliveries.replay(first.id, NOW + SECOND))

    with look() as uow:
        again, dead = uow.deliveries.get(first.id), uow.deliveries.get(second.id)
        assert again is not None and dead is not None
        assert (again.state, again.due, again.attempts) == (
            DeliveryState.WAITING,
            NOW + SECOND,
            1,
        )
        assert (again.done_at, dead.state) == (None, DeliveryState.DEAD)
        assert uow.deliveries.dead() == 1
        assert [one.id for one in uow.deliveries.listed(DeliveryState.DEAD, 9)] == [second.id]


def test_the_deliveries_of_an_effect_are_those_not_done(writer: Writer, look: Look) -> None:
    """
    Waiting, out or dead: whoever settles an effect by hand ends all that carry it.
    """
    effect = {"lane": "effects", "payload": {"effect": 7}}
    add(writer, effect, effect, {"payload": {"effect": 7}}, effect | {"payload": {"effect": 8}})
    add(writer, {"lane": "desk", "payload": {"effect": 7}})
    done, carried, *_ = claim(writer, "effects", 2)
    finish(writer, done)

    found = writer.run(lambda uow: [one.id for one in uow.deliveries.of_effect(7)])

    assert len(found) == 2 and found[0] == carried.id


def test_what_waits_is_counted_since_it_was_wanted(writer: Writer, look: Look) -> None:
    """
    A timer from when it is due, what was tried or held from when it was put down.
    """
    old = {"created_at": NOW - 60 * SECOND}
    add(writer, *({**old, "lane": lane} for lane in ("effects", "model")))
    for lane, held in (("effects", False), ("model", True)):
        [one] = claim(writer, lane)
        postpone(writer, one, NOW + 60 * SECOND, held)
    add(writer, {**old, "due": NOW - SECOND}, old, {**old, "due": NOW + SECOND})

    with look() as uow:
        assert uow.deliveries.backlog(NOW) == {
            "effects": Backlog(1, NOW - 60 * SECOND),
            "model": Backlog(1, NOW - 60 * SECOND),
            "posts": Backlog(1, NOW - SECOND),
        }
        tried = {
            lane: len(uow.deliveries.stalled(lane, NOW - 60 * SECOND))
            for lane in ("effects", "model", "posts")
        }
        assert tried == {"effects": 1, "model": 1, "posts": 0}
        assert not uow.deliveries.stalled("effects", NOW - 61 * SECOND)


def test_what_went_through_was_done_since_then(writer: Writer, look: Look) -> None:
    """
    A dead letter went nowhere, and another event tells nothing of this one.
    """
    add(writer, {"event": "One"}, {"event": "Two"})
    one, two = claim(writer)
    finish(writer, one)
    park(writer, two)

    with look() as uow:
        went = uow.deliveries.went_through
        assert went("One", NOW) and not went("One", NOW + SECOND)
        assert not went("Two", NOW)


def test_only_so_much_is_forgotten_at_a_time(writer: Writer, look: Look) -> None:
    """
    What was done at that very time stays for the next.
    """
    add(writer, {"payload": {"post": 1}}, {"payload": {"post": 2}}, {"payload": {"post": 3}}, {})
    for number, claimed in enumerate(claim(writer, limit=3)):
        finish(writer, claimed, NOW if number == 0 else NOW - SECOND)

    gone = [writer.run(lambda uow: uow.deliveries.forget(NOW, 1)) for _ in range(3)]

    assert gone == [1, 1, 0]
    assert len(stored(look)) == 2
