"""What the agent would have done, shown as a rehearsal."""

from bot.cards import Block, Card, Facts, Quote, Span, Strong, Text
from bot.config import Settings
from bot.labels import ticket_link
from storage.unit_of_work import UnitOfWork

_WOULD = {
    "answer": "would answer",
    "ask": "would ask the customer",
    "escalate": "would escalate",
    "act": "would propose an act",
}


def draw_decision(decision_id: int, uow: UnitOfWork, settings: Settings) -> Card:
    decision = uow.escalations.decision(decision_id)
    ticket = uow.tickets.get(decision.ticket_id)
    text = uow.tickets.text(ticket.id)
    draft = uow.tickets.message(decision.draft_id) if decision.draft_id else None
    would = _WOULD[decision.decision]
    acts = ", ".join(act["kind"].replace("_", " ") for act in decision.acts)
    pairs: list[tuple[str, Span]] = [
        ("Ticket", ticket_link(ticket, settings)),
        ("Rule", decision.rule),
        ("Priority", f"P{decision.priority}"),
        ("Confidence", f"{decision.confidence:.2f}"),
    ]
    if acts:
        pairs.append(("Acts", acts))
    if decision.cites:
        pairs.append(("Articles", ", ".join(decision.cites)))
    blocks: list[Block] = [
        Text((Strong("Rehearsal: nothing is sent, nothing is paid."),)),
        Text(((text.summary or text.subject) if text else "",)),
        Facts(tuple(pairs)),
        Text((" ".join(decision.reasons),), "context"),
    ]
    if draft is not None:
        blocks.append(Quote(draft.body, by="It would have written"))
    return Card(
        key=f"decision-{decision.id}",
        title=f"Rehearsal: {would} ({decision.category})",
        summary=f"Rehearsal: the agent {would} on ticket #{ticket.id}.",
        blocks=tuple(blocks),
    )
