"""How a canary looks: as the act did when it was asked for, until somebody has answered it."""

from dataclasses import replace
from datetime import datetime

from bot.cards import Block, Button, Buttons, Card, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.flows.approval.cards import draw_standing
from bot.flows.approval.states import Standing
from bot.ports import Clock
from storage.models import Approval, ApprovalState, CanaryState
from storage.models.base import table_of
from storage.unit_of_work import UnitOfWork

_COLUMNS = tuple(table_of(Approval).columns.keys())


def draw_canary(
    canary_id: int, uow: UnitOfWork, directory: Directory, settings: Settings, clock: Clock
) -> Card:
    canary = uow.canaries.get(canary_id)
    approval = uow.approvals.get(canary.approval_id)
    key = f"canary-{canary_id}"
    if canary.state is not CanaryState.WAITING or not approval.payload:
        told = f"Nothing was done by it. {why(approval)}"
        return Card(key, "This was a canary", told, (Text((told,)),))
    asked = as_asked(approval, canary.created_at, canary.expires_at)
    stands = Standing(asked, None, (), is_shown_again=True)
    card = draw_standing(stands, uow, directory, settings, clock)
    blocks = tuple(_answering(block, canary_id) for block in card.blocks)
    return replace(card, key=key, blocks=blocks)


def draw_notice(_ident: int) -> Card:
    """What has to be said before the first."""
    text = (
        "From now on a canary may stand here now and then: a refund that was refused before, shown "
        "once more, to see whether cards are still read. Nothing is done by it, whatever is "
        "pressed. Who answers it is kept nowhere; how many were approved is told of all together."
    )
    return Card("canaries-0", "Canaries among the approvals", text, (Text((text,)),))


def as_asked(approval: Approval, at: datetime, until: datetime) -> Approval:
    """The act as it was refused, before anybody had said anything; in no row and of no number."""
    now = {
        "id": 0,
        "state": ApprovalState.PENDING,
        "roles": list(approval.asks[0].roles),
        "created_at": at,
        "expires_at": until,
        **{"step": 0, "granted": 0, "version": 1, "editors": []},
        **dict.fromkeys(("decided_by", "decided_at", "reason", "runs_at", "returned_at")),
    }
    return Approval(**{name: getattr(approval, name) for name in _COLUMNS} | now)


def why(approval: Approval) -> str:
    """What it was, as far as it is still known."""
    if not approval.payload or approval.decided_at is None:
        return "Its customer was erased since."
    day = approval.decided_at
    return f"It was refused on {day.day} {day:%B %Y}: “{approval.reason}”."


def _answering(block: Block, canary: int) -> Block:
    """The same buttons in the same places. What only looks, looks."""
    if not isinstance(block, Buttons):
        return block
    items, more = (
        tuple(_button(one, canary) for one in some) for some in (block.items, block.more)
    )
    return Buttons(items, more)


def _button(button: Button, canary: int) -> Button:
    if button.action == "ticket.show":
        return button
    is_yes = button.action == "approval.grant"
    action = "canary.yes" if is_yes else "canary.doubt"
    return replace(button, action=action, args={"canary": canary})
