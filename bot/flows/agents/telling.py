"""What became of another agent's act is sent to it, signed, until it says that it has it."""

from dataclasses import dataclass
from typing import Any

from bot import agent_events, approval_events, events
from bot.agent_commands import is_anothers
from bot.errors import OutsideError
from bot.flows.agents.reading import FORBIDDEN, REPEATED, standing
from bot.ports import AgentHooks
from bot.steps import Verdict, later
from storage.models import Decision
from storage.unit_of_work import UnitOfWork

Outcome = (
    events.ActForbidden
    | events.ActRepeated
    | events.ActRejected
    | events.ApprovalExpired
    | approval_events.ActLapsed
    | events.EffectRefused
    | events.EffectStuck
)


def note(event: Outcome, uow: UnitOfWork) -> None:
    """For acts of our own agent there is nobody to tell."""
    decision = _decision_of(event, uow)
    if decision is None or not is_anothers(decision.agent):
        return
    match event:
        case events.ActForbidden():
            end(decision, FORBIDDEN, event.gate, uow)
        case events.ActRepeated():
            end(decision, REPEATED, "the same is asked for, or was approved", uow)
        case _:
            _tell(decision, uow)


def end(decision: Decision, state: str, why: str, uow: UnitOfWork) -> None:
    """Nobody is asked about it at all."""
    decision.note = f"{state}: {why}"
    uow.session.flush()
    _tell(decision, uow)


def _tell(decision: Decision, uow: UnitOfWork) -> None:
    state = str(standing(decision, uow)["state"])
    told = agent_events.AgentTold(decision.id, state)
    uow.emit(told, key=told.key)


def _decision_of(event: Outcome, uow: UnitOfWork) -> Decision | None:
    if isinstance(event, events.ActForbidden | events.ActRepeated):
        return uow.escalations.decision(event.decision)
    ident: int | None
    if isinstance(event, events.EffectRefused | events.EffectStuck):
        ident = uow.effects.get(event.effect).approval_id
    else:
        ident = event.approval
    approval = uow.approvals.get(ident) if ident is not None else None
    if approval is None or approval.decision_id is None:
        return None
    return uow.escalations.decision(approval.decision_id)


@dataclass(frozen=True)
class Letter:
    """`id` is the same each time that it is sent."""

    agent: str
    id: str
    facts: dict[str, Any]


def plan(event: agent_events.AgentTold, uow: UnitOfWork) -> Letter:
    decision = uow.escalations.decision(event.decision)
    facts: dict[str, Any] = {"type": "act.changed", "data": standing(decision, uow)}
    name, state = decision.agent.partition(":")[2], facts["data"]["state"]
    return Letter(name, f"act-{decision.id}-{state}", facts)


def act(letter: Letter, agent_hooks: AgentHooks | None) -> None:
    if agent_hooks is not None:
        agent_hooks.tell(letter.agent, letter.id, letter.facts)


def settle(
    event: agent_events.AgentTold, letter: Letter, outcome: OutsideError | None, uow: UnitOfWork
) -> Verdict:
    if isinstance(outcome, OutsideError):
        return later(f"{letter.agent} does not answer", getattr(outcome, "retry_after", None))
    return None
