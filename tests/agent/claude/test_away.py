"""A model that fails: retried within its time, left alone when it goes on, and always decided."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.agent.claude.breaker import FAILURES, FIRST_REST_S, Breaker
from bot.agent.claude.verdicts import retry_after
from bot.config.agent import AgentSettings, Budget
from bot.errors import Refused, TryLater
from sandbox.model import Librarian
from tests.agent.claude.conftest import Stage, Time
from tests.agent.tickets import a_ticket

ASK = "How do I reset my password?"
FAULTS: tuple[Mapping[str, Any], ...] = (
    {"status": 429, "retry_after_s": 2},
    {"status": 529},
    {"status": 500},
    {"status": 503},
    {"cut_after": 4},
    {"end_after": 6},
    {"garble_after": 4},
    {"error_after": 4},
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_one_fault_is_tried_again(stage: Callable[..., Stage], fault: Mapping[str, Any]) -> None:
    """Law: limits, errors, cuts, broken JSON and streams without an end are failures alike."""
    built = stage(Librarian())
    vars(built.server.faults).update(fault, times=1)
    proposal = built.agent().propose(a_ticket(ASK))

    assert proposal.agent == "claude" and proposal.answer
    assert len(built.server.requests) == 4
    if fault.get("retry_after_s"):
        assert built.time.paused == [2.0]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("when_away", ["offline", "escalate"])
def test_a_model_that_stays_away_decides_nothing(
    stage: Callable[..., Stage], fault: Mapping[str, Any], when_away: Any
) -> None:
    """Law: the deterministic agent decides, or a person is to: as app.yaml says."""
    built = stage(Librarian())
    vars(built.server.faults).update(fault)
    agent = built.agent(AgentSettings(kind="claude", when_away=when_away))

    if when_away == "offline":
        proposal = agent.propose(a_ticket(ASK))
        assert (proposal.agent, proposal.run.note) == ("offline", "model away")
    else:
        with pytest.raises(TryLater):
            agent.propose(a_ticket(ASK))
    assert len(built.server.requests) == FAILURES


def test_then_it_is_left_alone_and_tried_with_one_call(stage: Callable[..., Stage]) -> None:
    """Law: while it rests nobody asks it; afterwards one probe, and all is as before."""
    built = stage(Librarian())
    built.server.faults.status = 529
    agent = built.agent()
    for _ in range(4):
        agent.propose(a_ticket(ASK))
    assert len(built.server.requests) == FAILURES

    built.time.now += FIRST_REST_S
    agent.propose(a_ticket(ASK))
    assert len(built.server.requests) == FAILURES + 1

    built.server.faults.clear()
    built.time.now += 2 * FIRST_REST_S
    assert agent.propose(a_ticket(ASK)).agent == "claude"


def test_a_long_wait_is_not_waited_for(stage: Callable[..., Stage]) -> None:
    """Law: who is told to come back in an hour lets the ticket go on without it."""
    built = stage(Librarian())
    built.server.faults.status, built.server.faults.retry_after_s = 429, 3600
    assert built.agent().propose(a_ticket(ASK)).agent == "offline"
    assert built.time.paused == []
    assert len(built.server.requests) == 1


@pytest.mark.parametrize("fault", [{"hang_s": 5.0}, {"pings_s": 5.0}], ids=str)
def test_a_hanging_model_costs_no_more_than_its_time(
    stage: Callable[..., Stage], fault: Mapping[str, Any]
) -> None:
    """Law: silence, and a stream that only says "ping", end when the ticket's time does."""
    built = stage(Librarian())
    vars(built.server.faults).update(fault)
    settings = AgentSettings(kind="claude", timeout=timedelta(seconds=0.3))
    assert built.agent(settings).propose(a_ticket(ASK)).run.note == "model away"


@pytest.mark.parametrize(("status", "code"), [(400, "invalid"), (401, "auth"), (404, "not_found")])
def test_a_definite_no_is_not_asked_again(
    stage: Callable[..., Stage], status: int, code: str
) -> None:
    """Law: a wrong key or a request that is refused is told at once."""
    built = stage(Librarian())
    built.server.faults.status = status
    with pytest.raises(Refused, match=code):
        built.agent(AgentSettings(kind="claude", when_away="escalate")).propose(a_ticket(ASK))
    assert len(built.server.requests) == 1


@pytest.mark.parametrize(
    ("budget", "note"),
    [
        (Budget(ticket_tokens=1_000), "over budget: ticket"),
        (Budget(ticket_money=1), "over budget: ticket"),
        (Budget(day_tokens=1_000), "over budget: day"),
        (Budget(day_money=1), "over budget: day"),
    ],
)
def test_beyond_a_budget_nothing_is_asked(
    stage: Callable[..., Stage], budget: Budget, note: str
) -> None:
    """Law: the call that would go beyond is not made."""
    built = stage(Librarian())
    settings = AgentSettings(kind="claude", budget=budget)
    assert built.agent(settings).propose(a_ticket(ASK)).run.note == note
    assert built.server.requests == []
    with pytest.raises(Refused, match="over_budget"):
        built.agent(settings.model_copy(update={"when_away": "escalate"})).propose(a_ticket(ASK))


def test_a_day_that_is_spent_is_spent_for_all(stage: Callable[..., Stage]) -> None:
    """Law: what broken answers used counts, and the next ticket finds the day's budget short."""
    built = stage(Librarian())
    built.server.faults.end_after = 6
    settings = AgentSettings(kind="claude", budget=Budget(day_tokens=20_000))
    built.agent(settings).propose(a_ticket(ASK))
    spent = built.purse.spent.tokens
    assert spent > 12_000

    built.server.faults.clear()
    assert built.agent(settings).propose(a_ticket(ASK)).run.note == "over budget: day"
    assert built.purse.spent.tokens == spent


def test_a_probe_whose_thread_died_keeps_nobody_out() -> None:
    """Law: a probe that was never told of counts for as long as it may take."""
    time = Time()
    breaker = Breaker(time, lasts=60)
    for _ in range(FAILURES):
        assert breaker.wait() == 0
        breaker.failed()
    time.now += FIRST_REST_S
    assert (breaker.wait(), breaker.wait()) == (0, 60)
    time.now += 60
    assert breaker.wait() == 0


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ("7", 7.0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 11:59:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_wait_may_be_told_as_a_date(told: str, waits: float | None) -> None:
    """Law: counted from the answer's own date, whatever our clock says."""
    assert retry_after({"retry-after": told, "date": "Sun, 22 Nov 2026 12:00:00 GMT"}) == waits
