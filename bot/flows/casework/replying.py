"""What a person writes to the customer: read with them before it leaves, and sent once."""

from bot import commands
from bot.agent.noticing import Wording
from bot.cards import Answer, Card, Text
from bot.flows.casework import leaving, reply_form, rules, sensitive
from bot.flows.casework.holding import Casework
from bot.flows.casework.requester import check_reader, draft_for
from bot.people import Person
from bot.promises import promise
from storage.models import Author, Escalation, Message, Ticket
from storage.unit_of_work import UnitOfWork

_READ_FIRST = (
    "Nothing was sent yet: this touches {why}, so somebody else reads it first. You are told what "
    "becomes of it, and may withdraw it on its card."
)


def open_reply(
    command: commands.OpenReply, uow: UnitOfWork, casework: Casework, wording: Wording | None
) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    ticket = uow.tickets.get(escalation.ticket_id)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    draft = _draft(escalation, ticket, person, uow)
    written = reply_form.read(draft, "", person, ticket, uow, casework)
    return reply_form.draw(written, person, ticket, escalation, uow, casework, wording)


def send_reply(
    command: commands.SendReply, uow: UnitOfWork, casework: Casework, wording: Wording | None
) -> Answer:
    """What reads badly comes back once with why, and is sent the second time as it is."""
    text = rules.check_reply(command.text)
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    now = casework.clock.now()
    ticket = uow.tickets.get(escalation.ticket_id)
    check_reader(ticket, command.customer)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    written = reply_form.read(text, command.until, person, ticket, uow, casework)
    if not {finding.name for finding in written.findings} <= set(command.warned):
        return reply_form.draw(written, person, ticket, escalation, uow, casework, wording)
    why = sensitive.why_read_first(text, escalation, ticket, uow, casework)
    if why:
        leaving.check_readable(text, ticket)
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
    leaving.leave(message, bool(why), uow, casework)
    if written.due is not None:
        promise(uow, ticket, message, written.due, "reply", now)
    uow.escalations.attend(escalation.id, now)
    uow.record(
        now,
        "reply sent",
        person.id,
        f"ticket:{ticket.id}",
        {
            "message": message.id,
            "words": uow.keyed_hash(ticket.customer_id, text),
            "read_first": bool(why),
        },
    )
    casework.redraw(uow, escalation.id)
    return _is_read_first(why) if why else None


def _is_read_first(why: str) -> Card:
    words = _READ_FIRST.format(why=why)
    return Card("letter-0", "", "Somebody reads it first.", (Text((words,)),))


def _draft(escalation: Escalation, ticket: Ticket, person: Person, uow: UnitOfWork) -> str:
    """Their own words where those were not sent, else the agent's."""
    if own := leaving.not_sent(ticket, person.id, uow):
        return own
    decision = uow.escalations.decision(escalation.decision_id) if escalation.decision_id else None
    return draft_for(ticket, decision, uow)[: rules.REPLY_AT_MOST]
