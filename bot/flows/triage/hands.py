"""Who answers a ticket's customer: the agent, unless a person has the ticket."""

from bot.config.directory import Directory
from bot.flows.triage.escalating import Escalating
from bot.publisher import Publisher
from storage.models import Ticket
from storage.repositories import Busy
from storage.unit_of_work import UnitOfWork


def is_a_persons(ticket: Ticket, busy: Busy) -> bool:
    """While a person has a ticket, here or in the help desk, the agent is silent."""
    return ticket.owner is not None or ticket.desk_owner is not None or busy.escalated


def leave_to_person(
    ticket: Ticket,
    busy: Busy,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    escalating: Escalating,
) -> None:
    """Whoever has the ticket has the customer's words too. In the thread of an escalation they
    stand already; whoever works in the help desk is told, unless the help desk does so itself."""
    if ticket.owner is not None or busy.escalated:
        uow.tickets.take_up(ticket.id)
    elif ticket.desk_owner == Ticket.ANSWERED:
        reasons = ("A colleague has answered in the help desk, where nobody is assigned.",)
        escalating.escalate(uow, ticket, "colleague_answered", reasons, None)
    elif ticket.desk_owner is not None:
        uow.tickets.take_up(ticket.id)
        person = directory.get(ticket.desk_owner)
        if person and not escalating.only_observes(ticket):
            publisher.tell(
                uow,
                person,
                f"The customer has written on ticket #{ticket.id} ({ticket.source} {ticket.ref}), "
                "which is yours in the help desk. The agent stays silent there.",
            )
