"""Promises 35 and 39: what happened stands in a chain, and what gave up is kept and replayed."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from storage import audit as chain
from storage.engine import snapshot
from storage.errors import Broken
from storage.models import Delivery, DeliveryState
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import APPROVALS, HAL, LEA, MAX
from tests.flows.scenes import approval_of, refund_asked
from tests.flows.screen import direct, fill, messages
from tests.promises.test_money import ONE_BY_ONE, several
from tests.storage.rows import a_delivery
from tests.world import World

COLUMNS = {
    name: f"UPDATE audit SET {name} = :value WHERE seq = :one"  # noqa: S608 - names of our own
    for name in ("at", "kind", "actor", "subject", "data", "previous", "hash")
}


def live(world: World) -> None:
    """A day with a chain behind it: yeses, a no, refusals, effects, escalations."""
    for seen in several(world, 3):
        seen.press("Approve", by=HAL)
        seen.press("Approve")
    _, seen = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    fill(world, LEA, seen.press("Reject")["view"], reason="The plan was used all month")


def today(world: World) -> None:
    """The command line goes by the machine's clock; whatever it lets run is due here by then."""
    world.clock.set(datetime.now(UTC) + timedelta(hours=1))


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_35_the_audit_is_complete_and_tamper_evident(world: World, tmp_path: Path) -> None:
    """Every place that is deleted, altered, inserted, reordered or cut off is found; an honest
    chain is whole."""
    live(world)
    engine, dice = world.backstop.engine, random.Random(35)
    with snapshot(engine) as connection:
        whole = chain.verify(connection)
    assert whole >= 30
    for n in range(120):
        tamper = TAMPERINGS[n % len(TAMPERINGS)]
        with engine.connect() as connection:
            done = tamper(connection, whole, dice)
            with pytest.raises(Broken):
                chain.verify(connection)
                pytest.fail(f"{done} was not found")
            connection.rollback()
    shell = _beside(world, tmp_path)
    assert shell.run("audit", "verify") == f"The audit chain is whole: {whole} entries."
    with engine.begin() as connection:
        done = dice.choice(TAMPERINGS)(connection, whole, dice)
    assert shell.run("audit", "verify").startswith("The audit chain is broken: entry"), done
    assert shell.code == 1


def test_promise_35_a_decision_that_cannot_be_written_down_is_none(world: World) -> None:
    """Entry and decision are one transaction: while the audit takes nothing, nobody decides, and
    whoever pressed presses again."""
    _, seen = refund_asked(world)
    with _full(world.backstop.engine):
        assert not seen.press_only("Approve")["ok"]
        assert not seen.press_only("Approve", by=HAL)["ok"]
    world.settle()
    assert world.refunds == [] and approval_of(world, seen).granted == 0
    seen.press("Approve")
    assert len(world.refunds) == 1


def test_promise_39_what_cannot_be_carried_is_parked_with_its_reason(
    world: World, tmp_path: Path
) -> None:
    """Poisoned deliveries of every kind hold up nobody: each ends as a dead letter that says why,
    and administrators are told of each."""
    today(world)
    world.backstop.writer.run(lambda uow: uow.deliveries.add(_poisoned()))
    _, seen = refund_asked(world)
    seen.press("Approve")
    assert len(world.refunds) == 1
    world.later(hours=25)
    for _ in range(14):
        world.later(minutes=10)
    dead = _dead(world)
    assert len(dead) == len(_poisoned())
    assert all(one.error for one in dead)
    assert sum("gave up" in one.text for one in direct(world, MAX)) == len(dead)
    shell = _beside(world, tmp_path)
    for _ in range(2):
        said = shell.run("deliveries", "replay", "--all-dead")
        assert said.startswith(f"{len(dead)} on the way again."), said
        for _ in range(14):
            world.later(minutes=10)
        assert len(_dead(world)) == len(dead)
        assert len(world.refunds) == 1


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_39_a_replay_of_everything_twice_adds_nothing(world: World, tmp_path: Path) -> None:
    """Whatever went outside is let run again, all of it, twice, as after a crash behind the call:
    nothing is paid, said or shown a second time."""
    today(world)
    live(world)
    before, shell = _outside(world), _beside(world, tmp_path)
    for _ in range(2):
        assert world.backstop.writer.run(partial(_bury, _outward(world))) >= 15
        shell.run("deliveries", "replay", "--all-dead")
        assert shell.code == 0 and _dead(world) == []
        world.settle()
        assert _outside(world) == before


def _beside(world: World, folder: Path) -> Shell:
    """The command line on the same database."""
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(folder, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def _outside(world: World) -> list[int]:
    """How much of it there is in the world."""
    said = [world.customer_reads(ticket) for ticket in world.desk.tickets]
    shown = [one for one in messages(world, LEA, APPROVALS) if one.message.get("blocks")]
    return [len(world.refunds), *map(len, said), len(shown), len(direct(world, LEA))]


def _dead(world: World) -> Sequence[Delivery]:
    with world.looking() as uow:
        return uow.deliveries.listed(DeliveryState.DEAD, 1000)


def _outward(world: World) -> list[str]:
    """Steps that act outside; of the others the database alone says whether they were done."""
    return [name for name, step in world.backstop.bus.steps.items() if step.act is not None]


def _bury(steps: Sequence[str], uow: UnitOfWork) -> int:
    """All of these that were done so far."""
    found = uow.session.query(Delivery).filter(Delivery.step.in_(steps))
    done = found.filter(Delivery.state == DeliveryState.DONE).all()
    for delivery in done:
        delivery.state, delivery.error = DeliveryState.DEAD, "said to have given up"
    return len(done)


def _poisoned() -> list[dict[str, Any]]:
    unknown = [("no such step", "EffectReady", {"effect": 1}), ("carry out", "NoSuchEvent", {})]
    unreadable: list[tuple[str, str, Any]] = [
        ("carry out", "EffectReady", {"effect": 1, "colour": "red"})
    ]
    unreadable += [("show card", "CardChanged", payload) for payload in ({}, [1], {"post": None})]
    gone = [("show card", "CardChanged", {"post": 999}), ("expire", "ApprovalDue", {})]
    return [
        a_delivery(lane=lane, step=step, event=event, payload=payload)
        for lane in ("effects", "posts", "inner")
        for step, event, payload in (*unknown, *unreadable, *gone)
    ]


def _delete(connection: Connection, whole: int, dice: random.Random) -> str:
    return _run(connection, "DELETE FROM audit WHERE seq = :one", one=dice.randint(1, whole))


def _alter(connection: Connection, whole: int, dice: random.Random) -> str:
    column = dice.choice(sorted(COLUMNS))
    value = '{"amount":1}' if column == "data" else "somebody"
    statement = COLUMNS[column]
    return _run(connection, statement, value=value, one=dice.randint(1, whole))


def _insert(connection: Connection, whole: int, dice: random.Random) -> str:
    """One more like another, with everything behind it moved by one."""
    one = dice.randint(1, whole)
    _run(connection, "UPDATE audit SET seq = -seq WHERE seq >= :one", one=one)
    _run(connection, "UPDATE audit SET seq = 1 - seq WHERE seq < 0")
    return _run(
        connection,
        "INSERT INTO audit SELECT :one, at, kind, actor, subject, data, previous, hash "
        "FROM audit WHERE seq = :one + 1",
        one=one,
    )


def _reorder(connection: Connection, whole: int, dice: random.Random) -> str:
    one, other = dice.sample(range(1, whole + 1), 2)
    move = "UPDATE audit SET seq = :to WHERE seq = :from"
    _run(connection, move, **{"from": one, "to": -1})
    _run(connection, move, **{"from": other, "to": one})
    return _run(connection, move, **{"from": -1, "to": other})


def _truncate(connection: Connection, whole: int, dice: random.Random) -> str:
    last = dice.randint(0, whole - 1)
    return _run(connection, "DELETE FROM audit WHERE seq > :last", last=last)


TAMPERINGS = (_delete, _alter, _insert, _reorder, _truncate)


def _run(connection: Connection, statement: str, **values: Any) -> str:
    connection.execute(text(statement), values)
    return f"{statement} {values}"


_RAISE = {
    "sqlite": (
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION full_disk()",
    ),
}
_MEND = {
    "sqlite": ("DROP TRIGGER full_disk",),
    "postgresql": ("DROP TRIGGER full_disk ON audit", "DROP FUNCTION full_disk()"),
}


@contextmanager
def _full(engine: Engine) -> Iterator[None]:
    """The audit takes nothing."""
    for statements in (_RAISE, _MEND):
        with engine.begin() as connection:
            for statement in statements[engine.dialect.name]:
                connection.exec_driver_sql(statement)
        if statements is _RAISE:
            yield
