"""Carry out what was consented to, once: intent, call, result, each committed on its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import acts, events
from bot.config.directory import Directory
from bot.errors import OutsideError, Refused, TryLater
from bot.flows.approval.calling import Call, Systems, carry_out, look
from bot.ports import AccountActions, Clock, HelpDesk, Payments, Receipt
from bot.steps import Again, Park, Verdict
from storage.models import Approval, ApprovalState, Effect, EffectState
from storage.unit_of_work import UnitOfWork

SWITCH = "effects"
HOLD = 1.0
# Stripe keeps idempotency keys for at least 24 hours; an older try is looked up first.
KEYS_LAST = timedelta(hours=24)
GIVE_UP = timedelta(minutes=30)

# Words for a customer leave only after somebody consented; notes and states stay inside.
INTERNAL = frozenset({"note", "status"})


@dataclass(frozen=True)
class MadeNothing:
    """The provider's own record shows that this key made nothing and never will."""


def plan(
    event: events.EffectReady, uow: UnitOfWork, clock: Clock, directory: Directory
) -> Call | Again | None:
    effect = uow.effects.get(event.effect)
    if effect.state not in (EffectState.READY, EffectState.CALLING):
        return None
    if effect.kind not in INTERNAL and uow.switches.get(SWITCH):
        return Again(HOLD, "effects are stopped", held=True)
    now = clock.now()
    if trouble := _consent_trouble(effect, uow, directory):
        _refuse(uow, effect, trouble, now)
        return None
    ticket = uow.tickets.get(effect.ticket_id)
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    if effect.message_id and message is None:
        _refuse(uow, effect, "text_erased", now)
        return None
    looks_first = effect.state is EffectState.CALLING
    since = effect.called_at or now
    is_settled = effect.trouble == "settled"
    effect.state, effect.called_at, effect.trouble = EffectState.CALLING, since, None
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
        looks_first=looks_first,
        is_settled=is_settled,
        since=since,
    )


def act(
    call: Call,
    payments: Payments | None,
    help_desk: HelpDesk | None,
    account_actions: AccountActions | None,
) -> Receipt | MadeNothing:
    systems = Systems(payments, help_desk, account_actions)
    if call.looks_first:
        found = look(call, systems)
        if found is not None:
            return found
        if call.is_settled:
            return MadeNothing()
    return carry_out(call, systems)


def settle(
    event: events.EffectReady,
    call: Call,
    outcome: Receipt | MadeNothing | OutsideError,
    uow: UnitOfWork,
    clock: Clock,
) -> Verdict:
    effect = uow.effects.get(event.effect)
    now = clock.now()
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
            effect.n, effect.state, effect.called_at = effect.n + 1, EffectState.READY, None
            return Again(0.0, "the provider made nothing of this key", held=True)
        case Refused():
            _refuse(uow, effect, outcome.code, now)
            return None
        case TryLater():
            if not call.looks_first:
                effect.state, effect.called_at = EffectState.READY, None
            return Again(outcome.retry_after, str(outcome), held=outcome.retry_after is not None)
    effect.trouble = "settled" if getattr(outcome, "is_settled", False) else "unknown"
    if now - call.since > GIVE_UP:
        effect.state = EffectState.STUCK
        uow.record(now, "effect stuck", effect.authority, f"effect:{effect.id}", {"key": call.key})
        uow.emit(events.EffectStuck(effect.id))
        return Park("nobody can tell whether it happened")
    return Again(reason=str(outcome))


def _refuse(uow: UnitOfWork, effect: Effect, code: str, now: datetime) -> None:
    effect.state, effect.trouble, effect.done_at = EffectState.REFUSED, code, now
    uow.record(now, "effect refused", effect.authority, f"effect:{effect.id}", {"because": code})
    uow.emit(events.EffectRefused(effect.id), urgent=0)


def _consent_trouble(effect: Effect, uow: UnitOfWork, directory: Directory) -> str | None:
    """Consent is read again when the effect runs: to exactly this, by people still entitled."""
    if effect.approval_id is None:
        return None
    approval = uow.approvals.get(effect.approval_id)
    if approval.state is not ApprovalState.APPROVED:
        return "not_approved"
    runs = acts.digest(acts.canonical(acts.parse(effect.kind, effect.payload)))
    if runs != approval.digest:
        return "payload_changed"
    if effect.state is EffectState.CALLING:
        # A call is out already: what it did must be found out, whoever has left since.
        return None
    return _decider_trouble(approval, uow, directory)


def _decider_trouble(approval: Approval, uow: UnitOfWork, directory: Directory) -> str | None:
    if approval.needed == 0:
        return None
    votes = [vote for vote in uow.approvals.votes(approval.id) if vote.digest == approval.digest]
    entitled = {
        vote.person
        for vote in votes
        if (person := directory.get(vote.person)) and person.roles & set(approval.roles)
    }
    return None if len(entitled) >= approval.needed else "approver_left"
