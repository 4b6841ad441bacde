"""Signed tickets of a source that wants no answers, and what became of them."""

import base64
import json
import threading
import time
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
from sqlalchemy import text
from standardwebhooks import Webhook

from benchmarks.processes import HOST
from storage.engine import open_engine

NAME = "bench"
VARIABLE = "BENCH_WEBHOOK_SECRET"
SECRET = base64.b64encode(b"a-secret-of-the-benchmark-32-byte").decode()
_QUESTIONS = (
    "How do I export a roster?",
    "Where do I turn on two-factor sign-in?",
    "The page shows an error since this morning.",
    "Can I change the billing address myself?",
)


class Tickets:
    """Sends one ticket after another, so many a second, until it is stopped."""

    def __init__(self, port: int, rate: float) -> None:
        self._port, self._rate = port, rate
        self._numbers = count(1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.sent = 0

    def __enter__(self) -> "Tickets":
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(1 / self._rate):
            self._send(next(self._numbers))
            self.sent += 1

    def _send(self, number: int) -> None:
        now = datetime.now(UTC)
        told = {
            "type": "ticket.created",
            "ticket": {"id": f"b-{number}", "subject": "A question", "updated": now.isoformat()},
            "customer": {"id": f"c-{number % 50}"},
            "message": {"id": f"m-{number}", "text": _QUESTIONS[number % len(_QUESTIONS)]},
        }
        body, ident = json.dumps(told), f"msg_{time.time_ns()}"
        headers = {
            "content-type": "application/json",
            "webhook-id": ident,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(SECRET).sign(ident, now, body),
        }
        address = f"http://{HOST}:{self._port}/hooks/{NAME}"
        httpx.post(address, content=body, headers=headers, timeout=30).raise_for_status()


_OPEN = """
    SELECT count(*) FROM tickets t WHERE t.source = :name
      AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.ticket_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM escalations e WHERE e.ticket_id = t.id)
"""
_BY_AGENT = """
    SELECT d.agent, d.note, count(*) FROM decisions d JOIN tickets t ON t.id = d.ticket_id
    WHERE t.source = :name GROUP BY d.agent, d.note ORDER BY 1, 2
"""


def undecided(url: str) -> int:
    """Tickets that have neither a decision nor a person."""
    return int(_asked(url, _OPEN, name=NAME)[0][0])


def by_agent(url: str) -> list[tuple[str, str, int]]:
    return [
        (str(agent), str(note), int(number))
        for agent, note, number in _asked(url, _BY_AGENT, name=NAME)
    ]


def known(url: str) -> int:
    return int(_asked(url, "SELECT count(*) FROM tickets WHERE source = :name", name=NAME)[0][0])


def _asked(url: str, query: str, **values: str) -> list[tuple[Any, ...]]:
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]
    finally:
        engine.dispose()
