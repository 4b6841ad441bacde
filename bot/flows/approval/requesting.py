"""From a proposed act to a card, to its end when nobody decides, and to the effect of a yes."""

import json

from bot import acts, entitlement, events, gates
from bot.agent.briefing import ProposedAct
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.outgoing import Outgoing
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, ApprovalState
from storage.unit_of_work import UnitOfWork


def request(
    event: events.ActProposed,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
) -> None:
    """Grade a proposed act and put it before whoever must decide; `auto` goes straight on."""
    decision = uow.escalations.decision(event.decision)
    ticket = uow.tickets.get(decision.ticket_id)
    now = clock.now()
    proposed = ProposedAct(**decision.acts[event.index])
    facts = dossier(uow, ticket.customer_id, now).facts
    for earlier in uow.approvals.of_ticket(ticket.id):
        if earlier.kind == proposed.kind and earlier.state is ApprovalState.APPROVED:
            uow.emit(events.ActRepeated(decision.id, earlier.id))
            return
    act, grade = gates.grade_proposed(
        proposed, facts, settings.gates, settings.limits.refunds_per_customer_day
    )
    if act is None or grade.level == "never":
        uow.record(now, "act forbidden", "policy", f"ticket:{ticket.id}", {"gate": grade.gate})
        uow.emit(events.ActForbidden(decision.id, grade.gate))
        return
    is_draft = settings.mode_for(decision.category, act.kind) != "live"
    needed = max(grade.approvers or 0, 1 if is_draft else 0)
    asked = entitlement.Gated(
        kind=act.kind,
        amount=getattr(act, "amount", None),
        currency=getattr(act, "currency", None),
        roles=frozenset(grade.roles),
        partners=frozenset(grade.partners),
        requester=decision.agent,
    )
    if len(entitlement.who_may(directory.people, asked)) < needed:
        # Nobody could ever decide: a card that only waits to expire would waste the customer's day.
        uow.record(now, "gate closed", "policy", f"ticket:{ticket.id}", {"gate": grade.gate})
        uow.emit(events.ActForbidden(decision.id, grade.gate))
        return
    payload = acts.canonical(act)
    approval = uow.approvals.add(
        Approval(
            kind=act.kind,
            payload=payload,
            digest=acts.digest(payload),
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            decision_id=decision.id,
            requester=decision.agent,
            grade=grade.level,
            gate=grade.gate,
            roles=list(grade.roles),
            partners=list(grade.partners),
            needed=needed,
            amount=getattr(act, "amount", None),
            currency=getattr(act, "currency", None),
            expires_at=now + grade.expires,
            created_at=now,
        )
    )
    uow.record(
        now,
        "approval requested",
        decision.agent,
        f"approval:{approval.id}",
        {
            "kind": act.kind,
            "amount": approval.amount,
            "currency": approval.currency,
            "digest": uow.keyed_hash(approval.customer_id, approval.digest),
            "gate": grade.gate,
            "needed": needed,
            "ticket": ticket.id,
        },
    )
    if needed == 0:
        uow.approvals.close(approval.id, ApprovalState.APPROVED, None, now)
        redeem(uow, approval, f"policy:{grade.gate}", outgoing)
        return
    channel = settings.channels.approvals or settings.channels.admin
    if channel:
        publisher.place(uow, f"approval-{approval.id}", "slack", channel)
    uow.emit(
        events.ApprovalExpires(approval.id),
        due=approval.expires_at,
        key=f"expire:{approval.id}",
    )


def follow_customer(event: events.CustomerWrote, uow: UnitOfWork, publisher: Publisher) -> None:
    """What a customer adds while an act waits is read by whoever decides about it."""
    for approval in uow.approvals.of_ticket(event.ticket):
        if approval.state is not ApprovalState.PENDING:
            continue
        for post in uow.card_posts.of(f"approval-{approval.id}"):
            if not post.channel.startswith("@"):
                key = f"message-{event.message}"
                publisher.place(uow, key, post.surface, post.channel, parent=post.id)


def expire(
    event: events.ApprovalExpires, uow: UnitOfWork, clock: Clock, publisher: Publisher
) -> None:
    """Expired is an outcome of its own: it is escalated, and never a silent no."""
    now = clock.now()
    if not uow.approvals.close(event.approval, ApprovalState.EXPIRED, None, now):
        return
    uow.record(now, "approval expired", "clock", f"approval:{event.approval}", {})
    uow.emit(events.ApprovalExpired(event.approval))
    publisher.redraw(uow, f"approval-{event.approval}")


def redeem(uow: UnitOfWork, approval: Approval, authority: str, outgoing: Outgoing) -> None:
    """Consent becomes an effect, whose key is fixed here, before anything is called."""
    outgoing.redeem(uow, approval, json.loads(approval.payload), authority)
