"""The plug of the tour's fourth step: pulled once the provider has paid, with the evidence."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from sandbox.bot_process import BotProcess
from sandbox.payments import Provider

Json = dict[str, Any]

LOOK_EVERY_S = 0.02
# While armed, the money moves and the answer is still to come: time enough to pull the plug.
ANSWER_AFTER_S = 3.0


class Plug:
    """What happened to the bot in the middle of a refund; times are Unix seconds."""

    def __init__(self, provider: Provider, bot: BotProcess | None) -> None:
        self._provider = provider
        self._bot = bot
        self._armed = False
        self._pulled_at: float | None = None
        self._pid: int | None = None
        self._back: Json | None = None
        self._watch: asyncio.Task[None] | None = None

    def arm(self, refunds: Callable[[], list[Json]]) -> None:
        """Lose the provider's next answer, and kill the bot once `refunds` shows one."""
        if self._bot is None or self._armed:
            return
        self._armed = True
        faults = self._provider.faults
        faults.hang_seconds = ANSWER_AFTER_S
        faults.hang_next = faults.drop_after_commit_next = 1
        self._watch = asyncio.create_task(self._pull_when_paid(self._bot, refunds))

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)

    @property
    def is_back(self) -> bool:
        """Ready again since it was pulled."""
        if self._bot is None or self._pulled_at is None:
            return False
        ready = self._bot.record.last_ready
        return self._bot.record.pid is not None and ready is not None and ready > self._pulled_at

    @property
    def note(self) -> str:
        if not self._armed:
            return ""
        if self._pulled_at is None:
            return "The plug is ready: approve the refund, and it is pulled."
        return "" if self.is_back else "The supervisor starts it again…"

    def evidence(self, refunds: list[Json]) -> list[Json]:
        """What the outside saw, oldest first: `at` and the words for it."""
        if self._pulled_at is None:
            return []
        killed = f"The provider had paid. Its answer was lost, and process {self._pid} was killed."
        seen: list[Json] = [{"at": self._pulled_at, "words": killed}]
        if self._bot is None or not self.is_back:
            return seen
        if self._back is None:
            # Whoever pulls the plug again later does not rewrite what was seen.
            again = f"A new process, {self._bot.record.pid}, was ready."
            self._back = {"at": self._bot.record.last_ready, "words": again}
        seen.append(self._back)
        looks = self._looks(refunds)
        if looks:
            looked = "Before anything else it looked in the provider’s record for its own key."
            seen.append({"at": looks[0], "words": looked})
        seen.sort(key=lambda one: one["at"])
        return [*seen, {"at": None, "words": f"The ledger shows {count(refunds)}."}]

    def _looks(self, refunds: list[Json]) -> list[float]:
        """When the provider was asked for the refunds of these charges, since the plug."""
        after = self._pulled_at or 0.0
        charges = [self._provider.charges[row["charge"]] for row in refunds]
        return [at for charge in charges for at in charge.looks if at > after]

    async def _pull_when_paid(self, bot: BotProcess, refunds: Callable[[], list[Json]]) -> None:
        while not refunds():
            await asyncio.sleep(LOOK_EVERY_S)
        self._pid = bot.kill()
        self._pulled_at = time.time()


def count(refunds: list[Json]) -> str:
    if not refunds:
        return "no refund"
    paid = f"{refunds[0]['amount'] / 100:.2f} {refunds[0]['currency'].upper()}"
    return f"exactly one refund of {paid}" if len(refunds) == 1 else f"{len(refunds)} refunds"
