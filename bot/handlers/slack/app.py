"""Bolt on our own server: our own front door verifies raw bytes, then Bolt dispatches."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yarl import URL

from bot import commands
from bot.bus import Bus
from bot.config.settings import Slack
from bot.errors import OutsideError
from bot.handlers import signatures
from bot.handlers.signatures import Unsigned
from bot.handlers.slack.accounts import Accounts
from bot.handlers.slack.failures import ShutOut, outside
from bot.handlers.slack.listeners import register
from bot.handlers.slack.shapes import is_whole
from bot.handlers.slack.sockets import Sockets
from bot.handlers.slack.standings import AsyncStandings
from bot.people import Account, Standing
from bot.ports import Standings

log = logging.getLogger(__name__)

_NOBODY = Account("slack", "", "", Standing.UNKNOWN)


class SlackEdge:
    """Everything that comes from Slack, by HTTP or by Socket Mode."""

    def __init__(
        self,
        slack: Slack,
        scopes: Collection[str],
        bus: Bus,
        bot_token: str,
        app_token: str | None,
        standings: Standings | None,
    ) -> None:
        self._slack = slack
        self._scopes = frozenset(scopes)
        self._app_token = app_token
        self._bus, self._clock = bus, bus.clock
        self._client = _client(slack, bot_token)
        accounts = Accounts(AsyncStandings(self._client, slack.workspace), standings)
        self._sockets = Sockets(self._socket) if slack.delivery == "socket" else None
        self.app = AsyncApp(
            # Without a name Bolt reads the source of the whole stack for one: a tenth of a second.
            name="backstop",
            client=self._client,
            authorize=_one_installation(slack.workspace, bot_token),
            process_before_response=True,
            request_verification_enabled=False,
            ignoring_self_events_enabled=True,
            ssl_check_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            logger=logging.getLogger("slack_bolt"),
        )
        register(self.app, bus, accounts, slack.commands)

    async def is_let_in(self) -> bool | None:
        """Whether Slack takes our token for all that we need it for; None when it does not say."""
        try:
            with outside(repeatable=True):
                answer = await self._client.auth_test()
        except ShutOut as error:
            log.error("Slack shuts us out: %s", error)
            return False
        except OutsideError:
            return None
        granted = answer.headers.get("x-oauth-scopes", "").replace(" ", "").split(",")
        missing = self._scopes.difference(granted)
        if missing:
            log.error("the Slack token lacks scopes: %s", ", ".join(sorted(missing)))
        return not missing

    def routes(self, secrets: Sequence[str]) -> list[Route]:
        """`POST /slack/events` takes events, clicks, forms and commands alike."""

        async def events(request: Request) -> Response:
            body = await request.body()
            now = self._clock.now()
            verdict = signatures.slack(request.scope["headers"], body, secrets, now)
            if isinstance(verdict, Unsigned):
                log.warning("slack call refused reason=%s", verdict.reason)
                return Response(status_code=401)
            asked = _read(body, request.headers)
            if asked is None:
                why = "Nobody could read what came, so nothing was done."
                nothing = commands.Unreadable(_NOBODY, why)
                await asyncio.wrap_future(self._bus.submit(nothing))
                return Response()
            return to_starlette_response(await self.app.async_dispatch(asked))

        return [Route("/slack/events", events, methods=["POST"])]

    @property
    def is_reached(self) -> bool:
        """Whether Slack can call us: over HTTP it is Slack who connects."""
        return self._sockets is None or self._sockets.is_up

    def open(self) -> None:
        if self._sockets is not None:
            self._sockets.open()

    async def close(self) -> None:
        if self._sockets is not None:
            await self._sockets.close()

    def _socket(self) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(
            self.app,
            app_token=self._app_token,
            web_client=_client(self._slack, self._app_token or ""),
            ping_interval=5,
        )


def _read(body: bytes, headers: Mapping[str, str]) -> AsyncBoltRequest | None:
    """None for what has not the shape of anything that Slack sends: Bolt would break over it."""
    try:
        asked = AsyncBoltRequest(body=payload_of(body.decode()), headers=dict(headers))
    except (AttributeError, RecursionError, TypeError, ValueError):
        return None
    return asked if is_whole(asked.body) else None


def payload_of(body: str) -> str:
    """The JSON inside the form of a click, as Bolt takes it too; any other body as it is.

    Bolt decodes the form in Python, which takes a fifth of the time until a click is answered.
    """
    if not body.startswith("payload="):
        return body
    return URL.build(path="/", query_string=body, encoded=True).query["payload"]


def _one_installation(workspace: str, token: str) -> Callable[[], Awaitable[AuthorizeResult]]:
    """A plain function: Bolt fills in parameters by name, and would fill in `self` too."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=workspace, bot_token=token)

    return authorize


def _client(slack: Slack, token: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.api_url, timeout=5, retry_handlers=[])
