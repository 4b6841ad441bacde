"""Saying, changing and taking back messages, with everything that follows from it."""

import re
from collections.abc import Iterator

from sandbox.slack.blocks import words_of
from sandbox.slack.channels import Channel
from sandbox.slack.events import send_message_event, wants
from sandbox.slack.idents import new_ident
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace

TEXT_KEPT = 40_000
_ADDRESSED = re.compile(
    r"<@(\w+)(?:\|[^>]*)?>|<!subteam\^(\w+)(?:\|[^>]*)?>|<!(channel|here|everyone)>"
)


def from_bot(workspace: Workspace, text: str) -> Json:
    """A message of the app, not yet posted."""
    return {
        "type": "message",
        "user": workspace.bot_user_id,
        "bot_id": workspace.app["bot_id"],
        "app_id": workspace.app["id"],
        "team": workspace.team["id"],
        "text": text[:TEXT_KEPT],
        "ts": workspace.stamps.next(),
    }


def from_person(workspace: Workspace, user: str, text: str) -> Json:
    """A message not yet posted; whoever writes by Slack Connect is named with their workspace."""
    person = workspace.people[user]
    message: Json = {
        "type": "message",
        "user": user,
        "team": person.team_id,
        "client_msg_id": new_ident("m"),
        "text": text[:TEXT_KEPT],
        "ts": workspace.stamps.next(),
    }
    if workspace.is_foreign(person):
        message |= {"user_team": person.team_id, "source_team": person.team_id}
    return message


def post(workspace: Workspace, channel: Channel, message: Json) -> None:
    channel.add(message)
    _mark_unread(workspace, channel, message)
    _show(workspace, channel, "message", message)
    send_message_event(workspace, channel, dict(message))


def whisper(workspace: Workspace, channel: Channel, user: str, message: Json) -> None:
    """An ephemeral message: one person sees it, no history keeps it."""
    channel.ephemerals.append((user, message))
    news = {"kind": "ephemeral", "message": {**message, "ephemeral": True}}
    workspace.feed.tell([user], {**news, "channel": channel.id, "thread": message.get("thread_ts")})


def edit(workspace: Workspace, channel: Channel, message: Json, changes: Json) -> None:
    """`changes` replace what the message says; a value of None takes the key away."""
    watched = wants(workspace, f"message.{channel.kind}")
    previous = dict(message) if watched else {}
    for key, value in changes.items():
        if value is None:
            message.pop(key, None)
        else:
            message[key] = value
    stamp = workspace.stamps.next()
    message["edited"] = {"user": message["user"], "ts": stamp}
    _show(workspace, channel, "changed", message)
    if watched:
        event = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "message": _without_metadata(message),
            "previous_message": _without_metadata(previous),
            "ts": stamp,
        }
        send_message_event(workspace, channel, event)


def remove(workspace: Workspace, channel: Channel, ts: str) -> None:
    message = channel.remove(ts)
    _show(workspace, channel, "deleted", message)
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": ts,
        "previous_message": _without_metadata(message),
        "ts": workspace.stamps.next(),
    }
    send_message_event(workspace, channel, event)


def _without_metadata(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "metadata"}


def _show(workspace: Workspace, channel: Channel, kind: str, message: Json) -> None:
    if workspace.feed.watched:
        news = {"kind": kind, "channel": channel.id, "thread": message.get("thread_ts")}
        shown = {**message, "ephemeral": False}
        workspace.feed.tell(workspace.watchers(channel), {**news, "message": shown})


def _mark_unread(workspace: Workspace, channel: Channel, message: Json) -> None:
    author = message["user"]
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    addressed = _addressed(workspace, channel, message)
    for user in channel.members:
        if user == author:
            continue
        if not in_thread:
            channel.unread[user] = channel.unread.get(user, 0) + 1
        if channel.is_im or user in addressed:
            channel.mentions[user] = channel.mentions.get(user, 0) + 1


def _picked(part: Json) -> Iterator[str]:
    """Mentions in rich text, as mrkdwn would say them."""
    match part.get("type"):
        case "user" if "user_id" in part:
            yield f"<@{part['user_id']}>"
        case "usergroup":
            yield f"<!subteam^{part['usergroup_id']}>"
        case "broadcast":
            yield f"<!{part['range']}>"
    for inner in part.get("elements", ()):
        yield from _picked(inner)


def _addressed(workspace: Workspace, channel: Channel, message: Json) -> set[str]:
    blocks = message.get("blocks", ())
    words = " ".join([message["text"], words_of(blocks), *_picked({"elements": blocks})])
    if "<@" not in words and "<!" not in words:
        return set()
    users: set[str] = set()
    for user, group, everybody in _ADDRESSED.findall(words):
        if user:
            users.add(user)
        elif group:
            users.update(workspace.usergroups.get(group, {}).get("users", ()))
        elif everybody:
            users |= channel.members
    return users
