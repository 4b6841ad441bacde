"""Questions about one ticket, answered to the asker alone."""

from collections.abc import Iterator, Mapping

from bot import commands
from bot.cards import Answer, Card, Facts, Moment, Notice, Span
from bot.config.directory import Directory
from bot.dossier import Dossier, dossier, ticket_label
from bot.entitlement import check_account, check_may_work
from bot.errors import NotAllowed
from bot.flows.casework.cards import ticket_facts
from bot.flows.casework.holding import Casework
from bot.flows.casework.message_cards import draw_conversation
from bot.labels import heading
from bot.people import Person
from storage.models import Approval, ApprovalState, Effect, EffectState, Ticket
from storage.unit_of_work import UnitOfWork

_DECIDED: Mapping[ApprovalState, str] = {
    ApprovalState.PENDING: "waits for a decision",
    ApprovalState.APPROVED: "approved",
    ApprovalState.REJECTED: "rejected",
    ApprovalState.EXPIRED: "expired, nobody decided in time",
    ApprovalState.WITHDRAWN: "withdrawn",
}
_CARRIED: Mapping[EffectState, str] = {
    EffectState.READY: "not carried out yet",
    EffectState.CALLING: "on its way",
    EffectState.PENDING: "on its way",
    EffectState.REFUSED: "not carried out: it was refused",
    EffectState.STUCK: "not carried out, or nobody can tell",
}


def show_ticket(command: commands.ShowTicket, uow: UnitOfWork, casework: Casework) -> Answer:
    """Whose number is meant is never guessed: of several tickets the asker may read, all are
    named and none is shown. Others do not even learn which numbers there are."""
    check_account(command.by, casework.directory.find(command.by))
    if not command.typed.strip():
        named = casework.settings.command_names.ticket
        return Notice(f"Say which ticket, for example `{named} 17`.")
    found = uow.tickets.find(command.typed)
    if not found:
        return Notice(
            "There is no such ticket here. #17 is our number, zendesk 17 is a help desk's, "
            "and a bare 17 may be either."
        )
    theirs = []
    for ticket in found:
        try:
            theirs.append((ticket, *_read_by(command, ticket, uow, casework)))
        except NotAllowed as error:
            refusal = error
    if not theirs:
        raise refusal
    if len(theirs) > 1:
        labels = " and ".join(ticket_label(ticket) for ticket, *_ in theirs)
        return Notice(f"More than one ticket goes by this number: {labels}. Type one with its #.")
    return _whole(*theirs[0], uow, casework)


def show_conversation(
    command: commands.ShowConversation, uow: UnitOfWork, casework: Casework
) -> Answer:
    escalation = uow.escalations.get(command.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    return _whole(ticket, *_read_by(command, ticket, uow, casework), uow, casework)


def _read_by(
    command: commands.ShowTicket | commands.ShowConversation,
    ticket: Ticket,
    uow: UnitOfWork,
    casework: Casework,
) -> tuple[Person, Dossier]:
    """Who asks, and what is known of its customer, where they may work for them; else
    `NotAllowed`."""
    who = dossier(uow, ticket.customer_id, casework.clock.now())
    account = who.account_ref
    found = casework.directory.find(command.by)
    person = check_may_work(command.by, found, casework.settings, account)
    return person, who


def _whole(
    ticket: Ticket, reader: Person, who: Dossier, uow: UnitOfWork, casework: Casework
) -> Card:
    facts = ticket_facts(ticket, who, casework)
    owed = _owed(ticket, uow, casework)
    facts = Facts((*facts.pairs, *owed, *_acts(ticket, reader, uow, casework.directory)))
    return draw_conversation(ticket, uow, casework.directory, facts, reader)


def _owed(ticket: Ticket, uow: UnitOfWork, casework: Casework) -> Iterator[tuple[str, Span]]:
    for promise in uow.promises.owed(ticket.id):
        is_late = promise.due <= casework.clock.now()
        yield ("Promise broken, due" if is_late else "Answer promised by", Moment(promise.due))


def _acts(
    ticket: Ticket, reader: Person, uow: UnitOfWork, directory: Directory
) -> Iterator[tuple[str, str]]:
    """What was asked for on it and what became of that; for a partner of their own customer."""
    for approval in uow.approvals.of_ticket(ticket.id):
        if not reader.is_partner or approval.customer_id == ticket.customer_id:
            yield (
                heading(approval),
                _became(approval, uow.effects.of_approval(approval.id), directory),
            )


def _became(approval: Approval, effect: Effect | None, directory: Directory) -> str:
    person = directory.get(approval.decided_by or "")
    by = f" by {person.name}" if person else ""
    if approval.is_granted:
        return f"approved{by}, about to run"
    if approval.is_returned:
        return "changes are asked for"
    told = f"{_DECIDED[approval.state]}{by}"
    if effect is None:
        return told
    done = f"done, receipt {effect.receipt}" if effect.receipt else "done"
    return f"{told}; {done if effect.state is EffectState.DONE else _CARRIED[effect.state]}"
