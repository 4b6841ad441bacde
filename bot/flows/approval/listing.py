"""What waits for me: the approvals that my decision would count for."""

from bot import approval_commands as commands
from bot.cards import Answer, Block, Button, Buttons, Card, Moment, Strong, Text
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.labels import heading, progress, written_by
from bot.waiting import approvals_for
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

AT_MOST = 10


def list_approvals(
    command: commands.ListApprovals, uow: UnitOfWork, directory: Directory
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    mine = approvals_for(person, uow)
    if not mine:
        return Card(
            key="approvals-0",
            title="Nothing waits for you",
            summary="No approval waits for you.",
        )
    blocks: list[Block] = []
    for approval in mine[:AT_MOST]:
        blocks += approval_line(approval, uow)
    if len(mine) > AT_MOST:
        blocks.append(
            Text((f"and {len(mine) - AT_MOST} more, which follow as these are done",), "context")
        )
    count = f"{len(mine)} approval{'s' if len(mine) > 1 else ''} wait{'' if len(mine) > 1 else 's'}"
    return Card("approvals-0", f"{count} for you", f"{count} for you.", tuple(blocks))


def approval_line(approval: Approval, uow: UnitOfWork) -> list[Block]:
    who = written_by(uow.tickets.get(approval.ticket_id), uow)
    return [
        Text(
            (
                Strong(heading(approval)),
                f" · ticket #{approval.ticket_id} · {who} · until ",
                Moment(approval.expires_at),
                progress(approval),
            )
        ),
        Buttons((Button("Show the card", "approval.bring", {"approval": approval.id}),)),
    ]
