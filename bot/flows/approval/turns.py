"""Whose turn it is: of those who may decide and are at work, who was asked first longest ago.

Everybody else who may decide can do so just as well; a turn only says whom a card calls by name.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot import entitlement
from bot.authenticators import kind_of
from bot.cards import Block, Mention, Span, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.labels import heading
from bot.people import Person
from bot.publisher import Publisher
from bot.step_up import takes_code
from bot.waiting import gated
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

_NEVER = datetime.min.replace(tzinfo=UTC)


def in_turn(able: Sequence[Person], last: Mapping[str, datetime], count: int) -> list[Person]:
    """So many of them: who was never asked comes first, then who was longest ago, else as they
    come; pure."""
    return sorted(able, key=lambda person: last.get(person.id, _NEVER))[:count]


def call(
    approval: Approval, uow: UnitOfWork, directory: Directory, settings: Settings, now: datetime
) -> list[Person]:
    """Take turns for the step that is to decide now, whose card names them."""
    asked = gated(approval, uow)
    voted = uow.approvals.voted(approval)
    away, holders = uow.absences.all(), uow.authenticators.holders(kind_of(settings))
    able = [
        person
        for person in entitlement.who_may(directory.people, asked, voted)
        if person.is_at_work(now)
        and person.id not in away
        and (person.id in holders or not takes_code(asked, person, settings))
    ]
    chosen = in_turn(able, uow.turns.last(), approval.asks[approval.step].approvers)
    approval.asked = [person.id for person in chosen]
    uow.turns.take(approval.asked, now)
    return chosen


def go_on(
    approval_id: int,
    step: int,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    publisher: Publisher,
    now: datetime,
) -> None:
    """After a yes that was not the last: where the next step begins, its people are called. The
    card stands already, and one that is redrawn calls nobody."""
    uow.approvals.turn(approval_id)
    approval = uow.approvals.get(approval_id)
    if approval.step == step:
        return
    for person in call(approval, uow, directory, settings, now):
        words = (
            f"{heading(approval)} has the approval it needs before yours, and waits for you first."
        )
        bring = f"`{settings.command_names.approvals}` brings the card."
        publisher.tell(uow, person, f"{words} {bring}", approval.ticket_id)


def line(approval: Approval, able: Sequence[Person]) -> list[Block]:
    """Calls them by name where they may still decide."""
    people = [person for person in able if person.id in approval.asked]
    spans: list[Span] = ["Asked first: "]
    for person in people:
        spans += [Mention(person.name, slack=person.slack, teams=person.teams), ", "]
    return [Text(tuple(spans[:-1]), "context")] if people else []
