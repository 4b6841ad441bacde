"""The whole sandbox as one web application: the stand-ins, the page, and what drives them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import fault_controls, helpdesk, payments, slack
from sandbox.arrivals import Arrivals
from sandbox.bot_process import BotProcess
from sandbox.tour import Tour
from sandbox.world import World

PAGE = Path(__file__).parent / "page"
Json = dict[str, Any]
# Nothing on the page may come from elsewhere, and nothing in a message may run.
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    ),
    "Cache-Control": "no-cache",
}


class Refused(Exception):
    """The request makes no sense; the text says why."""


def app(world: World, bot: BotProcess | None = None) -> Starlette:
    """Everything on one port; the caller starts the bot once this answers, it ends with this."""
    arrivals = Arrivals(world.company, world.helpdesk)
    tour = Tour(world, arrivals, bot)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await world.start()
        await arrivals.start()
        try:
            yield
        finally:
            if bot is not None:
                await bot.stop()
            await tour.stop()
            await arrivals.stop()
            await world.stop()

    site = Starlette(
        routes=[
            *slack.routes(world.workspace),
            *helpdesk.routes(world.helpdesk),
            *payments.routes(world.provider),
            *_world_routes(world),
            *_fault_routes(world),
            *_bot_routes(world, bot),
            *_arrival_routes(world, arrivals),
            *_tour_routes(tour),
            Route("/", _page),
            Mount("/static", StaticFiles(directory=PAGE)),
        ],
        exception_handlers={Refused: _refused},
        lifespan=lifespan,
    )
    site.state.arrivals = arrivals
    return site


async def _page(_: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=_PAGE_HEADERS)


async def _refused(_: Request, error: Exception) -> Response:
    return JSONResponse({"ok": False, "error": str(error)}, 400)


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        raise Refused("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("The body is not a JSON object.")
    return body


def _world_routes(world: World) -> list[BaseRoute]:
    company = world.company
    accounts = {one["id"]: one["name"] for one in company.accounts}
    sitters = [one for one in company.people if not one.get("is_bot")]

    async def whole(_: Request) -> Response:
        team = company.workspace["team"]
        return JSONResponse({"team": team, "people": company.people, "default": sitters[0]["id"]})

    async def customers(_: Request) -> Response:
        rows = [{**one, "account_name": accounts.get(one["account"])} for one in company.customers]
        return JSONResponse({"customers": rows})

    return [Route("/sandbox/world", whole), Route("/sandbox/customers", customers)]


def _change_faults(world: World, body: Json) -> None:
    for part, changes in body.items():
        if part not in world.faults or not isinstance(changes, dict):
            raise Refused(f"There is no part {part} with faults.")
        try:
            fault_controls.settle(world.faults[part], changes)
        except ValueError as error:
            raise Refused(str(error)) from None


def _fault_routes(world: World) -> list[BaseRoute]:
    def shown(draw: Callable[[Any], Any]) -> Json:
        return {part: draw(faults) for part, faults in world.faults.items()}

    async def read(_: Request) -> Response:
        return JSONResponse(shown(fault_controls.values))

    async def change(request: Request) -> Response:
        _change_faults(world, await _body(request))
        return await read(request)

    async def controls(_: Request) -> Response:
        return JSONResponse({"parts": shown(fault_controls.controls)})

    async def reset(request: Request) -> Response:
        shown(fault_controls.reset)
        return await read(request)

    return [
        Route("/sandbox/faults", read, methods=["GET"]),
        Route("/sandbox/faults", change, methods=["POST"]),
        Route("/sandbox/faults/controls", controls),
        Route("/sandbox/faults/reset", reset, methods=["POST"]),
    ]


def _bot_routes(world: World, bot: BotProcess | None) -> list[BaseRoute]:
    async def status(_: Request) -> Response:
        seen = bot.status() if bot else {"state": "absent", "running": False}
        return JSONResponse({**seen, "delivery": world.workspace.delivery})

    async def kill(_: Request) -> Response:
        pid = bot.kill() if bot else None
        if pid is None:
            raise Refused("The bot is not running.")
        return JSONResponse({"ok": True, "pid": pid})

    async def start(_: Request) -> Response:
        if bot is None:
            raise Refused("This sandbox was started without a bot.")
        await bot.start()
        return JSONResponse({"ok": True})

    return [
        Route("/sandbox/bot", status),
        Route("/sandbox/bot/kill", kill, methods=["POST"]),
        Route("/sandbox/bot/start", start, methods=["POST"]),
    ]


def _arrival_routes(world: World, arrivals: Arrivals) -> list[BaseRoute]:
    async def state(_: Request) -> Response:
        return JSONResponse(arrivals.state())

    async def send(request: Request) -> Response:
        body = await _body(request)
        try:
            ticket = arrivals.send(str(body.get("id")))
        except StopIteration:
            raise Refused("The company has no such ticket.") from None
        return JSONResponse({"ok": True, "ticket": ticket.id})

    async def send_next(_: Request) -> Response:
        ticket = arrivals.send_next()
        if ticket is None:
            raise Refused("All of the company's tickets have been sent.")
        seen = {"ticket": ticket.id, "subject": ticket.subject, "customer": ticket.requester.name}
        return JSONResponse({"ok": True, **seen})

    async def stream(request: Request) -> Response:
        rate = (await _body(request)).get("per_minute")
        if not isinstance(rate, int | float) or isinstance(rate, bool):
            raise Refused("`per_minute` is a number of tickets a minute.")
        arrivals.stream(rate)
        return JSONResponse({"ok": True, **arrivals.state()})

    return [
        Route("/sandbox/tickets", state, methods=["GET"]),
        Route("/sandbox/tickets", send, methods=["POST"]),
        Route("/sandbox/tickets/next", send_next, methods=["POST"]),
        Route("/sandbox/tickets/stream", stream, methods=["POST"]),
    ]


def _tour_routes(tour: Tour) -> list[BaseRoute]:
    async def state(_: Request) -> Response:
        return JSONResponse(tour.state())

    async def press(request: Request) -> Response:
        number = request.path_params["step"]
        buttons: dict[int, Callable[[], Awaitable[Json]]] = tour.buttons
        if number not in buttons:
            raise Refused("This step has no button of its own.")
        return JSONResponse({"ok": True, "place": await buttons[number]()})

    return [
        Route("/sandbox/tour", state, methods=["GET"]),
        Route("/sandbox/tour/{step:int}", press, methods=["POST"]),
    ]
