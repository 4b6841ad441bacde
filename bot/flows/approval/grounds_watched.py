"""While an act waits, what it rests on is read again now and then: the charge that it is out of, or
what stands in the account that it changes. On other ground it is asked for anew, in the same place,
and what nobody could carry out any more goes to a person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import acts, approval_events
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import OutsideError, TryLater
from bot.flows.approval.ground import before_of, ground_of
from bot.flows.approval.renewing import Renewing, renew
from bot.flows.approval.revision_form import act_of
from bot.flows.approval.timers import READ_EVERY
from bot.flows.approval.versions import RECORD
from bot.flows.approval.withdrawing import LAPSED, withdraw
from bot.ports import AccountActions, Charge, Clock, Payments
from bot.publisher import Publisher
from bot.steps import Again, Verdict
from storage.models import Approval
from storage.repositories import Shown
from storage.unit_of_work import UnitOfWork

_AGAIN = Again(READ_EVERY.total_seconds(), "what it rests on is read again", held=True)


@dataclass(frozen=True)
class Looked:
    approval: int
    kind: str
    payload: Mapping[str, Any]


def plan(event: approval_events.GroundWatched, uow: UnitOfWork) -> Looked | None:
    approval = uow.approvals.get(event.approval)
    if not approval.is_undecided or approval.version != event.version or not approval.payload:
        return None
    return Looked(approval.id, approval.kind, json.loads(approval.payload))


def act(
    looked: Looked, payments: Payments | None, account_actions: AccountActions | None
) -> Charge | str | None:
    """The charge, or what stands in the account; None where nobody tells."""
    if looked.kind == "refund" and payments is not None:
        return payments.charge(looked.payload["charge"])
    if looked.kind == "account_change" and account_actions is not None:
        values = account_actions.values(looked.payload["account"])
        return values.get(looked.payload["change"])
    raise TryLater("the other side is not connected")


def settle(
    event: approval_events.GroundWatched,
    looked: Looked,
    outcome: Charge | str | OutsideError | None,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> Verdict:
    approval = uow.approvals.get(looked.approval)
    if not approval.is_undecided or approval.version != event.version:
        return None
    match outcome:
        case Charge():
            basis = _charged(approval, outcome, uow, clock)
        case str():
            basis = {"before": outcome} if outcome != before_of(approval) else {}
        case _:
            return _AGAIN
    if not basis:
        return _AGAIN
    proposed = act_of(approval)
    if isinstance(outcome, Charge) and not _can_still(proposed, outcome, approval, uow):
        withdraw(approval, LAPSED, "record", uow, clock)
        uow.emit(approval_events.ActLapsed(approval.id))
        publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
        return None
    note = "What this rests on has changed since it was asked for. Please look again."
    change = Renewing(proposed, proposed, RECORD, note, approval.editors, {}, basis)
    seen = Shown(approval.version, approval.digest)
    renew(approval, seen, change, uow, directory, clock, publisher, settings)
    return None


def _charged(
    approval: Approval, charge: Charge, uow: UnitOfWork, clock: Clock
) -> Mapping[str, Any]:
    """The record as it is now, where it is another; else nothing."""
    ground = ground_of(approval, uow)
    if ground is None or ground.explains(charge.refundable.amount):
        return {}
    return {
        "captured": charge.captured.amount,
        "refundable": charge.refundable.amount,
        "currency": charge.captured.currency,
        "on": charge.on.isoformat() if charge.on else None,
        "at": clock.now().isoformat(),
    }


def _can_still(proposed: acts.Act, charge: Charge, approval: Approval, uow: UnitOfWork) -> bool:
    """Also by whom it belongs to: a charge moves between customers when accounts are merged."""
    if not isinstance(proposed, acts.Refund):
        return True
    payer = uow.customers.get(approval.customer_id).payment_ref
    is_theirs = payer is not None and charge.customer == payer
    return is_theirs and proposed.amount <= charge.refundable.amount
