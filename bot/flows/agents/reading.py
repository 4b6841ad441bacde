"""How the act of another agent stands, for that agent alone."""

from bot import agent_commands as commands
from bot.cards import Answer, Told
from bot.errors import NotAllowed
from storage.models import Approval, ApprovalState, Decision, Effect, EffectState
from storage.unit_of_work import UnitOfWork

RECEIVED, OBSERVED, FORBIDDEN, REPEATED, REFUSED = (
    "received",
    "observed",
    "forbidden",
    "repeated",
    "refused",
)
_EFFECTS = {
    EffectState.READY: "approved",
    EffectState.CALLING: "running",
    EffectState.PENDING: "running",
    EffectState.DONE: "done",
    EffectState.REFUSED: "refused",
    EffectState.STUCK: "unknown",
}
_PREFIX = "agent:"


def author(name: str) -> str:
    """Who decided, as decisions and the audit name another agent."""
    return f"{_PREFIX}{name}"


def is_others(decision: Decision) -> bool:
    return decision.agent.startswith(_PREFIX)


def show(command: commands.ShowAct, uow: UnitOfWork) -> Answer:
    """Raises Missing or NotAllowed; whoever asks cannot tell one from the other."""
    decision = uow.escalations.decision(command.act)
    if decision.agent != author(command.agent) or decision.decision != "act":
        raise NotAllowed("This act is not yours.")
    return Told(standing(decision, uow))


def standing(decision: Decision, uow: UnitOfWork) -> dict[str, object]:
    """`state` and what belongs to it, as plain JSON; nobody's name, and no customer's word."""
    found = [one for one in uow.approvals.of_ticket(decision.ticket_id)]
    mine = [one for one in found if one.decision_id == decision.id]
    told: dict[str, object] = {"id": decision.id}
    if not mine:
        state, _, why = (decision.note or RECEIVED).partition(": ")
        if decision.mode == "observe":
            state = OBSERVED
        return told | {"state": state} | ({"reason": why} if why else {})
    [approval] = mine
    effect = uow.effects.of_approval(approval.id)
    told |= {"state": _state(approval, effect), "version": approval.version, "gate": approval.gate}
    if approval.is_undecided:
        told["expires_at"] = approval.expires_at.isoformat()
    if approval.is_returned:
        told["question"] = uow.approvals.versions(approval.id)[-1].question
    if reason := approval.reason or (effect.trouble if effect else None):
        told["reason"] = reason
    if effect is not None and effect.receipt:
        told["receipt"] = effect.receipt
    return told


def _state(approval: Approval, effect: Effect | None) -> str:
    if effect is not None:
        return _EFFECTS[effect.state]
    if approval.is_returned:
        return "changes_wanted"
    if approval.state is ApprovalState.PENDING:
        return "approved" if approval.is_granted else "waiting"
    return approval.state.value
