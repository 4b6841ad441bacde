"""What an approval does by itself as its time goes by."""

from datetime import datetime, timedelta

from bot import approval_events, events
from bot.config import Settings
from bot.flows.approval.ground import before_of
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

HALF, LAST = 2, 3
READ_EVERY = timedelta(minutes=10)


def expires(approval: Approval, uow: UnitOfWork) -> None:
    """Set its timer, one for each approval."""
    key = f"expire:{approval.id}"
    uow.emit(events.ApprovalExpires(approval.id), due=approval.expires_at, key=key)


def check_chat(approval: Approval, uow: UnitOfWork, settings: Settings, now: datetime) -> None:
    """Look whether chat has taken what it is told of it now."""
    if by_mail := settings.approvals.by_mail:
        checked = approval_events.ChatChecked(approval.id, approval.version)
        uow.emit(checked, due=now + by_mail.after)


def remind_of(approval: Approval, uow: UnitOfWork, since: datetime) -> None:
    """Set the timers, in quarters of the time from then on."""
    quarter = (approval.expires_at - since) / 4
    for quarters in (HALF, LAST):
        due = since + quarters * quarter
        key = f"remind:{approval.id}:{approval.version}:{quarters}"
        waits = approval_events.ApprovalWaits(approval.id, quarters, approval.version)
        uow.emit(waits, due=due, key=key)


def watch(approval: Approval, uow: UnitOfWork, now: datetime) -> None:
    """What it rests on is read again from now on, where there is anything to read."""
    if before_of(approval) is None and "refundable" not in approval.basis:
        return
    watched = approval_events.GroundWatched(approval.id, approval.version)
    key = f"ground:{approval.id}:{approval.version}"
    uow.emit(watched, due=now + READ_EVERY, key=key)
