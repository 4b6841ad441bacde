"""How the act of another agent stands, for that agent alone."""

from collections.abc import Sequence

from bot import acts
from bot import agent_commands as commands
from bot.agent_commands import author
from bot.cards import Answer, Told
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


def show(command: commands.ShowAct, uow: UnitOfWork) -> Answer:
    """Empty for what is not there, and for what another agent asked for alike."""
    decision = uow.session.get(Decision, command.act)
    if decision is None:
        return Told({})
    if decision.agent != author(command.agent) or decision.decision != "act":
        return Told({})
    return Told(standing(decision, uow))


def standing(decision: Decision, uow: UnitOfWork) -> dict[str, object]:
    """`state` and what belongs to it, as plain JSON; nobody's name, and no customer's word."""
    found = uow.approvals.of_ticket(decision.ticket_id)
    mine = [one for one in found if one.decision_id == decision.id]
    told: dict[str, object] = {"id": decision.id}
    if not mine:
        state, why = _unasked(decision, found, uow)
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


def _unasked(decision: Decision, found: Sequence[Approval], uow: UnitOfWork) -> tuple[str, str]:
    """Why nobody is asked about it, or is not yet."""
    if decision.mode == "observe":
        return OBSERVED, ""
    if decision.note:
        state, _, why = decision.note.partition(": ")
        return state, why
    if _is_asked_already(decision, found):
        return REPEATED, "the same waits, or was approved"
    if uow.tickets.get(decision.ticket_id).status.is_over:
        return "withdrawn", "the ticket is closed"
    return RECEIVED, ""


def _is_asked_already(decision: Decision, found: Sequence[Approval]) -> bool:
    [wished] = decision.acts
    about = acts.parse(wished["kind"], wished["args"]).about
    return any(one.about == about for one in found)


def _state(approval: Approval, effect: Effect | None) -> str:
    if effect is not None:
        return _EFFECTS[effect.state]
    if approval.is_returned:
        return "changes_wanted"
    if approval.state is ApprovalState.PENDING:
        return "approved" if approval.is_granted else "waiting"
    return approval.state.value
