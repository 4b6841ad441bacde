"""What customers were answered from is counted, once for each ticket."""

from bot.knowledge_events import AnswerGiven
from bot.ports import Clock
from storage.models import UseKind
from storage.unit_of_work import UnitOfWork


def count(event: AnswerGiven, uow: UnitOfWork, clock: Clock) -> None:
    decision = uow.escalations.decision(event.decision)
    for ref in decision.cites:
        article = uow.articles.by_ref(ref)
        if article is not None:
            about = f"ticket:{decision.ticket_id}"
            uow.articles.use(article.id, UseKind.CITED, about, decision.agent, clock.now())
