"""Customers who want money back, and two hundred presses of each approval's buttons."""

import asyncio
import json
import random
from collections.abc import Callable, Sequence

from benchmarks.torture.company import (
    APPROVALS,
    ENTITLED,
    LOUNGE,
    OTHER_TEAM,
    PEOPLE,
    Json,
    address,
)
from benchmarks.torture.load import Case, Click
from benchmarks.torture.seat import Seats, has_button
from benchmarks.torture.stage import Stage
from sandbox.helpdesk.desk import Change

CARD_WITHIN_S = 180.0
SPREAD_S = 0.4
# Rounds in which the entitled press again what still waits for them.
ROUNDS, ROUND_S = 8, 1.0
_GRANT, _REJECT = "approval.grant", "approval.open_rejection"
_NOBODY = "U0NOBODY00"


class Crowd:
    """Plays the approvals; `done` is called after each click that was answered."""

    def __init__(self, stage: Stage, seats: Seats, done: Callable[[], None]) -> None:
        self._stage, self._seats, self._done = stage, seats, done
        self._dice = random.Random(f"crowd {stage.script.load.seed}")
        self.missing: list[str] = []

    async def play(self, cases: Sequence[Case]) -> None:
        """Some approvals at a time; of each the ticket, the card, and everybody at once."""
        waiting = iter(cases)

        async def go_on() -> None:
            for case in waiting:
                await self._play(case)

        await asyncio.gather(*(go_on() for _ in range(self._stage.script.load.at_once)))

    async def settle(self, cases: Sequence[Case]) -> None:
        """Who was told to press again presses again, as a person would."""
        open_cases = [case for case in cases if case.course != "hostile"]
        for _ in range(ROUNDS):
            open_cases = [case for case in open_cases if await self._ask_once_more(case)]
            if not open_cases:
                return
            await asyncio.sleep(ROUND_S)

    def open_ticket(self, case: Case) -> None:
        amount = f"{case.amount // 100}.{case.amount % 100:02d} USD"
        desk = self._stage.world.helpdesk
        desk.open_ticket(
            desk.directory.customer(address(case.customer)),
            f"Refund {case.charge}",
            Change(text=f"Hello, please refund {amount} of my payment {case.charge}. Thank you."),
        )

    async def _play(self, case: Case) -> None:
        self.open_ticket(case)
        try:
            picture = await self._seats.card(APPROVALS, case.charge, CARD_WITHIN_S)
        except TimeoutError:
            self.missing.append(case.charge)
            for _ in case.clicks:
                self._done()
            return
        await asyncio.gather(*(self._click(click, picture) for click in case.clicks))

    async def _click(self, click: Click, picture: Json) -> None:
        await asyncio.sleep(self._dice.uniform(0, SPREAD_S))
        if click.way == "reject":
            user = PEOPLE[click.person].user
            await self._seats.fill(
                user, APPROVALS, picture, _REJECT, {"reason": "Not this one, says the crowd."}
            )
        else:
            person = "ada" if click.way == "forged" else click.person
            await self._seats.press(
                PEOPLE[person].user,
                APPROVALS,
                picture,
                _GRANT,
                _bent(click, picture),
                click.repeat,
            )
        self._done()

    async def _ask_once_more(self, case: Case) -> bool:
        """Whether the approval is still open after each entitled person has pressed."""
        if case.charge in self.missing:
            return False
        picture = await self._seats.card(APPROVALS, case.charge, 1.0)
        if not has_button(picture, _GRANT):
            return False
        for person in ENTITLED:
            await self._seats.press(PEOPLE[person].user, APPROVALS, picture, _GRANT)
        return True


def _bent(click: Click, picture: Json) -> Json:
    """What a hostile payload says otherwise than a client would."""
    match click.way:
        case "stale":
            value = json.loads(_value(picture))
            value["digest"] = "0" * len(value["digest"])
            return {"actions": [{"value": json.dumps(value)}]}
        case "copied":
            return {"container": {"message_ts": "1700000000.000100"}}
        case "elsewhere":
            return {"container": {"channel_id": LOUNGE}, "channel": {"id": LOUNGE}}
        case "abroad":
            return {"user": {"team_id": OTHER_TEAM}, "team": {"id": OTHER_TEAM}}
        case "forged":
            known = PEOPLE.get(click.person)
            return {"user": {"id": known.user if known else _NOBODY}}
    return {}


def _value(picture: Json) -> str:
    for block in picture["blocks"]:
        for element in block.get("elements", ()):
            if element.get("action_id") == _GRANT:
                return str(element["value"])
    raise LookupError("the card has no button to grant")
