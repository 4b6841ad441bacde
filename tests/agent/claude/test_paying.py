"""What a try counts for: what came of it as far as it came, and nothing where nobody read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.agent.claude.breaker import FAILURES, FIRST_REST_S, Breaker
from bot.agent.claude.budget import BYTES, Purse, read_of
from bot.agent.claude.model import Asking, Model
from bot.agent.looking import OverBudget, Spent
from bot.config.agent import Budget, Prices
from bot.errors import OutsideError, TryLater
from bot.replay_records import ReplaySpending
from sandbox.model import KEY, say
from tests.agent.claude.conftest import Stage, Time

ASKING = Asking("claude-sonnet-5-5", [{"type": "text", "text": "Be brief."}], [], None, 500)
HELLO = [{"role": "user", "content": "Tell me a story."}]
STORY = "Once upon a time. " * 30
READ = read_of(ASKING.request(HELLO), Prices())


@dataclass
class Ledger(ReplaySpending):
    """Remembers what was reserved; `breaks` when something is to be settled or reserved."""

    breaks: str = ""
    worst: list[Spent] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def reserve(self, worst: Spent, budget: Budget, ticket: int | None) -> int:
        if self.breaks == "reserve":
            raise ConnectionError("the database is away")
        self.worst.append(worst)
        return super().reserve(worst, budget, ticket)

    def settle(self, reserved: int, spent: Spent) -> None:
        if self.breaks == "settle":
            raise ConnectionError("the database is away")
        super().settle(reserved, spent)


def ask(model: Model, ledger: Ledger, budget: Budget | None = None, for_s: float = 20) -> str:
    purse = Purse(budget or Budget(), Prices(), ledger)
    return model.ask(ASKING, HELLO, model.now() + for_s, purse, tries=1).text


def stand_in(stage: Callable[..., Stage]) -> Stage:
    return stage(lambda request: [say(STORY)])


@pytest.mark.parametrize(
    ("fault", "counts"),
    [
        ({"status": 400}, 0),
        ({"status": 401}, 0),
        ({"status": 429}, 0),
        ({"status": 529}, 0),
        ({"error_after": 0}, 0),
        ({"status": 500}, READ.cache_write),
        ({"status": 503}, READ.cache_write),
        ({"cut_after": 0}, READ.cache_write),
        ({"end_after": 0}, READ.cache_write),
        ({"hang_s": 1.0}, READ.cache_write),
    ],
    ids=str,
)
def test_without_a_beginning_it_counts_as_read_unless_nobody_did(
    stage: Callable[..., Stage], fault: Mapping[str, Any], counts: int
) -> None:
    """Law: who says that nothing was done is believed; whoever falls silent may have read it."""
    built, ledger = stand_in(stage), Ledger()
    vars(built.server.faults).update(fault)
    with pytest.raises(OutsideError):
        ask(built.model(), ledger, for_s=0.3 if "hang_s" in fault else 20)
    assert (ledger.spent.input_tokens, ledger.spent.output_tokens) == (counts, 0)


def test_where_nobody_listens_nothing_counts() -> None:
    """Law: a connection that is refused carried no request."""
    model, ledger = Model(KEY, "http://127.0.0.1:9/", Breaker(Time(), 60), Time()), Ledger()
    with pytest.raises(TryLater):
        ask(model, ledger)
    model.close()
    assert ledger.worst and ledger.spent == Spent()


@pytest.mark.parametrize("fault", ["cut_after", "end_after", "garble_after", "error_after"])
def test_what_breaks_off_counts_what_was_heard(stage: Callable[..., Stage], fault: str) -> None:
    """Law: of twenty pieces of 24 letters none is forgotten."""
    built, ledger = stand_in(stage), Ledger()
    setattr(built.server.faults, fault, 23)
    with pytest.raises(TryLater):
        ask(built.model(), ledger)
    assert 20 * 24 // BYTES <= ledger.spent.output_tokens < len(STORY)
    assert ledger.spent.input_tokens > 0


def test_a_whole_answer_counts_what_the_api_says(stage: Callable[..., Stage]) -> None:
    """Law: no estimate stands against its own figures, and the worst was more than these."""
    built, ledger = stand_in(stage), Ledger()
    assert ask(built.model(), ledger) == STORY
    assert ledger.spent.output_tokens == len(str([say(STORY)])) // 4
    [worst] = ledger.worst
    assert worst.output_tokens == ASKING.most
    assert worst.input_tokens > ledger.spent.input_tokens and worst.cost > ledger.spent.cost


def test_what_was_paid_for_is_not_lost_with_its_bill(stage: Callable[..., Stage]) -> None:
    """Law: where what it cost cannot be written down, it stays counted at its worst."""
    built, ledger = stand_in(stage), Ledger(breaks="settle")
    model = built.model()
    for _ in range(FAILURES + 1):
        assert ask(model, ledger) == STORY
    assert ledger.spent.cost == sum(worst.cost for worst in ledger.worst) > 0


def test_a_store_that_is_away_is_no_failure_of_the_models(stage: Callable[..., Stage]) -> None:
    """Law: the breaker counts what the API did, and nothing else."""
    built, ledger = stand_in(stage), Ledger(breaks="reserve")
    model = built.model()
    for _ in range(FAILURES + 1):
        with pytest.raises(ConnectionError):
            ask(model, ledger)
    ledger.breaks = ""
    assert ask(model, ledger) == STORY


def test_no_time_and_no_budget_are_no_failures_of_the_models(stage: Callable[..., Stage]) -> None:
    """Law: whoever comes late or without money leaves the model to others."""
    built, ledger = stand_in(stage), Ledger()
    model = built.model()
    for _ in range(FAILURES + 1):
        with pytest.raises(TryLater, match="no time"):
            ask(model, ledger, for_s=0)
        with pytest.raises(OverBudget, match="day"):
            ask(model, ledger, Budget(day_money=0))
    assert built.server.requests == []
    assert ask(model, ledger) == STORY


def test_a_probe_that_nobody_pays_is_left_to_the_next(stage: Callable[..., Stage]) -> None:
    """Law: after its rest the model is tried by whoever can, at once."""
    built, ledger = stand_in(stage), Ledger()
    model = built.model()
    built.server.faults.status = 529
    for _ in range(FAILURES):
        with pytest.raises(TryLater):
            ask(model, ledger)
    built.server.faults.clear()
    built.time.now += FIRST_REST_S
    with pytest.raises(OverBudget):
        ask(model, ledger, Budget(day_money=0))
    assert ask(model, ledger) == STORY
