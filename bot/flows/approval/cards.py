"""The approval card in each of its states, drawn from the stored payload and nothing else."""

import json
from collections.abc import Sequence

from bot import acts, entitlement
from bot.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Confirm,
    Divider,
    Facts,
    Moment,
    Quote,
    Span,
    Strong,
    Text,
    Tone,
)
from bot.config.directory import Directory
from bot.dossier import dossier, excerpt, ticket_label
from bot.flows.approval.holding import WORDS
from bot.flows.approval.telling import sentence
from bot.money import Money
from bot.ports import Clock
from bot.waiting import gated
from storage.models import Approval, ApprovalState, Certainty, Effect, EffectState
from storage.unit_of_work import UnitOfWork

# The act comes first on this card, so the customer gets fewer lines than on an escalation's.
QUOTED = 240
SHOWN_BESIDE = 3
_TONES: dict[ApprovalState, Tone] = {
    ApprovalState.PENDING: "warning",
    ApprovalState.APPROVED: "good",
    ApprovalState.REJECTED: "bad",
    ApprovalState.EXPIRED: "bad",
}
_WHAT = {"refund": "Refund", "account_change": "Account change", "reply": "Message to a customer"}
_SAME = {"refund": "of the same charge", "account_change": "of the same kind"}
_TROUBLES = {
    "more_than_refundable": "the charge has less left than this amount",
    "charge_already_refunded": "the charge has been refunded already",
    "charge_of_another_customer": "the charge belongs to another customer",
    "currency_differs": "the charge is in another currency",
    "currency_unknown": "nobody knows what the charge's currency is worth",
    "amount_not_payable": "the provider cannot pay a part of its smallest unit",
    "approver_left": "whoever approved may no longer do so",
    "payload_changed": "what would run is not what was approved",
    "not_connected": "this system is not connected",
    "refund_failed": "the provider could not bring the money to the customer",
}


def draw_approval(
    approval_id: int, uow: UnitOfWork, directory: Directory, clock: Clock
) -> Card | None:
    approval = uow.approvals.get(approval_id)
    if not approval.payload:
        return _erased(approval)
    ticket = uow.tickets.get(approval.ticket_id)
    who = dossier(uow, approval.customer_id, clock.now())
    effect = uow.effects.of_approval(approval.id)
    act = acts.parse(approval.kind, json.loads(approval.payload))
    named = {"Customer": who.line(), "Ticket": ticket_label(ticket)}
    facts = dict(acts.facts(act))
    text = uow.tickets.text(ticket.id)
    reason = facts.pop("Reason", "") or (text.summary if text else "")
    pairs: list[tuple[str, Span]] = [
        (label, named.get(label, value)) for label, value in facts.items()
    ]
    words = uow.tickets.last_words(ticket.id)
    blocks: list[Block] = [Facts(tuple(pairs))]
    if told := sentence(approval, ticket.language):
        blocks.append(Text((f"Once it is done, the customer reads: “{told}”",), "context"))
    if reason:
        blocks.append(Quote(reason, by="Why, in the agent's words"))
    if words is not None:
        blocks.append(Quote(excerpt(words.body, QUOTED), by="The customer's last words"))
    blocks += _earlier(approval, who.facts.refunds_90_days, uow, directory)
    blocks += [Text((f"Policy: {approval.gate} · {_asks(approval)}",), "context"), Divider()]
    blocks += _state(approval, effect, _grants(approval, uow, directory), directory)
    if approval.state is ApprovalState.PENDING:
        able = entitlement.who_may(directory.people, gated(approval))
        names = ", ".join(person.name for person in able[:6]) or "nobody at the moment"
        blocks.append(Text((f"May decide: {names}",), "context"))
        blocks.append(_buttons(approval))
    return Card(
        key=f"approval-{approval.id}",
        title=f"{_title(approval)}: {_headline(approval, effect)}",
        summary=_summary(approval, effect),
        blocks=tuple(blocks),
        tone=_TONES[approval.state],
        partners=tuple(approval.partners),
    )


def _earlier(
    approval: Approval, refunds: int, uow: UnitOfWork, directory: Directory
) -> list[Block]:
    """What whoever decides would otherwise have to ask: whether this was granted before."""
    lines: list[Block] = []
    for ident in approval.beside[-SHOWN_BESIDE:]:
        other = uow.approvals.get(ident)
        person = directory.get(other.decided_by or "")
        by = f"approved by {person.name}" if person else "approved"
        told = Strong(f"Earlier: {_title(other)} for ticket #{other.ticket_id}")
        lines.append(Text((told, f", {_SAME.get(other.kind, '')}, {by}", *_when(other))))
    if approval.kind == "refund" and approval.state is ApprovalState.PENDING:
        count = f"This customer's refunds in the last 90 days: {refunds}"
        lines.append(Text((count,), "context"))
    return lines


def _asks(approval: Approval) -> str:
    few = {0: "no approval asked", 1: "one approval"}
    many = few.get(approval.needed, f"{approval.needed} approvals by different people")
    return f"{many} ({', '.join(approval.roles)})"


def _grants(approval: Approval, uow: UnitOfWork, directory: Directory) -> list[str]:
    if not approval.granted:
        return []
    names = []
    for vote in uow.approvals.votes(approval.id):
        person = directory.get(vote.person)
        names.append(person.name if person else vote.person)
    return names


def _state(
    approval: Approval, effect: Effect | None, grants: Sequence[str], directory: Directory
) -> list[Block]:
    by = ", ".join(grants) or "the policy"
    match approval.state:
        case ApprovalState.PENDING:
            lines: list[Block] = [Text(("Expires ", Moment(approval.expires_at)))]
            if grants:
                left = approval.needed - approval.granted
                lines.append(Text((Strong(f"Approved by {by}"), f" · {left} more needed")))
            return lines
        case ApprovalState.REJECTED:
            person = directory.get(approval.decided_by or "")
            who = person.name if person else "Somebody"
            return [
                Text((Strong(f"Rejected by {who}"), *_when(approval))),
                Quote(approval.reason or "", by=who),
            ]
        case ApprovalState.EXPIRED:
            return [
                Text((Strong("Expired"), *_when(approval))),
                Text(("Nobody decided in time. A specialist has the ticket now.",)),
            ]
    return [Text((Strong(f"Approved by {by}"), *_when(approval))), Text((_progress(effect),))]


def _when(approval: Approval) -> tuple[Span, ...]:
    return (" · ", Moment(approval.decided_at)) if approval.decided_at else ()


def _progress(effect: Effect | None) -> str:
    if effect is None:
        return "Waiting to be carried out."
    trouble = effect.trouble or ""
    match effect.state:
        case EffectState.DONE:
            return f"Done. Receipt {effect.receipt}."
        case EffectState.REFUSED:
            why = _TROUBLES.get(trouble, trouble or "it was refused")
            return f"Not done: {why}. A specialist has the ticket now."
        case EffectState.STUCK:
            if effect.certainty is Certainty.NEVER_SENT:
                return "Not done: the other side was not reached. A person has to look."
            return "Nobody can tell yet whether it happened. A person has to look."
        case EffectState.PENDING:
            return f"On its way: the other side has not finished it yet. Receipt {effect.receipt}."
    return _under_way(effect.state, trouble)


def _under_way(state: EffectState, trouble: str) -> str:
    if trouble in WORDS:
        return f"Held: {WORDS[trouble]}."
    if state is EffectState.CALLING and trouble:
        return "No clear answer yet. Its record is being checked before anything is tried again."
    return "Being carried out."


def _headline(approval: Approval, effect: Effect | None) -> str:
    if approval.state is not ApprovalState.APPROVED or effect is None:
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


def _title(approval: Approval) -> str:
    what = _WHAT.get(approval.kind, approval.kind)
    return f"{what} {_amount(approval)}".rstrip()


def _amount(approval: Approval) -> str:
    if approval.amount is None or approval.currency is None:
        return ""
    return str(Money(approval.amount, approval.currency))


def _summary(approval: Approval, effect: Effect | None) -> str:
    """Says what, amount and deadline, and nobody's name."""
    text = f"{_title(approval)} for ticket #{approval.ticket_id}: {_headline(approval, effect)}"
    if approval.state is ApprovalState.PENDING:
        text += f", until {approval.expires_at:%Y-%m-%d %H:%M} UTC"
    return f"{text}."


def _buttons(approval: Approval) -> Buttons:
    args = {"approval": approval.id, "digest": approval.digest}
    amount = _amount(approval)
    sure = Confirm(
        title=f"Approve {amount or 'this'}?"[:100],
        text="It runs at once and exactly as shown.",
        yes="Approve",
    )
    # One tap is promised for an approval; a second question is asked only where two must agree.
    confirm = sure if approval.needed > 1 else None
    return Buttons(
        (
            Button("Approve", "approval.grant", args, "good", confirm),
            Button("Reject", "approval.open_rejection", args, "bad"),
        )
    )


def _erased(approval: Approval) -> Card:
    text = "The customer was erased, and with them what this act said."
    return Card(
        key=f"approval-{approval.id}",
        title=f"{_WHAT.get(approval.kind, approval.kind)}: erased",
        summary=text,
        blocks=(Text((text,)),),
    )
