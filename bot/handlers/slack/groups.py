"""Members of Slack user groups, for the directory of people."""

from collections.abc import Mapping, Sequence

from slack_sdk import WebClient

from bot.config.directory import Profile
from bot.handlers.slack.failures import outside
from bot.handlers.slack.standings import standing_of
from bot.handlers.slack.surface import web_client


class Groups:
    """Read with `usergroups:read`, `users:read` and, for addresses, `users:read.email`."""

    def __init__(self, client: WebClient, home: str) -> None:
        self._client, self._home = client, home

    def members(self, groups: Sequence[str]) -> Mapping[str, Sequence[Profile]]:
        """The profiles of each group's members; raises OutsideError when Slack does not say."""
        found: dict[str, list[Profile]] = {}
        with outside(repeatable=True):
            for group in groups:
                users = self._client.usergroups_users_list(usergroup=group)["users"]
                found[group] = [self._profile(user) for user in users]
        return found

    def _profile(self, user_id: str) -> Profile:
        user = self._client.users_info(user=user_id)["user"]
        profile = user.get("profile") or {}
        return Profile(
            user=user_id,
            workspace=str(user.get("team_id") or ""),
            standing=standing_of(user, self._home),
            name=str(user.get("real_name") or user.get("name") or user_id),
            email=profile.get("email"),
            time_zone=str(user.get("tz") or ""),
        )


def connected(token: str, api_url: str, home: str) -> Groups:
    return Groups(web_client(token, api_url), home)
