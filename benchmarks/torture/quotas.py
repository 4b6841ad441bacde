"""With Slack's real quotas: cards stay true while quota remains; when not, the backlog shows it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from benchmarks.torture.company import APPROVALS, ENTITLED, PEOPLE, Json
from benchmarks.torture.crowd import CARD_WITHIN_S, Crowd
from benchmarks.torture.judges import posts
from benchmarks.torture.judges.rows import Rows, read_rows
from benchmarks.torture.judges.trial import Verdict
from benchmarks.torture.load import Case, Click, Load
from benchmarks.torture.run import Result, Tell, drain
from benchmarks.torture.seat import Seats
from benchmarks.torture.stage import Script, Stage, stage
from bot.waiting import LATE
from sandbox.slack.seat import speaking

LOAD = Load(approvals=12, clicks=6, kills=0, escalations=0, drops=0.0, quota_scale=1.0)
TRUE_WITHIN_S = 60.0
LOOK_S = 0.5
# The bot calls late what has waited for longer than a busy moment, and looks once a second.
TOLD_AFTER_S = LATE.total_seconds() + 3.0
COPIES_WITHIN_S = 120.0
# Of so many cards everybody who may decide has a copy while quota remains.
BROUGHT = 2
_GRANT, _BRING = "approval.grant", "approval.bring"


def cases_of(load: Load) -> list[Case]:
    """Small refunds that one person decides; the others press too."""
    presses = [Click(person, "grant") for person in (*ENTITLED, "sol", "visitor", "guest")]
    return [
        Case(number, "granted", 5_000 + number, 1, tuple(presses[: load.clicks]))
        for number in range(load.approvals)
    ]


@dataclass
class Watch:
    """Looks twice a second at every copy of every card: since when it says what is not so, and
    whether the bot's `/readyz` tells of a backlog once that is too long."""

    made: Stage
    since: dict[str, float] = field(default_factory=dict)
    longest: float = 0.0
    hidden: int = 0
    deepest: int = 0

    async def keep_looking(self) -> None:
        async with httpx.AsyncClient(base_url=self.made.bots[0].launch.url) as bot:
            while True:
                answer = (await bot.get("/readyz")).json()
                rows = await asyncio.to_thread(read_rows, self.made.script.database)
                self._look(rows, answer.get("backlog") or {})
                await asyncio.sleep(LOOK_S)

    def _look(self, rows: Rows, backlog: Json) -> None:
        shown = dict(posts.posted_in(self.made.world.workspace))
        now = time.monotonic()
        untrue = {
            row["marker"]
            for row in rows.posts
            if row["marker"] not in shown or not posts.is_true(rows, row, shown[row["marker"]])
        }
        self.since = {marker: self.since.get(marker, now) for marker in untrue}
        self.longest = max([self.longest, *(now - at for at in self.since.values())])
        is_late = any(now - since > TOLD_AFTER_S for since in self.since.values())
        self.hidden += is_late and not backlog
        self.deepest = max(self.deepest, sum(each["count"] for each in backlog.values()))

    def begin_anew(self) -> float:
        """The longest untruth so far, which is forgotten."""
        longest, self.longest, self.since = self.longest, 0.0, {}
        return longest


async def run(script: Script, cases: Sequence[Case], tell: Tell) -> Result:
    verdict, began = Verdict(), time.monotonic()
    half = len(cases) // 2
    async with stage(script) as made:
        seats, watch = Seats(made), Watch(made)
        crowd = Crowd(made, seats, lambda: None)
        looking = asyncio.create_task(watch.keep_looking())
        try:
            tell("within the quotas", 0.1)
            await _copy(made, seats, crowd, cases[:BROUGHT])
            await asyncio.gather(*(_decide(seats, case) for case in cases[:BROUGHT]))
            await crowd.play(cases[BROUGHT:half])
            left = await drain(made, tell)
            within = watch.begin_anew()
            tell("copies for everybody", 0.4)
            await _copy(made, seats, crowd, cases[half:])
            tell("beyond the quotas", 0.6)
            watch.begin_anew()
            await asyncio.gather(*(_decide(seats, case) for case in cases[half:]))
            left = [*left, *await drain(made, tell)]
            beyond = watch.begin_anew()
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
        rows = await asyncio.to_thread(read_rows, script.database)
        shown = dict(posts.posted_in(made.world.workspace))
        refused = sum(made.world.workspace.quotas.refused.values())
    verdict.count("late_cards", [within] if within > TRUE_WITHIN_S else [])
    verdict.count("hidden_backlogs", range(watch.hidden))
    verdict.count("undrained", left)
    stale = [r["card_key"] for r in rows.posts if not posts.is_true(rows, r, shown[r["marker"]])]
    verdict.count("stale_cards", stale)
    figures = {
        "copies": len(rows.posts),
        "longest_untrue_within_s": round(within, 1),
        "longest_untrue_beyond_s": round(beyond, 1),
        "deepest_backlog": watch.deepest,
        "refused_by_slack": refused,
        "seconds": round(time.monotonic() - began, 1),
    }
    return Result(script.load, verdict, figures)


async def _copy(made: Stage, seats: Seats, crowd: Crowd, cases: Sequence[Case]) -> None:
    """Each who may decide has every card brought to them: of six cards more copies than a minute
    can redraw."""
    wanted = _copies(made) + len(cases) * len(ENTITLED)
    for case in cases:
        crowd.open_ticket(case)
    for case in cases:
        await seats.card(APPROVALS, case.charge, CARD_WITHIN_S)
    workspace = made.world.workspace
    for name in ENTITLED:
        user = PEOPLE[name].user
        act = {"command": "/approvals", "channel": APPROVALS, "text": ""}
        answer = await speaking.command(workspace, workspace.people[user], act)
        picture: Json = answer["reply"]
        for action in _brings(picture):
            await seats.press(user, APPROVALS, picture, action)
    ends = time.monotonic() + COPIES_WITHIN_S
    while _copies(made) < wanted and time.monotonic() < ends:
        await asyncio.sleep(LOOK_S)


def _brings(picture: Json) -> list[str]:
    return [
        element["action_id"]
        for block in picture["blocks"]
        for element in (*block.get("elements", ()), block.get("accessory", {}))
        if str(element.get("action_id", "")).startswith(_BRING)
    ]


def _copies(made: Stage) -> int:
    directs = [one for one in made.world.workspace.channels.values() if one.is_im]
    return sum("metadata" in message for one in directs for message in one.messages.values())


async def _decide(seats: Seats, case: Case) -> None:
    picture = await seats.card(APPROVALS, case.charge, CARD_WITHIN_S)
    await seats.press(PEOPLE[ENTITLED[0]].user, APPROVALS, picture, _GRANT)
