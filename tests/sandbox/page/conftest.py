"""A running sandbox with its little bot, and a browser in front of it."""

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox.bot_process import BotProcess, Launch
from sandbox.server import app
from sandbox.world import SECRETS, World
from tests.sandbox.little_company import little_company
from tests.sandbox.serving import serving

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def world() -> World:
    return World.build(little_company(), public_url="", bot_url=f"http://127.0.0.1:{free_port()}")


@pytest.fixture
def site(world: World, tmp_path: Path) -> Iterator[str]:
    """The sandbox's URL, its bot ready."""
    bot_url = world.workspace.events_url.removesuffix("/slack/events")
    config = tmp_path / "bot.json"
    command = (sys.executable, "-m", "tests.sandbox.little_bot")
    launch = Launch(config, bot_url, tmp_path / "bot.log", SECRETS, command=command)
    with serving(app(world, BotProcess(launch, world.workspace.install))) as url:
        world.workspace.public_url = url
        port = int(bot_url.rpartition(":")[2])
        charges = {"Refund me": "ch_1", "Refund again": "ch_2"}
        config.write_text(json.dumps({"url": url, "port": port, "charges": charges}))
        yield url


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The page of Ana, with a bot that is ready; what the page complains about fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.request.post(f"{site}/sandbox/bot/start")
    page.goto(site)
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_selector(".bot-pill.ready")
    yield page
    context.close()
    assert not complaints
