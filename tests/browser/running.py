"""The demo as its user starts it: sandbox and bot as processes, in a fresh folder."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from sandbox.ports import free_port

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 240.0
GONE_WITHIN_S = 20.0
# For settings that ask for codes; nobody's, since it stands here.
SEALING = {"BACKSTOP_STEP_UP_KEY": "YmFja3N0b3AtdGVzdHMtc2VhbC10aGVzZS1rZXlzLi4="}
LOOK_EVERY_S = 0.05


class Demo:
    """What stands outside the page: the world's own records, over HTTP."""

    def __init__(self, url: str, client: httpx.Client, settings: Path) -> None:
        self.url = url
        self._client = client
        self._settings = settings

    def get(self, path: str, **query: str) -> Any:
        return self._client.get(path, params=query).json()

    def arrive(self, ident: str) -> int:
        """Let a ticket of the sample company arrive; the help desk's number for it."""
        ticket: int = self._client.post("/sandbox/tickets", json={"id": ident}).json()["ticket"]
        return ticket

    def write(self, customer: str, body: str) -> None:
        """A customer of the sample company writes."""
        told = next(
            one for one in self.get("/sandbox/customers")["customers"] if one["id"] == customer
        )
        asked = {"email": told["email"], "name": told["name"], "subject": "Refund", "body": body}
        self._client.post("/sandbox/helpdesk/customer", json=asked).raise_for_status()

    def change_settings(self, changes: Mapping[str, str]) -> None:
        """Somebody edits app.yaml, old words for new ones, and starts the bot again."""
        text = self._settings.read_text("utf-8")
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        self._settings.write_text(text, "utf-8")
        before = self.get("/sandbox/bot")["starts"]
        self._client.post("/sandbox/bot/kill").raise_for_status()
        end = time.monotonic() + READY_WITHIN_S
        while (bot := self.get("/sandbox/bot"))["starts"] == before or bot["state"] != "ready":
            assert time.monotonic() < end, f"the bot is not ready: {bot}"
            time.sleep(LOOK_EVERY_S)

    def customer_reads(self, ticket: int) -> list[str]:
        """What the help desk shows the customer of what others wrote to them."""
        said = self.get(f"/sandbox/helpdesk/tickets/{ticket}")["messages"]
        return [message["text"] for message in said if message["is_staff"]]

    def refunds(self, charge: str) -> list[Json]:
        rows = self.get("/sandbox/payments/ledger")["refunds"]
        return [row for row in rows if row["charge"] == charge]

    def posts(self) -> list[Json]:
        """Arguments of every message the bot has posted in a channel."""
        log = self.get("/sandbox/slack/log")["log"]
        posts = [line["args"] for line in log if line.get("method") == "chat.postMessage"]
        return [post for post in posts if str(post["channel"]).startswith("C")]


@contextlib.contextmanager
def running(folder: Path, delivery: str, database_url: str) -> Iterator[Demo]:
    """Yield the demo once its bot is ready; what it printed stays in `folder`."""
    ports = [str(free_port()) for _ in range(2)]
    url = f"http://127.0.0.1:{ports[0]}"
    command = [sys.executable, "-m", "sandbox", "demo", "--port", ports[0], "--bot-port", ports[1]]
    command += ["--folder", str(folder / "demo"), "--delivery", delivery]
    command += ["--database", database_url]
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **SEALING}, stdout=printed, stderr=printed
        )
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            demo = Demo(url, client, folder / "demo" / "app.yaml")
            _await_ready(demo, process, folder / "printed")
            yield demo
    finally:
        _end(process)


def _await_ready(demo: Demo, process: subprocess.Popen[bytes], printed: Path) -> None:
    end = time.monotonic() + READY_WITHIN_S
    bot: Json = {}
    while bot.get("state") != "ready":
        assert process.poll() is None, printed.read_text("utf-8")
        assert time.monotonic() < end, f"the bot is not ready: {bot}"
        time.sleep(LOOK_EVERY_S)
        with contextlib.suppress(httpx.TransportError):
            bot = demo.get("/sandbox/bot")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask first: only then does the supervisor take its bot along."""
    process.terminate()
    try:
        process.wait(GONE_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
