"""What an agent may look up, read from the database in looks that are over at once."""

from collections.abc import Iterable, Iterator

from bot.agent.briefing import Passage
from bot.agent.looking import PastTicket
from bot.agent.poison import hidden_in
from bot.flows.triage import gathering
from bot.flows.triage.gathering import Reading
from storage.models import Author, TicketStatus
from storage.search import Nearest, Search
from storage.unit_of_work import UnitOfWork

# How far back a look for similar tickets goes, and how many of their nearest articles count.
_BACK, _NEAREST, _MOST = 300, 3, 5


class TriageRecords:
    def __init__(self, reading: Reading, nearest: Nearest | None) -> None:
        self._reading, self._nearest = reading, nearest

    def articles(self, words: str) -> tuple[Passage, ...]:
        with self._reading() as uow:
            return gathering.passages("", words, Search(uow.session, self._nearest))

    def article(self, ref: str) -> Passage | None:
        with self._reading() as uow:
            found = uow.articles.citable([ref]).get(ref)
            if found is None:
                return None
            text = f"{found.summary}\n{found.body}"
            if hidden_in(f"{found.title}\n{text}"):
                return None
            return Passage(found.ref, found.title, text, 0.0, found.language)

    def resolved_like(self, words: str, ticket: int) -> tuple[PastTicket, ...]:
        """First those that are told in words like these and that an article solved, the nearest
        first; then those for which search found the same articles."""
        with self._reading() as uow:
            search = Search(uow.session, self._nearest)
            near = [*search.tickets(words, _MOST), *_with_articles_of(words, search, uow)]
            told = (_told(uow, ident) for ident in dict.fromkeys(near) if ident != ticket)
            return tuple(past for past in told if past is not None)[:_MOST]


def _with_articles_of(words: str, search: Search, uow: UnitOfWork) -> Iterator[int]:
    refs = {found.ref for found in search.articles(words, _NEAREST)}
    for decision in uow.escalations.on_resolved(_BACK):
        if refs & set(decision.found[:_NEAREST]):
            yield decision.ticket_id


def _told(uow: UnitOfWork, ticket_id: int) -> PastTicket | None:
    """None where neither an article solved it nor any of our people said anything: an agent does
    not learn from itself. Nor are words of anybody who was erased, or whose ticket is open again.
    """
    ticket, text = uow.tickets.get(ticket_id), uow.tickets.text(ticket_id)
    if text is None or ticket.status is not TicketStatus.RESOLVED:
        return None
    said = [
        message.body
        for message in uow.tickets.conversation(ticket_id, public_only=True)
        if message.author is Author.PERSON
    ]
    refs = uow.links.refs_of(ticket_id)
    readable = uow.articles.citable(refs)
    solved_by = tuple(ref for ref in refs if ref in readable)
    if not said and not solved_by:
        return None
    names = tuple(_names(uow, {ticket.customer_id, text.customer_id}))
    told = said[-1] if said else ""
    return PastTicket(text.subject, ticket.category, told, solved_by, names)


def _names(uow: UnitOfWork, customers: Iterable[int]) -> Iterator[str]:
    """Of whoever has the ticket, and of whoever had it before."""
    for customer in customers:
        if whose := uow.customers.text(customer):
            yield from (whose.name, *whose.name.split())
