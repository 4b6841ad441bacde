"""A ticket has one status in the help desk: it goes one at a time, and behind what was said."""

from datetime import datetime

from bot.flows.approval.ending import give_way, refuse
from bot.outgoing import BEHIND
from bot.publisher import Publisher
from bot.steps import Again
from storage.models import Effect, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

OVERTAKEN = "overtaken"
UNSAID = "words_not_sent"


def next_status(
    effect: Effect, ticket: Ticket, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> Effect | Again | None:
    """The one of the ticket's statuses that may be set now.

    What was wanted before the newest is not wanted any more, and neither is the newest once
    something else has become of the ticket. A ticket that looks answered while its customer has
    read nothing would be forgotten, so the newest waits for the replies before it, and falls with
    one that fails: whoever resolves it knowing that is not held up.
    """
    way = uow.effects.status_way(ticket.id)
    waiting = [one.id for one in way if one.is_status]
    if not waiting:
        return None
    of_ticket = [effect if one == effect.id else uow.effects.get(one) for one in waiting]
    newest = of_ticket[-1]
    is_wanted = newest.payload["status"] == ticket.status.value
    for each in of_ticket[:-1] if is_wanted else of_ticket:
        give_way(each, OVERTAKEN, uow, now)
    if not is_wanted:
        return None
    said = [one for one in way if not one.is_status and one.id < newest.id]
    if any(one.is_under_way for one in said):
        return Again(BEHIND.total_seconds(), "the words before it have not left yet", held=True)
    if any(one.ended_at and one.ended_at >= newest.created_at for one in said):
        ticket.status = TicketStatus.OPEN
        refuse(newest, UNSAID, uow, now, publisher)
        return None
    return newest
