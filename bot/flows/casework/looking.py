"""Questions about one ticket, answered to the asker alone."""

from bot import commands
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier, ticket_label
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.flows.casework import rules
from bot.flows.casework.message_cards import draw_conversation
from bot.ports import Clock
from storage.models import Ticket
from storage.unit_of_work import UnitOfWork


def show_ticket(
    command: commands.ShowTicket,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> Answer:
    """Whose number is meant is never guessed: of several tickets the asker may read, all are
    named and none is shown. Others do not even learn which numbers there are."""
    check_account(command.by, directory.find(command.by))
    found = uow.tickets.find(command.typed)
    if not found:
        return Notice(
            "There is no such ticket here. #17 is our number, zendesk 17 is a help desk's, "
            "and a bare 17 may be either."
        )
    theirs = []
    for ticket in found:
        try:
            _check(command, ticket, uow, settings, directory, clock)
            theirs.append(ticket)
        except NotAllowed as error:
            refusal = error
    if not theirs:
        raise refusal
    if len(theirs) > 1:
        labels = " and ".join(ticket_label(ticket) for ticket in theirs)
        return Notice(f"More than one ticket goes by this number: {labels}. Type one with its #.")
    return draw_conversation(theirs[0], uow, directory)


def show_conversation(
    command: commands.ShowConversation,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> Answer:
    escalation = uow.escalations.get(command.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    _check(command, ticket, uow, settings, directory, clock)
    return draw_conversation(ticket, uow, directory)


def _check(
    command: commands.ShowTicket | commands.ShowConversation,
    ticket: Ticket,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    account = dossier(uow, ticket.customer_id, clock.now()).account_ref
    rules.check_may_work(command.by, directory, settings, account)
