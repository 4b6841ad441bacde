"""What a person writes to the customer: read with them before it leaves, and sent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import commands
from bot.cards import Answer, Form, Input, Quote, Strong, Text
from bot.dossier import dossier
from bot.errors import InvalidForm
from bot.flows.casework import rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.requester import check_reader, draft_for, last_words
from bot.labels import last_words_of
from bot.people import Person
from bot.promises import promise
from bot.wording.findings import Circumstances, Finding, look, promised_in
from bot.wording.times import read_time
from storage.models import ApprovalState, Author, Escalation, Message, Ticket
from storage.unit_of_work import UnitOfWork

_UNTIL = 60


@dataclass(frozen=True)
class Written:
    """What stands in the form, as whoever writes it means it."""

    text: str
    until: str
    due: datetime | None
    findings: Sequence[Finding] = ()


def open_reply(command: commands.OpenReply, uow: UnitOfWork, casework: Casework) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    ticket = uow.tickets.get(escalation.ticket_id)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    written = _read(_draft(escalation, ticket, uow), "", person, ticket, uow, casework)
    return _form(written, person, escalation, ticket, uow, casework)


def send_reply(command: commands.SendReply, uow: UnitOfWork, casework: Casework) -> Answer:
    """What reads badly comes back once with why, and is sent the second time as it is."""
    text = rules.check_reply(command.text)
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    now = casework.clock.now()
    ticket = uow.tickets.get(escalation.ticket_id)
    check_reader(ticket, command.customer)
    rules.check_reaches(ticket.source, casework.outgoing.reaches(ticket))
    rules.check_mode(casework.settings.mode_for(ticket.category))
    written = _read(text, command.until, person, ticket, uow, casework)
    if not {finding.name for finding in written.findings} <= set(command.warned):
        return _form(written, person, escalation, ticket, uow, casework)
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
    if written.due is not None:
        promise(uow, ticket, message, written.due, "reply", now)
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


def _read(
    text: str,
    until: str,
    person: Person,
    ticket: Ticket,
    uow: UnitOfWork,
    casework: Casework,
) -> Written:
    now = casework.clock.now()
    due = read_time(until, now, person.time_zone) if until.strip() else None
    if until.strip() and due is None:
        # Under the one input that the form has each time.
        told = "“Next update by” names no time ahead: write tomorrow 17:00, 2h or a date."
        raise InvalidForm({"text": told})
    decision = uow.escalations.decision_of(ticket.id)
    heard = uow.tickets.conversation(ticket.id, public_only=True)
    about = Circumstances(
        now=now,
        zone=person.time_zone,
        language=ticket.language,
        upset=decision is not None and decision.sentiment < 0,
        wrote="\n".join(message.body for message in heard if message.author.is_outside),
        is_recorded=due is not None,
        is_granted=any(
            approval.kind == "refund" and approval.state is ApprovalState.APPROVED
            for approval in uow.approvals.of_ticket(ticket.id)
        ),
    )
    return Written(text, until, due, look(text, about) if text else ())


def _form(
    written: Written,
    person: Person,
    escalation: Escalation,
    ticket: Ticket,
    uow: UnitOfWork,
    casework: Casework,
) -> Form:
    words = last_words(ticket, uow)
    who = dossier(uow, ticket.customer_id, casework.clock.now())
    warned = " ".join(finding.name for finding in written.findings)
    told = promised_in(written.text, casework.clock.now(), person.time_zone)
    is_offered = told is not None and not written.until.strip()
    return Form(
        title="Reply to the customer",
        submit="Send anyway" if warned else "Send to customer",
        action="escalation.send_reply",
        args={
            "escalation": escalation.id,
            "customer": ticket.customer_id,
            "warned": warned,
        },
        blocks=(
            *_warnings(written.findings),
            Text((Strong("To: "), who.line())),
            Input(
                "text",
                "Your reply",
                multiline=True,
                max_length=rules.REPLY_AT_MOST,
                initial=written.text,
                hint="The customer reads exactly this, by e-mail or chat through the help desk, "
                "from Backstop's account there: sign it with your name.",
                previewed=True,
            ),
            # Slack keeps what was typed under a name, and shows nothing new there.
            Input(
                "until_told" if is_offered else "until",
                "Next update by",
                required=False,
                max_length=_UNTIL,
                initial=_local(told.at, person) if told and is_offered else written.until,
                hint="If you tell them when they hear from you again: tomorrow 17:00, 2h or "
                f"2026-03-04 09:30, by your clock ({person.time_zone}). You are reminded before.",
            ),
            Quote(words.body if words else "", last_words_of(words, "The customer")),
        ),
    )


def _warnings(findings: Sequence[Finding]) -> tuple[Text, ...]:
    if not findings:
        return ()
    lines = "\n".join(f"• {finding.line()}" for finding in findings)
    return (Text((Strong("Nothing was sent. Please look once more:"), f"\n{lines}")),)


def _local(at: datetime, person: Person) -> str:
    return f"{at.astimezone(ZoneInfo(person.time_zone)):%Y-%m-%d %H:%M}"


def _draft(escalation: Escalation, ticket: Ticket, uow: UnitOfWork) -> str:
    decision = uow.escalations.decision(escalation.decision_id) if escalation.decision_id else None
    return draft_for(ticket, decision, uow)[: rules.REPLY_AT_MOST]
