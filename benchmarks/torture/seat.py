"""A person at a client: sees cards, presses what the screen shows, presses again when cut off."""

import asyncio
import copy
import json
import re
import time
from collections import defaultdict
from typing import Any

from benchmarks.torture.company import Json
from benchmarks.torture.stage import Stage
from sandbox.slack import interactions
from sandbox.slack.blocks import find_element
from sandbox.slack.errors import SeatError
from sandbox.slack.people import Person
from sandbox.slack.seat import modals
from sandbox.slack.seat.gestures import deliver, report

LOOK_S = 0.05
# What a person's patience is: presses of one button until it works.
PATIENCE = 12
_TOKENS = re.compile(r"ch_torture\d+|case-\d+")


class Seats:
    """Every person's client. A screen shows what the workspace said when the person looked, so
    that a button may be pressed after it is gone."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._workspace = stage.world.workspace
        self._seen: dict[str, int] = defaultdict(int)
        self._found: dict[tuple[str, str], str] = {}
        self._hands: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.pressed_again = 0

    async def card(self, channel: str, token: str, within_s: float) -> Json:
        """A screen's picture of the card that shows the token; TimeoutError when none comes."""
        ends = time.monotonic() + within_s
        while (ts := self._look(channel, token)) is None:
            if time.monotonic() > ends:
                raise TimeoutError(f"no card shows {token}")
            await asyncio.sleep(LOOK_S)
        return self.screen(channel, ts)

    def screen(self, channel: str, ts: str) -> Json:
        picture: Json = copy.deepcopy(self._workspace.channels[channel].messages[ts])
        return picture

    async def press(
        self,
        user: str,
        channel: str,
        picture: Json,
        action: str,
        overrides: Json | None = None,
        repeat: int = 1,
    ) -> Json:
        """Press until it is answered; the answer of the press that was."""
        person = self._workspace.people[user]
        bent = {"raw_overrides": overrides or {}, "repeat": repeat}
        answer: Json = {"ok": False}
        for attempt in range(PATIENCE):
            await self._stage.ready()
            answer = await self._press(person, channel, picture, action, bent)
            if answer["ok"]:
                break
            self.pressed_again += attempt < PATIENCE - 1
            await asyncio.sleep(LOOK_S)
        return answer

    async def fill(
        self, user: str, channel: str, picture: Json, action: str, values: dict[str, Any]
    ) -> bool:
        """Press a button that opens a form, fill it in and submit it; False when none opens.
        A person has one screen, so one form at a time."""
        async with self._hands[user]:
            opened = await self.press(user, channel, picture, action)
            view = opened.get("view")
            if view is None:
                return False
            act = {"view_id": view["id"], "values": _states(view, values)}
            for _ in range(PATIENCE):
                await self._stage.ready()
                try:
                    answer = await modals.submit(self._workspace, self._workspace.people[user], act)
                except SeatError:
                    # Another window took this one's place: it was answered after all.
                    return True
                if answer["ok"] or "errors" in answer:
                    return bool(answer["ok"])
                self.pressed_again += 1
                await asyncio.sleep(LOOK_S)
            return False

    async def _press(
        self, person: Person, channel: str, picture: Json, action: str, bent: Json
    ) -> Json:
        workspace = self._workspace
        block, element = find_element(picture["blocks"], None, action)
        pressed = interactions.action_on(element, block["block_id"], workspace.stamps.next(), {})
        trigger = workspace.triggers.issue(person.id)
        payload = interactions.click_on_message(
            workspace,
            person,
            trigger,
            workspace.channels[channel],
            picture,
            pressed,
            ephemeral=False,
            state={},
        )
        return report(await deliver(workspace, bent, payload), trigger)

    def _look(self, channel: str, token: str) -> str | None:
        place = self._workspace.channels[channel]
        for ts in place.timeline[self._seen[channel] :]:
            words = json.dumps(place.messages[ts].get("blocks", []))
            for found in _TOKENS.findall(words):
                self._found.setdefault((channel, found), ts)
        self._seen[channel] = len(place.timeline)
        return self._found.get((channel, token))


def has_button(picture: Json, action: str) -> bool:
    try:
        find_element(picture.get("blocks", []), None, action)
    except LookupError:
        return False
    return True


def _states(view: Json, values: dict[str, Any]) -> Json:
    """What was typed, by the names of the form's inputs."""
    states: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input" and block["block_id"] in values:
            element = block["element"]
            states[block["block_id"]] = {element["action_id"]: {"value": values[block["block_id"]]}}
    return states
