"""`backstop trial report`: agreement with people, never without n."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.flows.reporting.trial import Agreement, agrees, compare, wilson
from storage.engine import Engine
from storage.models import (
    ApprovalState,
    Author,
    Decision,
    Effect,
    EffectState,
    Escalation,
    EscalationState,
    Message,
    Ticket,
    TicketStatus,
)
from storage.reports import ActOutcome, Handled
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.storage.rows import NOW, a_customer, a_ticket, an_approval

Look = Callable[[], UnitOfWork]


def handled(decided: str, **differing: Any) -> Handled:
    values: dict[str, Any] = {
        "decision": 1,
        "ticket": 1,
        "mode": "observe",
        "category": "billing",
        "decided": decided,
        "replies": 0,
        "notes": 0,
        "claims": 0,
        "is_resolved": False,
    }
    return Handled(**(values | differing))


ONE_REPLY = {"replies": 1, "is_resolved": True}


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        (handled("answer", **ONE_REPLY), True),
        (handled("escalate", **ONE_REPLY), False),
        (handled("answer", replies=2, is_resolved=True), False),
        (handled("escalate", replies=2), True),
        (handled("answer", replies=1, notes=1, is_resolved=True), False),
        (handled("escalate", notes=1), True),
        (handled("escalate", replies=1, claims=2, is_resolved=True), True),
        (handled("answer", replies=1), None),
        (handled("answer", is_resolved=True), None),
        (handled("escalate"), None),
        (handled("act", **ONE_REPLY), None),
    ],
)
def test_what_people_did_says_whether_the_agent_was_right(
    case: Handled, verdict: bool | None
) -> None:
    """
    One public reply that settled it could have been the agent's; anything more needed a person.
    """
    assert agrees(case) is verdict


@pytest.mark.parametrize(
    ("acts", "verdict"),
    [
        ([ActOutcome(1, "approved", True)], True),
        ([ActOutcome(1, "approved", False)], None),
        ([ActOutcome(1, "rejected", False)], False),
        ([ActOutcome(1, "approved", True), ActOutcome(1, "rejected", False)], False),
        ([ActOutcome(1, "expired", False)], None),
        ([], None),
    ],
)
def test_an_act_is_judged_by_what_approvers_said(
    acts: list[ActOutcome], verdict: bool | None
) -> None:
    """
    Silence says nothing, neither yes nor no.
    """
    assert agrees(handled("act"), acts) is verdict


def test_the_interval_is_wilsons() -> None:
    """
    Figures known from the literature; few cases make it wide, none make it nothing.
    """
    assert wilson(0, 0) is None
    for (agreed, n), (low, high) in {
        (0, 10): (0.0, 0.2775),
        (8, 10): (0.4902, 0.9433),
        (10, 10): (0.7225, 1.0),
        (81, 263): (0.2553, 0.3662),
    }.items():
        found = wilson(agreed, n)
        assert found is not None
        assert found == pytest.approx((low, high), abs=5e-5)


def test_categories_are_counted_apart() -> None:
    """
    What cannot be compared is counted, too, and never as agreement.
    """
    cases = [
        handled("answer", **ONE_REPLY),
        handled("answer", replies=3),
        handled("answer"),
        handled("escalate", category="outage", notes=2),
    ]

    assert compare(cases, []) == [
        Agreement("billing", "answer", agreed=1, n=2, unknown=1),
        Agreement("outage", "escalate", agreed=1, n=1, unknown=0),
    ]


class Past:
    """Tickets with a decision, and what people did afterwards."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._customer = uow, a_customer(uow)

    def decided(self, ref: str, decision: str, mode: str = "observe") -> tuple[Ticket, Decision]:
        ticket = self._uow.tickets.by_ref("zendesk", ref) or a_ticket(
            self._uow, self._customer, ref
        )
        made = Decision(
            ticket_id=ticket.id,
            decision=decision,
            mode=mode,
            category="billing",
            severity=3,
            impact=3,
            priority=3,
            sentiment=0,
            confidence=0.8,
            rule="answered",
            reasons=[],
            stakes=[],
            found=[],
            cites=[],
            acts=[],
            agent="offline",
            playbook="1",
            created_at=NOW,
        )
        return ticket, self._uow.escalations.decide(made)

    def say(self, ticket: Ticket, author: Author, minutes: int, **differing: Any) -> None:
        at = NOW + timedelta(minutes=minutes)
        values = {"body": "words", "author": author, "created_at": at} | differing
        message = Message(ticket_id=ticket.id, customer_id=ticket.customer_id, **values)
        self._uow.tickets.say(message)


def test_the_report_counts_what_followed_each_first_decision(shell: Shell, engine: Engine) -> None:
    """
    Replies from before, drafts, and the customer's or agent's own words are no people's work;
    decisions in the mode live are no trial.
    """
    with UnitOfWork(engine) as uow:
        past = Past(uow)
        easy, _ = past.decided("easy", "answer")
        past.say(easy, Author.PERSON, -5)
        past.say(easy, Author.CUSTOMER, 1)
        past.say(easy, Author.AGENT, 2)
        past.say(easy, Author.PERSON, 3)
        past.say(easy, Author.PERSON, 4, draft=True)
        easy.status = TicketStatus.RESOLVED
        past.decided("easy", "escalate")
        hard, _ = past.decided("hard", "escalate", "draft")
        past.say(hard, Author.PERSON, 1, public=False)
        past.decided("live", "answer", "live")
        still, _ = past.decided("still", "answer")
        past.say(still, Author.PERSON, 1)
        handed, _ = past.decided("handed", "answer")
        uow.escalations.add(
            Escalation(
                ticket_id=handed.id, state=EscalationState.RESOLVED, claims=2, created_at=NOW
            )
        )
        uow.commit()

    told = shell.run("trial", "report")

    assert "billing answer 1 2 50% 9% to 91% 1" in told
    assert "billing escalate 1 1 100% 21% to 100% 0" in told
    assert "All 2 3 67% 21% to 94% 1" in told


def test_the_report_knows_what_became_of_acts(shell: Shell, engine: Engine) -> None:
    """
    Approved and done agrees; rejected does not; what nobody was asked about is not comparable.
    """
    with UnitOfWork(engine) as uow:
        past = Past(uow)
        for ref, state in (("yes", ApprovalState.APPROVED), ("no", ApprovalState.REJECTED)):
            ticket, decision = past.decided(ref, "act", "draft")
            approval = an_approval(uow, ticket, decision_id=decision.id, state=state)
            if state is ApprovalState.APPROVED:
                effect = Effect(
                    kind="refund",
                    key=ref,
                    authority=f"approval:{approval.id}",
                    approval_id=approval.id,
                    ticket_id=ticket.id,
                    payload={},
                    state=EffectState.DONE,
                    created_at=NOW,
                )
                uow.session.add(effect)
        past.decided("nobody asked", "act")
        uow.commit()

    assert "billing act 1 2 50% 9% to 91% 1" in shell.run("trial", "report")


def test_without_cases_there_is_no_figure(shell: Shell, engine: Engine) -> None:
    """
    Nothing decided, or nothing comparable yet: said in words instead of as 0 %.
    """
    assert "nothing to compare yet" in shell.run("trial", "report")

    with UnitOfWork(engine) as uow:
        Past(uow).decided("open", "answer")
        uow.commit()

    told = shell.run("trial", "report")
    assert "billing answer 0 no case yet 1" in told
    assert "0%" not in told
