"""chat.* and reactions.add."""

from typing import Any

from sandbox.slack import messages
from sandbox.slack.blocks import check_message_blocks, name_parts
from sandbox.slack.channels import Channel
from sandbox.slack.errors import ApiError
from sandbox.slack.methods.method import Method, flag, required, structure, visible_channel
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace

UPDATE_TEXT = 4_000
METADATA_CHARACTERS = 8_000


def post_message(workspace: Workspace, args: Json) -> Json:
    channel = _destination(workspace, str(args.get("channel", "")))
    content = _content(args)
    if not (content["text"] or content.get("blocks") or content.get("attachments")):
        raise ApiError("no_text")
    root = _thread(channel, args)
    if wait := workspace.quotas.wait_to_post(channel.id):
        raise ApiError("ratelimited", retry_after=wait)
    message = {**messages.from_bot(workspace, content["text"]), **content}
    message["text"] = message["text"][: messages.TEXT_KEPT]
    if root is not None:
        message["thread_ts"] = root
        if flag(args, "reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    messages.post(workspace, channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def post_ephemeral(workspace: Workspace, args: Json) -> Json:
    channel, user = _destination(workspace, str(args.get("channel", ""))), required(args, "user")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    content = _content(args)
    if not (content["text"] or content.get("blocks")):
        raise ApiError("no_text")
    root = _thread(channel, args)
    if wait := workspace.quotas.wait_to_post(channel.id):
        raise ApiError("ratelimited", retry_after=wait)
    message = {**messages.from_bot(workspace, content["text"]), **content}
    if root is not None:
        message["thread_ts"] = root
    messages.whisper(workspace, channel, user, message)
    return {"message_ts": message["ts"]}


def update(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    message = _own_message(workspace, channel, required(args, "ts"), "cant_update_message")
    content = _content(args)
    if "text" not in args and "blocks" not in args and "attachments" not in args:
        raise ApiError("no_text")
    if len(content["text"]) > UPDATE_TEXT:
        raise ApiError("msg_too_long")
    if "text" not in args:
        del content["text"]
    # What the call leaves out stays as it was; an empty list takes blocks away.
    messages.edit(workspace, channel, message, content)
    answer = {"channel": channel.id, "ts": message["ts"]}
    return {**answer, "text": message["text"], "message": message}


def delete(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    message = _own_message(workspace, channel, required(args, "ts"), "cant_delete_message")
    messages.remove(workspace, channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


def get_permalink(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    ts = required(args, "message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    link = f"https://{workspace.team['domain']}.slack.com/archives/{channel.id}"
    link += f"/p{ts.replace('.', '')}"
    if message.get("thread_ts", ts) != ts:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    message = channel.messages.get(str(args.get("timestamp", "")))
    if message is None:
        raise ApiError("message_not_found")
    name = required(args, "name")
    reactions = message.setdefault("reactions", [])
    known = next((one for one in reactions if one["name"] == name), None)
    if known is None:
        known = {"name": name, "users": [], "count": 0}
        reactions.append(known)
    if workspace.bot_user_id in known["users"]:
        raise ApiError("already_reacted")
    known["users"].append(workspace.bot_user_id)
    known["count"] += 1
    return {}


def _destination(workspace: Workspace, wanted: str) -> Channel:
    """Where a message may go: a channel by id or name, or the DM of a user id."""
    if wanted in workspace.people:
        return _direct_message(workspace, wanted)
    channel = workspace.channels.get(wanted) or _by_name(workspace, wanted.removeprefix("#"))
    if channel is None:
        raise ApiError("channel_not_found")
    if workspace.bot_user_id not in channel.members:
        if channel.is_private:
            raise ApiError("channel_not_found")
        if "chat:write.public" not in workspace.scopes:
            raise ApiError("not_in_channel")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _by_name(workspace: Workspace, name: str) -> Channel | None:
    found = (one for one in workspace.channels.values() if one.name == name and not one.is_im)
    return next(found, None)


def _direct_message(workspace: Workspace, user: str) -> Channel:
    person = workspace.people[user]
    if person.is_bot:
        raise ApiError("cannot_dm_bot")
    if person.deleted:
        raise ApiError("user_disabled")
    return workspace.direct_message(user)


def _thread(channel: Channel, args: Json) -> str | None:
    root = args.get("thread_ts")
    if not root:
        return None
    parent = channel.messages.get(str(root))
    if parent is None:
        raise ApiError("thread_not_found")
    if parent.get("thread_ts", root) != root:
        raise ApiError("cannot_reply_to_message")
    return str(root)


def _own_message(workspace: Workspace, channel: Channel, ts: str, refused: str) -> Json:
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message.get("bot_id") != workspace.app["bot_id"]:
        raise ApiError(refused)
    if channel.is_archived:
        raise ApiError("is_archived")
    return message


def _content(args: Json) -> Json:
    """text, blocks, attachments and metadata as given, checked."""
    text = args.get("text")
    content: Json = {"text": text if isinstance(text, str) else ""}
    blocks = structure(args, "blocks", "invalid_blocks_format")
    if blocks is not None:
        check_message_blocks(blocks)
        content["blocks"] = name_parts(blocks)
    attachments = structure(args, "attachments", "invalid_attachments_format")
    if attachments is not None:
        content["attachments"] = attachments
    metadata = structure(args, "metadata", "invalid_metadata_format")
    if metadata is not None:
        content["metadata"] = _metadata(metadata)
    return content


def _metadata(metadata: Any) -> Json | None:
    if metadata == {}:
        return None
    if not isinstance(metadata, dict) or metadata.keys() != {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_format")
    payload = metadata["event_payload"]
    if not isinstance(metadata["event_type"], str) or not isinstance(payload, dict):
        raise ApiError("invalid_metadata_format")
    if len(str(payload)) > METADATA_CHARACTERS:
        raise ApiError("metadata_too_large")
    return metadata


WRITE = ("chat:write",)
METHODS = {
    # Posting has quotas of its own, per channel and workspace, in place of a tier.
    "chat.postMessage": Method(post_message, 0, WRITE, writes=True),
    "chat.postEphemeral": Method(post_ephemeral, 4, WRITE, writes=True),
    "chat.update": Method(update, 3, WRITE, writes=True),
    "chat.delete": Method(delete, 3, WRITE, writes=True),
    "chat.getPermalink": Method(get_permalink, None),
    "reactions.add": Method(add_reaction, 3, ("reactions:write",), writes=True),
}
