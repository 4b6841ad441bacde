"""What the other side has taken and not finished is looked at until it is done or has failed.

A refund to a bank account takes days and may still come back. The customer hears of it when it is
certain, and a failure brings the ticket to a person.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot import events
from bot.errors import OutsideError, TryLater
from bot.flows.approval import ending
from bot.ports import Clock, Payments, Receipt
from bot.publisher import Publisher
from bot.steps import Again, Verdict
from storage.models import EffectState
from storage.unit_of_work import UnitOfWork

FIRST_LOOK, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


@dataclass(frozen=True)
class Watched:
    effect: int
    receipt: str


def plan(event: events.EffectPending, uow: UnitOfWork) -> Watched | None:
    effect = uow.effects.get(event.effect)
    is_open = effect.state in (EffectState.PENDING, EffectState.STUCK)
    return Watched(effect.id, effect.receipt) if is_open and effect.receipt else None


def act(watched: Watched, payments: Payments | None) -> Receipt:
    if payments is None:
        raise TryLater("payments are not connected")
    return payments.follow(watched.receipt)


def settle(
    event: events.EffectPending,
    watched: Watched,
    outcome: Receipt | OutsideError,
    uow: UnitOfWork,
    clock: Clock,
    publisher: Publisher,
) -> Verdict:
    """Only the provider's own record of the refund ends it; a question refused is no answer."""
    effect, now = uow.effects.get(watched.effect), clock.now()
    if isinstance(outcome, Receipt) and outcome.outcome == "done":
        ending.finish(effect, outcome.id, uow, now, publisher)
        return None
    if isinstance(outcome, Receipt) and outcome.outcome == "failed":
        ending.refuse(effect, f"{effect.kind}_failed", uow, now, publisher)
        return None
    told = outcome.detail if isinstance(outcome, Receipt) else str(outcome)
    wait = min(LONGEST_WAIT, max(FIRST_LOOK, now - (effect.called_at or now)))
    return Again(wait.total_seconds(), told, held=True)
