"""A running bot says what is there, looks again, and comes back by itself."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.bootstrap import build
from bot.config import load
from bot.service import Service
from storage.engine import open_engine
from tests import company
from tests.company import ANA, GENERAL
from tests.databases import PostgresServer
from tests.loopback import PATIENCE_S
from tests.sandbox.serving import serving
from tests.world import World

QUICK_S = 0.2


@contextmanager
def running(
    world: World, folder: Path, database_url: str, delivery: str = "http"
) -> Iterator[httpx.Client]:
    """A whole bot of its own before the world's outside, and somebody who asks it."""
    words = company.APP_YAML.replace("delivery: http", f"delivery: {delivery}")
    file = folder / "running.yaml"
    file.write_text(words.replace("URL", world.server.url), encoding="utf-8")
    environ = company.SECRETS | {"BACKSTOP_DATABASE_URL": database_url}
    backstop = build(load(file, environ), environ)
    application = Service(backstop, environ).application()
    try:
        with serving(application) as url, httpx.Client(base_url=url) as asking:
            yield asking
    finally:
        for adapter in (backstop.outside.help_desk, backstop.outside.payments):
            adapter.close()  # type: ignore[union-attr]  # no word of connections in the ports


def until(bot: httpx.Client, holds: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Ask /readyz until it says so."""
    limit = time.monotonic() + PATIENCE_S
    while not holds(answer := bot.get("/readyz")):
        assert time.monotonic() < limit, answer.text
        time.sleep(0.01)
    return answer


def is_ready(answer: httpx.Response) -> bool:
    return answer.status_code == 200


@pytest.mark.parametrize("world", ["postgres"], indirect=True)
def test_a_database_that_does_not_answer_is_told_and_not_pressed(
    world: World, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Not ready while it hangs, ready when it is back; and however often somebody asks, one look
    waits for it.
    """
    monkeypatch.setattr("bot.service.ASK_LATE_S", QUICK_S)
    with postgres.fresh() as database, running(world, tmp_path, database) as bot:
        until(bot, is_ready)
        engine = open_engine(database)
        with engine.begin() as hung:
            hung.execute(text("LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE"))
            away = until(bot, lambda answer: not is_ready(answer))
            for _ in range(5):
                time.sleep(QUICK_S / 4)
                assert bot.get("/readyz").json()["database"] is False
            looks = hung.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    " AND datname = current_database() AND query LIKE '%AS waits%'"
                )
            )
        back = until(bot, is_ready)
        engine.dispose()

    assert (away.status_code, away.json()["database"], away.json()["backlog"]) == (503, False, None)
    assert looks == 1
    assert back.json()["database"] is True


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_slack_reaches_us_again_after_an_outage_longer_than_an_address_lives(
    world: World,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """
    By Socket Mode: without a connection we are not ready, and an address that has expired is not
    tried for ever.
    """
    caplog.set_level(logging.CRITICAL)
    for name in ("LOOK_EVERY_S", "CONNECT_WITHIN_S", "BACK_WITHIN_S"):
        monkeypatch.setattr(f"bot.handlers.slack.sockets.{name}", QUICK_S)
    workspace = world.workspace
    workspace.delivery = "socket"

    async def hang_up() -> None:
        for connection in list(workspace.sockets.connections):
            await connection.socket.close()

    with running(world, tmp_path, database_url, "socket") as bot:
        until(bot, is_ready)
        workspace.timing.ticket_s = -1.0
        world.server.wait_for(hang_up())
        until(bot, lambda answer: answer.json()["slack"] is False)
        time.sleep(QUICK_S)

        workspace.timing.ticket_s = 30.0
        until(bot, is_ready)
        asked = world.do_only(ANA, "command", channel=GENERAL, command="/backstop", text="me")

    assert "Ana Ruiz" in str(asked["reply"])
