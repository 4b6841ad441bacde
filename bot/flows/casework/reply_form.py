"""The form in which a person writes to the customer, and how their words read in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.agent.noticing import Wording
from bot.cards import Button, Buttons, Form, Input, Quote, Strong, Text
from bot.dossier import dossier
from bot.errors import InvalidForm
from bot.flows.casework import rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.requester import last_words
from bot.labels import last_words_of
from bot.people import Person
from bot.wording.findings import Finding, look, promised_in
from bot.wording.reading import Circumstances
from bot.wording.times import read_time
from storage.models import ApprovalState, Escalation, Ticket
from storage.unit_of_work import UnitOfWork

# Under one name Slack keeps what was typed, and shows nothing new: an offered time has another.
UNTIL, OFFERED = "until", "until_told"
NOT_SENT = "Nothing was sent. Please look once more at the words you sent:"
AGAIN = "\nWhat you change is read again; what you leave is sent as it is the next time."
_UNTIL = 60


@dataclass(frozen=True)
class Written:
    """What stands in the form, as whoever writes it means it; `due` is the time they filled in, in
    the input called `until_in`. `heads` goes above the findings."""

    text: str
    until: str = ""
    due: datetime | None = None
    findings: Sequence[Finding] = ()
    until_in: str = ""
    heads: str = NOT_SENT


def read(
    text: str, until: str, person: Person, ticket: Ticket, uow: UnitOfWork, casework: Casework
) -> Written:
    """Raises InvalidForm for a time that is none."""
    now = casework.clock.now()
    due = read_time(until, now, person.time_zone) if until.strip() else None
    if until.strip() and due is None:
        # Under the one input that the form has each time.
        told = "“Next update by” names no time ahead: write tomorrow 17:00, 2h or a date."
        raise InvalidForm({"text": told})
    about = circumstances(person, ticket, due is not None, uow, casework)
    return Written(text, until, due, look(text, about) if text else ())


def circumstances(
    person: Person, ticket: Ticket, is_recorded: bool, uow: UnitOfWork, casework: Casework
) -> Circumstances:
    """For whom this person writes, and whether their next update is on record."""
    decision = uow.escalations.decision_of(ticket.id)
    heard = uow.tickets.conversation(ticket.id, public_only=True)
    return Circumstances(
        now=casework.clock.now(),
        zone=person.time_zone,
        language=ticket.language,
        upset=decision is not None and decision.sentiment < 0,
        wrote="\n".join(message.body for message in heard if message.author.is_outside),
        is_recorded=is_recorded,
        is_granted=any(
            approval.kind == "refund" and approval.state is ApprovalState.APPROVED
            for approval in uow.approvals.of_ticket(ticket.id)
        ),
    )


def draw(
    written: Written,
    person: Person,
    ticket: Ticket,
    escalation: Escalation,
    uow: UnitOfWork,
    casework: Casework,
    wording: Wording | None,
) -> Form:
    words = last_words(ticket, uow)
    who = dossier(uow, ticket.customer_id, casework.clock.now())
    warned = " ".join(finding.name for finding in written.findings)
    told = promised_in(written.text, casework.clock.now(), person.time_zone)
    is_offered = told is not None and not written.until.strip()
    until_in = written.until_in or (OFFERED if is_offered else UNTIL)
    about = {"escalation": escalation.id, "customer": ticket.customer_id, "warned": warned}
    check = {"escalation": escalation.id, "customer": ticket.customer_id, "until_in": until_in}
    return Form(
        title="Reply to the customer",
        submit="Send anyway" if warned else "Send to customer",
        action="escalation.send_reply",
        args=about,
        blocks=(
            *_warnings(written),
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
            *([_check(check)] if wording else ()),
            Input(
                until_in,
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


def _check(args: dict[str, object]) -> Buttons:
    return Buttons((Button("Check wording", "escalation.check_wording", args),))


def _warnings(written: Written) -> tuple[Text, ...]:
    """What a model has to say is said also where it found nothing."""
    lines = "".join(f"\n• {finding.line()}" for finding in written.findings)
    if not lines and written.heads == NOT_SENT:
        return ()
    again = AGAIN if lines else ""
    return (Text((Strong(written.heads), lines, again)),)


def _local(at: datetime, person: Person) -> str:
    return f"{at.astimezone(ZoneInfo(person.time_zone)):%Y-%m-%d %H:%M}"
