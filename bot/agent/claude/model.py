"""One call of the Messages API: streamed, timed, retried by our own rules, and paid for.

The SDK's retries are off: it knows nothing of our deadline and of who else is waiting. Always
streamed, so that a stream which trickles is seen to; what breaks off has no `stop_reason`, raises
nothing, and is a failure like any other.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import anthropic

from bot.agent.claude.breaker import Breaker
from bot.agent.claude.budget import Held, Purse, Usage, tokens_in
from bot.agent.claude.deadline import Deadlines, never_sent
from bot.agent.claude.verdicts import Failed, is_unread, verdict_of
from bot.errors import OutcomeUnknown, Refused, TryLater

TRIES = 3
FIRST_WAIT_S = 1.0
CONNECT_S = 5.0
_WRITTEN = ("text", "partial_json", "thinking")
_CHANCE = random.SystemRandom()
# At DEBUG it would write whole requests into our log.
logging.getLogger("anthropic").setLevel(logging.WARNING)
log = logging.getLogger(__name__)

Telling = Callable[[str], None]


@dataclass(frozen=True)
class Call:
    """A tool the model wants called."""

    id: str
    tool: str
    args: Any


@dataclass(frozen=True)
class Reply:
    """`content` goes back as it came when the conversation goes on."""

    content: list[Any]
    text: str
    calls: tuple[Call, ...]
    stop: str


@dataclass(frozen=True)
class Asking:
    """What is asked: everything but the conversation is the same for each ticket, and cached."""

    model: str
    system: list[Any]
    tools: list[Any]
    effort: str | None
    most: int

    def request(self, messages: Sequence[Any]) -> dict[str, Any]:
        told: dict[str, Any] = {
            "model": self.model,
            "system": self.system,
            "messages": list(messages),
            "max_tokens": self.most,
        }
        if self.tools:
            told["tools"] = self.tools
        if self.effort:
            told["output_config"] = {"effort": self.effort}
        return told


class _Heard:
    """As much of one try as came: the whole of it, a part, or nothing."""

    def __init__(self) -> None:
        self.stream: Any = None
        self.is_unread = False
        self._written = 0

    def hear(self, event: Any) -> None:
        if event.type == "content_block_delta":
            said = (getattr(event.delta, name, None) or "" for name in _WRITTEN)
            self._written += sum(len(text.encode("utf-8", "replace")) for text in said)

    def usage(self, read: Usage) -> Usage:
        """What was used, as the API tells it at the beginning and the end of an answer. Broken off
        before the beginning it counts as `read`, before the end by what was heard until then."""
        try:
            message = self.stream.current_message_snapshot
            told = _usage(message.usage)
        except (AttributeError, AssertionError):
            return Usage() if self.is_unread else read
        heard = tokens_in(self._written)
        return told if message.stop_reason else replace(told, output=max(told.output, heard))


class Model:
    def __init__(
        self,
        key: str,
        api_url: str,
        breaker: Breaker,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = anthropic.Anthropic(
            api_key=key,
            base_url=api_url,
            max_retries=0,
            http_client=anthropic.DefaultHttpxClient(transport=Deadlines()),
        )
        self._breaker = breaker
        self._clock = clock
        self._pause = pause

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def now(self) -> float:
        return self._clock()

    def ask(
        self,
        asking: Asking,
        messages: Sequence[Any],
        until: float,
        purse: Purse,
        said: Telling | None = None,
        tries: int = TRIES,
    ) -> Reply:
        """`purse` pays for each try, also for what broke off. Raises OverBudget where it cannot,
        TryLater where the model is away, Refused where it takes no such request or no such key."""
        request = asking.request(messages)
        for tried in range(tries):
            if (left := until - self._clock()) <= 0:
                raise TryLater("no time is left to ask the model")
            if wait := self._breaker.wait():
                raise TryLater("the model rests after failures", wait)
            try:
                return self._paid(request, left, purse, said)
            except Failed as failure:
                wait = failure.retry_after or FIRST_WAIT_S * 2**tried * _CHANCE.uniform(0.7, 1.3)
                if tried + 1 == tries or self._clock() + wait >= until:
                    raise TryLater(f"the model is away: {failure}", failure.retry_after) from None
                self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def _paid(
        self, request: dict[str, Any], left: float, purse: Purse, said: Telling | None
    ) -> Reply:
        """One try. That it cannot be paid is no failure of the model's. Whoever dies meanwhile
        leaves it counted at its worst."""
        try:
            held = purse.hold(request)
        except BaseException:
            self._breaker.untried()
            raise
        heard = _Heard()
        try:
            return self._judged(request, left, said, heard)
        finally:
            _settle(held, heard)

    def _judged(
        self, request: dict[str, Any], left: float, said: Telling | None, heard: _Heard
    ) -> Reply:
        try:
            reply = self._once(request, left, said, heard)
        except Refused:
            # It is there, and answers: another request may well be taken.
            self._breaker.passed()
            raise
        except BaseException as error:
            self._breaker.failed(error.retry_after if isinstance(error, Failed) else None)
            raise
        self._breaker.passed()
        return reply

    def _once(
        self, request: dict[str, Any], left: float, said: Telling | None, heard: _Heard
    ) -> Reply:
        patience = anthropic.Timeout(left, connect=min(CONNECT_S, left))
        try:
            with self._client.messages.stream(**request, timeout=patience) as stream:
                heard.stream = stream
                for event in stream:
                    heard.hear(event)
                    if said is not None and event.type == "text":
                        _tell(said, event.snapshot)
            return _reply(stream.current_message_snapshot)
        except (Failed, Refused):
            raise
        except anthropic.APIStatusError as error:
            heard.is_unread = is_unread(error)
            raise verdict_of(error) from None
        except Exception as error:
            heard.is_unread = never_sent(error)
            # Connections that break, time-outs within a stream and broken JSON come as what the
            # libraries below raise, and none of them says more than that there is no answer.
            log.warning("the model's answer broke: %s", type(error).__name__)
            raise Failed(type(error).__name__) from None

    def look(self, model: str) -> None:
        """Ask for nothing but the model's name, which costs nothing. Raises as `ask` does, after
        one try."""
        try:
            self._client.models.retrieve(model, timeout=CONNECT_S)
        except anthropic.APIStatusError as error:
            verdict = verdict_of(error)
            raise verdict if isinstance(verdict, Refused) else TryLater(str(verdict)) from None
        except anthropic.AnthropicError as error:
            raise OutcomeUnknown(type(error).__name__) from None


def _settle(held: Held, heard: _Heard) -> None:
    """What it cost. Where that cannot be written down it stays counted at its worst: an answer that
    was paid for is not lost by it."""
    try:
        held.settle(heard.usage(held.read))
    except Exception:
        log.exception("what a call cost could not be written down")


def _tell(said: Telling, text: str) -> None:
    """Whoever listens may fail, which is no failure of the model's."""
    try:
        said(text)
    except Exception:
        log.exception("an answer could not be shown as it is written")


def _reply(message: Any) -> Reply:
    if message.stop_reason is None:
        raise Failed("cut off")
    if message.stop_reason == "refusal":
        raise Refused("model_declines")
    content = [_param(block) for block in message.content]
    text = "".join(block["text"] for block in content if block["type"] == "text")
    calls = tuple(
        Call(block["id"], block["name"], block["input"])
        for block in content
        if block["type"] == "tool_use"
    )
    return Reply(content, text, calls, message.stop_reason)


def _param(block: Any) -> dict[str, Any]:
    """The SDK adds fields of its own to what it read, which the API would not take back."""
    told: dict[str, Any] = block.model_dump(exclude_none=True)
    kept = {"text": ("type", "text"), "tool_use": ("type", "id", "name", "input")}.get(told["type"])
    return {name: told[name] for name in kept} if kept else told


def _usage(used: Any) -> Usage:
    return Usage(
        used.input_tokens or 0,
        used.output_tokens or 0,
        used.cache_creation_input_tokens or 0,
        used.cache_read_input_tokens or 0,
    )
