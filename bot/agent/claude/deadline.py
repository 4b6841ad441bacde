"""An end for the whole of an answer: a server that only says "ping" keeps no reader waiting."""

import time
from collections.abc import Callable, Iterator

import httpx2


class Deadlines(httpx2.BaseTransport):
    """Takes a request's time-out for reading as the time that all of its answer may take."""

    def __init__(
        self,
        inner: httpx2.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner or httpx2.HTTPTransport()
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        patience = (request.extensions.get("timeout") or {}).get("read")
        until = None if patience is None else self._clock() + patience
        response = self._inner.handle_request(request)
        if until is not None and isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Ending(response.stream, until, self._clock)
        return response

    def close(self) -> None:
        self._inner.close()


def never_sent(error: BaseException) -> bool:
    """Whether a request failed because nobody took the connection."""
    cause = error.__cause__
    return isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout)


class _Ending(httpx2.SyncByteStream):
    def __init__(
        self, stream: httpx2.SyncByteStream, until: float, clock: Callable[[], float]
    ) -> None:
        self._stream, self._until, self._clock = stream, until, clock

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if self._clock() > self._until:
                raise httpx2.ReadTimeout("the answer takes too long")
            yield chunk

    def close(self) -> None:
        self._stream.close()
