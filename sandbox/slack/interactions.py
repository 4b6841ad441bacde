"""What a person's gesture looks like when it reaches the app."""

from sandbox.slack.channels import Channel
from sandbox.slack.deliveries import Parcel
from sandbox.slack.people import Json, Person
from sandbox.slack.triggers import Trigger
from sandbox.slack.workspace import Workspace

# Slack's own words for a conversation that is not a public channel.
CHANNEL_WORDS = {"groups": "privategroup", "im": "directmessage"}


def gesture(workspace: Workspace, kind: str, person: Person, trigger: Trigger | None) -> Json:
    """The part all interaction payloads share."""
    payload: Json = {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id,
        },
        "api_app_id": workspace.app["id"],
        "token": "verification-token",
        "team": _team(workspace, person),
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if trigger is not None:
        payload["trigger_id"] = trigger.id
    return payload


def _team(workspace: Workspace, person: Person) -> Json:
    """The workspace somebody acts from, which by Slack Connect is not the app's."""
    if workspace.is_foreign(person):
        return {"id": person.team_id, "domain": person.team_id.lower()}
    return {"id": workspace.team["id"], "domain": workspace.team["domain"]}


def channel_name(channel: Channel) -> str:
    return CHANNEL_WORDS.get(channel.kind, channel.name)


def response_url(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    ts: str | None = None,
    ephemeral: bool = False,
) -> str:
    token = workspace.response_urls.issue(person.id, channel.id, ts, ephemeral).token
    return f"{workspace.public_url}/response/{token}"


def click_on_message(
    workspace: Workspace,
    person: Person,
    trigger: Trigger,
    channel: Channel,
    message: Json,
    action: Json,
    *,
    ephemeral: bool,
    state: Json,
) -> Json:
    """A block_actions payload. Of an ephemeral message Slack sends no copy."""
    payload = gesture(workspace, "block_actions", person, trigger)
    ts = message["ts"]
    container: Json = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    payload["container"] = container
    payload["channel"] = {"id": channel.id, "name": channel_name(channel)}
    if not ephemeral:
        payload["message"] = {key: v for key, v in message.items() if key != "metadata"}
    payload["state"] = {"values": state}
    payload["response_url"] = response_url(workspace, person, channel, ts, ephemeral)
    payload["actions"] = [action]
    return payload


def click_in_view(
    workspace: Workspace, person: Person, trigger: Trigger, view: Json, action: Json
) -> Json:
    payload = gesture(workspace, "block_actions", person, trigger)
    payload["container"] = {"type": "view", "view_id": view["id"]}
    payload["view"] = view
    payload["actions"] = [action]
    return payload


def action_on(element: Json, block_id: str, stamp: str, chosen: Json) -> Json:
    """One entry of `actions`; `chosen` is the element's state as a client sends it."""
    action: Json = {
        "action_id": element["action_id"],
        "block_id": block_id,
        "type": element["type"],
        "action_ts": stamp,
    }
    if element["type"] == "button":
        action["text"] = element["text"]
        if "style" in element:
            action["style"] = element["style"]
        if "value" in element:
            action["value"] = element["value"]
    action.update(chosen)
    return action


def submission(workspace: Workspace, person: Person, trigger: Trigger, view: Json) -> Json:
    payload = gesture(workspace, "view_submission", person, trigger)
    payload["view"] = view
    payload["response_urls"] = []
    return payload


def dismissal(workspace: Workspace, person: Person, view: Json, is_cleared: bool) -> Json:
    payload = gesture(workspace, "view_closed", person, None)
    payload["view"] = view
    payload["is_cleared"] = is_cleared
    return payload


def message_shortcut(
    workspace: Workspace,
    person: Person,
    trigger: Trigger,
    callback_id: str,
    channel: Channel,
    message: Json,
) -> Json:
    payload = gesture(workspace, "message_action", person, trigger)
    payload["callback_id"] = callback_id
    payload["action_ts"] = workspace.stamps.next()
    payload["message_ts"] = message["ts"]
    payload["message"] = {key: v for key, v in message.items() if key != "metadata"}
    payload["channel"] = {"id": channel.id, "name": channel_name(channel)}
    payload["response_url"] = response_url(workspace, person, channel, message["ts"])
    return payload


def global_shortcut(
    workspace: Workspace, person: Person, trigger: Trigger, callback_id: str
) -> Json:
    payload = gesture(workspace, "shortcut", person, trigger)
    payload["callback_id"] = callback_id
    payload["action_ts"] = workspace.stamps.next()
    return payload


def slash_command(
    workspace: Workspace,
    person: Person,
    trigger: Trigger,
    channel: Channel,
    command: str,
    text: str,
) -> Json:
    """The form fields of a command; all of them strings."""
    return {
        "token": "verification-token",
        "team_id": workspace.team["id"],
        "team_domain": workspace.team["domain"],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app["id"],
        "is_enterprise_install": "false",
        "response_url": response_url(workspace, person, channel),
        "trigger_id": trigger.id,
    }


def to_parcel(payload: Json) -> Parcel:
    """Ready to deliver. Only submissions and commands are answered in the acknowledgement."""
    if "command" in payload:
        ident = payload["trigger_id"]
        return Parcel.wrap("slash_commands", payload["command"], ident, payload, True)
    kind = payload["type"]
    ident = payload.get("trigger_id") or payload["view"]["id"]
    answers = kind == "view_submission"
    return Parcel.wrap("interactive", kind, ident, payload, answers)
