"""Writes down what the workspace sent the bot and what came back, for the judge."""

import json
import time
from dataclasses import dataclass
from typing import Any

from sandbox.slack.deliveries import Carrier, Deliveries, Outcome, Parcel
from sandbox.slack.http_delivery import HttpCarrier
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One attempt at delivering one gesture; times are `time.monotonic()`.

    `event` begins the identity the bot's inbox must know it by (see `identity`), `action` is
    what was pressed or sent.
    """

    event: str
    action: str
    user: str
    value: Json
    outcome: Outcome
    began: float
    ended: float


def identity(event_id: str) -> str:
    """A click by trigger and button, a form by view and hash; the bot may add what was typed."""
    return ":".join(event_id.split(":")[:3])


class Witness:
    """Sits between a workspace and its carriers; every attempt passes by, the repeated too."""

    def __init__(self, workspace: Workspace) -> None:
        self.asked: list[Asked] = []
        carriers: dict[str, Carrier] = {
            "http": HttpCarrier(workspace),
            "socket": workspace.sockets,
        }
        overheard: dict[str, Carrier] = {
            name: _Overheard(carrier, self.asked) for name, carrier in carriers.items()
        }
        workspace.deliveries = Deliveries(workspace, overheard)


class _Overheard:
    def __init__(self, carrier: Carrier, asked: list[Asked]) -> None:
        self._asked = asked
        self._carrier = carrier
        self.start, self.stop, self.prepare = carrier.start, carrier.stop, carrier.prepare

    async def carry(self, parcel: Parcel, prepared: Any) -> Outcome:
        began = time.monotonic()
        outcome = await self._carrier.carry(parcel, prepared)
        if parcel.kind == "interactive":
            self._asked.append(_asked(parcel, outcome, began))
        return outcome


def _asked(parcel: Parcel, outcome: Outcome, began: float) -> Asked:
    fields = parcel.fields
    action = (fields.get("actions") or [{}])[0]
    name = str(action.get("action_id", ""))
    event = f"click:{parcel.ident}:{name}"
    if parcel.name == "view_submission":
        view = fields["view"]
        name, event = view["callback_id"], f"form:{view['id']}:{view['hash']}"
    return Asked(
        event=event,
        action=name,
        user=str(fields["user"]["id"]),
        value=_object(action.get("value")),
        outcome=outcome,
        began=began,
        ended=time.monotonic(),
    )


def _object(value: Any) -> Json:
    try:
        found = json.loads(value or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
