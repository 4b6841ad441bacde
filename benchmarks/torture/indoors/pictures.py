"""What the bot has done and what the model says it should have, in the same few facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.model import Model
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.indoors.wishes import Wish
from storage.models import Approval, ApprovalVote, Effect

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Picture:
    """`approvals` by number, `refunds` by the provider's own record, and of each `cards` copy in
    the channel whether it offers to approve."""

    now: datetime
    approvals: Mapping[int, Facts]
    refunds: list[tuple[str, int]]
    cards: list[tuple[str, bool]]


def pictured(room: Room) -> Picture:
    with room.bot.reading() as uow:
        approvals = uow.session.query(Approval).order_by(Approval.id).all()
        votes = uow.session.query(ApprovalVote).order_by(ApprovalVote.id).all()
        effects = uow.session.query(Effect).filter(Effect.kind == "refund").all()
        became = {one.approval_id: one for one in effects}
        found = {one.id: _found(one, votes, became.get(one.id)) for one in approvals}
    refunds = sorted((one.charge, one.amount) for one in room.till.refunds)
    cards = [
        (one.card.key, "approval.grant" in one.actions)
        for one in room.chat.posts.values()
        if one.channel == staff.APPROVALS and one.card.key.startswith("approval-")
    ]
    return Picture(room.now(), found, refunds, sorted(cards))


def promised(model: Model) -> Picture:
    paid = [one for one in model.wishes.values() if one.payment and one.payment.paid]
    return Picture(
        model.now,
        {number: _wanted(wish) for number, wish in model.wishes.items()},
        sorted((f"ch_{one.charge}", one.amount) for one in paid),
        sorted((f"approval-{n}", one.is_undecided) for n, one in model.wishes.items() if one.steps),
    )


def differences(found: Picture, wanted: Picture) -> str:
    """Only what is not as it should be, the bot's side first."""
    pairs = {name: (vars(found)[name], what) for name, what in vars(wanted).items()}
    return "\n".join(
        f"{name}: {is_so} is not {should}"
        for name, (is_so, should) in pairs.items()
        if is_so != should
    )


def _found(one: Approval, votes: list[ApprovalVote], effect: Effect | None) -> Facts:
    mine = [vote for vote in votes if (vote.approval_id, vote.version) == (one.id, one.version)]
    is_pending = one.state.value == "pending"
    return {
        "state": one.state.value,
        "version": one.version,
        "amount": one.amount,
        "granted": one.granted,
        "step": one.step,
        "votes": [(vote.person, vote.step) for vote in mine],
        "returned": is_pending and one.returned_at is not None,
        "runs": one.runs_at if is_pending else None,
        "expires": one.expires_at,
        "effect": effect and effect.state.value,
        "to pay": effect and effect.payload["amount"],
    }


def _wanted(wish: Wish) -> Facts:
    is_pending = wish.state == "pending"
    return {
        "state": wish.state,
        "version": wish.version,
        "amount": wish.amount,
        "granted": len(wish.votes),
        "step": wish.step if wish.steps else 0,
        "votes": [(vote.person, vote.step) for vote in wish.votes],
        "returned": is_pending and wish.returned,
        "runs": wish.runs if is_pending else None,
        "expires": wish.expires,
        "effect": wish.payment and wish.payment.state,
        "to pay": wish.payment and wish.amount,
    }
