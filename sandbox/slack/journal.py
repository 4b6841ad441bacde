"""What the bot asked of the workspace and what it was sent, for the reader who counts."""

import time
from collections import deque

from sandbox.slack.people import Json

KEPT = 100_000


class Journal:
    """Calls and deliveries under one rising number `n`, the oldest forgotten past `kept`."""

    def __init__(self, kept: int = KEPT) -> None:
        self.last = 0
        self._lines: deque[Json] = deque(maxlen=kept)

    def call(self, method: str, args: Json, error: str | None) -> None:
        args.pop("token", None)
        self._add({"method": method, "ok": error is None, "error": error, "args": args})

    def delivery(self, kind: str, attempt: int, status: int | str, ident: str) -> None:
        """`status` is the HTTP status, or the reason why there is none."""
        self._add({"kind": kind, "attempt": attempt, "status": status, "id": ident})

    def since(self, n: int) -> list[Json]:
        new = min(self.last - n, len(self._lines))
        if new <= 0:
            return []
        lines = list(self._lines) if new * 4 > len(self._lines) else self._tail(new)
        return lines[-new:]

    def _tail(self, count: int) -> list[Json]:
        lines = [line for line, _ in zip(reversed(self._lines), range(count), strict=False)]
        lines.reverse()
        return lines

    def _add(self, line: Json) -> None:
        self.last += 1
        line["n"] = self.last
        line["at"] = time.time()
        self._lines.append(line)
