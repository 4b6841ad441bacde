"""Pulls the plug at moments drawn from the seed."""

import asyncio
import random
from collections.abc import Sequence

from benchmarks.torture.stage import Stage

LOOK_S = 0.01
PAUSES_S = (0.0, 0.4)
# What is left of the kills when the work is over falls into the drain.
LEFT_OVER_S = (0.3, 1.5)
# Most kills wait until the bot is back; the others may strike while it starts.
FINISHES_STARTING = 0.8


class Killer:
    """`at` are the parts of the work, from 0 to 1, at which a kill is due."""

    def __init__(self, stage: Stage, at: Sequence[float], total: int) -> None:
        self._stage, self._at, self._total = stage, list(at), total
        self._dice = random.Random(f"killer {stage.script.load.seed}")
        self._done = 0
        self.kills = 0

    def done(self) -> None:
        """One more piece of work is finished."""
        self._done += 1

    @property
    def progress(self) -> float:
        return self._done / max(1, self._total)

    async def lurk(self) -> None:
        """Strike whenever the work has come far enough, until cancelled or nothing is left."""
        while self._at:
            if self.progress < self._at[0]:
                await asyncio.sleep(LOOK_S)
                continue
            await asyncio.sleep(self._dice.uniform(*PAUSES_S))
            await self._strike()

    async def finish(self) -> None:
        """Strike as often as is left, while the bot works off what it has."""
        while self._at:
            await asyncio.sleep(self._dice.uniform(*LEFT_OVER_S))
            await self._strike()

    async def _strike(self) -> None:
        await self._stage.kill(self._dice)
        self.kills += 1
        self._at.pop(0)
        if self._dice.random() < FINISHES_STARTING:
            await self._stage.ready()
