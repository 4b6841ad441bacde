"""An escalated ticket from claim to resolution."""

from bot import commands, events
from bot.cards import Answer, Choice, Form, Input, Notice, Quote, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.errors import AlreadyDecided, Outdated
from bot.flows.casework import rules
from bot.outgoing import Outgoing
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Author, Escalation, EscalationState, Message, TicketStatus
from storage.unit_of_work import UnitOfWork

VERDICTS = (
    ("rightly", "Rightly escalated: this needed a person"),
    ("agent_should", "The agent should have handled it"),
)


def claim(
    command: commands.ClaimEscalation,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> Answer:
    person, escalation = _open_to(command.by, command.escalation, uow, directory, settings, clock)
    now = clock.now()
    if escalation.owner == person.id:
        return Notice("You hold this one already.")
    if not uow.escalations.claim(escalation.id, person.id, now):
        raise _taken(uow.escalations.get(escalation.id), directory)
    escalation = uow.escalations.get(escalation.id)
    ticket = uow.tickets.get(escalation.ticket_id)
    ticket.owner = person.id
    uow.record(now, "escalation claimed", person.id, f"escalation:{escalation.id}", {})
    # A release begins a climb of its own; folded into this one it would be due too early.
    uow.deliveries.drop(f"climb:{escalation.id}", "climb")
    uow.emit(
        events.ClaimIdle(escalation.id, escalation.claims, False),
        due=now + settings.escalation.remind_claimed,
    )
    _redraw(uow, publisher, escalation.id)
    return None


def release(
    command: commands.ReleaseEscalation,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> Answer:
    person, escalation = _held(
        command.by, command.escalation, "release it", uow, directory, settings, clock
    )
    let_go(escalation, person.id, uow, settings, clock, publisher)
    return Notice("Released. It is open for somebody else to claim.")


def let_go(
    escalation: Escalation,
    owner: str,
    uow: UnitOfWork,
    settings: Settings,
    clock: Clock,
    publisher: Publisher,
) -> bool:
    """Back to unclaimed, with a fresh climb from where it stands."""
    now = clock.now()
    if not uow.escalations.release(escalation.id, owner):
        return False
    uow.tickets.get(escalation.ticket_id).owner = None
    uow.record(now, "escalation released", owner, f"escalation:{escalation.id}", {})
    climb = settings.escalation.climb
    if escalation.level < len(climb):
        uow.emit(
            events.EscalationUnclaimed(escalation.id, escalation.level),
            due=now + climb[escalation.level].after,
            key=f"climb:{escalation.id}",
        )
    _redraw(uow, publisher, escalation.id)
    return True


def open_reply(
    command: commands.OpenReply,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    outgoing: Outgoing,
) -> Answer:
    person, escalation = _held(
        command.by, command.escalation, "reply", uow, directory, settings, clock
    )
    ticket = uow.tickets.get(escalation.ticket_id)
    rules.check_reaches(ticket.source, outgoing.reaches(ticket))
    words = uow.tickets.last_words(ticket.id)
    who = dossier(uow, ticket.customer_id, clock.now())
    return Form(
        title="Reply to the customer",
        submit="Send to customer",
        action="escalation.send_reply",
        args={"escalation": escalation.id},
        blocks=(
            Text((Strong("To: "), who.line())),
            Input(
                "text",
                "Your reply",
                multiline=True,
                max_length=rules.REPLY_AT_MOST,
                initial=_draft(escalation, uow),
                hint="The customer reads exactly this, by e-mail or chat through the help desk, "
                f"in the name of {person.name}.",
                previewed=True,
            ),
            Quote(words.body if words else "", by="They wrote"),
        ),
    )


def send_reply(
    command: commands.SendReply,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
) -> Answer:
    text = rules.check_reply(command.text)
    person, escalation = _held(
        command.by, command.escalation, "reply", uow, directory, settings, clock
    )
    now = clock.now()
    ticket = uow.tickets.get(escalation.ticket_id)
    rules.check_reaches(ticket.source, outgoing.reaches(ticket))
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
    outgoing.say(uow, message, f"person:{person.id}")
    uow.escalations.attend(escalation.id, now)
    uow.record(
        now,
        "reply sent",
        person.id,
        f"ticket:{ticket.id}",
        {"message": message.id, "words": uow.keyed_hash(ticket.customer_id, text)},
    )
    _redraw(uow, publisher, escalation.id)
    return None


def wait_for_customer(
    command: commands.WaitForCustomer,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
) -> Answer:
    person, escalation = _held(
        command.by, command.escalation, "set it to waiting", uow, directory, settings, clock
    )
    _set_status(escalation, TicketStatus.WAITING, person.id, uow, clock, outgoing)
    _redraw(uow, publisher, escalation.id)
    return Notice("Waiting for the customer. Reminders are silent until they write.")


def open_resolution(
    command: commands.OpenResolution,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> Answer:
    _, escalation = _held(
        command.by, command.escalation, "resolve it", uow, directory, settings, clock
    )
    return Form(
        title="Resolve the ticket",
        submit="Resolve",
        action="escalation.resolve",
        args={"escalation": escalation.id},
        blocks=(
            Choice("verdict", "Should the agent have handled it?", VERDICTS, initial="rightly"),
        ),
    )


def resolve(
    command: commands.ResolveEscalation,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
) -> Answer:
    if command.verdict not in dict(VERDICTS):
        raise Outdated("Choose one of the two verdicts.")
    person, escalation = _held(
        command.by, command.escalation, "resolve it", uow, directory, settings, clock
    )
    now = clock.now()
    if not uow.escalations.resolve(escalation.id, person.id, now):
        raise _taken(uow.escalations.get(escalation.id), directory)
    _set_status(escalation, TicketStatus.RESOLVED, person.id, uow, clock, outgoing)
    uow.tickets.get(escalation.ticket_id).owner = None
    uow.record(
        now,
        "escalation resolved",
        person.id,
        f"escalation:{escalation.id}",
        {"verdict": command.verdict},
    )
    _redraw(uow, publisher, escalation.id)
    return None


def _set_status(
    escalation: Escalation,
    status: TicketStatus,
    by: str,
    uow: UnitOfWork,
    clock: Clock,
    outgoing: Outgoing,
) -> None:
    ticket = uow.tickets.get(escalation.ticket_id)
    ticket.status = status
    uow.escalations.attend(escalation.id, clock.now())
    outgoing.set_status(uow, ticket, status.value, f"person:{by}")


def _draft(escalation: Escalation, uow: UnitOfWork) -> str:
    if escalation.decision_id is None:
        return ""
    decision = uow.escalations.decision(escalation.decision_id)
    message = uow.tickets.message(decision.draft_id) if decision.draft_id else None
    return message.body[: rules.REPLY_AT_MOST] if message else ""


def _open_to(
    by: Account,
    escalation_id: int,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> tuple[Person, Escalation]:
    escalation = uow.escalations.get(escalation_id)
    ticket = uow.tickets.get(escalation.ticket_id)
    who = dossier(uow, ticket.customer_id, clock.now())
    person = rules.check_may_work(by, directory, settings, who.account_ref)
    return person, escalation


def _held(
    by: Account,
    escalation_id: int,
    does: str,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> tuple[Person, Escalation]:
    person, escalation = _open_to(by, escalation_id, uow, directory, settings, clock)
    if escalation.state is EscalationState.RESOLVED:
        raise _taken(escalation, directory)
    owner = directory.get(escalation.owner) if escalation.owner else None
    rules.check_owner(person, owner, does)
    return person, escalation


def _taken(escalation: Escalation, directory: Directory) -> AlreadyDecided:
    if escalation.state is EscalationState.RESOLVED:
        by = directory.get(escalation.resolved_by or "")
        return AlreadyDecided(f"{by.name if by else 'Somebody'} has resolved this already.")
    owner = directory.get(escalation.owner or "")
    return AlreadyDecided(f"{owner.name if owner else 'Somebody'} was faster and holds this one.")


def _redraw(uow: UnitOfWork, publisher: Publisher, escalation_id: int) -> None:
    publisher.redraw(uow, f"escalation-{escalation_id}", urgent=0)
