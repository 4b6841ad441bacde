"""Questions about one ticket, answered to the asker alone."""

from bot import commands
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.flows.casework import rules
from bot.flows.casework.cards import draw_conversation
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
    ticket = uow.tickets.find(command.typed)
    if ticket is None:
        return Notice(
            "There is no such ticket here. Type our number or the help desk's, "
            "for example `/ticket 17`."
        )
    _check(command, ticket, uow, settings, directory, clock)
    return draw_conversation(ticket, uow, directory)


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
