"""One list of the approvals that wait, while they pile up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot import approval_events
from bot.cards import Block, Button, Buttons, Card, Moment, Strong, Text
from bot.flows.approval.alike import FEW, groups
from bot.labels import heading, progress
from bot.ports import Clock
from bot.publisher import Publisher, leading_to
from bot.steps import Again
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

PILE = 5
LISTED = 10
LOOKED_AT = timedelta(minutes=1)


def pile_up(uow: UnitOfWork, channel: str, publisher: Publisher, now: datetime) -> None:
    """Begin a list once so many wait; there is one at a time."""
    if not uow.approvals.are_waiting(PILE) or uow.digests.is_any_open():
        return
    digest = uow.digests.open(now)
    publisher.place(uow, f"digest-{digest.id}", "slack", channel)
    wait = approval_events.CardsPileUp(digest.id)
    uow.emit(wait, due=now + LOOKED_AT, key=f"digest:{digest.id}")


def keep(
    event: approval_events.CardsPileUp, uow: UnitOfWork, clock: Clock, publisher: Publisher
) -> Again | None:
    """A timer, each minute: the list shows what waits, and ends with the pile."""
    digest = uow.digests.get(event.digest)
    is_over = not uow.approvals.are_waiting(FEW)
    if is_over:
        digest.closed_at = clock.now()
    publisher.redraw(uow, f"digest-{digest.id}")
    return None if is_over else Again(LOOKED_AT.total_seconds(), "cards pile up", held=True)


def draw_digest(digest_id: int, uow: UnitOfWork) -> Card:
    digest = uow.digests.get(digest_id)
    waiting = [] if digest.closed_at else uow.approvals.pending()
    key = f"digest-{digest_id}"
    if not waiting:
        over = "The approvals that had piled up are decided."
        return Card(key, "No pile any more", over, (Text((over,)),), "good")
    title = f"{len(waiting)} approvals wait for a decision"
    blocks: list[Block] = [Text((_kinds(waiting),))]
    blocks += [_line(approval, uow) for approval in waiting[:LISTED]]
    if len(waiting) > LISTED:
        blocks.append(Text((f"and {len(waiting) - LISTED} more",), "context"))
    blocks += _together(digest_id, waiting, uow)
    summary = f"{title}. The first is due at {waiting[0].expires_at:%Y-%m-%d %H:%M} UTC."
    return Card(key, title, summary, tuple(blocks), "warning")


def _kinds(waiting: Sequence[Approval]) -> str:
    counted = Counter(approval.gate for approval in waiting)
    return ", ".join(f"{count} × {gate}" for gate, count in counted.most_common())


def _line(approval: Approval, uow: UnitOfWork) -> Block:
    card = leading_to(uow, f"approval-{approval.id}", heading(approval))
    when = Moment(approval.expires_at)
    ticket = f" · ticket #{approval.ticket_id} · until "
    return Text(("• ", card, ticket, when, progress(approval)))


def _together(digest_id: int, waiting: Sequence[Approval], uow: UnitOfWork) -> Iterator[Block]:
    for group in groups(waiting, uow)[:3]:
        first = group[0]
        what = f"{len(group)} are alike"
        yield Text((Strong(what), f": {heading(first)}, gate {first.gate}, {first.category}."))
        args = {"digest": digest_id, "approval": first.id}
        label = f"Look at these {len(group)} together"
        yield Buttons((Button(label, "approval.open_alike", args),))
