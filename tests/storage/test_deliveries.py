"""Deliveries are leased, fenced, folded and replayed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import Engine
from storage.models import Delivery, DeliveryState
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW, a_delivery

Look = Callable[[], UnitOfWork]
LEASE = timedelta(seconds=10)


def add(writer: Writer, **differing: Any) -> None:
    writer.run(lambda uow: uow.deliveries.add([a_delivery(**differing)]))


def claim(writer: Writer, owner: str = "a", at: Any = NOW, limit: int = 1) -> list[Claimed]:
    return writer.run(lambda uow: uow.deliveries.claim("posts", owner, at, LEASE, limit))


def claim_one(writer: Writer, owner: str = "a", at: Any = NOW) -> Claimed:
    [claimed] = claim(writer, owner, at)
    return claimed


def stored(look: Look, delivery: int) -> Delivery:
    with look() as uow:
        found = uow.session.get(Delivery, delivery)
        assert found is not None
        return found


def test_what_is_claimed_is_nobody_elses(writer: Writer) -> None:
    """
    A lease keeps a delivery from everybody else until it ends.
    """
    add(writer)

    assert len(claim(writer, "a")) == 1
    assert claim(writer, "b") == []


def test_of_many_claims_at_once_each_gets_others(engine: Engine, writer: Writer) -> None:
    """
    No delivery is handed out twice, however many ask.
    """
    for number in range(24):
        add(writer, payload={"post": number})

    def take(owner: int) -> list[int]:
        taken = []
        while got := claim(writer, str(owner)):
            taken += [each.id for each in got]
        return taken

    with ThreadPoolExecutor(8) as pool:
        ids = [one for each in pool.map(take, range(8)) for one in each]

    assert len(ids) == len(set(ids)) == 24


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_no_plan_of_the_database_makes_a_claim_take_more_than_it_wants(writer: Writer) -> None:
    """
    With a table that looks empty PostgreSQL asks for each row anew which one is wanted.
    """
    for number in range(3):
        add(writer, payload={"post": number})

    def in_loops(uow: UnitOfWork) -> list[Claimed]:
        for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material"):
            uow.session.execute(text(f"SET LOCAL enable_{way} = off"))
        return uow.deliveries.claim("posts", "a", NOW, LEASE, 1)

    assert len(writer.run(in_loops)) == 1
    assert len(claim(writer, "b", limit=3)) == 2


def test_an_expired_lease_is_taken_over(writer: Writer) -> None:
    """
    What a dead process held is carried by another, as a further attempt.
    """
    add(writer)
    first = claim_one(writer, "dead")

    assert claim(writer, "alive", NOW + LEASE) == []
    again = claim_one(writer, "alive", NOW + LEASE + timedelta(seconds=1))

    assert (again.id, again.attempts) == (first.id, 2)


def test_a_renewed_lease_is_not_taken_over(writer: Writer) -> None:
    """
    A slow call of a living process stays its own.
    """
    add(writer)
    claim_one(writer, "slow")
    writer.run(lambda uow: uow.deliveries.renew(["slow"], NOW + 3 * LEASE))

    assert claim(writer, "b", NOW + 2 * LEASE) == []


def test_whoever_lost_the_lease_settles_nothing(writer: Writer, look: Look) -> None:
    """
    Fencing: the late result of the first owner neither finishes nor parks it.
    """
    add(writer)
    delivery = claim_one(writer, "late")
    later = NOW + LEASE + timedelta(seconds=1)
    claim_one(writer, "new", later)

    assert not writer.run(lambda uow: uow.deliveries.holds(delivery.id, "late"))
    assert not writer.run(lambda uow: uow.deliveries.finish(delivery.id, "late", later))
    assert not writer.run(lambda uow: uow.deliveries.park(delivery.id, "late", later, "no"))
    assert stored(look, delivery.id).state is DeliveryState.LEASED
    assert writer.run(lambda uow: uow.deliveries.finish(delivery.id, "new", later))


def test_of_one_key_only_one_waits(writer: Writer, look: Look) -> None:
    """
    Repetitions fold into the one that waits, with the earlier time and the greater urgency.
    """
    add(writer, key="post:1", due=NOW + timedelta(hours=1), urgent=2)
    add(writer, key="post:1", due=NOW, urgent=1)
    add(writer, key="post:1", due=NOW + timedelta(hours=2), urgent=0)

    with look() as uow:
        [delivery] = uow.deliveries.listed(None, 10)
    assert (delivery.due, delivery.urgent) == (NOW, 0)


def test_of_one_key_only_one_is_out(writer: Writer) -> None:
    """
    A newer redraw waits until the one under way is settled.
    """
    add(writer, key="post:1")
    out = claim_one(writer)
    add(writer, key="post:1")

    assert claim(writer, "b") == []
    writer.run(lambda uow: uow.deliveries.finish(out.id, "a", NOW))
    assert len(claim(writer, "b")) == 1


def test_postponing_yields_to_a_newer_one(writer: Writer, look: Look) -> None:
    """
    The newer one of the key does the work of both.
    """
    add(writer, key="post:1")
    out = claim_one(writer)
    add(writer, key="post:1")

    assert writer.run(lambda uow: uow.deliveries.postpone(out.id, "a", NOW, "try later"))

    assert stored(look, out.id).state is DeliveryState.DONE
    assert len(claim(writer, "a", limit=5)) == 1


def test_the_urgent_go_first_and_nobody_before_their_time(writer: Writer) -> None:
    """
    A timer is a delivery that is due later.
    """
    add(writer, payload={"post": 1}, urgent=2)
    add(writer, payload={"post": 2}, urgent=0)
    add(writer, payload={"post": 3}, due=NOW + timedelta(hours=1), urgent=0)

    now = claim(writer, limit=5)
    writer.run(lambda uow: uow.deliveries.renew(["a"], NOW + timedelta(hours=2)))
    later = claim(writer, at=NOW + timedelta(hours=1), limit=5)

    assert [[each.payload["post"] for each in claimed] for claimed in (now, later)] == [[2, 1], [3]]


def test_held_is_no_attempt(writer: Writer) -> None:
    """
    Waiting for a limit uses up nobody's patience.
    """
    add(writer)
    held = claim_one(writer)
    writer.run(lambda uow: uow.deliveries.postpone(held.id, "a", NOW, "stopped", held=True))

    assert claim_one(writer).attempts == 1


def test_a_dead_letter_lives_again_with_the_same_payload(writer: Writer, look: Look) -> None:
    """
    A replay changes when, and not what, so that the effect key is the same. It is no first try:
    whoever looks before a second one looks now.
    """
    add(writer, payload={"effect": 7})
    dead = claim_one(writer)
    writer.run(lambda uow: uow.deliveries.park(dead.id, "a", NOW, "gave up"))
    assert claim(writer) == []

    assert writer.run(lambda uow: uow.deliveries.replay(dead.id, NOW))

    again = claim_one(writer)
    assert (again.id, again.payload, again.attempts) == (dead.id, {"effect": 7}, 2)


def test_only_the_dead_are_replayed(writer: Writer, look: Look) -> None:
    """
    What waits, is out or is done is left alone.
    """
    add(writer)
    out = claim_one(writer)

    assert not writer.run(lambda uow: uow.deliveries.replay(out.id, NOW))
    assert stored(look, out.id).state is DeliveryState.LEASED


def test_replaying_yields_to_one_that_waits(writer: Writer, look: Look) -> None:
    """
    A dead redraw beside a waiting one of the same key is done by that one.
    """
    add(writer, key="post:1")
    dead = claim_one(writer)
    writer.run(lambda uow: uow.deliveries.park(dead.id, "a", NOW, "gave up"))
    add(writer, key="post:1")

    assert writer.run(lambda uow: uow.deliveries.replay(dead.id, NOW))

    assert stored(look, dead.id).state is DeliveryState.DONE
    assert len(claim(writer, "a", limit=5)) == 1


def test_what_is_done_is_forgotten_and_the_dead_are_not(writer: Writer, look: Look) -> None:
    """
    Dead letters wait for a person, however long.
    """
    for key in ("done", "dead", "folded"):
        add(writer, key=key)
    done, dead, folded = claim(writer, limit=3)
    add(writer, key="folded")
    writer.run(lambda uow: uow.deliveries.finish(done.id, "a", NOW))
    writer.run(lambda uow: uow.deliveries.park(dead.id, "a", NOW, "gave up"))
    writer.run(lambda uow: uow.deliveries.postpone(folded.id, "a", NOW, "try later"))

    writer.run(lambda uow: uow.deliveries.forget(NOW + timedelta(days=3), 100))

    with look() as uow:
        left = [(each.key, each.state.value) for each in uow.deliveries.listed(None, 10)]
    assert sorted(left) == [("dead", "dead"), ("folded", "waiting")]
