"""A model reads what a person is about to send, while their form stays open: it only warns.

What they typed rests beside the ticket for as long as that takes, as no message of anybody's, and
is gone with the answer, or with the customer.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import commands, events
from bot.agent.noticing import Heard, Letter, Wording
from bot.cards import Answer, Notice
from bot.errors import InvalidForm, OutsideError
from bot.flows.casework import reply_form, rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.requester import check_reader
from bot.people import Person
from bot.ports import ChatSurface
from bot.steps import Verdict
from bot.wording.findings import look
from bot.wording.noticed import believed
from bot.wording.reading import Circumstances
from storage.models import Author, Message, Ticket
from storage.unit_of_work import UnitOfWork

_FOUND = "How it reads. Nothing was sent yet:"
_WELL = "It reads well. Nothing was sent yet."
_AWAY = "The model cannot be asked at the moment; these are the rules’ own warnings, if any:"

log = logging.getLogger(__name__)

Reading = Callable[[], UnitOfWork]


@dataclass(frozen=True)
class Unsent:
    """A letter in somebody's open form."""

    wanted: events.WordingWanted
    ticket: int
    text: str
    about: Circumstances


def check(
    command: commands.CheckWording, uow: UnitOfWork, casework: Casework, wording: Wording | None
) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    ticket = uow.tickets.get(escalation.ticket_id)
    check_reader(ticket, command.customer)
    if wording is None or not command.where.startswith("view:"):
        return Notice("No model is connected here.")
    try:
        text = rules.check_reply(command.text)
        due = reply_form.read(text, command.until, person, ticket, uow, casework).due
    except InvalidForm as wrong:
        return Notice("; ".join(wrong.fields.values()))
    held = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.AGENT,
            person=person.id,
            public=False,
            body=text,
            draft=True,
            created_at=casework.clock.now(),
        )
    )
    wanted = events.WordingWanted(
        escalation.id,
        held.id,
        command.by.surface,
        command.where,
        command.until_in,
        is_recorded=due is not None,
    )
    uow.emit(wanted, urgent=0)
    return None


def plan(event: events.WordingWanted, uow: UnitOfWork, casework: Casework) -> Unsent | None:
    """None where the customer, the ticket or the letter is another by now."""
    found = _whose(event, uow, casework)
    if found is None:
        uow.tickets.unsay(event.message)
        return None
    message, person, ticket = found
    about = reply_form.circumstances(person, ticket, event.is_recorded, uow, casework)
    return Unsent(event, ticket.id, message.body, about)


def act(
    intent: Unsent,
    wording: Wording | None,
    surfaces: Mapping[str, ChatSurface],
    reading: Reading,
    casework: Casework,
) -> None:
    """Inputs keep what is typed in them meanwhile; only what stands above them is new."""
    wanted, about = intent.wanted, intent.about
    surface = surfaces.get(wanted.surface)
    if wording is None or surface is None:
        return
    heard = wording.read(Letter(intent.text, about.wrote, about.language), intent.ticket)
    by_rules = look(intent.text, about)
    found = (*by_rules, *believed(intent.text, about, heard.noticed, by_rules))
    written = reply_form.Written(
        intent.text, findings=found, until_in=wanted.until_in, heads=_heads(heard, bool(found))
    )
    with reading() as uow:
        whose = _whose(wanted, uow, casework)
        if whose is None:
            return
        escalation = uow.escalations.get(wanted.escalation)
        form = reply_form.draw(written, *whose[1:], escalation, uow, casework, wording)
    try:
        surface.amend(wanted.where, form)
    except OutsideError as error:
        # Whoever has closed the form, or waits no longer, can press again.
        log.info("a form was not redrawn: %s", type(error).__name__)


def settle(
    event: events.WordingWanted, intent: Unsent, outcome: OutsideError | None, uow: UnitOfWork
) -> Verdict:
    uow.tickets.unsay(event.message)
    return None


def _heads(heard: Heard, is_found: bool) -> str:
    if heard.trouble:
        return _AWAY
    return _FOUND if is_found else _WELL


def _whose(
    event: events.WordingWanted, uow: UnitOfWork, casework: Casework
) -> tuple[Message, Person, Ticket] | None:
    message, escalation = uow.tickets.message(event.message), uow.escalations.get(event.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    person = casework.directory.get(message.person or "") if message else None
    if message is None or person is None or escalation.owner != person.id:
        return None
    return (message, person, ticket) if message.customer_id == ticket.customer_id else None
