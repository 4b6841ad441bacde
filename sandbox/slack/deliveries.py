"""Sends what happens in the workspace to the bot, over HTTP or Socket Mode, with faults between.

Events are delivered again when they fail: at once, after a minute, after five. Clicks,
submissions and commands are not: the person sees an error and presses again.
"""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sandbox.slack.people import Json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Parcel:
    """One thing on its way. `encoded` is its JSON as it was when it happened: a message that is
    edited while its event waits for a retry must not change the event."""

    kind: Kind
    name: str
    ident: str
    fields: Json
    encoded: str
    accepts_response: bool = False

    @classmethod
    def wrap(
        cls, kind: Kind, name: str, ident: str, payload: Json, accepts_response: bool = False
    ) -> "Parcel":
        encoded = json.dumps(payload, separators=(",", ":"))
        return cls(kind, name, ident, payload, encoded, accepts_response)


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. `body` is parsed JSON, text, or None."""

    ok: bool
    status: int | str
    reason: str = ""
    body: Any = None
    no_retry: bool = False


@dataclass(frozen=True)
class Fate:
    """What the faults do to one attempt. Drawn when the attempt is decided on, not when it gets
    its turn, so that the order of happenings alone decides what a seed gives."""

    lost: bool
    late_s: float
    overtaken: bool
    doubled: bool


class Carrier(Protocol):
    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def prepare(self, parcel: Parcel, attempt: int, reason: str) -> Any: ...
    async def carry(self, parcel: Parcel, prepared: Any) -> Outcome: ...


class Deliveries:
    def __init__(self, workspace: "Workspace", carriers: dict[str, Carrier]) -> None:
        self._workspace = workspace
        self._carriers = carriers
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent = asyncio.Event()

    async def start(self) -> None:
        for carrier in self._carriers.values():
            await carrier.start()

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for carrier in self._carriers.values():
            await carrier.stop()

    @property
    def pending(self) -> int:
        """Events not yet accepted nor given up."""
        return len(self._tasks)

    async def ask(self, parcel: Parcel, repeat: int = 1) -> list[Outcome]:
        """Delivers an interaction once (or the same signed bytes `repeat` times, at the same
        moment) and answers what the bot said to each."""
        carrier = self._carriers[self._workspace.delivery]
        prepared = carrier.prepare(parcel, 0, "")
        attempts = [
            self._attempt(carrier, parcel, prepared, 0, self._draw_fate()) for _ in range(repeat)
        ]
        if repeat == 1:
            return [await attempts[0]]
        return list(await asyncio.gather(*attempts))

    def tell(self, parcel: Parcel) -> None:
        """Delivers an event in the background until accepted or given up."""
        self._later(self._insist(parcel, self._draw_fate()))

    def _draw_fate(self) -> Fate:
        faults, chance = self._workspace.faults, self._workspace.chance
        return Fate(
            lost=chance(faults.lose),
            late_s=faults.delay_s if chance(faults.delay) else 0.0,
            overtaken=chance(faults.reorder),
            doubled=chance(faults.duplicate),
        )

    async def _insist(self, parcel: Parcel, fate: Fate) -> None:
        reason = ""
        delays = self._workspace.timing.retry_delays_s
        for attempt in range(len(delays) + 1):
            if attempt:
                await asyncio.sleep(delays[attempt - 1])
                fate = self._draw_fate()
            carrier = self._carriers[self._workspace.delivery]
            prepared = carrier.prepare(parcel, attempt, reason)
            outcome = await self._attempt(carrier, parcel, prepared, attempt, fate)
            if outcome.ok or outcome.no_retry:
                return
            reason = outcome.reason

    async def _attempt(
        self, carrier: Carrier, parcel: Parcel, prepared: Any, attempt: int, fate: Fate
    ) -> Outcome:
        if fate.lost:
            outcome = Outcome(False, "lost", "http_timeout", no_retry=True)
        else:
            if fate.late_s:
                await asyncio.sleep(fate.late_s)
            if fate.overtaken:
                await self._be_overtaken()
            if fate.doubled:
                self._later(self._carry_again(carrier, parcel, prepared, attempt))
            outcome = await carrier.carry(parcel, prepared)
            self._sent.set()
        self._workspace.journal.delivery(parcel.name, attempt, outcome.status, parcel.ident)
        return outcome

    async def _carry_again(
        self, carrier: Carrier, parcel: Parcel, prepared: Any, attempt: int
    ) -> None:
        outcome = await carrier.carry(parcel, prepared)
        self._workspace.journal.delivery(parcel.name, attempt, outcome.status, parcel.ident)

    async def _be_overtaken(self) -> None:
        self._sent.clear()
        try:
            await asyncio.wait_for(self._sent.wait(), self._workspace.timing.overtake_s)
        except TimeoutError:
            return

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
