"""Events to the app: which it subscribed to, and the envelope around each."""

from sandbox.slack.channels import Channel
from sandbox.slack.deliveries import Parcel
from sandbox.slack.idents import new_ident
from sandbox.slack.manifest import EVENT_SCOPES
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace

CHANNEL_TYPES = {"channels": "channel", "groups": "group", "im": "im"}


def wants(workspace: Workspace, subscription: str) -> bool:
    if subscription not in workspace.installation.events:
        return False
    needed = EVENT_SCOPES[subscription]
    if len(needed) == 1:
        workspace.scopes_used.update(needed)
    return not needed or not workspace.scopes.isdisjoint(needed)


def send_event(
    workspace: Workspace, subscription: str, event: Json, channel: Channel | None = None
) -> None:
    """Delivers `event` when the app subscribed to it and, for a channel's, is a member there."""
    if not wants(workspace, subscription):
        return
    if channel is not None and workspace.bot_user_id not in channel.members:
        return
    team = workspace.team["id"]
    ident = new_ident("Ev")
    envelope: Json = {
        "token": "verification-token",
        # Where it happened; what the app may go by is the context and the authorizations.
        "team_id": event.get("source_team", team),
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": workspace.app["id"],
        "event": event,
        "type": "event_callback",
        "event_id": ident,
        "event_time": int(workspace.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": new_ident("4-"),
    }
    name = event["type"] if "subtype" not in event else f"{event['type']}.{event['subtype']}"
    workspace.deliveries.tell(Parcel.wrap("events_api", name, ident, envelope))


def send_message_event(workspace: Workspace, channel: Channel, event: Json) -> None:
    """A message event of any subtype, and `app_mention` beside it when the app is addressed."""
    event["channel"] = channel.id
    event["channel_type"] = CHANNEL_TYPES[channel.kind]
    event.setdefault("event_ts", event["ts"])
    event.pop("metadata", None)
    send_event(workspace, f"message.{channel.kind}", event, channel)
    mentioned = f"<@{workspace.bot_user_id}>" in event.get("text", "")
    if mentioned and not channel.is_im and "subtype" not in event and "bot_id" not in event:
        told = {key: value for key, value in event.items() if key != "channel_type"}
        send_event(workspace, "app_mention", {**told, "type": "app_mention"}, channel)
