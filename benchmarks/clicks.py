"""Clicks on approval cards: the payloads, signatures and bytes that Slack would send."""

import copy
import json
from collections.abc import Sequence
from typing import Any

from benchmarks.seeding import CHANNEL, Seeded, stamp
from sandbox.slack import Workspace
from sandbox.slack.http_delivery import HttpCarrier
from sandbox.slack.interactions import action_on, click_on_message, to_parcel
from sandbox.slack.messages import from_bot
from sandbox.world import World, read_company

APPROVER = "U0RUTHCAST1"
PATH = "/slack/events"


class Clicks:
    """Makes requests to press Approve, each on a card of its own, with the sandbox's own seat."""

    def __init__(self, seeded: Seeded) -> None:
        self._workspace = workspace()
        self._seeded = seeded
        self._carrier = HttpCarrier(self._workspace)
        self._next = 0

    def take(self, count: int) -> Sequence[bytes]:
        """That many requests on cards not used yet, signed now."""
        first, self._next = self._next, self._next + count
        if self._next > len(self._seeded.digests):
            raise ValueError("there are not enough cards for so many clicks")
        return [self._request(n) for n in range(first, self._next)]

    @property
    def taken(self) -> int:
        return self._next

    def _request(self, n: int) -> bytes:
        workspace = self._workspace
        person, channel = workspace.people[APPROVER], workspace.channels[CHANNEL]
        message = {**from_bot(workspace, "A refund waits."), "ts": stamp(n)}
        message["blocks"] = self._blocks(n)
        block = next(one for one in message["blocks"] if one["type"] == "actions")
        action = action_on(block["elements"][0], block["block_id"], workspace.stamps.next(), {})
        payload = click_on_message(
            workspace,
            person,
            workspace.triggers.issue(person.id),
            channel,
            message,
            action,
            ephemeral=False,
            state={},
        )
        letter = self._carrier.prepare(to_parcel(payload), 0, "")
        lines = [f"POST {PATH} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(letter.body)}"]
        lines += [f"{name}: {value}" for name, value in letter.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + letter.body

    def _blocks(self, n: int) -> list[dict[str, Any]]:
        """One card drawn by the bot, whose buttons carry the approval's own id and digest."""
        blocks = copy.deepcopy(self._seeded.blocks)
        args = {"approval": n + 1, "digest": self._seeded.digests[n]}
        for number, block in enumerate(blocks):
            block["block_id"] = f"block{number}"
            for element in block.get("elements", ()) if block["type"] == "actions" else ():
                element["value"] = json.dumps(args, separators=(",", ":"))
        return blocks


def workspace() -> Workspace:
    """The sample company's workspace as the sandbox process has it, to make payloads with."""
    nowhere = "http://127.0.0.1:9"
    return World.build(read_company(), public_url=nowhere, bot_url=nowhere).workspace
