"""Put another version of an act in its place: nobody has said yes to it, and everybody is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import acts
from bot.config import Settings
from bot.config.directory import Directory
from bot.flows.approval.timers import check_chat, expires, remind_of, watch
from bot.flows.approval.versions import differences, tell_below
from bot.labels import heading
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, ApprovalState
from storage.repositories import Shown
from storage.unit_of_work import UnitOfWork

# Also what is changed again and again comes to its end (promise 10).
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Renewing:
    """What comes in the place of `before`; `by` is a person's id or the agent's name, `editors`
    are barred from approving it, `rested_on` goes into the audit, and `basis` is what it rests on
    where that is another by now."""

    before: acts.Act
    after: acts.Act
    by: str
    note: str
    editors: Collection[str]
    rested_on: Mapping[str, object]
    basis: Mapping[str, object] | None = None


def renew(
    approval: Approval,
    seen: Shown,
    change: Renewing,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> bool:
    """False when somebody was faster, or its time is over: then nothing is changed."""
    now = clock.now()
    voted, asker = uow.approvals.voted(approval), _asker(approval, uow)
    columns = _columns(approval, change, now)
    if not uow.approvals.revise(approval.id, seen, columns, now):
        return False
    approval = uow.approvals.get(approval.id)
    uow.approvals.keep_version(approval, change.by, now, change.note)
    uow.record(
        now,
        "approval revised",
        change.by,
        f"approval:{approval.id}",
        {
            "version": approval.version,
            "digest": uow.keyed_hash(approval.customer_id, approval.digest),
            "amount": approval.amount,
            "changed": sorted(name for name, _, _ in differences(change.before, change.after)),
            **change.rested_on,
        },
    )
    expires(approval, uow)
    remind_of(approval, uow, now)
    watch(approval, uow, now)
    check_chat(approval, uow, settings, now)
    publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
    tell_below(approval, uow, publisher)
    about = f"{heading(approval)} waits for a decision"
    lapsed = f"What you approved was changed, so your yes counts no more: {about}."
    told = dict.fromkeys(voted, lapsed)
    if asker is not None:
        told[asker] = f"What you asked about was answered: {about}."
    for ident, text in told.items():
        person = directory.get(ident)
        if person is not None and ident != change.by:
            publisher.tell(uow, person, text, approval.ticket_id)
    return True


def in_the_way(about: str, approval: Approval, uow: UnitOfWork) -> Approval | None:
    """What keeps this one from being about that: anywhere one waits at a time, also in its grace or
    with a question open, and on one ticket one is granted."""
    for other in uow.approvals.about(about):
        is_here = other.ticket_id == approval.ticket_id
        if other.id != approval.id and (is_here or other.state is ApprovalState.PENDING):
            return other
    return None


def _asker(approval: Approval, uow: UnitOfWork) -> str | None:
    return uow.approvals.versions(approval.id)[-1].asked_by if approval.is_returned else None


def _columns(approval: Approval, change: Renewing, now: datetime) -> Mapping[str, object]:
    payload = acts.canonical(change.after)
    columns: dict[str, object] = {
        "payload": payload,
        "digest": acts.digest(payload),
        "about": change.after.about,
        "amount": getattr(change.after, "amount", None),
        "editors": sorted(change.editors),
        "roles": list(approval.asks[0].roles),
    }
    if change.basis is not None:
        columns["basis"] = dict(change.basis)
    if approval.is_returned:
        # It was nobody's turn while the question was open.
        whole = approval.expires_at - approval.created_at
        columns["expires_at"] = min(now + whole, approval.created_at + LONGEST)
    return columns
