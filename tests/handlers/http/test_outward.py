"""Answers of an outside API, however odd, and the class that each one falls into."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from functools import partial
from itertools import chain, repeat
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.handlers.http import outward
from bot.handlers.http.outward import Outward
from tests.sandbox.serving import serving


@pytest.fixture
def answers() -> list[Response]:
    return []


@pytest.fixture
def url(answers: list[Response]) -> Iterator[str]:
    async def take(request: Request) -> Response:
        return answers.pop(0)

    app = Starlette(routes=[Route("/{rest:path}", take, methods=["GET", "POST"])])
    with serving(app) as url:
        yield url


@pytest.fixture
def api(url: str) -> Iterator[Outward]:
    made = Outward(httpx.Client(base_url=url), lambda body: body.get("error"))
    with contextlib.closing(made):
        yield made


HTML = Response("<h1>Welcome</h1>", media_type="text/html")
ELSEWHERE = Response(status_code=308, headers={"Location": "http://127.0.0.1:9/"})


@pytest.mark.parametrize(
    ("answer", "changing", "reading"),
    [
        (Response('{"error": "gone"}', 410), Refused, Refused),
        (Response("no", 403), Refused, Refused),
        (Response('{"error": {"title": "odd"}}', 422), Refused, Refused),
        (ELSEWHERE, Refused, Refused),
        (Response(status_code=303, headers={"Location": "/7"}), OutcomeUnknown, Refused),
        (Response(status_code=302, headers={"Location": "/7"}), OutcomeUnknown, Refused),
        (Response("", 401), TryLater, TryLater),
        (Response("", 409), TryLater, TryLater),
        (Response("", 429, {"Retry-After": "7"}), TryLater, TryLater),
        (Response("", 408), OutcomeUnknown, TryLater),
        (Response("", 500), OutcomeUnknown, TryLater),
        (Response("", 503, {"Retry-After": "7"}), OutcomeUnknown, TryLater),
        (Response("", 504), OutcomeUnknown, TryLater),
        (HTML, OutcomeUnknown, TryLater),
        (Response("[]"), OutcomeUnknown, TryLater),
        (Response(b"\xff\xfe{"), OutcomeUnknown, TryLater),
        (Response("[" * 100_000), OutcomeUnknown, TryLater),
    ],
)
def test_every_answer_falls_into_one_class(
    api: Outward,
    answers: list[Response],
    answer: Response,
    changing: type[OutsideError],
    reading: type[OutsideError],
) -> None:
    """For a change a strange answer is unknown; a read is simply asked again."""
    answers += [answer, answer]

    with pytest.raises(changing) as changed:
        api.change("POST", "/x", b"{}")
    with pytest.raises(reading) as read:
        api.read("/x")

    assert (type(changed.value), type(read.value)) == (changing, reading)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"error": "RecordInvalid"}', "RecordInvalid"),
        ('{"error": "ada@client.example wrote: hello"}', "http_422"),
        ("rubbish", "http_422"),
    ],
)
def test_a_refusals_code_is_a_word_and_never_a_sentence(
    api: Outward, answers: list[Response], body: str, code: str
) -> None:
    """What is not shaped like a code may be somebody's text, and stays out of logs."""
    answers.append(Response(body, 422))

    with pytest.raises(Refused) as refused:
        api.change("POST", "/x", b"{}")

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None), ("9" * 40, None)],
)
def test_only_a_sensible_retry_after_counts(
    api: Outward, answers: list[Response], header: str, seconds: float | None
) -> None:
    """A date or nonsense leaves the wait to our own back-off."""
    answers.append(Response("", 429, {"Retry-After": header}))

    with pytest.raises(TryLater) as later:
        api.change("POST", "/x", b"{}")

    assert later.value.retry_after == seconds


async def now_and_then() -> AsyncIterator[bytes]:
    for _ in range(60):
        yield b" "
        await asyncio.sleep(0.05)
    yield b"{}"


def test_an_answer_that_comes_drop_by_drop_holds_nobody(url: str, answers: list[Response]) -> None:
    """Law: however busily it drips, an answer is there in time or it is none."""
    answers += [StreamingResponse(now_and_then()) for _ in range(2)]
    hasty = Outward(httpx.Client(base_url=url), lambda body: body.get("error"), within=0.3)

    with contextlib.closing(hasty):
        with pytest.raises(OutcomeUnknown):
            hasty.change("POST", "/x", b"{}")
        with pytest.raises(TryLater):
            hasty.read("/x")


@pytest.mark.parametrize(("seconds", "taken"), [(59, True), (61, False)])
def test_an_answer_is_there_within_a_minute_or_it_is_none(
    api: Outward,
    answers: list[Response],
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    taken: bool,
) -> None:
    """Law: whatever an adapter asks, nobody waits longer for the last byte."""
    answers.append(Response('{"a": 1}'))
    ticks = chain([0.0], repeat(seconds))
    monkeypatch.setattr(outward, "time", SimpleNamespace(monotonic=partial(next, ticks)))

    with contextlib.nullcontext() if taken else pytest.raises(TryLater):
        assert api.read("/x") == {"a": 1}


@pytest.mark.parametrize(("megabytes", "taken"), [(31, True), (33, False)])
def test_an_answer_larger_than_any_page_is_none(
    api: Outward, answers: list[Response], megabytes: int, taken: bool
) -> None:
    """Law: nobody's flood becomes our memory."""
    answers.append(Response(b"{" + b" " * (megabytes * 1024 * 1024) + b"}"))

    with contextlib.nullcontext() if taken else pytest.raises(TryLater):
        assert api.read("/x") == {}
