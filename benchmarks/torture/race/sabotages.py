"""What is missing in a race, and the counter that has to notice it. Each is seen on PostgreSQL,
where several processes write."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from benchmarks.torture.indoors.sabotages import SABOTAGES as INDOORS
from benchmarks.torture.indoors.sabotages import Change, Sabotages
from benchmarks.torture.sabotaged import grant_anytime
from bot.flows.approval import flow
from bot.steps import Lane
from storage import writer
from storage.models import Delivery, DeliveryState
from storage.models.base import table_of
from storage.repositories import Claimed
from storage.repositories.approvals import Approvals
from storage.repositories.deliveries import Deliveries

_D = table_of(Delivery)
# As long as a database that is busy takes from a look to a write.
BETWEEN_S = 0.01
_COUNTED = ("id", "step", "event", "payload", "key", "attempts", "held", "created_at")


def _conditional_update() -> list[Change]:
    """A yes counts whatever the approval's state."""
    return [(Approvals, "grant", grant_anytime), (flow, "check_open", lambda *given: None)]


def _claim() -> list[Change]:
    """What is due is looked up first, and leased afterwards, whoever has it by then; and who calls
    does not look what another has done."""

    def claim(
        self: Deliveries, lane: str, owner: str, now: datetime, lease: timedelta, limit: int
    ) -> list[Claimed]:
        due = (_D.c.lane == lane, _D.c.state == DeliveryState.WAITING, _D.c.due <= now)
        rows = self.session.execute(select(_D).where(*due).order_by(_D.c.id).limit(limit)).all()
        time.sleep(BETWEEN_S)
        leased = {"state": DeliveryState.LEASED, "owner": owner, "lease_until": now + lease}
        mine = update(_D).where(_D.c.id.in_([row.id for row in rows]))
        self.session.execute(mine.values(attempts=_D.c.attempts + 1, **leased))
        return [
            Claimed(**{name: getattr(row, name) for name in _COUNTED}, owner=owner) for row in rows
        ]

    return [(Deliveries, "claim", claim), *INDOORS["effect_key"]()]


def _put_down() -> list[Change]:
    """What is to leave is not put down."""
    add = Deliveries.add

    def most(self: Deliveries, rows: Sequence[Mapping[str, Any]]) -> None:
        add(self, [row for row in rows if row["lane"] != Lane.EFFECTS.value])

    return [(Deliveries, "add", most)]


def _again() -> list[Change]:
    """What stood in another's way is not run again."""
    return [(writer, "_may_pass", lambda error: False)]


@dataclass(frozen=True)
class Sabotage:
    do: Callable[[], list[Change]]
    noticed_by: str


WHAT: Mapping[str, Sabotage] = {
    "conditional_update": Sabotage(_conditional_update, "double_grants"),
    "claim": Sabotage(_claim, "double_effects"),
    "put_down": Sabotage(_put_down, "lost_deliveries"),
    "again": Sabotage(_again, "unretried_failures"),
    "deduplication": Sabotage(INDOORS["deduplication"], "doubled_inputs"),
}
SABOTAGES: Sabotages = {name: one.do for name, one in WHAT.items()}
