"""How an effect comes to its end, and who hears of it; all inside the caller's transaction."""

from datetime import datetime

from bot import acts, agent_events, events
from bot.agent_commands import is_anothers
from bot.outgoing import status_key
from bot.publisher import Publisher
from storage.models import Approval, Effect, EffectState
from storage.unit_of_work import UnitOfWork

BY_HAND = "closed_by_hand"


def finish(
    effect: Effect, receipt: str, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> None:
    effect.state, effect.trouble, effect.done_at = EffectState.DONE, None, now
    effect.receipt = receipt
    told = {"kind": effect.kind, "key": f"{effect.key}:{effect.n}", "receipt": receipt}
    ident = effect.approval_id
    approval = None if ident is None else uow.approvals.get(ident)
    if approval is not None:
        ran = acts.digest_of(effect.kind, effect.payload)
        told["digest"] = uow.keyed_hash(approval.customer_id, ran) if ran else ""
    uow.record(now, "effect done", effect.authority, f"effect:{effect.id}", told)
    if approval is not None:
        uow.emit(events.ActDone(effect.id), urgent=0)
        _tell_agent(approval, "done", uow)
    if effect.message_id is not None:
        uow.emit(events.MessageSent(effect.id), urgent=0)
    _came_to_rest(effect, uow, publisher)


def refuse(effect: Effect, code: str, uow: UnitOfWork, now: datetime, publisher: Publisher) -> None:
    """It has not happened, and it will not."""
    give_way(effect, code, uow, now)
    uow.emit(events.EffectRefused(effect.id), urgent=0)
    _came_to_rest(effect, uow, publisher)


def give_way(effect: Effect, code: str, uow: UnitOfWork, now: datetime) -> None:
    """The same, where nobody misses it."""
    effect.state, effect.trouble, effect.done_at = EffectState.REFUSED, code, now
    record(uow, effect, "effect refused", now)


def leave_to_person(
    effect: Effect, why: str, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> None:
    """Whoever has its delivery replayed has it looked up first."""
    effect.state, effect.trouble, effect.done_at = EffectState.STUCK, why, now
    record(uow, effect, "effect stuck", now)
    uow.emit(events.EffectStuck(effect.id), urgent=0)
    _came_to_rest(effect, uow, publisher)


def close_stuck(
    effect: Effect, happened: bool, by: str, uow: UnitOfWork, now: datetime, publisher: Publisher
) -> None:
    """A person has looked on the other side. The customer is told nothing: whoever has the ticket
    speaks with them."""
    effect.state = EffectState.DONE if happened else EffectState.REFUSED
    effect.trouble, effect.done_at = BY_HAND, now
    found = {"happened": happened, "key": f"{effect.key}:{effect.n}"}
    uow.record(now, "effect closed", by, f"effect:{effect.id}", found)
    if happened and effect.message_id is not None:
        uow.emit(events.MessageSent(effect.id))
    if effect.approval_id is not None:
        publisher.redraw(uow, f"approval-{effect.approval_id}")
        told = "done" if happened else "refused"
        _tell_agent(uow.approvals.get(effect.approval_id), told, uow)


def _tell_agent(approval: Approval, state: str, uow: UnitOfWork) -> None:
    """Where it was another agent that asked for it."""
    if approval.decision_id is not None and is_anothers(approval.requester):
        told = agent_events.AgentTold(approval.decision_id, state)
        uow.emit(told, key=told.key)


def record(uow: UnitOfWork, effect: Effect, kind: str, now: datetime) -> None:
    data = {"because": effect.trouble, "key": f"{effect.key}:{effect.n}"}
    uow.record(now, kind, effect.authority, f"effect:{effect.id}", data)


def _came_to_rest(effect: Effect, uow: UnitOfWork, publisher: Publisher) -> None:
    if effect.approval_id is not None:
        publisher.redraw(uow, f"approval-{effect.approval_id}")
    if effect.kind == "reply":
        waiting = [one.id for one in uow.effects.status_way(effect.ticket_id) if one.is_status]
        for status in waiting[-1:]:
            uow.emit(events.DeskEffectReady(status), key=status_key(effect.ticket_id))
