"""App Home: what waits for whoever looks, most urgent first, each line leading to its card."""

from collections.abc import Mapping, Sequence

from bot.cards import Block, Button, Buttons, Card, Divider, Moment, Span, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import subject_line
from bot.entitlement import check_account, looks_after
from bot.errors import NotAllowed
from bot.flows.reporting.deciding import LEADING, deciding
from bot.flows.reporting.me import stopped
from bot.labels import heading, progress, written_by
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import leading_to
from bot.steps import Lane
from bot.waiting import approvals_for, escalations_for, late
from storage.models import Approval, Escalation, Promise
from storage.unit_of_work import UnitOfWork

SHOWN, CLAIMABLE = 10, 5
_LANES: Mapping[Lane, str] = {
    Lane.EFFECTS: "Payments and changes of accounts",
    Lane.DESK: "Replies, notes and news of the help desk",
    Lane.POSTS: "Cards and private words",
    Lane.MODEL: "Tickets to be decided on",
    Lane.INNER: "Steps between them",
}
_NOT_LISTED = (
    "You are not on this team's list yet. An administrator can add you under `people:` in app.yaml."
)


def draw_home(
    account: Account, uow: UnitOfWork, directory: Directory, settings: Settings, clock: Clock
) -> Card:
    """For everybody who opens it; whoever may not act here is told why."""
    person = directory.find(account)
    try:
        person = check_account(account, person)
    except NotAllowed as refusal:
        told = refusal.user_message if person else _NOT_LISTED
        return Card("home-0", "Backstop", told, (Text((told,)),))
    held = escalations_for(person, uow.escalations.held_by(person.id), settings)
    unclaimed = escalations_for(person, uow.escalations.waiting(), settings)
    blocks = [
        *_stopped(uow, directory),
        *_approvals(approvals_for(person, uow), uow),
        Divider(),
        *_broken(person, uow, settings, clock),
        *_escalations("Tickets you hold", held, "You hold none.", uow),
        Divider(),
        *_escalations("Unclaimed", unclaimed, "Nothing waits. Well done, all of you.", uow),
        *deciding(person, uow, clock),
    ]
    if "admin" in person.roles:
        blocks += [Divider(), Text((Strong("What is late"),)), *_late(uow, clock)]
    return Card("home-0", f"Hello {person.name.split()[0]}", "What waits for you.", tuple(blocks))


def _broken(person: Person, uow: UnitOfWork, settings: Settings, clock: Clock) -> list[Block]:
    """Their own to whoever holds the ticket; to those who lead, everybody's and nobody's."""
    leads = bool(person.roles & LEADING)
    late = [
        promise
        for promise, account in uow.promises.overdue(clock.now())
        if promise.owner == person.id or (leads and looks_after(person, account, settings))
    ]
    if not late:
        return []
    lines = [Text(_late_promise(promise, uow)) for promise in late[:SHOWN]]
    return [Text((Strong("Promises that are broken"),)), *lines, *_rest(len(late)), Divider()]


def _late_promise(promise: Promise, uow: UnitOfWork) -> tuple[Span, ...]:
    text = uow.tickets.text(promise.ticket_id)
    subject = subject_line(text) if text else "the words were erased"
    escalation = uow.escalations.open_of(promise.ticket_id)
    label = f"ticket #{promise.ticket_id} · {subject}"
    shown = leading_to(uow, f"escalation-{escalation.id}", label) if escalation else label
    return (shown, " · an answer was due ", Moment(promise.due))


def _stopped(uow: UnitOfWork, directory: Directory) -> list[Block]:
    """First of all: nothing that anybody does below is carried out meanwhile."""
    told = stopped(uow, directory)
    return [Text((*told, " What is approved waits.")), Divider()] if told else []


def _approvals(mine: Sequence[Approval], uow: UnitOfWork) -> list[Block]:
    head = Text((Strong("Approvals that wait for you"),))
    if not mine:
        return [head, Text(("None.",), "context")]
    return [head, *(_approval(one, uow) for one in mine[:SHOWN]), *_rest(len(mine))]


def _approval(approval: Approval, uow: UnitOfWork) -> Text:
    who = written_by(uow.tickets.get(approval.ticket_id), uow)
    return Text(
        (
            leading_to(uow, f"approval-{approval.id}", heading(approval)),
            f" · ticket #{approval.ticket_id} · {who} · until ",
            Moment(approval.expires_at),
            progress(approval),
        )
    )


def _escalations(
    title: str, found: Sequence[Escalation], none: str, uow: UnitOfWork
) -> list[Block]:
    blocks: list[Block] = [Text((Strong(title),))]
    if not found:
        return [*blocks, Text((none,), "context")]
    for place, escalation in enumerate(found[:SHOWN]):
        blocks.append(Text(_line(escalation, uow)))
        if escalation.owner is None and place < CLAIMABLE:
            args = {"escalation": escalation.id}
            blocks.append(Buttons((Button("Claim", "escalation.claim", args, "good"),)))
    return [*blocks, *_rest(len(found))]


def _line(escalation: Escalation, uow: UnitOfWork) -> tuple[Span, ...]:
    ticket = uow.tickets.get(escalation.ticket_id)
    text = uow.tickets.text(ticket.id)
    subject = subject_line(text) if text else "the words were erased"
    return (
        Strong(f"P{ticket.priority or 3}"),
        " · ",
        leading_to(uow, f"escalation-{escalation.id}", subject),
        f" · ticket #{ticket.id} · {written_by(ticket, uow)} · since ",
        Moment(escalation.created_at),
    )


def _rest(count: int) -> list[Block]:
    if count <= SHOWN:
        return []
    return [Text((f"and {count - SHOWN} more, which follow as these are done",), "context")]


def _late(uow: UnitOfWork, clock: Clock) -> list[Block]:
    """Cards, acts and tickets that are behind, whatever holds them."""
    behind = late(uow, clock.now())
    if not behind:
        return [Text(("Nothing.",), "context")]
    return [
        Text((Strong(_LANES[Lane(lane)]), f": {waits.count}, since ", Moment(waits.since)))
        for lane, waits in behind.items()
    ]
