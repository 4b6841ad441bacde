"""How an act stands, in the words that its card shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Block, Moment, Quote, Span, Strong, Text
from bot.config.directory import Directory
from bot.flows.approval.holding import STOPPED, SWITCH, WORDS
from bot.flows.approval.withdrawing import WITHDRAWN
from storage.models import Approval, ApprovalState, Certainty, Effect, EffectState
from storage.unit_of_work import UnitOfWork

_TROUBLES = {
    "more_than_refundable": "the charge has less left than this amount",
    "charge_already_refunded": "the charge has been refunded already",
    "charge_changed": "what its charge can give back has changed since it was proposed",
    "account_changed": "what stands in the account has changed since it was proposed",
    "charge_of_another_customer": "the charge belongs to another customer",
    "currency_differs": "the charge is in another currency",
    "currency_unknown": "nobody knows what the charge's currency is worth",
    "amount_not_payable": "the provider cannot pay a part of its smallest unit",
    "approver_left": "whoever approved may no longer do so",
    "payload_changed": "what would run is not what was approved",
    "not_connected": "this system is not connected",
    "closed_by_hand": "a person has looked, and it did not happen",
    "refund_failed": "the provider could not bring the money to the customer",
}
_ENDED = (EffectState.DONE, EffectState.REFUSED, EffectState.STUCK)


@dataclass(frozen=True)
class Standing:
    """An approval with its effect and the ids of those who have approved it so far. What
    `is_shown_again` is drawn as if its ticket had gone no further since."""

    approval: Approval
    effect: Effect | None
    voted: Sequence[str]
    is_shown_again: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may still come about."""
        if self.approval.state is ApprovalState.PENDING:
            return True
        ended = self.effect is not None and self.effect.state in _ENDED
        return self.approval.state is ApprovalState.APPROVED and not ended

    def headline(self) -> str:
        approval, effect = self.approval, self.effect
        if approval.state is not ApprovalState.APPROVED or effect is None:
            if approval.is_granted:
                return "approved, about to run"
            if approval.is_returned:
                return "changes are asked for"
            is_pending = approval.state is ApprovalState.PENDING
            return "waits for a decision" if is_pending else approval.state.value
        if effect.state is EffectState.STUCK and effect.certainty is Certainty.NEVER_SENT:
            return "approved, not carried out"
        return {
            EffectState.PENDING: "approved, on its way",
            EffectState.DONE: "done",
            EffectState.REFUSED: "approved, but refused",
            EffectState.STUCK: "approved, outcome unknown",
        }.get(effect.state, "approved")

    def blocks(self, uow: UnitOfWork, directory: Directory) -> list[Block]:
        by = ", ".join(_name(person, directory) for person in self.voted)
        match self.approval.state:
            case ApprovalState.PENDING if self.approval.is_granted:
                return [
                    Text((Strong(f"Approved by {by}"), *when(self.approval))),
                    Text((f"{_moment(self.approval)} Whoever approved it can take that back.",)),
                ]
            case ApprovalState.PENDING:
                return self._waiting(by)
            case ApprovalState.REJECTED:
                who = _name(self.approval.decided_by or "", directory)
                return [
                    Text((Strong(f"Rejected by {who}"), *when(self.approval))),
                    Quote(self.approval.reason or "", by=who),
                ]
            case ApprovalState.EXPIRED:
                return [
                    Text((Strong("Expired"), *when(self.approval))),
                    Text(("Nobody decided in time. A specialist has the ticket now.",)),
                ]
            case ApprovalState.WITHDRAWN:
                why = WITHDRAWN[self.approval.reason or ""]
                return [
                    Text((Strong("Withdrawn"), *when(self.approval))),
                    Text((f"Nothing is done: {why}.",)),
                ]
        approved = Strong(f"Approved by {by or 'the policy'}")
        return [Text((approved, *when(self.approval))), Text(self._progress(uow, directory))]

    def _waiting(self, by: str) -> list[Block]:
        needed, granted = self.approval.needed, self.approval.granted
        lines: list[Block] = [Text(("Expires ", Moment(self.approval.expires_at)))]
        if granted:
            more = "one more person" if needed - granted == 1 else f"{needed - granted} more people"
            said = Strong(f"{granted} of {needed} approvals, by {by}")
            lines.append(Text((said, f" · waits for {more}")))
        steps = self.approval.asks
        if len(steps) > 1:
            now = steps[self.approval.step]
            turn = f"Step {self.approval.step + 1} of {len(steps)}: {' or '.join(now.roles)}"
            lines.append(Text((turn,)))
        return lines

    def _progress(self, uow: UnitOfWork, directory: Directory) -> tuple[Span, ...]:
        effect = self.effect
        if effect is None:
            return ("Waiting to be carried out.",)
        trouble = effect.trouble or ""
        match effect.state:
            case EffectState.DONE:
                return (_done(effect),)
            case EffectState.REFUSED:
                return (f"Not done: {why_refused(effect)}",)
            case EffectState.STUCK if effect.certainty is Certainty.NEVER_SENT:
                return ("Not done: the other side was not reached. A person has to look.",)
            case EffectState.STUCK:
                return ("Nobody can tell yet whether it happened. A person has to look.",)
            case EffectState.PENDING:
                on = "On its way: the other side has not finished it yet."
                return (f"{on} Receipt {effect.receipt}.",)
            case EffectState.CALLING if trouble and trouble not in WORDS:
                checked = "Its record is being checked before anything is tried again."
                return (f"No clear answer yet. {checked}",)
        return _held(trouble, uow, directory) if trouble in WORDS else ("Being carried out.",)


def _moment(approval: Approval) -> str:
    if approval.runs_at is None or approval.decided_at is None:
        return "It runs at once."
    seconds = (approval.runs_at - approval.decided_at).total_seconds()
    return f"It runs {seconds:.0f} seconds after that."


def _done(effect: Effect) -> str:
    if effect.receipt is None:
        return "Done: a person has looked, and it happened."
    return f"Done. Receipt {effect.receipt}."


def why_refused(effect: Effect) -> str:
    """The reason, and who has the ticket now where somebody has."""
    trouble = effect.trouble or ""
    if trouble in WITHDRAWN:
        return f"{WITHDRAWN[trouble]}."
    why = _TROUBLES.get(trouble, trouble or "it was refused")
    return f"{why}. A specialist has the ticket now."


def when(approval: Approval) -> tuple[Span, ...]:
    return (" · ", Moment(approval.decided_at)) if approval.decided_at else ()


def _held(trouble: str, uow: UnitOfWork, directory: Directory) -> tuple[Span, ...]:
    switch = uow.switches.get(SWITCH) if trouble == STOPPED else None
    if switch is None:
        return (f"Held: {WORDS[trouble]}.",)
    by = _name(switch.stopped_by, directory)
    return (f"Held: {WORDS[trouble]} since ", Moment(switch.stopped_at), f", by {by}.")


def _name(person_id: str, directory: Directory) -> str:
    person = directory.get(person_id)
    return person.name if person else person_id or "Somebody"
