"""The sandbox of the little company with its little bot, served for one test."""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx

from sandbox.bot_process import BotProcess, Launch
from sandbox.plain_http import NO_ROOTS
from sandbox.ports import free_port
from sandbox.server import app
from sandbox.world import SECRETS, World
from tests.sandbox import little_cards as cards
from tests.sandbox.little_bot import LittleBot
from tests.sandbox.little_company import little_company
from tests.sandbox.serving import serving

Json = dict[str, Any]
Seen = TypeVar("Seen")
BOT = (sys.executable, "-m", "tests.sandbox.little_bot")
CHARGES = {"Refund me": "ch_1", "Refund again": "ch_2"}
LONGEST_S = 60.0


def eventually(look: Callable[[], Seen]) -> Seen:
    """Return the first thing seen that is not empty."""
    end = time.monotonic() + LONGEST_S
    while not (seen := look()):
        assert time.monotonic() < end, "this never came about"
        time.sleep(0.02)
    return seen


class Site:
    """The sandbox over HTTP, as the page and a harness use it."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        self.url = url
        self._client = client

    def get(self, path: str, **query: str) -> Any:
        return self._client.get(path, params=query).json()

    def post(self, path: str, body: object = None) -> Any:
        return self._client.post(path, json=body or {}).json()

    def raw(self, path: str) -> httpx.Response:
        return self._client.get(path)

    def act(self, person: str, act: str, **what: object) -> Any:
        return self.post("/sandbox/slack/do", {"as": person, "act": act, **what})

    def bot(self, method: str, **arguments: object) -> Json:
        """Call Slack's Web API as the bot."""
        headers = {"Authorization": f"Bearer {SECRETS['SLACK_BOT_TOKEN']}"}
        said: Json = self._client.post(f"/api/{method}", json=arguments, headers=headers).json()
        assert said["ok"], said
        return said

    def start_bot(self) -> Json:
        self.post("/sandbox/bot/start")
        return self.ready_bot()

    def ready_bot(self, after: float = 0.0) -> Json:
        def look() -> Json | None:
            seen: Json = self.get("/sandbox/bot")
            return seen if seen["state"] == "ready" and seen["last_ready"] > after else None

        found = eventually(look)
        assert found is not None
        return found

    def step(self, number: int) -> Json:
        found: Json = self.get("/sandbox/tour")["steps"][number - 1]
        return found

    def done(self, number: int) -> bool:
        return bool(self.step(number)["done"])


@contextlib.contextmanager
def quick_site() -> Iterator[Site]:
    """Yield the running sandbox with a bot inside this process, which cannot be killed."""
    port = free_port()
    world = _world(port)
    with serving(app(world)) as url:
        world.workspace.public_url = url
        world.workspace.install(cards.manifest())
        bot = LittleBot({"url": url, "charges": CHARGES}, SECRETS)
        with (
            serving(bot.app(), port),
            httpx.Client(base_url=url, trust_env=False, verify=NO_ROOTS) as client,
        ):
            yield Site(url, client)


def _world(bot_port: int) -> World:
    bot_url = f"http://127.0.0.1:{bot_port}"
    world = World.build(little_company(), public_url="", bot_url=bot_url)
    # Its bot paces nothing, and quotas have tests of their own.
    world.workspace.quota_scale = 100.0
    return world


@contextlib.contextmanager
def little_site(folder: Path, command: tuple[str, ...] = BOT) -> Iterator[Site]:
    """Yield the running sandbox; its bot starts on request."""
    port = free_port()
    bot_url = f"http://127.0.0.1:{port}"
    world = _world(port)
    config = folder / "bot.json"
    launch = Launch(
        config,
        bot_url,
        folder / "bot.log",
        SECRETS,
        imports=[("articles", folder / "articles.jsonl")],
        command=command,
    )
    with serving(app(world, BotProcess(launch, world.workspace.install))) as url:
        world.workspace.public_url = url
        config.write_text(json.dumps({"url": url, "port": port, "charges": CHARGES}))
        with httpx.Client(base_url=url, trust_env=False, verify=NO_ROOTS, timeout=20) as client:
            yield Site(url, client)
