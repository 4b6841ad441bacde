"""Carry out what was consented to, once: intent, call, result, each committed on its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import events
from bot.config.directory import Directory
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.flows.approval import consent
from bot.flows.approval.calling import Call, Systems, carry_out, look
from bot.outgoing import INTERNAL, UNREACHED
from bot.ports import AccountActions, Clock, HelpDesk, Payments, Receipt, Standings
from bot.steps import Again, Park, Verdict
from storage.models import Effect, EffectState, Ticket
from storage.unit_of_work import UnitOfWork

SWITCH = "effects"
HOLD = 1.0
# Stripe keeps idempotency keys for at least 24 hours; an older try is looked up first.
KEYS_LAST = timedelta(hours=24)
GIVE_UP = timedelta(minutes=30)
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0

SETTLED, UNKNOWN, OVERTAKEN = "settled", "unknown", "overtaken"
_OVER = (EffectState.DONE, EffectState.REFUSED)


@dataclass(frozen=True)
class MadeNothing:
    """The provider's own record shows that this key made nothing and never will."""


def plan(
    event: events.EffectReady, uow: UnitOfWork, clock: Clock, directory: Directory
) -> Call | Again | None:
    now = clock.now()
    effect = uow.effects.get(event.effect)
    ticket = uow.tickets.get(effect.ticket_id)
    if effect.kind == "status":
        effect = _newest_status(ticket, uow, now)
    if effect.state in _OVER:
        return None
    if effect.kind not in INTERNAL and uow.switches.get(SWITCH):
        return Again(HOLD, "effects are stopped", held=True)
    is_out = effect.state is not EffectState.READY and effect.trouble != UNREACHED
    agreed = consent.read_again(effect, is_out, uow, directory)
    if isinstance(agreed, str):
        _refuse(uow, effect, agreed, now)
        return None
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    if effect.message_id and message is None:
        _refuse(uow, effect, "text_erased", now)
        return None
    if effect.called_at is None or effect.state is EffectState.STUCK:
        # Whoever had it replayed gives it another half hour.
        effect.called_at = now
    is_settled = effect.trouble == SETTLED
    effect.state, effect.trouble = EffectState.CALLING, None
    customer = uow.customers.get(ticket.customer_id)
    return Call(
        effect=effect.id,
        kind=effect.kind,
        key=f"{effect.key}:{effect.n}",
        payload=effect.payload,
        source=ticket.source,
        ticket_ref=ticket.ref,
        payment_ref=customer.payment_ref,
        text=message.body if message else str(effect.payload.get("text", "")),
        looks_first=is_out or now - effect.created_at > KEYS_LAST,
        is_settled=is_settled,
        since=effect.created_at,
        consent=agreed,
    )


def act(
    call: Call,
    payments: Payments | None,
    help_desk: HelpDesk | None,
    account_actions: AccountActions | None,
    standings: Standings | None,
) -> Receipt | MadeNothing:
    systems = Systems(payments, help_desk, account_actions)
    if call.looks_first:
        found = look(call, systems)
        if found is not None:
            return found
        if call.is_settled:
            return MadeNothing()
    consent.check_standings(call.consent, standings)
    return carry_out(call, systems)


def settle(
    event: events.EffectReady,
    call: Call,
    outcome: Receipt | MadeNothing | OutsideError,
    uow: UnitOfWork,
    clock: Clock,
) -> Verdict:
    effect = uow.effects.get(call.effect)
    now = clock.now()
    wait: float | None = None
    match outcome:
        case Receipt():
            effect.state, effect.receipt, effect.done_at = EffectState.DONE, outcome.id, now
            uow.record(
                now,
                "effect done",
                effect.authority,
                f"effect:{effect.id}",
                {"kind": effect.kind, "key": call.key, "receipt": outcome.id},
            )
            uow.emit(events.EffectDone(effect.id), urgent=0)
            return None
        case MadeNothing():
            effect.n, effect.state = effect.n + 1, EffectState.READY
            return Again(0.0, "the provider made nothing of this key", held=True)
        case Refused():
            _refuse(uow, effect, outcome.code, now)
            return None
        case TryLater():
            wait = outcome.retry_after
            if not call.looks_first:
                effect.state, effect.trouble = EffectState.READY, UNREACHED
            else:
                effect.trouble = SETTLED if call.is_settled else UNKNOWN
        case OutcomeUnknown():
            effect.trouble = SETTLED if outcome.is_settled else UNKNOWN
    tried = now - (effect.called_at or now)
    if tried > GIVE_UP:
        return _give_up(uow, effect, call.key, now)
    # Each wait is as long as all of them so far, and nobody counts them: what ends it is time.
    usual = min(LONGEST_WAIT, max(FIRST_WAIT, tried.total_seconds()))
    return Again(usual if wait is None else wait, str(outcome), held=True)


def _newest_status(ticket: Ticket, uow: UnitOfWork, now: datetime) -> Effect:
    """A ticket has one status: what was wanted before the newest is not wanted any more, and
    neither is the newest once something else has become of the ticket."""
    *older, newest = [e for e in uow.effects.of_ticket(ticket.id) if e.kind == "status"]
    if newest.payload["status"] != ticket.status.value:
        older.append(newest)
    for effect in older:
        if effect.state not in _OVER:
            effect.state, effect.trouble, effect.done_at = EffectState.REFUSED, OVERTAKEN, now
            _record(uow, effect, "effect refused", now)
    return newest


def _refuse(uow: UnitOfWork, effect: Effect, code: str, now: datetime) -> None:
    effect.state, effect.trouble, effect.done_at = EffectState.REFUSED, code, now
    _record(uow, effect, "effect refused", now)
    uow.emit(events.EffectRefused(effect.id), urgent=0)


def _give_up(uow: UnitOfWork, effect: Effect, key: str, now: datetime) -> Park:
    """A person decides; who has the delivery replayed has it looked up first."""
    effect.state = EffectState.STUCK
    _record(uow, effect, "effect stuck", now, key=key)
    uow.emit(events.EffectStuck(effect.id), urgent=0)
    if effect.trouble == UNREACHED:
        return Park("the other side was not reached")
    return Park("nobody can tell whether it happened")


def _record(uow: UnitOfWork, effect: Effect, kind: str, now: datetime, **more: str) -> None:
    data = {"because": effect.trouble, **more}
    uow.record(now, kind, effect.authority, f"effect:{effect.id}", data)
