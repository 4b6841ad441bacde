"""Decide: each function is one step, committed on its own."""

from collections.abc import Mapping
from datetime import datetime

from bot import approval_events, commands, entitlement, events
from bot.cards import Answer, Form, Input, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated
from bot.flows.approval.holding import check_mode
from bot.flows.approval.originals import original
from bot.flows.approval.requesting import redeem
from bot.flows.approval.telling import note_rejection
from bot.flows.approval.undoing import grace_key
from bot.flows.approval.withdrawing import WITHDRAWN, check_wanted
from bot.outgoing import Outgoing
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import gated
from storage.models import Approval, ApprovalState
from storage.unit_of_work import UnitOfWork

REASON_AT_LEAST = 3


def grant(
    command: commands.GrantApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
    settings: Settings,
) -> Answer:
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    person = _check(command, approval, uow, directory)
    check_mode(approval, settings)
    check_wanted(approval, uow.tickets.get(approval.ticket_id))
    copies = uow.card_posts.copies(f"approval-{approval.id}")
    clicked = original(command, copies, settings)
    _check_seen(command, approval)
    grace = settings.approvals.grace
    until = now + grace if grace else None
    is_last = uow.approvals.grant(approval.id, command.digest, person.id, now, until)
    if is_last is None:
        raise _too_late(uow.approvals.get(approval.id), directory)
    if not uow.approvals.vote(approval.id, person.id, "approve", command.digest, now):
        raise NotAllowed("You have approved this already; a second person is needed.")
    uow.record(
        now,
        "approval granted",
        person.id,
        f"approval:{approval.id}",
        {
            "digest": uow.keyed_hash(approval.customer_id, command.digest),
            "complete": is_last,
            **entitled(person, approval.kind),
        },
    )
    if is_last and until is None:
        redeem(uow, approval, f"approval:{approval.id}", outgoing)
    elif is_last and until is not None:
        uow.emit(approval_events.GraceOver(approval.id), due=until, key=grace_key(approval.id))
    publisher.redraw_clicked(uow, copies, clicked)
    return None


def open_rejection(
    command: commands.OpenRejection,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    settings: Settings,
) -> Answer:
    approval = uow.approvals.get(command.approval)
    _check(command, approval, uow, directory)
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    _check_seen(command, approval)
    _check_open(approval, clock.now(), directory)
    return Form(
        title="Reject this act",
        submit="Reject",
        action="approval.reject",
        args={"approval": approval.id, "digest": command.digest},
        blocks=(
            Input(
                "reason",
                "Why not?",
                multiline=True,
                max_length=500,
                hint="Goes to the ticket and back to the agent. The customer does not see it.",
            ),
        ),
    )


def reject(
    command: commands.RejectApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
) -> Answer:
    if len(command.reason.strip()) < REASON_AT_LEAST:
        raise InvalidForm(
            {"reason": "Say in a few words why, so that the next proposal is better."}
        )
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    person = entitlement.check_may_decide(command.by, directory.find(command.by), gated(approval))
    closed = uow.approvals.close(
        approval.id,
        ApprovalState.REJECTED,
        person.id,
        now,
        digest=command.digest,
        reason=command.reason.strip(),
    )
    if not closed:
        raise _too_late(uow.approvals.get(approval.id), directory)
    uow.record(
        now,
        "approval rejected",
        person.id,
        f"approval:{approval.id}",
        {
            "digest": uow.keyed_hash(approval.customer_id, command.digest),
            **entitled(person, approval.kind),
        },
    )
    note_rejection(approval, person, command.reason.strip(), uow, clock, outgoing)
    uow.emit(events.ActRejected(approval.id))
    publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
    return None


def bring(
    command: commands.BringApproval,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
) -> Answer:
    """A copy of the card for one person, with buttons of its own."""
    approval = uow.approvals.get(command.approval)
    entitlement.check_may_decide(command.by, directory.find(command.by), gated(approval))
    surface, user = command.by.surface, command.by.user
    publisher.place(uow, f"approval-{approval.id}", surface, f"@{user}", urgent=0)
    return Notice("The card is in your messages with Backstop.")


def entitled(person: Person, kind: str) -> Mapping[str, object]:
    """What somebody's decision rested on, as it was at the click."""
    limit = person.limits.get(kind)
    held = {"roles": sorted(person.roles), "organisation": person.organisation}
    return held | {"limit": None if limit is None else str(limit)}


def _check(
    command: commands.GrantApproval | commands.OpenRejection,
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
) -> Person:
    voted = [vote.person for vote in uow.approvals.votes(approval.id)] if approval.granted else []
    return entitlement.check_may_decide(
        command.by, directory.find(command.by), gated(approval), voted
    )


def _check_seen(
    command: commands.GrantApproval | commands.OpenRejection, approval: Approval
) -> None:
    if command.digest != approval.digest:
        raise Outdated("This act has changed since the card was drawn. Please look at it again.")


def _check_open(approval: Approval, now: datetime, directory: Directory) -> None:
    is_open = approval.state is ApprovalState.PENDING and not approval.is_granted
    if not is_open or approval.expires_at <= now:
        raise _too_late(approval, directory)


def _too_late(approval: Approval, directory: Directory) -> AlreadyDecided | Outdated:
    match approval.state:
        case ApprovalState.APPROVED | ApprovalState.REJECTED:
            person = directory.get(approval.decided_by or "")
            who = person.name if person else "The policy"
            return AlreadyDecided(f"{who} was faster: this is {approval.state.value} already.")
        case ApprovalState.PENDING if approval.is_granted:
            person = directory.get(approval.decided_by or "")
            who = person.name if person else "Somebody"
            return AlreadyDecided(f"{who} was faster: this is approved already.")
        case ApprovalState.PENDING:
            return Outdated("The time to decide this is over, or it has changed. Look again.")
        case ApprovalState.WITHDRAWN:
            # An erasure takes the reason too.
            why = WITHDRAWN.get(approval.reason or "", "its customer was erased since")
            return Outdated(f"This is withdrawn: {why}.")
    return Outdated("This approval has expired. The ticket is with a specialist now.")
