"""What an agent may look up, read from the database in looks that are over at once."""

from bot.agent.briefing import Passage
from bot.agent.looking import PastTicket
from bot.agent.poison import hidden_in
from bot.flows.triage import gathering
from bot.flows.triage.gathering import Reading
from storage.models import Author, Decision
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
        """Tickets for which search found the same articles as it does for these words."""
        with self._reading() as uow:
            near = Search(uow.session, self._nearest).articles(words, _NEAREST)
            refs = {found.ref for found in near}
            alike: dict[int, Decision] = {}
            for decision in uow.escalations.on_resolved(_BACK):
                if decision.ticket_id != ticket and refs & set(decision.found[:_NEAREST]):
                    alike.setdefault(decision.ticket_id, decision)
            told = (_told(uow, decision) for decision in alike.values())
            return tuple(past for past in told if past is not None)[:_MOST]


def _told(uow: UnitOfWork, decision: Decision) -> PastTicket | None:
    """None where none of our people has said anything: an agent does not learn from itself."""
    text = uow.tickets.text(decision.ticket_id)
    said = [
        message
        for message in uow.tickets.conversation(decision.ticket_id, public_only=True)
        if message.author is Author.PERSON
    ]
    if text is None or not said:
        return None
    whose = uow.customers.text(uow.tickets.get(decision.ticket_id).customer_id)
    names = (whose.name, *whose.name.split()) if whose else ()
    cites = tuple(decision.cites)
    return PastTicket(text.subject, decision.category, said[-1].body, cites, names)
