"""Carry out what was consented to, once: intent, call, result, each committed on its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import events
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.flows.approval import consent, ending, statuses
from bot.flows.approval.calling import FOUND_BY_KEY, Call, Systems, carry_out, look
from bot.flows.approval.ground import before_of, ground_of
from bot.flows.approval.holding import UNVOUCHED, hold, is_unvouched, why_held
from bot.flows.approval.proving import Proving
from bot.flows.approval.watching import FIRST_LOOK
from bot.flows.approval.withdrawing import WITHDRAWN, meant_for, why_moot
from bot.outgoing import UNREACHED
from bot.ports import AccountActions, Clock, HelpDesk, Payments, Receipt, Standings
from bot.publisher import Publisher
from bot.steps import Again, Park, Verdict
from storage.models import Approval, Certainty, Effect, EffectState, Ticket
from storage.unit_of_work import UnitOfWork

# Stripe keeps idempotency keys for at least 24 hours; an older try is looked up first.
KEYS_LAST = timedelta(hours=24)
GIVE_UP = timedelta(minutes=30)
# Longer than any call is under way: what it made stands in the other side's record by then.
LANDED = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0

UNKNOWN = "unknown"
_UNDER_WAY = (EffectState.READY, EffectState.CALLING, EffectState.PENDING)
_OVER = (EffectState.DONE, EffectState.REFUSED, EffectState.PENDING)
# Why consent was lost after a call: then its effect is only looked for.
LOST = frozenset({consent.LEFT, *WITHDRAWN})


@dataclass(frozen=True)
class MadeNothing:
    """The provider's own record shows that this key made nothing and never will."""


@dataclass(frozen=True)
class NotSentAgain:
    """Nothing is to be found of an earlier call, and there is no consent to another one."""

    why: str


def plan(
    event: events.EffectReady | events.DeskEffectReady,
    uow: UnitOfWork,
    clock: Clock,
    settings: Settings,
    directory: Directory,
    publisher: Publisher,
    standings: Standings | None,
    proving: Proving,
) -> Call | Again | Park | None:
    now = clock.now()
    effect = uow.effects.get(event.effect)
    ticket = uow.tickets.get(effect.ticket_id)
    if effect.kind == "status":
        turn = statuses.next_status(effect, ticket, uow, now, publisher)
        if not isinstance(turn, Effect):
            return turn
        effect = turn
    if effect.state in _OVER:
        return None
    approval = None if effect.approval_id is None else uow.approvals.get(effect.approval_id)
    is_out = effect.certainty is not Certainty.NEVER_SENT
    agreed = _agreed(effect, approval, ticket, is_out, uow, directory, proving)
    held = why_held(effect, approval, ticket, uow, settings)
    if held is None and is_unvouched(agreed, standings):
        held = UNVOUCHED
    if held is not None:
        return hold(effect, held, uow, now, directory, publisher)
    call = _call(effect, approval, agreed, ticket, uow, now)
    if isinstance(call, Call):
        _begin(effect, now)
        return call
    if not is_out:
        ending.refuse(effect, call, uow, now, publisher)
        return None
    # What an earlier call did cannot be looked up like this, and may well have happened.
    return _leave(effect, call, uow, now, publisher)


def _agreed(
    effect: Effect,
    approval: Approval | None,
    ticket: Ticket,
    is_out: bool,
    uow: UnitOfWork,
    directory: Directory,
    proving: Proving,
) -> consent.Consent | str:
    """The consent it rests on, or in a word why there is none any more."""
    customer = meant_for(effect, approval, uow)
    if customer is not None and (moot := why_moot(ticket, customer)):
        return consent.withdrawn(moot) if is_out else moot
    return consent.read_again(effect, approval, is_out, uow, directory, proving)


def _begin(effect: Effect, now: datetime) -> None:
    """From the commit of this on nobody knows, until the answer is committed too."""
    if effect.called_at is None or effect.state is EffectState.STUCK:
        # Whoever had it replayed gives it another half hour.
        effect.called_at = now
    effect.state, effect.done_at, effect.sent_at = EffectState.CALLING, None, now
    if effect.trouble not in LOST:
        effect.trouble = None
    if effect.certainty is Certainty.NEVER_SENT:
        effect.certainty = Certainty.MAYBE


def _call(
    effect: Effect,
    approval: Approval | None,
    agreed: consent.Consent | str,
    ticket: Ticket,
    uow: UnitOfWork,
    now: datetime,
) -> Call | str:
    """The next attempt, or in a word why there can be none."""
    if isinstance(agreed, str):
        return agreed
    customer = uow.customers.get(approval.customer_id if approval else ticket.customer_id)
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    if effect.message_id and message is None:
        return "text_erased"
    looks_first = (
        effect.certainty is not Certainty.NEVER_SENT or now - effect.created_at > KEYS_LAST
    )
    return Call(
        effect=effect.id,
        kind=effect.kind,
        key=f"{effect.key}:{effect.n}",
        payload=effect.payload,
        source=ticket.source,
        ticket_ref=ticket.ref,
        payment_ref=customer.payment_ref,
        text=message.body if message and not approval else str(effect.payload.get("text", "")),
        certainty=effect.certainty,
        looks_first=looks_first,
        since=effect.created_at,
        sent_at=effect.sent_at,
        quiet=now - (effect.sent_at or now),
        others=uow.effects.receipts_beside(effect) if looks_first else (),
        consent=agreed,
        ground=ground_of(approval, uow),
        before=before_of(approval),
    )


def act(
    call: Call,
    payments: Payments | None,
    help_desk: HelpDesk | None,
    account_actions: AccountActions | None,
    standings: Standings | None,
) -> Receipt | MadeNothing | NotSentAgain:
    systems = Systems(payments, help_desk, account_actions)
    if call.looks_first:
        found = look(call, systems)
        if found is not None:
            return found
        if call.certainty is Certainty.SETTLED_NOTHING:
            return MadeNothing()
    try:
        consent.check_standings(call.consent, standings)
    except Refused as lost:
        if not call.is_out:
            raise
        return NotSentAgain(lost.code)
    try:
        return carry_out(call, systems)
    except Refused:
        # The earlier call may have landed since the look, and be the very reason of this no.
        found = look(call, systems) if call.is_out else None
        if found is None:
            raise
        return found


def settle(
    event: events.EffectReady | events.DeskEffectReady,
    call: Call,
    outcome: Receipt | MadeNothing | NotSentAgain | OutsideError,
    uow: UnitOfWork,
    clock: Clock,
    publisher: Publisher,
) -> Verdict:
    effect, now = uow.effects.get(call.effect), clock.now()
    match outcome:
        case Receipt():
            _take(effect, outcome, uow, now, publisher)
            return None
        case MadeNothing():
            effect.n, effect.state = effect.n + 1, EffectState.READY
            effect.certainty = Certainty.NEVER_SENT
            return Again(0.0, "the provider made nothing of this key", held=True)
        case NotSentAgain():
            return _look_on(effect, outcome.why, uow, now, publisher)
        case Refused():
            ending.refuse(effect, outcome.code, uow, now, publisher)
            return None
    return _unanswered(effect, call, outcome, uow, now, publisher)


def _unanswered(
    effect: Effect,
    call: Call,
    outcome: OutsideError,
    uow: UnitOfWork,
    now: datetime,
    publisher: Publisher,
) -> Again | Park:
    """Neither a yes nor a no: it is tried for half an hour, and then a person has it."""
    if isinstance(outcome, TryLater):
        effect.certainty, effect.sent_at = call.certainty, call.sent_at
    elif isinstance(outcome, OutcomeUnknown):
        is_settled = outcome.is_settled
        effect.certainty = Certainty.SETTLED_NOTHING if is_settled else Certainty.MAYBE
    was_sent = effect.certainty is not Certainty.NEVER_SENT
    effect.state = EffectState.CALLING if was_sent else EffectState.READY
    if effect.trouble not in LOST or isinstance(outcome, OutcomeUnknown):
        effect.trouble = UNKNOWN if was_sent else UNREACHED
    if was_sent and not call.is_out and effect.approval_id is not None:
        publisher.redraw(uow, f"approval-{effect.approval_id}")
    tried = now - (effect.called_at or now)
    is_answered = isinstance(outcome, OutcomeUnknown) and outcome.is_answered
    if tried > GIVE_UP or (is_answered and call.is_words):
        return _leave(effect, effect.trouble or UNKNOWN, uow, now, publisher)
    wait = outcome.retry_after if isinstance(outcome, TryLater) else None
    return Again(_usual_wait(tried) if wait is None else wait, str(outcome), held=True)


def _look_on(
    effect: Effect, why: str, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> Again | Park | None:
    """A call that is still under way may land after a look that found nothing. Once it must have,
    a record that is kept by our key has the last word; without one a person has."""
    if effect.trouble != why or effect.called_at is None:
        # From here on nobody has called, whenever the last one did.
        effect.trouble, effect.called_at = why, now
        if effect.approval_id is not None:
            publisher.redraw(uow, f"approval-{effect.approval_id}")
    looked = now - effect.called_at
    if looked <= LANDED:
        reason = f"not to be sent again ({why}), and an earlier call may still land"
        return Again(_usual_wait(looked), reason, held=True)
    if effect.kind not in FOUND_BY_KEY:
        return _leave(effect, why, uow, now, publisher)
    ending.refuse(effect, why, uow, now, publisher)
    return None


def _usual_wait(tried: timedelta) -> float:
    """As long as all waits so far, and nobody counts them: what ends it is time."""
    return min(LONGEST_WAIT, max(FIRST_WAIT, tried.total_seconds()))


def stick_parked(
    event: events.DeliveryParked, uow: UnitOfWork, clock: Clock, publisher: Publisher
) -> None:
    """What nobody carries any more is nobody's to be carried out: a person has to look."""
    delivery = uow.deliveries.get(event.delivery)
    if delivery is None or delivery.event not in _CARRIED:
        return
    effect = uow.effects.get(delivery.payload["effect"])
    if effect.state in _UNDER_WAY:
        why = UNREACHED if effect.certainty is Certainty.NEVER_SENT else UNKNOWN
        ending.leave_to_person(effect, why, uow, clock.now(), publisher)


_CARRIED = frozenset({"EffectReady", "DeskEffectReady", "EffectPending"})


def _take(
    effect: Effect, receipt: Receipt, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> None:
    """The other side has it: finished, failed, or still to be finished there."""
    match receipt.outcome:
        case "done":
            ending.finish(effect, receipt.id, uow, now, publisher)
        case "failed":
            ending.refuse(effect, f"{effect.kind}_failed", uow, now, publisher)
        case "pending":
            effect.state, effect.receipt = EffectState.PENDING, receipt.id
            ending.record(uow, effect, "effect pending", now)
            uow.emit(events.EffectPending(effect.id), due=now + FIRST_LOOK)
            if effect.approval_id is not None:
                publisher.redraw(uow, f"approval-{effect.approval_id}")


def _leave(effect: Effect, why: str, uow: UnitOfWork, now: datetime, publisher: Publisher) -> Park:
    ending.leave_to_person(effect, why, uow, now, publisher)
    was_sent = effect.certainty is not Certainty.NEVER_SENT
    return Park("nobody can tell whether it happened" if was_sent else "it was not reached")
