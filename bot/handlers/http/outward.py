"""One outside HTTP API: every answer, and every missing one, becomes a class of `bot.errors`.

Nothing is tried again here. Whoever called knows whether another try is harmless.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Literal

import httpx

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.handlers.http.json_body import ident, storable_json

TIMEOUT = httpx.Timeout(10.0, connect=3.0, pool=3.0)
# The timeouts above count from byte to byte: who sends one now and then would never be done.
WITHIN_S = 60.0
# The two reasons that say something of us and not of the other side.
NOT_AUTHENTICATED, RATE_LIMITED = "not authenticated", "rate limited"
# Several times what the longest page of tickets comes to.
MOST_BYTES = 32 * 1024 * 1024
# What no longer holds for an answer that was taken in and decoded.
_OF_THE_WAY = ("content-encoding", "content-length", "transfer-encoding")

# Failures from before the first byte left: certainly nothing happened.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# A change that was made may be answered with where its result stands; the other redirections ask
# for the same change at another address. https://www.rfc-editor.org/rfc/rfc9110#section-15.4
LOOK_THERE = (302, 303)

Reset = Callable[[httpx.Response], float | None]
Word = Callable[[Mapping[str, Any]], object]


def retry_after(response: httpx.Response) -> float | None:
    """`Retry-After` in seconds; None when it is missing, or a date."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


class Outward:
    """`word` finds the API's own error code in its body, `reset` how long a 429 lasts, `within` so
    many seconds an answer's body is to be there."""

    def __init__(
        self,
        client: httpx.Client,
        word: Word,
        reset: Reset = retry_after,
        settled: Callable[[httpx.Response], bool] = lambda response: False,
        within: float = WITHIN_S,
    ) -> None:
        self._client = client
        self._word = word
        self._reset = reset
        self._settled = settled
        self._within = within

    def close(self) -> None:
        self._client.close()

    def read(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        method: Literal["GET", "POST"] = "GET",
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """Ask for something; asking again is always harmless, so no outcome is unknown.

        Raises:
            Refused: The answer is a definite no.
            TryLater: There was no usable answer.

        """
        try:
            response = self._ask(method, path, params=params, json=json, headers=headers)
        except httpx.HTTPError as error:
            raise TryLater(type(error).__name__) from error
        self._raise_definite(response)
        body = _object(response)
        if not response.is_success or body is None:
            raise TryLater(f"http {response.status_code}")
        return body

    def change(
        self,
        method: Literal["POST", "PUT"],
        path: str,
        content: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """Ask for a change with a JSON body, once.

        Raises:
            Refused: The answer is a definite no.
            TryLater: Certainly nothing happened.
            OutcomeUnknown: It may have happened.

        """
        sent = {"Content-Type": "application/json", **(headers or {})}
        try:
            response = self._ask(method, path, content=content, headers=sent)
        except NEVER_SENT as error:
            raise TryLater(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise OutcomeUnknown(type(error).__name__) from error
        if response.status_code in LOOK_THERE:
            raise OutcomeUnknown(f"http {response.status_code}", is_answered=True)
        self._raise_definite(response)
        body = _object(response)
        if not response.is_success or body is None:
            raise OutcomeUnknown(
                f"http {response.status_code}",
                is_settled=self._settled(response),
                is_answered=response.is_success,
            )
        return body

    def _ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """The whole answer; one that does not end is a timeout like any other."""
        end, taken = time.monotonic() + self._within, bytearray()
        with self._client.stream(method, path, **sent) as response:
            for piece in response.iter_bytes():
                taken += piece
                if len(taken) > MOST_BYTES or time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer does not end")
        kept = [one for one in response.headers.multi_items() if one[0] not in _OF_THE_WAY]
        return httpx.Response(response.status_code, headers=kept, content=bytes(taken))

    def _raise_definite(self, response: httpx.Response) -> None:
        """A 409 is somebody else's change at the same moment: ours was turned away unmade.

        A 401 is no answer to what was asked. Until an operator puts the secret (or the clock)
        right everything would be refused for good, and replies would be lost.
        """
        status = response.status_code
        if status == 401:
            raise TryLater(NOT_AUTHENTICATED)
        if status == 429:
            raise TryLater(RATE_LIMITED, self._reset(response))
        if status == 409:
            raise TryLater("conflict")
        if 300 <= status < 500 and status != 408:
            code = ident(self._word(_object(response) or {})) or f"http_{status}"
            raise Refused(code)


def repeatable(call: Callable[[], object]) -> None:
    """Make a change that may be made twice: what is unknown may simply be tried again."""
    try:
        call()
    except OutcomeUnknown as unknown:
        raise TryLater(str(unknown)) from unknown


def there(call: Callable[[], Mapping[str, Any]], word: str) -> Mapping[str, Any] | None:
    """What is read, None where it is not there; `word` is the system's own for that."""
    try:
        return call()
    except Refused as refused:
        if refused.code not in (word, "http_404"):
            raise
        return None


def answered(call: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """What a change was answered with; empty when that was a yes that nobody can read."""
    try:
        return call()
    except OutcomeUnknown as unknown:
        if not unknown.is_answered:
            raise
        return {}


def _object(response: httpx.Response) -> Mapping[str, Any] | None:
    try:
        body = storable_json(response.json())
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
