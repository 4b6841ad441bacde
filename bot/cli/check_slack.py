"""Asks Slack whether what app.yaml names is real: token, scopes, channels, people, user groups."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.config.problem import Problem
from bot.config.secrets import Secrets
from bot.config.settings import Settings, Slack
from bot.people import Person

_SILENCE = "Slack does not answer"
_UNREACHED = (
    "It may be right. Look whether this machine reaches slack.api_url (network, proxy, firewall), "
    "then check again."
)
_INVITE = "Correct the id, or write /invite @Backstop in the channel."

# The SDK logs what it could not read; here that becomes a line of the table instead.
_SILENT = logging.getLogger(__name__)
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


@dataclass
class Answers:
    """What Slack said: problems, names by id, and the ids of people who are not real ones."""

    problems: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    unreal: set[str] = field(default_factory=set)

    def shut(self, part: str, path: str, wrong: str, closes: str, remedy: str) -> None:
        """The remedy is for what Slack says is wrong; without an answer nothing is known to be."""
        remedy = _UNREACHED if wrong == _SILENCE else remedy
        self.problems.append(Problem("closed", part, path, wrong, closes, remedy))

    def note(self, part: str, path: str, wrong: str, closes: str, remedy: str) -> None:
        self.problems.append(Problem("note", part, path, wrong, closes, remedy))


def ask_slack(settings: Settings, secrets: Secrets, scopes: frozenset[str]) -> Answers:
    """Ask; what fails becomes a problem and is never raised. `scopes` are those the app needs."""
    answers = Answers()
    slack = settings.slack
    if slack is None or secrets.slack_bot_token is None:
        return answers
    client = WebClient(
        token=secrets.slack_bot_token, base_url=slack.api_url, timeout=10, logger=_SILENT
    )
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    if _token(client, slack, scopes, answers):
        if slack.delivery == "socket" and secrets.slack_app_token:
            _app_token(client, secrets.slack_app_token, answers)
        _channels(client, settings, answers)
        _people(client, settings, slack, answers)
        _user_groups(client, settings, answers)
    return answers


def _call(client: WebClient, method: str, **params: str) -> tuple[Mapping[str, Any], str]:
    """Return Slack's answer and what is wrong with it, empty when Slack said ok."""
    try:
        answer = client.api_call(method, params=params)
    except (SlackClientError, OSError, ValueError, HTTPException) as error:
        return {}, _failure(error)
    data = answer.data if isinstance(answer.data, dict) else {}
    return {**data, "headers": answer.headers}, ""


def _failure(error: Exception) -> str:
    if not isinstance(error, SlackApiError) or error.response.status_code >= 500:
        return _SILENCE
    return f"Slack answers {error.response.get('error')}"


def _token(client: WebClient, slack: Slack, scopes: frozenset[str], answers: Answers) -> bool:
    """Say whether the token opens the right workspace, which all other questions need."""
    answer, failure = _call(client, "auth.test")
    if failure:
        remedy = "Install the app again and set its Bot User OAuth Token."
        answers.shut("slack", "slack.bot_token", failure, "everything in Slack", remedy)
        return False
    if slack.workspace not in (answer.get("team_id"), answer.get("enterprise_id")):
        wrong = f"the token belongs to {answer.get('team_id')}"
        remedy = "Correct the workspace, or set that workspace's token."
        answers.shut("slack", "slack.workspace", wrong, "everything in Slack", remedy)
        return False
    answers.names[slack.workspace] = str(answer.get("team", ""))
    headers = {str(name).lower(): str(held) for name, held in answer["headers"].items()}
    granted = set(headers.get("x-oauth-scopes", "").replace(" ", "").split(","))
    missing = ", ".join(sorted(scopes - granted))
    if missing:
        remedy = "Take the manifest of: backstop manifest slack; then install the app again."
        wrong = f"the token lacks the scopes {missing}"
        answers.shut("slack", "slack.bot_token", wrong, "what needs these scopes", remedy)
    return True


def _app_token(client: WebClient, token: str, answers: Answers) -> None:
    # The address it returns is never opened, so no connection is taken from the bot.
    try:
        client.apps_connections_open(app_token=token)
    except (SlackClientError, OSError, ValueError, HTTPException) as error:
        wrong, closes = _failure(error), "Socket Mode: nothing comes in"
        remedy = "Set an app-level token with the scope connections:write."
        answers.shut("slack", "slack.app_token", wrong, closes, remedy)


def _named_channels(settings: Settings) -> Iterator[tuple[str, str, str, str]]:
    """Yield path, channel id, part and what is closed without the channel."""
    channels = settings.channels
    for index, route in enumerate(channels.escalations):
        closes = "escalations of this entry; they go to the next that fits, else to admin"
        yield f"channels.escalations[{index}]", route.channel, "escalations", closes
    for function, channel in channels.handoffs.items():
        yield f"channels.handoffs.{function}", channel, "handoffs", f"hand-offs to {function}"
    for index, partner in enumerate(settings.partners):
        if partner.channel:
            closes = f"approvals shown to {partner.organisation}"
            yield f"partners[{index}].channel", partner.channel, "partners", closes
    for name in ("approvals", "quality", "knowledge", "reports", "trial", "admin"):
        channel = getattr(channels, name)
        if channel:
            part = "administration" if name == "admin" else name
            yield f"channels.{name}", channel, part, f"posts to {name}"


def _channels(client: WebClient, settings: Settings, answers: Answers) -> None:
    asked: dict[str, tuple[Mapping[str, Any], str]] = {}
    for path, channel, part, closes in _named_channels(settings):
        if channel not in asked:
            asked[channel] = _call(client, "conversations.info", channel=channel)
        answer, failure = asked[channel]
        found = answer.get("channel", {})
        wrong = failure or _amiss(found)
        if wrong:
            answers.shut(part, path, wrong, closes, _INVITE)
            continue
        answers.names[channel] = f"#{found.get('name', '')}"
        if part == "approvals":
            _approvals(found, path, answers)
        elif part == "partners":
            _partners(found, path, settings, answers)
        else:
            _readers(found, part, path, settings, answers)


def _amiss(channel: Mapping[str, Any]) -> str:
    if channel.get("is_archived"):
        return "is archived"
    return "" if channel.get("is_member") else "Backstop is not a member"


def _approvals(channel: Mapping[str, Any], path: str, answers: Answers) -> None:
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        remedy = "Name a channel of your own workspace alone."
        wrong = "is shared with another workspace"
        answers.shut("approvals", path, wrong, "acts that need an approver", remedy)
    elif not channel.get("is_private"):
        closes = "everybody in the workspace can read what is asked"
        answers.note("approvals", path, "is public", closes, "Make it private.")


def _partners(channel: Mapping[str, Any], path: str, settings: Settings, answers: Answers) -> None:
    partners = [one for one in settings.partners if one.channel == channel.get("id")]
    known = settings.workspaces_of([one.organisation for one in partners])
    if others := sorted(_teams(channel) - known):
        wrong = f"is shared with {', '.join(others)}"
        remedy = "Name a channel that nobody but you and this partner is in."
        answers.shut("partners", path, wrong, "approvals shown there", remedy)


def _readers(
    channel: Mapping[str, Any], part: str, path: str, settings: Settings, answers: Answers
) -> None:
    """A partner may well claim there; of anybody else it is told what they get to read."""
    if not (channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")):
        return
    known = settings.workspaces_of([one.organisation for one in settings.partners])
    others = ", ".join(sorted(_teams(channel) - known))
    # Shared, and yet with nobody else: then somebody is there who is not named.
    if others or len(_teams(channel)) < 2:
        wrong = f"is shared with {others or 'another workspace'}"
        closes = "its people read what is posted there: customers' names, words and yearly value"
        remedy = "Name a channel of your own, or list that workspace under partners."
        answers.note(part, path, wrong, closes, remedy)


def _teams(channel: Mapping[str, Any]) -> set[str]:
    return {*channel.get("shared_team_ids", ()), *channel.get("pending_connected_team_ids", ())}


def _people(client: WebClient, settings: Settings, slack: Slack, answers: Answers) -> None:
    homes = {user: partner.workspace for partner in settings.partners for user in partner.people}
    for person in settings.people:
        if person.slack is None or (person.is_partner and person.slack not in homes):
            continue
        answer, failure = _call(client, "users.info", user=person.slack)
        user = answer.get("user", {})
        home = homes.get(person.slack) if person.is_partner else slack.workspace
        wrong = failure or _not_a_person(user, home, person)
        if wrong:
            answers.unreal.add(person.id)
            path, closes = f"people, {person.id}", f"all {person.name} does"
            remedy = f"Correct {person.slack}, or take the person out."
            answers.shut(f"person:{person.id}", path, wrong, closes, remedy)
        else:
            answers.names[person.slack] = str(user.get("real_name") or user.get("name", ""))


def _not_a_person(user: Mapping[str, Any], home: str | None, person: Person) -> str:
    homes = (user.get("team_id"), user.get("enterprise_user", {}).get("enterprise_id"))
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    reasons = {
        "is deactivated": user.get("deleted"),
        "is a bot": user.get("is_bot"),
        "is a guest and no partner": guest and not person.is_partner,
        "is a stranger and no partner": user.get("is_stranger") and not person.is_partner,
        f"belongs to the workspace {user.get('team_id')}, not {home}": home not in homes,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _user_groups(client: WebClient, settings: Settings, answers: Answers) -> None:
    if not settings.directory.user_groups:
        return
    answer, failure = _call(client, "usergroups.list")
    known = {str(group.get("id")) for group in answer.get("usergroups", ())}
    for group in settings.directory.user_groups:
        if failure or group not in known:
            wrong = failure or "is no user group of this workspace"
            closes = "people and skills from this group"
            path = f"directory.user_groups.{group}"
            answers.shut("directory", path, wrong, closes, "Correct the id.")
