"""conversations.* and users.conversations."""

from sandbox.slack.channels import Channel
from sandbox.slack.errors import ApiError
from sandbox.slack.methods.method import (
    Method,
    check_scope,
    flag,
    next_cursor,
    page_size,
    paged,
    read_cursor,
    required,
    visible_channel,
)
from sandbox.slack.people import Json
from sandbox.slack.timing import comparable
from sandbox.slack.workspace import Workspace

END_OF_TIME = "9999999999.999999"
KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def history(workspace: Workspace, args: Json) -> Json:
    """Newest first. A cursor goes on below the last message of the page before."""
    channel = _readable(workspace, args)
    size, inclusive = page_size(args), flag(args, "inclusive")
    oldest, latest = _bounds(args)
    stamps = channel.between(channel.timeline, oldest, latest, inclusive)
    if (before := read_cursor(args, "next_ts")) is not None:
        stamps = [ts for ts in stamps if ts < before]
    shown = stamps[-size:]
    shown.reverse()
    answer = {"messages": _copies(channel, args, shown), "has_more": len(stamps) > size}
    if len(stamps) > size:
        answer["response_metadata"] = next_cursor("next_ts", shown[-1])
    return {**answer, "pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}


def replies(workspace: Workspace, args: Json) -> Json:
    """Oldest first, the parent before its replies."""
    channel = _readable(workspace, args)
    root, size = required(args, "ts"), page_size(args)
    if root not in channel.messages:
        raise ApiError("thread_not_found")
    oldest, latest = _bounds(args)
    below = channel.threads.get(root, [])
    stamps = channel.between(below, oldest, latest, flag(args, "inclusive"))
    if (after := read_cursor(args, "next_ts")) is None:
        stamps = [root, *stamps]
    else:
        stamps = [ts for ts in stamps if ts > after]
    shown = stamps[:size]
    answer = {"messages": _copies(channel, args, shown), "has_more": len(stamps) > size}
    if len(stamps) > size:
        answer["response_metadata"] = next_cursor("next_ts", shown[-1])
    return answer


def info(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    check_scope(workspace, f"{channel.kind}:read")
    shown = _shown(workspace, channel)
    if not flag(args, "include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def list_all(workspace: Workspace, args: Json) -> Json:
    rows = [
        _shown(workspace, channel)
        for channel in _of_types(workspace, args)
        if not channel.is_private or workspace.bot_user_id in channel.members
    ]
    page, metadata = paged(args, rows)
    return {"channels": page, "response_metadata": metadata}


def of_user(workspace: Workspace, args: Json) -> Json:
    """The channels of a person that the app may know of, or the app's own."""
    bot = workspace.bot_user_id
    user = str(args.get("user") or bot)
    if user not in workspace.people:
        raise ApiError("user_not_found")
    rows = [
        _shown(workspace, channel)
        for channel in _of_types(workspace, args)
        if user in channel.members and (not channel.is_private or bot in channel.members)
    ]
    page, metadata = paged(args, rows)
    return {"channels": page, "response_metadata": metadata}


def members(workspace: Workspace, args: Json) -> Json:
    channel = visible_channel(workspace, args)
    check_scope(workspace, f"{channel.kind}:read")
    page, metadata = paged(args, [{"id": user} for user in sorted(channel.members)])
    return {"members": [row["id"] for row in page], "response_metadata": metadata}


def open_direct_message(workspace: Workspace, args: Json) -> Json:
    users = [user for user in str(args.get("users", "")).split(",") if user]
    if not users:
        raise ApiError("users_list_not_supplied")
    if len(users) > 1:
        raise ApiError("method_not_supported_for_channel_type")
    person = workspace.people.get(users[0])
    if person is None:
        raise ApiError("user_not_found")
    if person.is_bot:
        raise ApiError("cannot_dm_bot")
    if person.deleted:
        raise ApiError("user_disabled")
    known = f"D{person.id[1:]}" in workspace.channels
    channel = workspace.direct_message(person.id)
    shown = _shown(workspace, channel) if flag(args, "return_im") else {"id": channel.id}
    return {"channel": shown, "already_open": known, "no_op": known}


def _shown(workspace: Workspace, channel: Channel) -> Json:
    return channel.to_api(workspace.bot_user_id in channel.members, workspace.team["id"])


def _readable(workspace: Workspace, args: Json) -> Channel:
    channel = visible_channel(workspace, args)
    check_scope(workspace, f"{channel.kind}:history")
    if workspace.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _bounds(args: Json) -> tuple[str, str]:
    oldest, latest = args.get("oldest"), args.get("latest")
    return (
        comparable(str(oldest)) if oldest not in (None, "") else "0",
        comparable(str(latest)) if latest not in (None, "", "now") else END_OF_TIME,
    )


def _copies(channel: Channel, args: Json, stamps: list[str]) -> list[Json]:
    found = [channel.messages[ts] for ts in stamps]
    if flag(args, "include_all_metadata"):
        return found
    return [{key: v for key, v in one.items() if key != "metadata"} for one in found]


def _of_types(workspace: Workspace, args: Json) -> list[Channel]:
    types = [part.strip() for part in str(args.get("types") or "public_channel").split(",")]
    if unknown := [one for one in types if one not in KINDS]:
        raise ApiError("invalid_types", types=unknown)
    kinds = {KINDS[one] for one in types}
    for kind in sorted(kinds):
        check_scope(workspace, f"{kind}:read")
    skip_archived = flag(args, "exclude_archived")
    return [
        channel
        for channel in workspace.channels.values()
        if channel.kind in kinds and not (skip_archived and channel.is_archived)
    ]


HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS = {
    "conversations.history": Method(history, 3, HISTORY),
    "conversations.replies": Method(replies, 3, HISTORY),
    "conversations.info": Method(info, 3, READ),
    "conversations.list": Method(list_all, 2, READ),
    "conversations.members": Method(members, 4, READ),
    "conversations.open": Method(open_direct_message, 3, ("im:write",)),
    "users.conversations": Method(of_user, 3, READ),
}
