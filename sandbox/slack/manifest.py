"""What an app's manifest asks for, as docs.slack.dev/reference/app-manifest lays it out."""

from dataclasses import dataclass, field

from sandbox.slack.people import Json

# The scope without which Slack sends an event to nobody.
EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_shared": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_updated": "usergroups:read",
    "app_home_opened": None,
}


class ManifestError(ValueError):
    """A manifest Slack would not take; says which part."""


@dataclass
class Installation:
    """What the app was granted and what it registered."""

    scopes: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    commands: dict[str, Json] = field(default_factory=dict)
    shortcuts: dict[str, Json] = field(default_factory=dict)
    socket_mode: bool = False
    home_tab: bool = False
    interactive: bool = False


def read_manifest(manifest: Json) -> Installation:
    """Raises ManifestError for commands without a slash, unknown events, events without scope."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    commands = features.get("slash_commands", [])
    shortcuts = features.get("shortcuts", [])
    events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
    scopes = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    if not isinstance(manifest.get("display_information", {}).get("name"), str):
        raise ManifestError("display_information.name is missing")
    for command in commands:
        if not command["command"].startswith("/"):
            raise ManifestError(f"slash_commands: {command['command']} must start with /")
    if commands and "commands" not in scopes:
        raise ManifestError("slash_commands need the scope commands")
    if shortcuts and "commands" not in scopes:
        raise ManifestError("shortcuts need the scope commands")
    _check_events(events, scopes)
    return Installation(
        scopes=scopes,
        events=events,
        commands={command["command"]: command for command in commands},
        shortcuts={shortcut["callback_id"]: shortcut for shortcut in shortcuts},
        socket_mode=bool(settings.get("socket_mode_enabled")),
        home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
    )


def _check_events(events: set[str], scopes: set[str]) -> None:
    for event in sorted(events):
        if event not in EVENT_SCOPES:
            raise ManifestError(f"event_subscriptions: {event} is not an event of this workspace")
        needed = EVENT_SCOPES[event]
        if needed is not None and needed not in scopes:
            raise ManifestError(f"event_subscriptions: {event} needs the scope {needed}")
