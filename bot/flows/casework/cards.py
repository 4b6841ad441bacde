"""The escalation card and what is said in its thread, drawn from the rows."""

from datetime import datetime, timedelta

from bot.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Divider,
    Facts,
    Moment,
    Span,
    Strong,
    Text,
    Tone,
)
from bot.config.directory import Directory
from bot.dossier import Dossier, dossier, excerpt, is_chat, subject_line
from bot.flows.casework import leaving
from bot.flows.casework.holding import Casework
from bot.flows.casework.message_cards import quoted, speaker
from bot.flows.casework.promises import owed_line, owed_words
from bot.flows.casework.requester import draft_for
from bot.flows.casework.turns import last_heard, unanswered
from bot.labels import last_words_of, thread_link, ticket_link
from bot.languages import language_name
from bot.people import Person
from storage.models import (
    Author,
    Decision,
    Escalation,
    EscalationState,
    Ticket,
    TicketStatus,
)
from storage.unit_of_work import UnitOfWork

SOON = timedelta(days=30)
NEAR = 3
_WAITING = "Waiting since "
_TONES: dict[EscalationState, Tone] = {
    EscalationState.OPEN: "warning",
    EscalationState.CLAIMED: "neutral",
    EscalationState.RESOLVED: "good",
}
_STATUSES = {
    TicketStatus.OPEN: "open",
    TicketStatus.WAITING: "waiting for the customer",
    TicketStatus.RESOLVED: "resolved",
    TicketStatus.GONE: "marked as spam or deleted",
}
_SENTIMENTS = {-2: "distressed", -1: "unhappy", 0: "neutral", 1: "friendly", 2: "delighted"}


def draw_escalation(escalation_id: int, uow: UnitOfWork, casework: Casework) -> Card:
    escalation = uow.escalations.get(escalation_id)
    ticket = uow.tickets.get(escalation.ticket_id)
    decision = uow.escalations.decision(escalation.decision_id) if escalation.decision_id else None
    now, directory = casework.clock.now(), casework.directory
    who = dossier(uow, ticket.customer_id, now)
    text = uow.tickets.text(ticket.id)
    words = uow.tickets.last_words(ticket.id)
    subject = subject_line(text) if text else "The customer's words were erased."
    owner = directory.get(escalation.owner) if escalation.owner else None
    category = (ticket.category or "ticket").replace("_", " ")
    urgency = f"P{ticket.priority or 3} · {category}"
    blocks: list[Block] = [
        Text((Strong(f"{urgency} · {_headline(escalation, owner)}"),)),
        Text((Strong(who.line()),)),
        Text((_stakes(who, decision, now),), "context"),
    ]
    if words is not None:
        blocks += quoted(words, last_words_of(words, speaker(ticket, who.name)))
    blocks.append(Facts(tuple(_facts(escalation, ticket, decision, who, casework, uow))))
    since = _since(ticket, uow)
    blocks += [Divider(), Text(_state(escalation, ticket, owner, directory, since))]
    if escalation.state is not EscalationState.RESOLVED:
        if owed := owed_line(ticket.id, uow, casework):
            blocks.append(Text(owed))
        blocks += leaving.line(escalation.id, ticket, uow, casework)
        can_reply = casework.outgoing.reaches(ticket)
        if not can_reply:
            blocks.append(Text(_elsewhere(ticket)))
        blocks.append(_buttons(escalation, can_reply, last_heard(ticket.id, uow)))
    else:
        write = Button("Write an article", "article.write_ticket", {"ticket": ticket.id})
        blocks.append(Buttons((write,)))
    return Card(
        key=f"escalation-{escalation.id}",
        title=subject,
        summary=(
            f"Ticket #{ticket.id}, priority {ticket.priority or 3}, {category}: "
            f"{_headline(escalation, None)}{owed_words(ticket.id, uow, casework)}."
        ),
        blocks=tuple(blocks),
        tone=_TONES[escalation.state],
    )


def _stakes(who: Dossier, decision: Decision | None, now: datetime) -> str:
    facts = who.facts
    parts = [
        f"{moment.label or moment.kind} on {moment.on.isoformat()}"
        for moment in facts.moments
        if moment.on <= (now + SOON).date()
    ]
    parts += [f"owed by {handoff}" for handoff in facts.handoffs]
    if facts.releases:
        parts.append(", ".join(facts.releases))
    parts.append(
        f"{facts.tickets_30_days} tickets in 30 days"
        if facts.tickets_30_days > 1
        else "first contact in 30 days"
    )
    if decision and decision.sentiment:
        parts.append(_SENTIMENTS[decision.sentiment])
    return " · ".join(parts)


def _facts(
    escalation: Escalation,
    ticket: Ticket,
    decision: Decision | None,
    who: Dossier,
    casework: Casework,
    uow: UnitOfWork,
) -> list[tuple[str, Span]]:
    pairs: list[tuple[str, Span]] = [("Ticket", ticket_link(ticket, casework.settings))]
    if not is_chat(ticket):
        pairs.append(("In the help desk", _there(ticket, casework.directory)))
    pairs.append(("Why it is here", _why(escalation)))
    if decision is None:
        return pairs
    pairs += [
        ("What the agent tried", _tried(decision, draft_for(ticket, decision, uow))),
        ("Articles found", _articles(decision, uow)),
        ("Priority", _priority(decision, who)),
    ]
    if ticket.language and ticket.language != "en":
        pairs.append(("Language", language_name(ticket.language)))
    return pairs


def _there(ticket: Ticket, directory: Directory) -> str:
    """Its state, urgency and assignee as the help desk has them."""
    person = directory.get(ticket.desk_owner or "")
    whom = "assigned to nobody"
    if ticket.assignee:
        whom = f"assigned to {person.name if person else f'agent {ticket.assignee}'}"
    urgency = f"priority {ticket.desk_priority}" if ticket.desk_priority else "no priority"
    return " · ".join((_STATUSES[ticket.status], urgency, whom))


def _why(escalation: Escalation) -> str:
    reasons = " ".join(" ".join(escalation.reasons).split())
    return f"{excerpt(reasons)} (rule {escalation.rule})"


def _priority(decision: Decision, who: Dossier) -> str:
    """How bad it is, and for whom: the dates that count stand above, with the stakes."""
    facts = who.facts
    heavy = [facts.tier, "" if facts.role in ("", "user") else facts.role.replace("_", "-")]
    whom = ", ".join(word for word in heavy if word)
    product = f"severity {decision.severity} × impact {decision.impact}"
    scale = "1 is now, 5 is when there is time"
    return f"P{decision.priority}: {product}{f' ({whom})' if whom else ''}; {scale}"


def _articles(decision: Decision, uow: UnitOfWork) -> str:
    """What its answer was made of first; then what is near, for whoever looks further."""
    refs = [*dict.fromkeys([*decision.cites, *decision.found])][:NEAR]
    titles = uow.articles.titles(refs)
    told = [titles[ref] for ref in refs if ref in titles]
    if told and not decision.cites:
        return f"none that covers it; near: {'; '.join(told)}"
    return "; ".join(told) or "none"


def _tried(decision: Decision, draft: str) -> str:
    parts = [f"proposed {act['kind'].replace('_', ' ')}" for act in decision.acts]
    if decision.draft_id:
        where = ", which stands in the reply form" if draft else ""
        parts.append(f"drafted an answer{where}")
    elif decision.rule == "low_confidence":
        parts.append("made an answer of an article and was not sure of it")
    return ", ".join(parts) or "nothing; it handed over at once"


def _headline(escalation: Escalation, owner: Person | None) -> str:
    """Without the owner it names nobody, for lock screens."""
    match escalation.state:
        case EscalationState.CLAIMED:
            return f"{owner.name} has it" if owner else "claimed"
        case EscalationState.RESOLVED:
            return "resolved"
    return "unclaimed" if escalation.level == 0 else f"unclaimed, level {escalation.level + 1}"


def _state(
    escalation: Escalation,
    ticket: Ticket,
    owner: Person | None,
    directory: Directory,
    since: tuple[Span, ...],
) -> tuple[Span, ...]:
    match escalation.state:
        case EscalationState.CLAIMED:
            name = owner.name if owner else "Somebody"
            waits = " · waiting for the customer" if ticket.status is TicketStatus.WAITING else ""
            return (Strong(f"Claimed by {name}"), waits, " · ", *since)
        case EscalationState.RESOLVED:
            person = directory.get(escalation.resolved_by or "")
            when = (" · ", Moment(escalation.resolved_at)) if escalation.resolved_at else ()
            by = f"by {person.name}" if person else "by somebody"
            where = by if escalation.resolved_by else "in the help desk"
            return (Strong(f"Resolved {where}"), *when)
    return (Strong("Nobody has it yet"), " · ", *since)


def _since(ticket: Ticket, uow: UnitOfWork) -> tuple[Span, ...]:
    """Since when the customer waits for a person, or when a person last wrote to them."""
    said = uow.tickets.conversation(ticket.id, public_only=True)
    asked = unanswered(said)
    answers = [message for message in said if message.author is Author.PERSON]
    if answers and not asked:
        return ("Answered ", Moment(answers[-1].created_at))
    return (_WAITING, Moment(asked[0].created_at if asked else ticket.created_at))


def ticket_facts(ticket: Ticket, who: Dossier, casework: Casework) -> Facts:
    """What whoever asks for a ticket wants to know before they read it."""
    owner = casework.directory.get(ticket.owner or "")
    pairs: list[tuple[str, Span]] = [
        ("Ticket", ticket_link(ticket, casework.settings)),
        ("From", who.line()),
        ("Held by", owner.name if owner else "nobody"),
    ]
    if is_chat(ticket):
        pairs.append(("Status", _STATUSES[ticket.status]))
    else:
        pairs.append(("In the help desk", _there(ticket, casework.directory)))
    return Facts(tuple(pairs))


def _elsewhere(ticket: Ticket) -> tuple[Span, ...]:
    """Where a customer is answered whom we cannot write to."""
    if is_chat(ticket):
        there = thread_link(ticket, f"the thread in {ticket.channel}")
        return ("Answer in ", there, ", then resolve it here.")
    return (f"Answer in {ticket.source}, then resolve it here.",)


def _buttons(escalation: Escalation, can_reply: bool, heard: int) -> Buttons:
    args = {"escalation": escalation.id}
    look = Button("Show the conversation", "escalation.conversation", args)
    if escalation.state is EscalationState.OPEN:
        return Buttons((Button("Claim", "escalation.claim", args, "good"),), (look,))
    reply = Button("Reply to customer", "escalation.open_reply", args, "good")
    return Buttons(
        (
            *((reply,) if can_reply else ()),
            Button("Resolve", "escalation.open_resolution", args),
        ),
        (
            look,
            Button("Wait for customer", "escalation.wait", args | {"heard": heard}),
            Button("Release", "escalation.release", args),
        ),
    )
