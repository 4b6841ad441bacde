"""What a help desk's answers are worth when somebody between leaves out, breaks or refuses."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import OutcomeUnknown, Refused
from bot.handlers.http.intercom import Intercom
from bot.handlers.http.zendesk import Zendesk
from sandbox import helpdesk
from sandbox.helpdesk import HelpDesk
from tests.handlers.http.conftest import WallClock, adapter
from tests.sandbox.serving import serving

TICKET = "1001"
FORBIDDEN = '{"errors": [{"code": "api_plan_restricted"}]}'

Between = Callable[[Request, RequestResponseEndpoint], Awaitable[Response]]


@contextmanager
def behind(between: Between, kind: str, desk: HelpDesk) -> Iterator[Zendesk | Intercom]:
    app = Starlette(
        routes=helpdesk.routes(desk),
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=between)],
    )
    with serving(app) as url, closing(adapter(kind, url, WallClock())) as ours:
        yield ours


async def says_little(request: Request, go_on: RequestResponseEndpoint) -> Response:
    """Nobody sees from a yes what was made."""
    answer = await go_on(request)
    return answer if request.method == "GET" else JSONResponse({})


def breaking_after(between: Between) -> Between:
    """Once something was changed, nothing is told any more."""
    changed: list[str] = []

    async def then_break(request: Request, go_on: RequestResponseEndpoint) -> Response:
        if changed:
            return Response("", 500)
        changed.extend([] if request.method == "GET" else [request.url.path])
        return await between(request, go_on)

    return then_break


async def says_all(request: Request, go_on: RequestResponseEndpoint) -> Response:
    return await go_on(request)


def answering_for_conversations(status: int, body: str) -> Between:
    async def answer(request: Request, go_on: RequestResponseEndpoint) -> Response:
        if "/conversations/" in request.url.path:
            return Response(body, status, media_type="application/json")
        return await go_on(request)

    return answer


def newest(desk: HelpDesk) -> str:
    return str(desk.tickets[1001].comments[-1].id)


def test_a_yes_that_shows_nothing_is_looked_up(kind: str, desk: HelpDesk) -> None:
    """Law: what was made is told under its id, whatever the answer leaves out."""
    with behind(says_little, kind, desk) as ours:
        assert ours.reply(TICKET, "Fixed.", "m-1") == newest(desk)


@pytest.mark.parametrize("numbers", [set(), {1001}], ids=["conversation", "ticket"])
def test_an_answer_that_shows_what_was_made_is_enough(
    kind: str, desk: HelpDesk, numbers: set[int]
) -> None:
    """Law: what was told is not asked for, so that no failing question makes it unknown."""
    desk.intercom_tickets |= numbers
    with behind(breaking_after(says_all), kind, desk) as ours:
        assert ours.reply(TICKET, "Fixed.", "m-1") == newest(desk)


def test_a_yes_of_which_nothing_can_be_seen_stays_a_yes(kind: str, desk: HelpDesk) -> None:
    """Law: that the look fails is no reason to send it again."""
    with (
        behind(breaking_after(says_little), kind, desk) as ours,
        pytest.raises(OutcomeUnknown) as unknown,
    ):
        ours.reply(TICKET, "Fixed.", "m-1")

    assert unknown.value.is_answered


@pytest.mark.parametrize("body", ["", "{}"])
def test_a_bare_404_may_be_a_ticket_too(desk: HelpDesk, body: str) -> None:
    """Law: where Intercom names no reason, its tickets are asked before it is taken for a no."""
    with behind(answering_for_conversations(404, body), "intercom", desk) as ours:
        assert ours.ticket(TICKET).subject == "Broken"
        ours.set_status(TICKET, "resolved")

    assert desk.tickets[1001].status == "solved"


@pytest.mark.parametrize(
    ("status", "body", "code"), [(403, FORBIDDEN, "api_plan_restricted"), (400, "{}", "http_400")]
)
def test_another_no_is_no_reason_to_ask_elsewhere(
    desk: HelpDesk, status: int, body: str, code: str
) -> None:
    """Law: what is refused is not tried by another door."""
    with behind(answering_for_conversations(status, body), "intercom", desk) as ours:
        for call in (lambda: ours.ticket(TICKET), lambda: ours.set_status(TICKET, "resolved")):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.code == code

    assert desk.tickets[1001].status == "new"
