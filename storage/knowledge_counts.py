"""What the effect of an article is told from: counted rows, never words."""

from datetime import datetime

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from storage.models import (
    Article,
    ArticleUse,
    Author,
    Decision,
    Escalation,
    Link,
    Message,
    Ticket,
    UseKind,
)

# What a person said; less is an answer that nobody disputed.
SAID = 1.0


def answered_alone(session: Session, article_id: int) -> tuple[int, int]:
    """Tickets that were answered from the article, and those of them without any escalation."""
    is_tickets = ArticleUse.about == literal("ticket:").concat(cast(Ticket.id, String))
    is_escalated = exists().where(Escalation.ticket_id == Ticket.id)
    row = session.execute(
        select(func.count(), func.count().filter(~is_escalated))
        .select_from(ArticleUse)
        .join(Ticket, is_tickets)
        .where(ArticleUse.article_id == article_id, ArticleUse.kind == UseKind.CITED)
    ).one()
    return row[0], row[1]


def escalations_in(session: Session, category: str, since: datetime, until: datetime) -> int:
    """Of tickets of this category, each counted once."""
    found = session.scalar(
        select(func.count(func.distinct(Escalation.ticket_id)))
        .join(Ticket, Ticket.id == Escalation.ticket_id)
        .where(
            Ticket.category == category,
            Escalation.created_at >= since,
            Escalation.created_at < until,
        )
    )
    return found or 0


def first_answers(
    session: Session, category: str, since: datetime, until: datetime
) -> tuple[int, int]:
    """Tickets of this category that began then, and those whose first decision was an answer, after
    which the customer wrote no more and nobody took over."""
    first = select(func.min(Decision.id)).group_by(Decision.ticket_id)
    is_escalated = exists().where(Escalation.ticket_id == Ticket.id)
    wrote_again = exists().where(
        Message.ticket_id == Ticket.id,
        Message.author == Author.CUSTOMER,
        Message.created_at > Decision.created_at,
    )
    answered = (Decision.decision == "answer", Decision.mode == "live")
    row = session.execute(
        select(func.count(), func.count().filter(*answered, ~is_escalated, ~wrote_again))
        .select_from(Decision)
        .join(Ticket, Ticket.id == Decision.ticket_id)
        .where(
            Decision.id.in_(first),
            Ticket.category == category,
            Ticket.created_at >= since,
            Ticket.created_at < until,
        )
    ).one()
    return row[0], row[1]


def not_found(session: Session, article: Article) -> tuple[int, int]:
    """Tickets that people say the article solved, and those of them for which triage had not found
    it; of what was asked before it was published nothing could be found."""
    rows = session.execute(
        select(Link.ticket_id, Decision.found)
        .join(Decision, Decision.ticket_id == Link.ticket_id)
        .where(
            Link.article_id == article.id,
            Link.weight >= SAID,
            *([Decision.created_at >= article.published_at] if article.published_at else []),
        )
    )
    solved: dict[int, bool] = {}
    for ticket, found in rows:
        solved[ticket] = solved.get(ticket, False) or article.ref in found
    return len(solved), sum(not was_found for was_found in solved.values())
