"""Whoever may decide is reminded before the time is over: at half, and at three quarters."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from bot import approval_commands as commands
from bot import approval_events, entitlement
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import Outdated
from bot.flows.approval.originals import original
from bot.flows.approval.seeing import check_open, check_seen
from bot.flows.approval.timers import LAST, check_chat
from bot.labels import heading
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import gated
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

SNOOZE = timedelta(hours=1)


def remind(
    event: approval_events.ApprovalWaits,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> None:
    approval, now = uow.approvals.get(event.approval), clock.now()
    if not approval.is_undecided or approval.version != event.version:
        return
    voted = uow.approvals.voted(approval)
    able = entitlement.who_may(directory.people, gated(approval, uow), voted)
    delegates = {one.person: one.delegate for one in uow.absences.all().values()}
    asked = whom(able, now, delegates, is_last=event.quarters == LAST)
    words = f"{_words(approval, now)} `{settings.command_names.approvals}` brings the card."
    for person in asked:
        publisher.tell(uow, person, words, approval.ticket_id)
    check_chat(approval, uow, settings, now)
    told = {"quarters": event.quarters, "told": [person.id for person in asked]}
    uow.record(now, "approval reminded", "clock", f"approval:{approval.id}", told)


def snooze(
    command: commands.SnoozeApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    settings: Settings,
) -> Answer:
    """One word to whoever asked for it; everybody else is reminded as ever."""
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    voted = uow.approvals.voted(approval)
    person = entitlement.check_may_decide(
        command.by, directory.find(command.by), gated(approval, uow), voted
    )
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    check_seen(command, approval)
    check_open(approval, now, directory)
    due = now + SNOOZE
    if due >= approval.expires_at:
        raise Outdated("Its time is over within the hour, so it has to be decided now.")
    key = f"snooze:{approval.id}:{person.id}"
    uow.emit(approval_events.Snoozed(approval.id, person.id), due=due, key=key)
    return Notice("You are reminded of it in an hour. Others may decide it before.")


def wake(
    event: approval_events.Snoozed,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> None:
    approval, person = uow.approvals.get(event.approval), directory.get(event.person)
    if not approval.is_undecided or person is None:
        return
    words = f"{_words(approval, clock.now())} `{settings.command_names.approvals}` brings the card."
    publisher.tell(uow, person, words, approval.ticket_id)


def whom(
    able: Sequence[Person],
    now: datetime,
    away: Mapping[str, str | None] = MappingProxyType({}),
    *,
    is_last: bool,
) -> list[Person]:
    """Of those who may decide whoever is at work, and the delegates of those who are `away` (by
    person); their backups, at work or not, where nobody is or it is the last time; then, where
    there are no backups, everybody who is not away."""
    by_id: Mapping[str, Person] = {person.id: person for person in able}
    here = {person.id: person for person in able if person.id not in away}
    stand_in = [away[person.id] for person in able if person.id in away]
    asked = {person.id: person for person in here.values() if person.is_at_work(now)}
    asked |= {ident: here[ident] for ident in stand_in if ident in here}
    if is_last or not asked:
        named = (person.backup for person in able if person.backup in here)
        asked |= {ident: here[ident] for ident in named if ident is not None}
    return list((asked or ((here or by_id) if is_last else {})).values())


def _words(approval: Approval, now: datetime) -> str:
    left = int((approval.expires_at - now).total_seconds() // 60)
    hours, minutes = divmod(max(left, 1), 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    when = " ".join(part for part in parts if part)
    return f"{heading(approval)} still waits for a decision of yours or a colleague’s, for {when}."
