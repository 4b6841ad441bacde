"""What Slack says of an account, asked at most a minute ago."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import OutsideError
from bot.handlers.slack.failures import outside
from bot.handlers.slack.surface import web_client
from bot.people import Standing

FRESH_S = 60.0
_MOST_KEPT = 10_000


def standing_of(user: Mapping[str, Any], home: str, workspace: str = "") -> Standing:
    """The standing of a `users.info` user.

    `home` is the id of our workspace or organisation, `workspace` the one that a payload says
    the user acted from, where it says so: both must be the user's own.
    """
    if user.get("deleted"):
        return Standing.DEACTIVATED
    if user.get("is_bot") or user.get("is_workflow_bot") or user.get("id") == "USLACKBOT":
        return Standing.BOT
    organisation = user.get("enterprise_user") or {}
    own = {user.get("team_id"), organisation.get("enterprise_id"), *organisation.get("teams", ())}
    if user.get("is_stranger") or not {home, workspace or home} <= own:
        return Standing.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


class _Known:
    """What Slack said in the last minute, by user and workspace."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, Standing]] = {}

    def get(self, user: str, workspace: str) -> Standing | None:
        if not user:
            return Standing.UNKNOWN
        asked, standing = self._known.get((user, workspace), (float("-inf"), Standing.UNKNOWN))
        return standing if self._clock() - asked < FRESH_S else None

    def keep(self, user: str, workspace: str, standing: Standing) -> Standing:
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[user, workspace] = (self._clock(), standing)
        return standing

    def forget(self, user: str) -> None:
        """Slack said that something about the user changed: ask again."""
        self._known = {key: value for key, value in self._known.items() if key[0] != user}


class Standings:
    """`of` is UNKNOWN when Slack does not say; the next call then asks again."""

    def __init__(
        self, client: WebClient, home: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._home, self._known = client, home, _Known(clock)
        self.forget = self._known.forget

    def of(self, user: str, workspace: str = "") -> Standing:
        if (known := self._known.get(user, workspace)) is not None:
            return known
        try:
            with outside(repeatable=True):
                found = self._client.users_info(user=user)["user"]
                return self._known.keep(user, workspace, standing_of(found, self._home, workspace))
        except OutsideError:
            return Standing.UNKNOWN


class AsyncStandings:
    """The same for the inbound edge."""

    def __init__(
        self, client: AsyncWebClient, home: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._home, self._known = client, home, _Known(clock)
        self.forget = self._known.forget

    async def of(self, user: str, workspace: str = "") -> Standing:
        if (known := self._known.get(user, workspace)) is not None:
            return known
        try:
            with outside(repeatable=True):
                found = (await self._client.users_info(user=user))["user"]
                return self._known.keep(user, workspace, standing_of(found, self._home, workspace))
        except OutsideError:
            return Standing.UNKNOWN


def connected(token: str, api_url: str, home: str) -> Standings:
    return Standings(web_client(token, api_url), home)
