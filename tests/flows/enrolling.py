"""People with an authenticator, as they come by one."""

import re
from typing import Any

import pyotp

from bot.authenticators import STEP_S
from tests.company import ADMIN, GENERAL, MAX, Json
from tests.flows.screen import Seen, card, fill, words_of
from tests.world import World


def mentions(world: World, who: str, words: str) -> Seen:
    """The private answer to a mention, where slash commands do not exist."""
    world.do(who, "post", channel=GENERAL, text=f"<@U0BOT> {words}")
    shown = [one for one in world.see(who, GENERAL) if one["ephemeral"]][-1]
    return Seen(world, who, GENERAL, shown)


def begun(world: World, who: str) -> tuple[Json, str]:
    """The form that shows the key, and the key."""
    asked = mentions(world, who, "authenticator")
    label = next(label for label in asked.labels if label.startswith("Set "))
    view: Json = asked.press(label)["view"]
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", words_of(view))
    assert found, words_of(view)
    return view, found[0].replace(" ", "")


def proved(world: World, who: str) -> str:
    """Set up, and not confirmed yet; its key."""
    view, key = begun(world, who)
    answer = fill(world, who, view, code=code(world, key))
    assert "errors" not in answer, answer
    return key


def enrolled(world: World, who: str, by: str = MAX) -> str:
    """Confirmed by an administrator. What it showed to prove itself counts no more."""
    key = proved(world, who)
    card(world, by, ADMIN).press("It was they")
    world.clock.advance(seconds=2 * STEP_S)
    return key


def code(world: World, key: str, ago: int = 0) -> str:
    """What the app shows now, or showed so many codes ago."""
    return pyotp.TOTP(key).at(int(world.clock.now().timestamp()) - ago * STEP_S)


def approve(world: World, seen: Seen, key: str, by: str) -> Json:
    """The click, and the code that it asks for."""
    opened = seen.press("Approve", by=by)
    assert "view" in opened, f"no code was asked for: {seen.text}"
    answer: dict[str, Any] = fill(world, by, opened["view"], code=code(world, key))
    return answer
