"""Webhooks out: built when something happens, signed at each attempt, retried as the vendor does.

Zendesk repeats a delivery three times when the answer is 409, five times when there is none
in 10 s, and after `Retry-After` (under 60 s) when it is 429 or 503; any other failure is final.
Intercom repeats once after a minute, and a 410 ends the subscription.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from sandbox.dice import Dice
from sandbox.helpdesk.faults import Faults
from sandbox.helpdesk.records import DeskEvent
from sandbox.plain_http import NO_ROOTS


class Hook(Protocol):
    """One vendor's webhook: where to, what it says, how it is signed and repeated."""

    name: str
    url: str
    timeout: float

    def body(self, event: DeskEvent) -> dict[str, Any] | None:
        """The delivery's content, or None when the vendor has no such event."""
        ...

    def request(
        self, body: dict[str, Any], attempt: int, now: float
    ) -> tuple[bytes, dict[str, str]]:
        """The bytes and headers of one attempt."""
        ...

    def wait(self, attempt: int, answer: httpx.Response | None) -> float | None:
        """Seconds until the next attempt, None when this was the last."""
        ...


@dataclass(eq=False)
class Delivery:
    hook: Hook
    body: dict[str, Any]
    kind: str
    ticket: int
    number: int
    attempt: int = 0


class Sender:
    """Delivers what it is told, each delivery on its own, and keeps a log of the attempts."""

    def __init__(
        self,
        hooks: Sequence[Hook],
        faults: Faults,
        dice: Dice,
        now: Callable[[], float],
        time_scale: float,
    ) -> None:
        self.hooks = list(hooks)
        self.log: list[dict[str, Any]] = []
        self._faults = faults
        self._dice = dice
        self._now = now
        self._time_scale = time_scale
        self._numbers = itertools.count(1)
        self._waiting: deque[Delivery] = deque()
        self._deliveries = itertools.count(1)
        self._held: dict[int, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: httpx.AsyncClient | None = None

    async def start(self) -> None:
        self._client = httpx.AsyncClient(trust_env=False, verify=NO_ROOTS)
        self._loop = asyncio.get_running_loop()
        self._begin()

    async def stop(self) -> None:
        self._loop = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    @property
    def pending(self) -> int:
        """Deliveries neither accepted nor given up."""
        return len(self._tasks) + len(self._waiting)

    def tell(self, event: DeskEvent) -> None:
        """Take the event's content as it is now, and deliver it; callable from any thread."""
        for hook in self.hooks:
            body = hook.body(event)
            if body is not None:
                number = next(self._deliveries)
                self._waiting.append(Delivery(hook, body, event.kind, event.ticket.id, number))
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        while self._waiting and self._loop is not None:
            task = self._loop.create_task(self._deliver(self._waiting.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Delivery) -> None:
        if self._dice.roll("hook_lose"):
            self._note(delivery, "lost")
            return
        copies = 2 if self._dice.roll("hook_duplicate") else 1
        if self._dice.roll("hook_delay"):
            await asyncio.sleep(self._faults.hook_delay_seconds)
        if self._dice.roll("hook_reorder"):
            await self._let_a_later_one_pass(delivery.number)
        for _ in range(copies):
            await self._attempts(delivery)
        for number, is_overtaken in self._held.items():
            if number < delivery.number:
                is_overtaken.set()

    async def _let_a_later_one_pass(self, number: int) -> None:
        self._held[number] = asyncio.Event()
        try:
            await asyncio.wait_for(self._held[number].wait(), self._faults.hook_delay_seconds)
        except TimeoutError:
            return
        finally:
            del self._held[number]

    async def _attempts(self, delivery: Delivery) -> None:
        wait: float | None = 0.0
        delivery.attempt = 0
        while wait is not None:
            await asyncio.sleep(wait * self._time_scale)
            delivery.attempt += 1
            answer = await self._post(delivery)
            self._note(delivery, answer.status_code if answer else "no answer")
            wait = delivery.hook.wait(delivery.attempt, answer)

    async def _post(self, delivery: Delivery) -> httpx.Response | None:
        hook = delivery.hook
        content, headers = hook.request(delivery.body, delivery.attempt, self._now())
        if self._client is None:
            return None
        try:
            return await self._client.post(
                hook.url, content=content, headers=headers, timeout=hook.timeout
            )
        except httpx.TransportError:
            return None

    def _note(self, delivery: Delivery, status: int | str) -> None:
        self.log.append(
            {
                "n": next(self._numbers),
                "hook": delivery.hook.name,
                "kind": delivery.kind,
                "ticket": delivery.ticket,
                "attempt": delivery.attempt,
                "status": status,
                "at": self._now(),
            }
        )
