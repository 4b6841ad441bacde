"""What an act was approved on: how much its charge could give back, or what stood in the account
that it changes, when it was proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.models import Approval, Certainty, EffectState
from storage.repositories import OwnRefund
from storage.unit_of_work import UnitOfWork

CHANGED = "charge_changed"
ACCOUNT_CHANGED = "account_changed"
# The provider took it, and gave it back to the charge.
FAILED = "refund_failed"


@dataclass(frozen=True)
class Ground:
    """`refundable` is what was shown, in minor units; `given` what we have given back since, and
    `unsure` each sum of ours of which nobody can say whether it came before, after or not at all
    (less than nothing where one may have failed since)."""

    refundable: int
    given: int = 0
    unsure: tuple[int, ...] = ()

    def explains(self, refundable: int) -> bool:
        """Whether what is left now comes of our own refunds alone: what went beside them was given
        by somebody else, perhaps for the same wish."""
        left = {self.refundable - self.given}
        for sum_ in self.unsure:
            left |= {each - sum_ for each in left}
        return refundable in left


def before_of(approval: Approval | None) -> str | None:
    """What stood in the account; None where nobody told."""
    return approval.basis.get("before") if approval is not None else None


def ground_of(approval: Approval | None, uow: UnitOfWork) -> Ground | None:
    """None where the record of the charge was not kept with the approval."""
    if approval is None or "refundable" not in approval.basis:
        return None
    ours = uow.effects.refunds_beside(approval)
    at = approval.basis.get("at")
    since = datetime.fromisoformat(at) if at else approval.created_at
    given = sum(one.amount for one in ours if _is_since(one, since))
    return Ground(approval.basis["refundable"], given, tuple(_unsure(ours, since)))


def _is_since(one: OwnRefund, at: datetime) -> bool:
    return one.created_at > at and one.state in (EffectState.DONE, EffectState.PENDING)


def _unsure(ours: Iterable[OwnRefund], at: datetime) -> Iterable[int]:
    for one in ours:
        is_over_before = one.done_at is not None and one.done_at <= at
        match one.state:
            case EffectState.REFUSED:
                if one.trouble == FAILED and one.created_at <= at and not is_over_before:
                    yield -one.amount
            case EffectState.DONE | EffectState.PENDING:
                if not is_over_before and not _is_since(one, at):
                    yield one.amount
            case _:
                # What is ready may be made between this and the look at the charge.
                if one.state is not EffectState.STUCK or one.certainty is not Certainty.NEVER_SENT:
                    yield one.amount
