"""An escalated ticket from claim to resolution."""

from bot import commands, events
from bot.cards import Answer, Choice, Form, Input, Notice, Quote, Strong, Text
from bot.dossier import dossier
from bot.errors import Outdated
from bot.flows.casework import rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.requester import check_reader, draft_for, last_words
from bot.flows.casework.turns import last_heard
from bot.labels import last_words_of
from storage.models import Author, Escalation, EscalationState, Message, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

VERDICTS = (
    ("rightly", "Rightly escalated: this needed a person"),
    ("agent_should", "The agent should have handled it"),
)


def claim(command: commands.ClaimEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    person, escalation = casework.open_to(command.by, command.escalation, uow)
    now = casework.clock.now()
    if escalation.state is EscalationState.CLAIMED and escalation.owner == person.id:
        return Notice("You hold this one already.")
    if not uow.escalations.claim(escalation.id, person.id, now):
        raise casework.taken(uow.escalations.get(escalation.id))
    escalation = uow.escalations.get(escalation.id)
    ticket = uow.tickets.get(escalation.ticket_id)
    uow.tickets.hand_to(ticket.id, person.id)
    casework.record(uow, "escalation claimed", person.id, escalation.id)
    casework.stop_climbing(escalation.id, uow)
    if rules.is_foreign(ticket.language, casework.settings.company.language):
        # The customer's next words need the thread, wherever it was claimed.
        casework.end_head_start(escalation.id, uow)
    uow.emit(
        events.ClaimIdle(escalation.id, escalation.claims, False),
        due=now + casework.settings.escalation.remind_claimed,
    )
    casework.redraw(uow, escalation.id)
    return None


def release(command: commands.ReleaseEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "release it", uow)
    casework.let_go(escalation, person.id, uow)
    return Notice("Released. It is open for somebody else to claim.")


def open_reply(command: commands.OpenReply, uow: UnitOfWork, casework: Casework) -> Answer:
    _, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    ticket = uow.tickets.get(escalation.ticket_id)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    words = last_words(ticket, uow)
    who = dossier(uow, ticket.customer_id, casework.clock.now())
    return Form(
        title="Reply to the customer",
        submit="Send to customer",
        action="escalation.send_reply",
        args={"escalation": escalation.id, "customer": ticket.customer_id},
        blocks=(
            Text((Strong("To: "), who.line())),
            Input(
                "text",
                "Your reply",
                multiline=True,
                max_length=rules.REPLY_AT_MOST,
                initial=_draft(escalation, ticket, uow),
                hint="The customer reads exactly this, by e-mail or chat through the help desk, "
                "from Backstop's account there: sign it with your name.",
                previewed=True,
            ),
            Quote(words.body if words else "", last_words_of(words, "The customer")),
        ),
    )


def send_reply(command: commands.SendReply, uow: UnitOfWork, casework: Casework) -> Answer:
    text = rules.check_reply(command.text)
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    now = casework.clock.now()
    ticket = uow.tickets.get(escalation.ticket_id)
    check_reader(ticket, command.customer)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    message = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.PERSON,
            person=person.id,
            body=text,
            draft=True,
            created_at=now,
        )
    )
    casework.outgoing.say(uow, message, f"person:{person.id}")
    uow.escalations.attend(escalation.id, now)
    uow.record(
        now,
        "reply sent",
        person.id,
        f"ticket:{ticket.id}",
        {"message": message.id, "words": uow.keyed_hash(ticket.customer_id, text)},
    )
    casework.redraw(uow, escalation.id)
    return None


def wait_for_customer(
    command: commands.WaitForCustomer, uow: UnitOfWork, casework: Casework
) -> Answer:
    does = "set it to waiting"
    person, escalation = casework.held_by(command.by, command.escalation, does, uow)
    if last_heard(escalation.ticket_id, uow) > command.heard:
        raise Outdated(
            "The customer has written since this card was drawn, so it is your turn. "
            "Read their words in the card's thread, then set it to waiting again."
        )
    casework.set_status(escalation, TicketStatus.WAITING, person.id, uow)
    casework.redraw(uow, escalation.id)
    return Notice("Waiting for the customer. Reminders are silent until they write.")


def open_resolution(
    command: commands.OpenResolution, uow: UnitOfWork, casework: Casework
) -> Answer:
    _, escalation = casework.held_by(command.by, command.escalation, "resolve it", uow)
    return Form(
        title="Resolve the ticket",
        submit="Resolve",
        action="escalation.resolve",
        args={"escalation": escalation.id, "heard": last_heard(escalation.ticket_id, uow)},
        blocks=(
            Choice("verdict", "Should the agent have handled it?", VERDICTS, initial="rightly"),
        ),
    )


def resolve(command: commands.ResolveEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    """Not over words that came while the form stood open: nobody would look at them again."""
    if command.verdict not in dict(VERDICTS):
        raise Outdated("Choose one of the two verdicts.")
    person, escalation = casework.held_by(command.by, command.escalation, "resolve it", uow)
    if last_heard(escalation.ticket_id, uow) > command.heard:
        raise Outdated(
            "The customer has written since you opened this form, so nothing was resolved. "
            "Close it, read their words in the card's thread, then resolve again."
        )
    if not uow.escalations.resolve(escalation.id, person.id, casework.clock.now()):
        raise casework.taken(uow.escalations.get(escalation.id))
    casework.set_status(escalation, TicketStatus.RESOLVED, person.id, uow)
    uow.tickets.hand_to(escalation.ticket_id, None)
    casework.record(uow, "escalation resolved", person.id, escalation.id, verdict=command.verdict)
    casework.redraw(uow, escalation.id)
    return None


def _draft(escalation: Escalation, ticket: Ticket, uow: UnitOfWork) -> str:
    decision = uow.escalations.decision(escalation.decision_id) if escalation.decision_id else None
    return draft_for(ticket, decision, uow)[: rules.REPLY_AT_MOST]
