"""Deliveries: added with what caused them, claimed under a lease, settled by whoever holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased

from storage.models import Delivery, DeliveryState
from storage.repositories.base import Repository, table_of, upsert

D = table_of(Delivery)

# Spelled out, as the indexes have it: a parameter would hide from a database that an index applies,
# and each claim would read the whole table. With each urgency named, the index of claims leads
# straight to what is due, past the timers.
_BY_INDEX = text("deliveries.state in ('waiting', 'leased') and deliveries.urgent in (0, 1, 2)")
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_LEASED: ColumnElement[str] = literal_column("'leased'")
_DEAD: ColumnElement[str] = literal_column("'dead'")


_OTHER = aliased(D)
_IS_OUT = exists().where(_OTHER.c.key == D.c.key, _OTHER.c.state == _LEASED)
_NOW = bindparam("now", type_=D.c.due.type)
_IS_READY = and_(D.c.state == _WAITING, or_(D.c.key.is_(None), ~_IS_OUT))
_IS_LAPSED = and_(D.c.state == _LEASED, D.c.lease_until < _NOW)
_IS_DUE = and_(_BY_INDEX, D.c.due <= _NOW, or_(_IS_READY, _IS_LAPSED))
_DUE_LANES = select(D.c.lane).where(_IS_DUE).distinct()
# Within an `IN (...)` PostgreSQL may ask anew for every row it looks at, pass over what the same
# statement has just taken, and so lease more than `most`; a CTE that locks rows is asked once.
_WANTED = (
    select(D.c.id)
    .where(D.c.lane == bindparam("of"), _IS_DUE)
    .order_by(D.c.urgent, D.c.due, D.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("wanted")
)
_CLAIM = (
    update(D)
    .where(D.c.id.in_(select(_WANTED.c.id)))
    .values(
        state=DeliveryState.LEASED,
        owner=bindparam("by"),
        lease_until=bindparam("until", type_=D.c.due.type),
        attempts=D.c.attempts + 1,
    )
    .returning(
        *(D.c.id, D.c.step, D.c.event, D.c.payload, D.c.key, D.c.attempts, D.c.created_at),
        *(D.c.held, D.c.urgent, D.c.due),
    )
)
_IS_MINE = and_(D.c.id == bindparam("delivery"), D.c.owner == bindparam("by"), D.c.state == _LEASED)
_HOLDS = select(D.c.id).where(_IS_MINE).with_for_update()
_DROP = D.delete().where(D.c.key == bindparam("of"), D.c.state == _WAITING)
_FINISH = (
    update(D)
    .where(_IS_MINE)
    .values(
        state=DeliveryState.DONE,
        owner=None,
        lease_until=None,
        error=None,
        done_at=bindparam("at", type_=D.c.due.type),
    )
)

_WANTED_AT = case(
    (and_(D.c.state == _WAITING, D.c.attempts + D.c.held > 0), D.c.created_at), else_=D.c.due
)
_BACKLOG = (
    select(D.c.lane, func.count().label("waits"), func.min(_WANTED_AT).label("since"))
    .where(_BY_INDEX, bindparam("before", type_=D.c.due.type) > _WANTED_AT)
    .group_by(D.c.lane)
    .order_by(D.c.lane)
)


@cache
def _add(dialect: str) -> Executable:
    insert = upsert(Delivery, dialect)
    new = insert.excluded
    statement: Executable = insert.on_conflict_do_update(
        index_elements=[D.c.key],
        index_where=text("state = 'waiting' and key is not null"),
        set_={
            "urgent": case((new.urgent < D.c.urgent, new.urgent), else_=D.c.urgent),
            "due": case((new.due < D.c.due, new.due), else_=D.c.due),
        },
    )
    return statement


def key_of(key: str, step: str) -> str:
    """Repetitions fold per step: each subscriber of an event has a delivery of its own."""
    return f"{key}/{step}"


@dataclass(frozen=True)
class Backlog:
    """What waits, and since when the oldest of it does."""

    count: int
    since: datetime


@dataclass(frozen=True)
class Claimed:
    """A delivery that this worker alone holds until `lease_until`."""

    id: int
    step: str
    event: str
    payload: Mapping[str, Any]
    key: str | None
    attempts: int
    held: int
    created_at: datetime
    owner: str


class Deliveries(Repository):
    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of a key that already waits are folded into it: the earlier due time and the
        greater urgency count."""
        if not rows:
            return
        self.connection.execute(_add(self.dialect), list(rows))

    def claim(
        self, lane: str, owner: str, now: datetime, lease: timedelta, limit: int
    ) -> list[Claimed]:
        """The most urgent due deliveries, each leased; attempts count from here."""
        given = {"of": lane, "by": owner, "now": now, "until": now + lease, "most": limit}
        rows = self.run(_CLAIM, given).all()
        return [
            Claimed(
                *(r.id, r.step, r.event, r.payload, r.key, r.attempts, r.held, r.created_at), owner
            )
            for r in sorted(rows, key=lambda r: (r.urgent, r.due, r.id))
        ]

    def lanes_due(self, now: datetime) -> set[str]:
        """Where a claim would find something."""
        return set(self.run(_DUE_LANES, {"now": now}).scalars())

    def holds(self, delivery_id: int, owner: str) -> bool:
        """Whoever does keeps it until the transaction ends: nobody takes it over meanwhile."""
        return self.run(_HOLDS, {"delivery": delivery_id, "by": owner}).first() is not None

    def renew(self, owners: Sequence[str], until: datetime) -> None:
        self.session.execute(
            update(D).where(D.c.owner.in_(owners), D.c.state == _LEASED).values(lease_until=until)
        )

    def release_all(self) -> None:
        """Let go of every lease: for a database that only one process at a time may use."""
        # Long past, also for a clock that was set back meanwhile.
        long_past = datetime.fromtimestamp(0, UTC)
        self.session.execute(update(D).where(D.c.state == _LEASED).values(lease_until=long_past))

    def finish(self, delivery_id: int, owner: str, at: datetime) -> bool:
        """False when the lease has passed to somebody else: then nothing may be concluded."""
        given = {"delivery": delivery_id, "by": owner, "at": at}
        return self.run(_FINISH, given).rowcount > 0

    def postpone(
        self, delivery_id: int, owner: str, due: datetime, error: str, held: bool = False
    ) -> bool:
        """Wait again until `due`; `held` says that nobody failed, so it is no attempt."""
        return self._settle(
            delivery_id,
            owner,
            state=DeliveryState.WAITING,
            due=due,
            error=error,
            attempts=D.c.attempts - 1 if held else D.c.attempts,
            held=D.c.held + 1 if held else D.c.held,
        )

    def park(self, delivery_id: int, owner: str, at: datetime, error: str) -> bool:
        """A dead letter: kept with its reason until somebody replays it."""
        return self._settle(delivery_id, owner, state=DeliveryState.DEAD, done_at=at, error=error)

    def drop(self, key: str, step: str) -> None:
        """Take back what waits for this step under this key (a timer whose reason is gone)."""
        self.run(_DROP, {"of": key_of(key, step)})

    def replay(self, delivery_id: int, now: datetime) -> bool:
        """Give a dead letter another life with the same payload, hence the same effect key.

        It counts as tried, so that whoever looks before a second try looks now.
        """
        dead = and_(D.c.id == delivery_id, D.c.state == DeliveryState.DEAD)
        waiting = {"state": DeliveryState.WAITING, "due": now, "attempts": 1, "done_at": None}
        return self._fold(dead, now) or bool(self.change(update(D).where(dead).values(waiting)))

    def get(self, delivery_id: int) -> Delivery | None:
        return self.fresh(Delivery, delivery_id)

    def of_effect(self, effect_id: int) -> Sequence[Delivery]:
        """Those that carry it or gave it up; until the commit nobody else takes one of them."""
        found = self.session.scalars(
            select(Delivery)
            .where(Delivery.lane.in_(("effects", "desk")), Delivery.state != DeliveryState.DONE)
            .where(Delivery.payload["effect"].as_integer() == effect_id)
            .order_by(Delivery.id)
            .with_for_update()
        )
        return found.all()

    def backlog(self, before: datetime) -> dict[str, Backlog]:
        """Per lane what was wanted before then and is neither done nor dead: an untried delivery
        is wanted when it is due, a postponed one has been since it was put down."""
        rows = self.run(_BACKLOG, {"before": before})
        return {row.lane: Backlog(row.waits, row.since) for row in rows}

    def stalled(self, lane: str, before: datetime) -> Sequence[Delivery]:
        """What was put down before then, tried, and is still not done."""
        tried = (D.c.lane == lane, _BY_INDEX, D.c.attempts + D.c.held > 0)
        query = select(Delivery).where(*tried, D.c.created_at <= before)
        return self.session.scalars(query.order_by(Delivery.id)).all()

    def went_through(self, event: str, since: datetime) -> bool:
        """Whether an event of this kind was carried since then."""
        done = D.c.event == event, D.c.state == DeliveryState.DONE, D.c.done_at >= since
        return self.session.scalar(select(D.c.id).where(*done).limit(1)) is not None

    def dead(self) -> int:
        return self.session.scalar(select(func.count()).where(D.c.state == _DEAD)) or 0

    def listed(self, condition: DeliveryState | None, limit: int) -> Sequence[Delivery]:
        query = select(Delivery).order_by(Delivery.id.desc()).limit(limit)
        if condition is not None:
            query = query.where(Delivery.state == condition)
        return self.session.scalars(query).all()

    def forget(self, before: datetime, most: int) -> int:
        """Delete what was done before then, at most so many at a time; how many went. Dead letters
        stay."""
        is_old = (D.c.state == DeliveryState.DONE, D.c.done_at < before)
        return self.change(D.delete().where(D.c.id.in_(select(D.c.id).where(*is_old).limit(most))))

    def _settle(self, delivery_id: int, owner: str, **values: Any) -> bool:
        mine = and_(D.c.id == delivery_id, D.c.owner == owner, D.c.state == DeliveryState.LEASED)
        if values["state"] is DeliveryState.WAITING and self._fold(mine, values["due"]):
            return True
        return bool(
            self.change(update(D).where(mine).values(owner=None, lease_until=None, **values))
        )

    def _fold(self, which: ColumnElement[bool], at: datetime) -> bool:
        """Call it done when a newer one of the same key waits already and will do its work."""
        other = aliased(D)
        newer = exists().where(other.c.key == D.c.key, other.c.state == _WAITING)
        folded = {"state": DeliveryState.DONE, "error": "folded", "done_at": at}
        return bool(self.change(update(D).where(which, newer).values(folded)))
