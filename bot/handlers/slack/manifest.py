"""What Slack sends us and what we may do there: one set of tables for listeners and manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.config.outside import Commands
from bot.config.settings import Settings, Slack

# Each with the call that needs it; what only some settings need stands in `scopes`.
_SCOPES: Mapping[str, str] = {
    "app_mentions:read": "questions in threads, where slash commands do not work",
    "channels:history": "finding a post whose answer was lost (public channels)",
    "channels:read": "checking that a channel is there and whose it is",
    "chat:write": "cards",
    "commands": "slash commands and the message shortcut",
    "groups:history": "finding a post whose answer was lost (private channels)",
    "groups:read": "checking that a private channel is there",
    "im:history": "finding a private message whose answer was lost",
    "im:write": "private messages",
    "users:read": "whether an account is a member, a guest or deactivated",
}

# Each with the method of `Listeners` that takes it.
EVENTS: Mapping[str, str] = {
    "app_home_opened": "open_home",
    "app_mention": "mention",
    "channel_archive": "channel_gone",
    "channel_deleted": "channel_gone",
    "group_archive": "channel_gone",
    "group_deleted": "channel_gone",
    "user_change": "person_changed",
}

MAKE_TICKET, ASK_KNOWLEDGE, WRITE_ARTICLE = "ticket.make", "knowledge.ask", "article.write"

# Each with its name in the menu of a message, and what it does.
SHORTCUTS: Mapping[str, tuple[str, str]] = {
    MAKE_TICKET: ("Make this a ticket", "Turns this message into a support ticket"),
    ASK_KNOWLEDGE: ("Ask the knowledge base", "Looks for articles about this message"),
    WRITE_ARTICLE: ("Write an article", "Drafts an article from this thread"),
}


@dataclass(frozen=True)
class SlashCommand:
    """`key` is the setting under slack.commands that names it."""

    key: str
    description: str
    usage: str


COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("kb", "Ask the knowledge base", "how do I change the billing address"),
    SlashCommand("ticket", "Show a ticket to me alone", "17"),
    SlashCommand("approvals", "What waits for my decision", ""),
    SlashCommand("backstop", "Help, who I am, stop effects", "help | me | stop effects"),
)


def name_of(commands: Commands, key: str) -> str:
    return str(getattr(commands, key))


def scopes(settings: Settings) -> Mapping[str, str]:
    """The least that these settings can work with, and what for."""
    asked = dict(_SCOPES)
    if settings.directory.user_groups:
        asked["usergroups:read"] = "people from user groups"
        if any(entry.email and entry.slack is None for entry in settings.staff):
            asked["users:read.email"] = "knowing people of user groups by their profile's address"
    return asked


def manifest(settings: Settings) -> dict[str, Any]:
    """Slack's app manifest (https://docs.slack.dev/reference/app-manifest) as a JSON value.

    Raises ValueError where app.yaml has no `slack:` section.
    """
    if (slack := settings.slack) is None:
        raise ValueError("app.yaml has no `slack:` section to make a manifest of.")
    public_url = settings.server.public_url or "https://backstop.example"
    url = f"{public_url.rstrip('/')}/slack/events"
    socket = slack.delivery == "socket"
    address: dict[str, Any] = {} if socket else {"request_url": url}
    return {
        "display_information": {
            "name": "Backstop",
            "description": "Escalations, approvals and hand-offs for support teams",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Backstop", "always_online": True},
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": key, "description": does}
                for key, (name, does) in SHORTCUTS.items()
            ],
            "slash_commands": [_slash(slack, one, None if socket else url) for one in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": sorted(scopes(settings))}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _slash(slack: Slack, one: SlashCommand, url: str | None) -> dict[str, Any]:
    return {
        "command": name_of(slack.commands, one.key),
        "description": one.description,
        "usage_hint": one.usage or " ",
        "should_escape": True,
        **({"url": url} if url else {}),
    }
