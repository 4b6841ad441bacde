"""What was approved waits a moment in which whoever approved it may take that back.

Until the moment is over there is no effect that could be carried out. One row says both whether it
was taken back and whether it has left, so that of two who come at the same time one gets through.
"""

from bot import approval_commands as commands
from bot import approval_events
from bot.cards import Answer
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import AlreadyDecided, NotAllowed
from bot.flows.approval.originals import original
from bot.flows.approval.requesting import redeem
from bot.flows.approval.timers import check_chat, expires, remind_of, watch
from bot.outgoing import Outgoing
from bot.ports import Clock
from bot.publisher import Publisher
from bot.steps import Again
from storage.unit_of_work import UnitOfWork


def grace_key(approval: int) -> str:
    """Of the timers of one approval one waits at a time."""
    return f"grace:{approval}"


def undo(
    command: commands.UndoApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> Answer:
    """Back to a decision that nobody has made, by whoever made it."""
    person = check_account(command.by, directory.find(command.by))
    approval = uow.approvals.get(command.approval)
    copies = uow.card_posts.copies(f"approval-{approval.id}")
    clicked = original(command, copies, settings)
    if person.id not in uow.approvals.voted(approval):
        raise NotAllowed("Whoever approved this can take it back, and nobody else.")
    if not uow.approvals.take_back(approval.id, person.id):
        raise AlreadyDecided("It is too late to take this back: it is on its way.")
    now = clock.now()
    uow.record(
        now,
        "approval undone",
        person.id,
        f"approval:{approval.id}",
        {"digest": uow.keyed_hash(approval.customer_id, approval.digest)},
    )
    # Its timers may have run out meanwhile, when there was nothing to wait for.
    expires(approval, uow)
    if approval.expires_at > now:
        remind_of(approval, uow, now)
        watch(approval, uow, now)
        check_chat(approval, uow, settings, now)
    publisher.redraw_clicked(uow, copies, clicked)
    return None


def leave(
    event: approval_events.GraceOver,
    uow: UnitOfWork,
    clock: Clock,
    outgoing: Outgoing,
    publisher: Publisher,
) -> Again | None:
    """Nobody took it back."""
    now = clock.now()
    approval = uow.approvals.get(event.approval)
    if not approval.is_granted or approval.runs_at is None:
        return None
    if now < approval.runs_at:
        # Taken back and approved anew meanwhile.
        left = (approval.runs_at - now).total_seconds()
        return Again(left, "it may still be taken back", held=True)
    if uow.approvals.leave(approval.id, now):
        redeem(uow, uow.approvals.get(approval.id), f"approval:{approval.id}", outgoing)
        publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
    return None
