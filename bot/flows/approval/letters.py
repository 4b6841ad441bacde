"""A colleague's own letter that somebody else reads before it leaves, and what becomes of it."""

from bot import acts, approval_events, events, gates
from bot import approval_commands as commands
from bot.cards import Answer
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.flows.approval.originals import original
from bot.flows.approval.renewing import in_the_way
from bot.flows.approval.requesting import approval_for, closed, put_before
from bot.flows.approval.seeing import check_open, check_seen, shown_to, too_late
from bot.flows.approval.withdrawing import TAKEN_BACK, WITHDRAWN, why_moot
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, ApprovalState, Message
from storage.unit_of_work import UnitOfWork

_BACK = "Your words stand in the form when you reply again."


def request(
    event: approval_events.ReplyWaits,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> None:
    """By the gates for messages; whoever wrote it is who asked for it, and never approves it."""
    now = clock.now()
    message = uow.tickets.message(event.message)
    if message is None or uow.approvals.of_message(message.id):
        return
    ticket = uow.tickets.get(message.ticket_id)
    if why_moot(ticket, message.customer_id):
        uow.tickets.unsay(message.id)
        return
    act = acts.Reply(
        ticket=ticket.id, text=message.body, language=ticket.language or settings.company.language
    )
    facts = dossier(uow, ticket.customer_id, now).facts
    grade = gates.grade(act, facts, settings.gates, held=settings.held_gates)
    approval = approval_for(act, grade, ticket, now)
    approval.category, approval.requester = ticket.category, message.person or ""
    approval.message_id = message.id
    approval.partners = []
    channel = settings.channels.approvals or settings.channels.admin
    why = _why_not(approval, grade, channel, uow, directory)
    if why:
        _give_back(approval, message, why, uow, clock, directory, publisher)
        return
    uow.approvals.add(approval, approval.requester)
    put_before(approval, channel or "", uow, directory, settings, publisher, now)
    writer = directory.get(approval.requester)
    if writer is not None and writer.slack:
        # Whoever wrote it may not be where approvals are shown: they follow it on a copy.
        publisher.place(uow, f"approval-{approval.id}", "slack", f"@{writer.slack}")
    uow.emit(events.TicketChanged(ticket.id))


def _why_not(
    approval: Approval,
    grade: gates.Grade,
    channel: str | None,
    uow: UnitOfWork,
    directory: Directory,
) -> str:
    if grade.level == "never":
        return f"gate “{grade.gate}” lets no such message pass"
    if other := in_the_way(approval.about or "", approval, uow):
        if other.state is ApprovalState.PENDING:
            return f"the same words wait for approval already, asked for by {other.requester}"
        return "the same words were approved for this ticket already"
    if shut := closed(approval, channel, uow, directory):
        return f"gate “{shut}” has too few people who could approve it"
    return ""


def _give_back(
    approval: Approval,
    message: Message,
    why: str,
    uow: UnitOfWork,
    clock: Clock,
    directory: Directory,
    publisher: Publisher,
) -> None:
    """Nobody can ever approve it: whoever wrote it hears so at once, with their words."""
    about = {"because": approval.gate}
    uow.record(clock.now(), "letter refused", "policy", f"message:{message.id}", about)
    uow.promises.lapse_message(message.id, clock.now())
    uow.tickets.unsay(message.id)
    person = directory.get(message.person or "")
    if person is not None:
        told = f"Your reply was not sent: {why}. What you wrote: “{message.body}”"
        nameless = f"Your reply was not sent: {why}."
        publisher.tell(uow, person, told, message.ticket_id, nameless=nameless)


def tell_writer(
    event: events.ActRejected | events.ApprovalExpired | approval_events.LetterWithdrawn,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> None:
    """It does not leave, and its writer hears why; what it promised was never told."""
    approval = uow.approvals.get(event.approval)
    if approval.message_id is None:
        return
    take_out(approval, uow, clock)
    person = directory.get(approval.requester)
    if person is None:
        return
    decider = directory.get(approval.decided_by or "")
    if approval.state is ApprovalState.REJECTED:
        name = decider.name if decider else "Somebody"
        told = f"{name} said no to your reply, so it was not sent: “{approval.reason}” {_BACK}"
    elif approval.state is ApprovalState.WITHDRAWN:
        why = WITHDRAWN[approval.reason or ""]
        told = f"Your reply was withdrawn before anybody read it: {why}. {_BACK}"
    else:
        told = f"Nobody read your reply in time, so it was not sent. {_BACK}"
    nameless = "Your reply was not sent."
    publisher.tell(uow, person, told, approval.ticket_id, nameless=nameless)


def take_out(approval: Approval, uow: UnitOfWork, clock: Clock) -> None:
    """Its words stand in the approval alone from now on."""
    if approval.message_id is not None:
        uow.promises.lapse_message(approval.message_id, clock.now())
        uow.tickets.unsay(approval.message_id)
        uow.emit(events.TicketChanged(approval.ticket_id))


def withdraw(
    command: commands.WithdrawApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> Answer:
    """Whoever asked for it takes it back; for everybody else there is the no with a reason."""
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    person = check_account(command.by, directory.find(command.by))
    if person.id != approval.requester:
        raise NotAllowed("Only whoever asked for it withdraws it. You can reject it, with why.")
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    check_seen(command, approval)
    check_open(approval, now, directory)
    gone = ApprovalState.WITHDRAWN
    seen = shown_to(command)
    if not uow.approvals.close(approval.id, gone, person.id, now, seen=seen, reason=TAKEN_BACK):
        raise too_late(uow.approvals.get(approval.id), directory)
    about = {"because": TAKEN_BACK}
    uow.record(now, "approval withdrawn", person.id, f"approval:{approval.id}", about)
    take_out(approval, uow, clock)
    publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
    return None
