"""The same faults from a stand-in that is not ours, which also judges how they are taken."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock
from pydantic import ValidationError

from bot.agent.claude.breaker import Breaker
from bot.agent.claude.budget import Purse
from bot.agent.claude.model import Asking, Model
from bot.agent.claude.prompt import INSTRUCTIONS, system
from bot.agent.claude.tools import DECISIONS, LOOKUPS, schemas
from bot.config.agent import Budget, Prices
from bot.errors import OutsideError, Refused, TryLater
from bot.replay_records import ReplaySpending
from tests.agent.claude.conftest import Time

ASKING = Asking("claude-sonnet-5-5", system(INSTRUCTIONS), schemas(), None, 500)
HELLO = [{"role": "user", "content": "Search the articles for a password reset."}]


@pytest.fixture
def ask(llmock: LLMock) -> Iterator[Callable[[], Any]]:
    """Pauses are real, as that stand-in looks at the times between two requests."""
    model = Model("key", llmock.base_url("anthropic"), Breaker(Time(), 60))
    yield lambda: model.ask(
        ASKING, HELLO, model.now() + 20, Purse(Budget(), Prices(), ReplaySpending())
    )
    model.close()


def test_tools_are_called_over_several_turns(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: its schemas are ones that another reader of the API understands, too."""
    llmock.call_tool("search_articles", {"query": "reset"})
    reply = ask()

    assert [(call.tool, call.args) for call in reply.calls] == [
        ("search_articles", {"query": "reset"})
    ]
    assert len(llmock.last_request.body["tools"]) == len(schemas())


@pytest.mark.parametrize("status", [429, 503, 529])
def test_limits_are_waited_out(llmock: LLMock, ask: Callable[[], Any], status: int) -> None:
    """Law: not sooner than Retry-After says, and no storm."""
    llmock.fail(status, retry_after=1)
    assert ask().calls or ask().text
    llmock.assert_resilient()


@pytest.mark.parametrize("fault", ["disconnect", "truncate", "corrupt"])
def test_a_stream_that_breaks_is_no_answer(
    llmock: LLMock, ask: Callable[[], Any], fault: str
) -> None:
    """Law: what was cut, ended early or garbled is asked for again."""
    getattr(llmock, fault)(after_chunks=3)
    ask()
    assert len(llmock.requests) == 2
    llmock.assert_resilient()


@pytest.mark.parametrize(
    ("fault", "how"), [("delay", 0.3), ("slow_first_token", 0.3), ("pace", 10), ("stall", 0.3)]
)
def test_what_is_only_slow_is_waited_for(
    llmock: LLMock, ask: Callable[[], Any], fault: str, how: float
) -> None:
    """Law: a pause within the deadline costs no second request."""
    if fault == "stall":
        llmock.stall(after_chunks=2, seconds=how)
    else:
        getattr(llmock, fault)(how)
    reply = ask()
    assert reply.calls or reply.text
    assert len(llmock.requests) == 1


def test_what_stands_still_ends_at_the_deadline(llmock: LLMock) -> None:
    """Law: whoever waits is told in time that no answer comes."""
    llmock.stall(after_chunks=2, seconds=3, times=None)
    model = Model("key", llmock.base_url("anthropic"), Breaker(Time(), 60))
    try:
        with pytest.raises(OutsideError):
            model.ask(ASKING, HELLO, model.now() + 0.5, Purse(Budget(), Prices(), ReplaySpending()))
    finally:
        model.close()
    assert len(llmock.requests) == 1


def test_its_rate_limit_is_waited_out(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: the second request comes when it was told to, and is answered."""
    llmock.rate_limit(retry_after=0.2)
    ask()
    assert len(llmock.requests) == 2
    llmock.assert_resilient()


def test_garbled_arguments_are_no_arguments(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: what is no JSON is never taken for arguments that were meant, and the form that every
    call has to have refuses the empty ones that are left."""
    llmock.break_tool_call("malformed_arguments")
    [call] = ask().calls
    assert call.args == {}
    with pytest.raises(ValidationError):
        {**LOOKUPS, **DECISIONS}[call.tool].model_validate(call.args)


def test_an_unknown_tool_is_handed_on_as_such(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: whoever decides about a call sees what was called."""
    llmock.break_tool_call("unknown_tool")
    assert {call.tool for call in ask().calls}.isdisjoint(tool["name"] for tool in schemas())


def test_an_outage_ends_in_a_word(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: three tries, and then the model is away."""
    llmock.outage(status=529)
    with pytest.raises(TryLater):
        ask()
    assert len(llmock.requests) == 3


def test_a_request_that_is_wrong_is_not_repeated(llmock: LLMock, ask: Callable[[], Any]) -> None:
    """Law: what is too long stays too long."""
    llmock.context_overflow()
    with pytest.raises(Refused):
        ask()
    assert len(llmock.requests) == 1
