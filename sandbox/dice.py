"""Trouble on demand: by chance, or for the next n requests."""

import random
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class Dice:
    """Roll a fault called `x` from the fields `x` (probability) and `x_next` (a count)."""

    def __init__(self, faults: Any, seed: int = 1) -> None:
        self._faults = faults
        self._random = random.Random(seed)

    def roll(self, fault: str) -> bool:
        """Say whether the fault strikes now; a counted strike uses itself up."""
        left = getattr(self._faults, f"{fault}_next")
        if left > 0:
            setattr(self._faults, f"{fault}_next", left - 1)
            return True
        probability: float = getattr(self._faults, fault)
        return probability > 0 and self._random.random() < probability


class Dropped(Response):
    """Close the connection where an answer should be.

    An ASGI program can not reach the socket, so this promises one byte and never sends it; the
    server then closes, and every client reports a broken connection and no status.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-length", b"1")],
            }
        )
