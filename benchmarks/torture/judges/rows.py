"""The bot's database as plain rows, read past all of the bot's code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Engine, and_, or_, select

from storage.audit import verify
from storage.engine import open_engine, snapshot
from storage.errors import Broken
from storage.models import (
    Approval,
    ApprovalVote,
    AuditEntry,
    CardPost,
    Delivery,
    DeliveryState,
    Effect,
    Escalation,
    Inbound,
    Message,
    Ticket,
)
from storage.models.base import Base, table_of

Row = Mapping[str, Any]
# Timers lie far ahead; whatever is due sooner is work.
SOON = timedelta(minutes=3)
# Each comes again as long as there is something to look at, which is no work.
_LOOKS = ("keep digest", "watch effect", "watch ground")
_DELIVERIES = table_of(Delivery)


@dataclass(frozen=True)
class Rows:
    """All that counts, as it was at one moment; `broken` says where the audit chain breaks."""

    approvals: Sequence[Row]
    votes: Sequence[Row]
    effects: Sequence[Row]
    posts: Sequence[Row]
    escalations: Sequence[Row]
    tickets: Sequence[Row]
    messages: Sequence[Row]
    inbound: Sequence[Row]
    audit: Sequence[Row]
    deliveries: Sequence[Row]
    broken: str = field(default="")

    @cached_property
    def approval(self) -> Mapping[int, Row]:
        return {row["id"]: row for row in self.approvals}

    @cached_property
    def escalation(self) -> Mapping[int, Row]:
        return {row["id"]: row for row in self.escalations}

    @cached_property
    def effect_of(self) -> Mapping[int, Row]:
        """The first effect of each approval, by the approval's id."""
        return {row["approval_id"]: row for row in reversed(self.effects)}


def read_rows(url: str) -> Rows:
    engine = open_engine(url)
    try:
        with snapshot(engine) as connection:

            def every(model: type[Base]) -> Sequence[Row]:
                found = connection.execute(select(table_of(model)))
                return [dict(row) for row in found.mappings()]

            try:
                verify(connection)
                broken = ""
            except Broken as error:
                broken = str(error)
            return Rows(
                approvals=every(Approval),
                votes=every(ApprovalVote),
                effects=every(Effect),
                posts=every(CardPost),
                escalations=every(Escalation),
                tickets=every(Ticket),
                messages=every(Message),
                inbound=every(Inbound),
                audit=every(AuditEntry),
                deliveries=every(Delivery),
                broken=broken,
            )
    finally:
        engine.dispose()


def backlog(engine: Engine) -> Sequence[str]:
    """The steps of the deliveries that are out or due soon."""
    soon = datetime.now(UTC) + SOON
    wanted = or_(
        _DELIVERIES.c.state == DeliveryState.LEASED,
        and_(_DELIVERIES.c.state == DeliveryState.WAITING, _DELIVERIES.c.due < soon),
    )
    with snapshot(engine) as connection:
        steps = select(_DELIVERIES.c.step).where(wanted, _DELIVERIES.c.step.not_in(_LOOKS))
        return connection.execute(steps).scalars().all()
