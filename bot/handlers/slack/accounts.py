"""Who acted, by the signed payload, and what Slack says of them."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.slack.standings import AsyncStandings
from bot.people import Account
from bot.ports import Standings
from bot.words import storable

Json = Mapping[str, Any]


def actor(body: Json) -> tuple[str, str]:
    """The id of the user who acted and of the workspace they belong to; empty is what is missing.

    The workspace is that of the person alone, in the place where each kind of payload says it: in
    a channel shared by Slack Connect the others name ours. Nothing stands in for it.
    """
    event = body.get("event")
    if isinstance(event, Mapping):
        return str(event.get("user") or ""), _workspace_of_event(body, event)
    user = body.get("user")
    if isinstance(user, Mapping):
        return str(user.get("id") or ""), str(user.get("team_id") or "")
    # A slash command, which only people of the workspace that it names can give.
    return str(body.get("user_id") or ""), str(body.get("team_id") or "")


def _workspace_of_event(body: Json, event: Json) -> str:
    if event.get("type") == "app_home_opened":
        # It names no team of its own, and nobody opens the Home of another workspace's app.
        return str(body.get("team_id") or "")
    # `user_team` is there for people of other workspaces, `team` for our own and older payloads.
    return str(event.get("user_team") or event.get("team") or "")


def _storable(ident: str) -> str:
    """Empty for what no database takes: mended, it would be somebody else's id."""
    return ident if storable(ident) == ident else ""


class Accounts:
    """Accounts of payloads, each with its standing of the last minute."""

    def __init__(self, ours: AsyncStandings, core: Standings | None) -> None:
        self._ours, self._core = ours, core

    async def of(self, body: Json) -> Account:
        user, workspace = (_storable(ident) for ident in actor(body))
        return Account("slack", user, workspace, await self._ours.of(user, workspace))

    def forget(self, user: str) -> None:
        """Slack said that the user has changed; effects under way ask again, too."""
        self._ours.forget(user)
        if self._core is not None:
            self._core.forget(user)
