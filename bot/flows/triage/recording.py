"""A decision as it is kept: the row, the draft and the audit entry."""

from dataclasses import asdict

from bot.config import Settings
from bot.flows.triage import rules
from bot.flows.triage.words import ai_wrote_this
from bot.ports import Clock
from storage.models import Author, Decision, DecisionText, Message, Ticket
from storage.unit_of_work import UnitOfWork


def record(
    ticket: Ticket, decided: rules.Decision, uow: UnitOfWork, settings: Settings, clock: Clock
) -> Decision:
    now, run = clock.now(), decided.run
    modes = [settings.mode_for(decided.category, act.kind) for act in decided.acts]
    spoken = "reply" if decided.decision in ("answer", "ask") else None
    mode = min(
        modes or [settings.mode_for(decided.category, spoken)],
        key=("observe", "draft", "live").index,
    )
    ticket.category, ticket.priority = decided.category, decided.priority
    ticket.language, ticket.triaged_at = decided.language, now
    text = uow.tickets.text(ticket.id)
    if text is not None:
        text.summary = decided.summary
    draft = None
    if words := decided.answer or decided.withheld:
        draft = uow.tickets.say(
            Message(
                ticket_id=ticket.id,
                customer_id=ticket.customer_id,
                author=Author.AGENT,
                body=f"{words}\n\n{ai_wrote_this(decided.language)}",
                draft=True,
                created_at=now,
            )
        )
    decision = uow.escalations.decide(
        Decision(
            ticket_id=ticket.id,
            decision=decided.decision,
            mode=mode,
            category=decided.category,
            severity=decided.severity,
            impact=decided.impact,
            priority=decided.priority,
            sentiment=decided.sentiment,
            confidence=decided.confidence,
            rule=decided.rule,
            reasons=list(decided.reasons),
            stakes=list(decided.stakes),
            cites=list(decided.cites),
            found=list(decided.found),
            acts=[
                {"kind": graded.kind, "args": graded.act.model_dump(), "basis": graded.basis}
                for graded in decided.acts
                if graded.act
            ],
            agent=decided.agent,
            playbook=decided.playbook,
            draft_id=draft.id if draft else None,
            created_at=now,
            model=run.model,
            settings=dict(run.settings),
            prompt=run.prompt,
            note=run.note,
            input_tokens=run.input_tokens,
            output_tokens=run.output_tokens,
            cost=run.cost,
        )
    )
    steps = [asdict(step) for step in run.steps]
    told = DecisionText(
        decision_id=decision.id, customer_id=ticket.customer_id, seen=run.seen, steps=steps
    )
    uow.escalations.keep_text(told)
    uow.record(
        now,
        "triaged",
        decided.agent,
        f"ticket:{ticket.id}",
        {
            "decision": decided.decision,
            "rule": decided.rule,
            "category": decided.category,
            "priority": decided.priority,
            "mode": mode,
            "playbook": decided.playbook,
            **({"model": run.model, "prompt": run.prompt} if run.model else {}),
        },
    )
    return decision
