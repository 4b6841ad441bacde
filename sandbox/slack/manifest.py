"""What an app's manifest asks for, as docs.slack.dev/reference/app-manifest lays it out."""

from dataclasses import dataclass, field

from sandbox.slack.people import Json

# Any of these scopes lets Slack send the event. The workspace makes the first group of events;
# the second may be subscribed to as at Slack, and never happens here.
_CHANNELS, _EITHER = ("channels:read",), ("channels:read", "groups:read")
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "app_mention": ("app_mentions:read",),
    "app_home_opened": (),
    "member_joined_channel": _EITHER,
    "member_left_channel": _EITHER,
    "channel_archive": _CHANNELS,
    "channel_unarchive": _CHANNELS,
    "channel_deleted": _CHANNELS,
    "channel_shared": _EITHER,
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "user_change": ("users:read",),
    #
    "message.mpim": ("mpim:history",),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "channel_created": _CHANNELS,
    "channel_id_changed": _EITHER,
    "channel_left": _CHANNELS,
    "channel_rename": _CHANNELS,
    "channel_unshared": _EITHER,
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_created": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "user_profile_changed": ("users:read",),
    "user_status_changed": ("users:read",),
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
    takes_messages: bool = True
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
        takes_messages=not features.get("app_home", {}).get("messages_tab_read_only_enabled"),
        home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
    )


def _check_events(events: set[str], scopes: set[str]) -> None:
    for event in sorted(events):
        if event not in EVENT_SCOPES:
            raise ManifestError(f"event_subscriptions: {event} is not an event of this workspace")
        needed = EVENT_SCOPES[event]
        if needed and scopes.isdisjoint(needed):
            raise ManifestError(f"event_subscriptions: {event} needs {' or '.join(needed)}")
