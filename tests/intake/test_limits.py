import logging

import pytest
from starlette.types import Receive, Scope, Send

from bot.handlers.http.limits import Bounded, Limits, Pace
from tests.intake.calls import Core, call, door, post

KIB = 1024


class Stopwatch:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_the_body_may_have_256_kib() -> None:
    """
    One byte more is 413 before anybody looks at the signature.
    """
    app = door(Core())

    assert post(app, "zendesk", b" " * 256 * KIB, []).status == 401
    assert post(app, "zendesk", b" " * (256 * KIB + 1), []).status == 413


def test_a_declared_length_is_believed_at_once() -> None:
    """
    A caller who announces too much is refused before the first byte of it.
    """
    answer = call(door(Core()), "/hooks/zendesk", [(b"content-length", b"262145")])

    assert (answer.status, answer.headers[b"connection"]) == (413, b"close")


def test_the_header_block_may_have_16_kib() -> None:
    """
    More is 431, in one header or in many.
    """
    app = door(Core())

    assert post(app, "zendesk", b"", [(b"x", b"y" * 17 * KIB)]).status == 431
    assert post(app, "zendesk", b"", [(b"x", b"y")] * 4000).status == 431
    assert post(app, "zendesk", b"", [(b"x", b"y" * 15 * KIB)]).status == 401


def test_a_flood_from_one_address_is_told_when_to_come_back() -> None:
    """
    Above the rate a caller hears 429 with Retry-After; other callers and other paths do not.
    """
    app = door(Core(), limits=Limits(per_second=2))

    mine = [call(app, "/hooks/zendesk", client="198.51.100.1") for _ in range(3)]
    others = [
        call(app, "/hooks/zendesk", client="198.51.100.2"),
        call(app, "/readyz", method="GET", client="198.51.100.1"),
    ]

    assert [answer.status for answer in mine] == [401, 401, 429]
    assert mine[-1].headers[b"retry-after"] == b"1"
    assert [answer.status for answer in others] == [401, 200]


def test_the_rate_recovers_as_time_passes() -> None:
    """
    50 at once, then one for every fiftieth of a second.
    """
    watch = Stopwatch()
    pace = Pace(50, watch)

    assert [pace.wait("a") for _ in range(50)] == [0.0] * 50
    assert pytest.approx(pace.wait("a")) == 0.02
    watch.at = 0.02
    assert [pace.wait("a") == 0 for _ in range(2)] == [True, False]
    watch.at = 100.0
    assert [pace.wait("a") for _ in range(60)].count(0.0) == 50


def test_a_crash_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    """
    An error's message may quote the request: the log has its kind and where it happened.
    """

    async def crash(scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        await send({"type": "http.response.start", "status": 500, "headers": []})
        raise ValueError(message["body"])

    with caplog.at_level(logging.DEBUG):
        assert call(Bounded(crash), "/", body=b"my card is 4242").status == 500

    assert "ValueError" in caplog.text
    assert "4242" not in caplog.text
