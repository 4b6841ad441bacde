"""What a person sees of Slack and does there, in the words of somebody who looks at a screen."""

import json
from dataclasses import dataclass
from typing import Any

from storage.models import Delivery
from tests.company import Json
from tests.handlers.slack_reader import shown
from tests.world import World


@dataclass(frozen=True)
class Seen:
    """A message as one person has it before them."""

    world: World
    who: str
    channel: str
    message: Json

    @property
    def ts(self) -> str:
        return str(self.message["ts"])

    @property
    def text(self) -> str:
        """All its words, without the fallback text."""
        return shown({"blocks": self.message.get("blocks", [])})

    @property
    def fallback(self) -> str:
        return str(self.message["text"])

    @property
    def labels(self) -> list[str]:
        """Its buttons, those of the menu last."""
        return [label for label, _ in self._controls()]

    def value(self, label: str) -> Json:
        value: Json = json.loads(self._control(label)["value"])
        return value

    def press(self, label: str, by: str | None = None, **more: Any) -> Json:
        return self.world.do(by or self.who, **self.click(label, **more))

    def press_only(self, label: str, by: str | None = None, **more: Any) -> Json:
        """Nothing that follows is carried yet."""
        return self.world.do_only(by or self.who, **self.click(label, **more))

    def click(self, label: str, **more: Any) -> Json:
        control = self._control(label)
        place = {"act": "click", "channel": self.channel, "ts": self.ts}
        return (
            place
            | {
                name: control[name]
                for name in ("action_id", "block_id", "selected_option")
                if name in control
            }
            | more
        )

    def _control(self, label: str) -> Json:
        found = dict(self._controls())
        assert label in found, f"no {label!r} among {list(found)}"
        return found[label]

    def _controls(self) -> list[tuple[str, Json]]:
        return controls(self.message.get("blocks", []))


def controls(blocks: list[Json]) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    for block in blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            at = {"action_id": element["action_id"], "block_id": block["block_id"]}
            if element["type"] == "button":
                label = element["text"]["text"]
                found.append((label, at | {"value": element.get("value", "{}")}))
            for option in element.get("options", []):
                chosen = {"selected_option": option, "value": option["value"]}
                found.append((option["text"]["text"], at | chosen))
    return found


def put_off(world: World) -> str:
    """What was tried and is not done, for a test that misses what it should have shown."""
    with world.looking() as uow:
        rows = uow.session.query(Delivery).filter(Delivery.error.is_not(None)).all()
        tried = [f"{row.step} ({row.state}): {row.error}" for row in rows]
    return "; ".join(tried) or "nothing was put off"


def messages(world: World, who: str, channel: str, thread: str | None = None) -> list[Seen]:
    """Everything but private words, oldest first."""
    found = world.see(who, channel, thread)
    return [Seen(world, who, channel, one) for one in found if not one["ephemeral"]]


def card(world: World, who: str, channel: str, number: int = -1) -> Seen:
    """The newest card of the channel."""
    found = [one for one in messages(world, who, channel) if one.message.get("blocks")]
    assert found, f"no card in {channel}; {put_off(world)}"
    return found[number]


def thread(world: World, who: str, card: Seen) -> list[Seen]:
    """What stands below the card, without the card."""
    return messages(world, who, card.channel, card.ts)[1:]


def direct(world: World, who: str) -> list[Seen]:
    """What the bot wrote to this person alone."""
    return messages(world, who, f"D{who[1:]}") if f"D{who[1:]}" in world.workspace.channels else []


def whispers(world: World, who: str, channel: str, thread: str | None = None) -> list[str]:
    """The private words in a channel that this person was shown."""
    found = world.see(who, channel, thread)
    return [
        shown({"blocks": one["blocks"]}) if one.get("blocks") else str(one["text"])
        for one in found
        if one["ephemeral"]
    ]


def told(world: World, who: str, channel: str) -> str:
    """The last private word."""
    found = whispers(world, who, channel)
    assert found, f"nobody told {who} anything in {channel}"
    return found[-1]


def fill(world: World, who: str, view: Json, **words: str) -> Json:
    """Fill in a modal and send it off."""
    return world.do(who, "submit", view_id=view["id"], values=typed(view, words))


def refused(answer: Json) -> str:
    """What stands at an input of the form, which stays open with all that was typed."""
    [why] = answer["errors"].values()
    return str(why)


def typed(view: Json, words: dict[str, str]) -> Json:
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input" or block["block_id"] not in words:
            continue
        word, element = words[block["block_id"]], block["element"]
        if element["type"] == "static_select":
            [option] = [one for one in element["options"] if one["value"] == word]
            state: Json = {"selected_option": option}
        else:
            state = {"value": word}
        values[block["block_id"]] = {element["action_id"]: state}
    return values


def words_of(view: Json) -> str:
    return shown({"blocks": view["blocks"]})
