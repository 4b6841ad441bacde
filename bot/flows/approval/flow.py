"""Decide: each function is one step, committed on its own."""

from bot import approval_commands as commands
from bot import approval_events, entitlement, events
from bot.authenticators import Proof
from bot.cards import Answer, Form, Input, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import InvalidForm, NotAllowed
from bot.flows.approval import caps
from bot.flows.approval.holding import check_mode
from bot.flows.approval.links import check_link, deciding, is_mailed, provenance, use
from bot.flows.approval.originals import original
from bot.flows.approval.proving import NOT_ASKED, Proving
from bot.flows.approval.requesting import redeem
from bot.flows.approval.seeing import check_open, check_seen, entitled, shown, shown_to, too_late
from bot.flows.approval.telling import note_rejection
from bot.flows.approval.turns import go_on
from bot.flows.approval.undoing import grace_key
from bot.flows.approval.withdrawing import check_wanted
from bot.outgoing import Outgoing
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import at_any_step, gated
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
    proving: Proving,
) -> Answer:
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    voted = uow.approvals.voted(approval)
    by = deciding(command, uow, settings, now)
    person = entitlement.check_may_decide(by, directory.find(by), gated(approval, uow), voted)
    check_mode(approval, settings)
    check_wanted(approval, uow.tickets.get(approval.ticket_id))
    copies = uow.card_posts.copies(f"approval-{approval.id}")
    clicked = None if command.link else original(command, copies, settings)
    if command.link:
        check_link(command, person, uow, now)
    check_seen(command, approval)
    check_open(approval, now, directory)
    caps.check_day(approval, person, uow, settings, now)
    proof = proving.prove(command, approval, person, uow)
    if not isinstance(proof, Proof):
        return proof
    grace = settings.approvals.grace
    until = now + grace if grace else None
    seen = shown_to(command)
    step = approval.step
    is_last = uow.approvals.grant(approval.id, seen, person.id, now, until, step)
    if is_last is None:
        raise too_late(uow.approvals.get(approval.id), directory)
    if not uow.approvals.vote(
        approval.id, person.id, "approve", seen, now, step, proof.text or None, command.link or None
    ):
        raise NotAllowed("You have approved this already; a second person is needed.")
    use(command, uow, now)
    uow.record(
        now,
        "approval granted",
        person.id,
        f"approval:{approval.id}",
        {
            "version": command.version,
            "digest": uow.keyed_hash(approval.customer_id, command.digest),
            "step": step + 1,
            "complete": is_last,
            "proof": proof.text or None,
            **entitled(person, approval.kind),
            **provenance(command, uow),
        },
    )
    if not is_last:
        go_on(approval.id, step, uow, directory, settings, publisher, now)
        if is_mailed(command, uow):
            wanted = approval_events.LinksWanted(approval.id, approval.version, "clock")
            uow.emit(wanted)
    elif until is None:
        redeem(uow, approval, f"approval:{approval.id}", outgoing)
    else:
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
    check_may_reject(command.by, approval, uow, directory)
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    check_seen(command, approval)
    check_open(approval, clock.now(), directory)
    return Form(
        title="Reject this act",
        submit="Reject",
        action="approval.reject",
        args=shown(approval),
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
    settings: Settings,
    proving: Proving,
) -> Answer:
    if len(command.reason.strip()) < REASON_AT_LEAST:
        raise InvalidForm(
            {"reason": "Say in a few words why, so that the next proposal is better."}
        )
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    by = deciding(command, uow, settings, now)
    person = check_may_reject(by, approval, uow, directory)
    proof = NOT_ASKED
    if command.link:
        check_link(command, person, uow, now)
        check_seen(command, approval)
        check_open(approval, now, directory)
        proved = proving.by_link(command, approval, person, uow)
        if not isinstance(proved, Proof):
            return proved
        proof = proved
    closed = uow.approvals.close(
        approval.id,
        ApprovalState.REJECTED,
        person.id,
        now,
        seen=shown_to(command),
        reason=command.reason.strip(),
    )
    if not closed:
        raise too_late(uow.approvals.get(approval.id), directory)
    use(command, uow, now)
    uow.record(
        now,
        "approval rejected",
        person.id,
        f"approval:{approval.id}",
        {
            "version": command.version,
            "digest": uow.keyed_hash(approval.customer_id, command.digest),
            "proof": proof.text or None,
            **entitled(person, approval.kind),
            **provenance(command, uow),
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
    entitlement.check_may_decide(command.by, directory.find(command.by), gated(approval, uow))
    surface, user = command.by.surface, command.by.user
    publisher.place(uow, f"approval-{approval.id}", surface, f"@{user}", urgent=0)
    return Notice("The card is in your messages with Backstop.")


def check_may_reject(
    by: Account, approval: Approval, uow: UnitOfWork, directory: Directory
) -> Person:
    """Also whoever changed it, or has said yes so far, may say no; else NotAllowed."""
    return entitlement.check_may_decide(by, directory.find(by), at_any_step(approval, uow))
