"""A minute of it: what nobody may send at every door, slow callers, customers whose words address
the machine, and beside them people who press as always."""

import asyncio
import contextlib
import dataclasses
import math
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.torture.company import APPROVALS, ENTITLED, Json, address
from benchmarks.torture.crowd import CARD_WITHIN_S, Crowd
from benchmarks.torture.fuzz import signing, wire
from benchmarks.torture.fuzz.hostile import TEXTS
from benchmarks.torture.fuzz.judging import Poured, judge
from benchmarks.torture.fuzz.letters import Original, Post
from benchmarks.torture.fuzz.originals import originals
from benchmarks.torture.judges.rows import read_rows
from benchmarks.torture.judges.trial import Trial, Verdict
from benchmarks.torture.load import Case, Click, Load
from benchmarks.torture.run import Result, Tell, drain
from benchmarks.torture.seat import Seats
from benchmarks.torture.stage import Script, Stage, stage
from sandbox.helpdesk.desk import Change

LOAD = Load(approvals=0, clicks=5, kills=0, escalations=0, drops=0.0)
POUR_S, SLOW = 60.0, 500
SENDERS, BAITS, AT_ONCE = 8, 4, 4
# An honest approval takes a second or so; there are as many as could be wanted.
HONEST_PER_S, PAUSE_S = 2, 0.3
SETTINGS: Json = {
    "sources": {"shop": {"secrets": ["TORTURE_SHOP_SECRET"]}},
    "monitors": {"alerts": {"kind": "alertmanager", "secrets": ["TORTURE_ALERTS_TOKEN"]}},
    "agent": {
        "others": {
            "helper": {
                "keys": ["TORTURE_AGENT_KEY"],
                "scopes": ["escalations", "acts", "resolutions"],
            }
        }
    },
    # The pages are open and no honest yes is large enough to lead there.
    "approvals": {"grace": "0s", "step_up": {"by": "passkeys", "above": {"refund": 10**9}}},
}


@dataclass(frozen=True)
class Pouring:
    """How long letters are poured, and how many slow callers there are."""

    seconds: float = POUR_S
    slow: int = SLOW

    def cases_of(self, load: Load) -> list[Case]:
        """The baits, then those with hostile words, then the honest."""
        first = BAITS + len(TEXTS)
        honest = math.ceil(self.seconds * HONEST_PER_S)
        presses = tuple(Click(person, "grant") for person in (*ENTITLED, "sol", "visitor"))
        return [
            Case(n, "hostile", 5_000 + n, 1, ())
            if n < first
            else Case(n, "granted", 5_000 + n, 1, presses[: load.clicks])
            for n in range(first + honest)
        ]

    async def run(self, script: Script, cases: Sequence[Case], tell: Tell) -> Result:
        began, verdict, poured = time.monotonic(), Verdict(), Poured()
        async with stage(_opened(script)) as made:
            seats = Seats(made)
            crowd = Crowd(made, seats, lambda: None)
            cards = await self._bait(seats, crowd, cases)
            pid = made.bots[0].record.pid
            before = _resident(pid)
            tell("pours", 0.2)
            played = await self._pour(
                made, crowd, originals(made, cards, cases[:BAITS]), cases, poured
            )
            tell("settles", 0.8)
            await crowd.settle(played)
            left = await drain(made, tell)
            trial = Trial(made, read_rows(script.database), _judged(cases, played), (), (), verdict)
            judge(trial, poured, _log(made), alive=made.bots[0].record.pid == pid)
            verdict.count("undrained", left)
            figures = {**_figures(made, poured), "grown_mb": round(_resident(pid) - before, 1)}
        figures["seconds"] = round(time.monotonic() - began, 1)
        return Result(script.load, verdict, figures)

    async def _bait(self, seats: Seats, crowd: Crowd, cases: Sequence[Case]) -> list[Json]:
        """Approvals that nobody decides; what is bent is about them."""
        for case in cases[:BAITS]:
            crowd.open_ticket(case)
        return [await seats.card(APPROVALS, one.charge, CARD_WITHIN_S) for one in cases[:BAITS]]

    async def _pour(
        self,
        made: Stage,
        crowd: Crowd,
        whole: Sequence[Original],
        cases: Sequence[Case],
        poured: Poured,
    ) -> list[Case]:
        """The honest approvals that were played meanwhile."""
        seed, port = made.script.load.seed, urlsplit(made.bots[0].launch.url).port or 0
        ends = time.monotonic() + self.seconds
        first = BAITS + len(TEXTS)

        async def send(number: int) -> None:
            post = Post(whole, random.Random(f"fuzz {seed} {number}"))
            line = wire.Wire(port)
            while time.monotonic() < ends:
                letter = post.draw()
                poured.note(letter, await line.send(letter))
            line.close()

        waiting, played = iter(cases[first:]), list[Case]()

        async def press() -> None:
            for case in waiting:
                if time.monotonic() > ends:
                    break
                played.append(case)
                await crowd.play([case])
                await asyncio.sleep(PAUSE_S)

        dice = random.Random(f"slow {seed}")
        slow = [wire.dawdle(port, n, dice) for n in range(wire.slow_ones(self.slow))]
        pouring = asyncio.gather(*(send(number) for number in range(SENDERS)))
        speaking = _speak(made, cases[BAITS:first], self.seconds)
        dawdling = asyncio.gather(*slow)
        pressing = asyncio.gather(*(press() for _ in range(AT_ONCE)))
        _, poured.slow, _, _ = await asyncio.gather(pressing, dawdling, pouring, speaking)
        return played


def _figures(made: Stage, poured: Poured) -> dict[str, float]:
    asked = made.witness.asked
    waits = sorted(one.ended - one.began for one in asked if one.outcome.ok) or [0.0]
    return {
        "gestures": len(asked),
        "letters": poured.sent,
        "letters_signed": poured.signed,
        "slow_callers": len(poured.slow),
        "slow_longest_s": round(max(poured.slow, default=0.0), 1),
        "hostile_texts": len(TEXTS),
        **{f"answered_{status}": many for status, many in sorted(poured.statuses.items())},
        "answer_p50_ms": round(1000 * statistics.median(waits), 1),
        "answer_p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 1),
    }


async def _speak(made: Stage, cases: Sequence[Case], seconds: float) -> None:
    """Customers who want their money back, in words that are for the machine."""
    desk = made.world.helpdesk
    for case, text in zip(cases, TEXTS, strict=True):
        customer = desk.directory.customer(address(case.customer))
        words = text.format(charge=case.charge, amount=f"{case.amount / 100:.2f} USD")
        desk.open_ticket(customer, f"Refund {case.charge}", Change(text=words))
        await asyncio.sleep(seconds / len(TEXTS) / 2)


def _judged(cases: Sequence[Case], played: Sequence[Case]) -> list[Case]:
    return [*(case for case in cases if case.course == "hostile"), *played]


def _log(made: Stage) -> bytes:
    return b"".join(bot.launch.log.read_bytes() for bot in made.bots)


def _resident(pid: int | None) -> float:
    """Megabytes in memory, where the system says it."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _opened(script: Script) -> Script:
    """The same with every door open."""
    return dataclasses.replace(script, settings=SETTINGS, environment=signing.ENVIRONMENT)


# A door without its lock shows at once.
TEMPTED = Pouring(3.0, 0)
