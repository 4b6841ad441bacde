"""What people refused before, shown once more: whether cards are still read. Off as shipped."""

import hashlib
from datetime import datetime, timedelta

from bot import approval_commands as commands
from bot import approval_events, entitlement
from bot.cards import Answer, Card, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.flows.approval.canary_cards import as_asked, why
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import gated
from storage.models import Approval, CanaryState
from storage.unit_of_work import UnitOfWork

NOTICE = "canaries-0"
# Whoever refused it has had time to forget it.
REST = timedelta(days=30)
LOOKED_AT = 20


def show(
    command: commands.ShowCanary,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    publisher: Publisher,
    clock: Clock,
) -> None:
    """Never before it was announced, nor while nobody is at work who could answer."""
    every = settings.approvals.canaries
    channel = settings.channels.approvals or settings.channels.admin
    if every is None or channel is None:
        return
    now = clock.now()
    notices = [one for one in uow.card_posts.of(NOTICE) if one.channel == channel]
    if not notices:
        publisher.place(uow, NOTICE, "slack", channel)
        uow.record(now, "canaries announced", "clock", "canaries", {})
        return
    newest = uow.canaries.newest()
    since = max(notices[0].created_at, newest.created_at if newest else notices[0].created_at)
    if now < since + _pause(every, since):
        return
    for approval in uow.canaries.refused("refund", now - REST, LOOKED_AT):
        until = now + (approval.expires_at - approval.created_at)
        if not _is_anybody_there(as_asked(approval, now, until), uow, directory, now):
            continue
        canary = uow.canaries.add(approval.id, now, until)
        publisher.place(uow, f"canary-{canary.id}", "slack", channel)
        uow.emit(approval_events.CanaryOver(canary.id), due=canary.expires_at)
        about = {"approval": approval.id}
        uow.record(now, "canary shown", "clock", f"canary:{canary.id}", about)
        return


def answer(
    command: commands.AnswerCanary,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    """Who it was is told nobody and kept nowhere; whoever may not decide is refused as ever."""
    canary = uow.canaries.get(command.canary)
    approval = uow.approvals.get(canary.approval_id)
    asked = gated(as_asked(approval, canary.created_at, canary.expires_at), uow)
    entitlement.check_may_decide(command.by, directory.find(command.by), asked)
    state = CanaryState.GRANTED if command.pressed == "yes" else CanaryState.DOUBTED
    if uow.canaries.end(canary.id, state):
        uow.record(clock.now(), "canary answered", "somebody", f"canary:{canary.id}", {})
        publisher.redraw(uow, f"canary-{canary.id}", urgent=0)
    told = f"Nothing is done by it. {why(approval)} That it was you is kept nowhere."
    # A sentence would be sent after them, and stay with their name until it had arrived.
    return Card(f"canary-{canary.id}", "This is a canary", told, (Text((told,)),))


def end(event: approval_events.CanaryOver, uow: UnitOfWork, publisher: Publisher) -> None:
    if uow.canaries.end(event.canary, CanaryState.OVER):
        publisher.redraw(uow, f"canary-{event.canary}")


def _pause(every: timedelta, since: datetime) -> timedelta:
    """Between half of it and half more than it: nobody counts the days until the next."""
    drawn = hashlib.sha256(since.isoformat().encode()).digest()
    return every * (0.5 + int.from_bytes(drawn[:4]) / 2**32)


def _is_anybody_there(
    approval: Approval, uow: UnitOfWork, directory: Directory, now: datetime
) -> bool:
    able = entitlement.who_may(directory.people, gated(approval, uow))
    away = uow.absences.all()
    return any(person.is_at_work(now) and person.id not in away for person in able)
