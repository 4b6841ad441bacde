"""From a proposed act to a card, to its end when nobody decides, and to the effect of a yes."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot import acts, entitlement, events, gates
from bot.agent.briefing import ProposedAct
from bot.agent_commands import is_anothers
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import Dossier, dossier
from bot.flows.approval import caps
from bot.flows.approval.digest import pile_up
from bot.flows.approval.timers import check_chat, expires, remind_of, watch
from bot.flows.approval.turns import call
from bot.flows.approval.withdrawing import why_moot
from bot.outgoing import Outgoing
from bot.ports import Clock
from bot.publisher import Publisher
from bot.steps import Again
from bot.waiting import gated, is_satisfiable
from storage.models import Approval, ApprovalState, Decision, Ticket
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
    now = clock.now()
    decision = uow.escalations.decision(event.decision)
    ticket = uow.tickets.get(decision.ticket_id)
    proposed = ProposedAct(**decision.acts[event.index])
    if why := why_moot(ticket, proposed.args.get("customer", ticket.customer_id)):
        uow.record(now, "act dropped", decision.agent, f"ticket:{ticket.id}", {"because": why})
        return
    # Tickets of one customer are graded one after the other: none counts without the others.
    uow.customers.lock(ticket.customer_id)
    who = dossier(uow, ticket.customer_id, now)
    act, grade, beside = _graded(proposed, ticket, who, uow, settings, now)
    if act is None or grade.level == "never":
        _forbid(uow, decision, "act forbidden", grade.gate, now)
        return
    others = uow.approvals.about(act.about)
    if _is_repeated(others, decision, uow, publisher, now):
        return
    is_draft = settings.mode_for(decision.category, act.kind) != "live"
    approval = approval_for(act, grade, ticket, now)
    approval.decision_id, approval.category = decision.id, decision.category
    approval.together = beside
    approval.requester = _requester(decision, ticket, uow, directory)
    # No gate gives a partner what is another company's business with us.
    served = [one for one in grade.partners if entitlement.serves(one, who.account_ref, settings)]
    approval.partners = served
    approval.beside = [other.id for other in others]
    approval.basis = dict(proposed.basis)
    # A second refund of a charge, or change of an account, is never a matter of course; nor is what
    # another agent asks for, whose reading of the customer's words nobody here has checked.
    if not grade.steps and (is_draft or others or is_anothers(decision.agent)):
        grade = gates.with_one(grade)
    asks(approval, grade)
    channel = settings.channels.approvals or settings.channels.admin
    if shut := closed(approval, channel, uow, directory):
        _forbid(uow, decision, "gate closed", shut, now)
        return
    uow.approvals.add(approval, decision.agent)
    if approval.needed == 0:
        record(approval, decision.agent, uow, now)
        uow.approvals.close(approval.id, ApprovalState.APPROVED, None, now)
        redeem(uow, approval, f"policy:{grade.gate}", outgoing)
        return
    put_before(approval, channel or "", uow, directory, settings, publisher, now, decision.agent)


def put_before(
    approval: Approval,
    channel: str,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    publisher: Publisher,
    now: datetime,
    by: str = "",
) -> None:
    """Show it to whoever decides, and set its timers; `by` asked for it, where no person did."""
    record(approval, by or approval.requester, uow, now)
    call(approval, uow, directory, settings, now)
    for shown in (channel, *settings.channels_of(approval.partners)):
        publisher.place(uow, f"approval-{approval.id}", "slack", shown)
    expires(approval, uow)
    remind_of(approval, uow, now)
    watch(approval, uow, now)
    pile_up(uow, channel, publisher, now)
    check_chat(approval, uow, settings, now)


def _graded(
    proposed: ProposedAct,
    ticket: Ticket,
    who: Dossier,
    uow: UnitOfWork,
    settings: Settings,
    now: datetime,
) -> tuple[acts.Act | None, gates.Grade, int]:
    """The act, what it takes, and what it was looked at together with."""
    rules = settings.gates, settings.limits.refunds_per_customer_day, settings.held_gates
    act, grade = gates.grade_proposed(proposed, who.facts, *rules)
    if act is None or grade.level == "never":
        return act, grade, 0
    beside = caps.together(act, ticket.customer_id, uow, settings, now)
    if beside:
        grade = gates.grade(act, who.facts, *rules, beside)
    return act, caps.past_the_hour(act, grade, uow, settings, now), beside


def _is_repeated(
    others: Sequence[Approval],
    decision: Decision,
    uow: UnitOfWork,
    publisher: Publisher,
    now: datetime,
) -> bool:
    """On one ticket one act about a thing is granted, and anywhere one waits at a time: what a
    customer tells twice is not paid twice, and nobody approves what a card beside theirs asks."""
    mine = [other for other in others if other.ticket_id == decision.ticket_id]
    waiting = [other for other in others if other.state is ApprovalState.PENDING]
    if not mine and not waiting:
        return False
    earlier = (mine or waiting)[0]
    about = f"ticket:{decision.ticket_id}"
    uow.record(now, "act repeated", decision.agent, about, {"earlier": earlier.id})
    if earlier in mine and earlier in waiting:
        # Whoever decides about it reads there what the customer has said since.
        publisher.redraw(uow, f"approval-{earlier.id}")
    else:
        uow.emit(events.ActRepeated(decision.id, earlier.id))
    return True


def asks(approval: Approval, grade: gates.Grade) -> None:
    """Whose yes it takes, one after the other."""
    approval.steps = [{"roles": list(s.roles), "approvers": s.approvers} for s in grade.steps]
    approval.needed = sum(step.approvers for step in grade.steps)
    approval.roles = list(grade.steps[0].roles if grade.steps else grade.roles)


def approval_for(act: acts.Act, grade: gates.Grade, ticket: Ticket, now: datetime) -> Approval:
    """Of exactly this act; who asked for it, and what it rests on, is for the caller to say."""
    payload = acts.canonical(act)
    approval = Approval(
        kind=act.kind,
        payload=payload,
        digest=acts.digest(payload),
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        grade=grade.level,
        gate=grade.gate,
        editors=[],
        about=act.about,
        amount=getattr(act, "amount", None),
        currency=getattr(act, "currency", None),
        expires_at=now + grade.expires,
        created_at=now,
    )
    asks(approval, grade)
    return approval


def _requester(decision: Decision, ticket: Ticket, uow: UnitOfWork, directory: Directory) -> str:
    """The agent, except where somebody of ours is the customer: they do not decide about it."""
    words = uow.customers.text(ticket.customer_id)
    person = directory.with_email(words.email) if words else None
    return person.id if person else decision.agent


def closed(approval: Approval, channel: str | None, uow: UnitOfWork, directory: Directory) -> str:
    """Why nobody could ever decide, or nothing: a card that only waits to expire would waste the
    customer's day."""
    if approval.needed and not channel:
        return f"{approval.gate}, and there is no channel to ask in"
    return "" if is_satisfiable(approval, gated(approval, uow), directory) else approval.gate


def _forbid(uow: UnitOfWork, decision: Decision, kind: str, gate: str, now: datetime) -> None:
    uow.record(now, kind, "policy", f"ticket:{decision.ticket_id}", {"gate": gate})
    uow.emit(events.ActForbidden(decision.id, gate))


def record(approval: Approval, agent: str, uow: UnitOfWork, now: datetime) -> None:
    uow.record(
        now,
        "approval requested",
        agent,
        f"approval:{approval.id}",
        {
            "kind": approval.kind,
            "amount": approval.amount,
            "currency": approval.currency,
            "digest": uow.keyed_hash(approval.customer_id, approval.digest),
            "gate": approval.gate,
            "needed": approval.needed,
            "ticket": approval.ticket_id,
            "beside": approval.beside,
        },
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
) -> Again | None:
    """Expired is an outcome of its own: it is escalated, and never a silent no."""
    now = clock.now()
    left = (uow.approvals.get(event.approval).expires_at - now).total_seconds()
    if left > 0:
        # It was put back with an answer meanwhile.
        return Again(left, "there is time left to decide", held=True)
    if not uow.approvals.close(event.approval, ApprovalState.EXPIRED, None, now):
        return None
    uow.record(now, "approval expired", "clock", f"approval:{event.approval}", {})
    uow.emit(events.ApprovalExpired(event.approval))
    publisher.redraw(uow, f"approval-{event.approval}")
    return None


def redeem(uow: UnitOfWork, approval: Approval, authority: str, outgoing: Outgoing) -> None:
    """Consent becomes an effect, whose key is fixed here, before anything is called."""
    payload = json.loads(approval.payload)
    message = uow.tickets.message(approval.message_id) if approval.message_id else None
    if message is not None:
        # Also where it was changed since it was written.
        message.body = payload["text"]
    outgoing.redeem(uow, approval, payload, authority)
