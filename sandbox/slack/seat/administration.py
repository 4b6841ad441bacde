"""What administrators and members change about channels and people, and the events it makes."""

import dataclasses
import time

from sandbox.slack.channels import Channel
from sandbox.slack.errors import SeatError
from sandbox.slack.events import CHANNEL_TYPES, send_event
from sandbox.slack.people import Json, Person
from sandbox.slack.seat.reading import channel_for, seated
from sandbox.slack.workspace import Workspace


async def join(workspace: Workspace, person: Person, act: Json) -> Json:
    """Joins a public channel, or brings `user` (the app too) into a channel one is in."""
    channel = channel_for(workspace, person, act["channel"])
    user = act.get("user", person.id)
    newcomer = seated(workspace, user)
    if user in channel.members:
        return {"ok": True}
    channel.members.add(user)
    known = set(channel.connected)
    workspace.connect(channel, newcomer)
    for team in channel.connected - known:
        _tell_shared(workspace, channel, team)
    event = _membership(workspace, channel, user, "joined")
    if user != person.id:
        event["inviter"] = person.id
    send_event(workspace, "member_joined_channel", event, channel)
    return _changed(workspace)


async def leave(workspace: Workspace, person: Person, act: Json) -> Json:
    """Leaves, or takes `user` out."""
    channel = channel_for(workspace, person, act["channel"])
    user = act.get("user", person.id)
    if user in channel.members:
        send_event(
            workspace, "member_left_channel", _membership(workspace, channel, user, "left"), channel
        )
        channel.members.discard(user)
    return _changed(workspace)


async def archive(workspace: Workspace, person: Person, act: Json) -> Json:
    channel = channel_for(workspace, person, act["channel"])
    channel.is_archived = bool(act.get("archived", True))
    verb = "archive" if channel.is_archived else "unarchive"
    _tell(workspace, channel, verb, person)
    return _changed(workspace)


async def delete_channel(workspace: Workspace, person: Person, act: Json) -> Json:
    channel = channel_for(workspace, person, act["channel"])
    if channel.is_im:
        raise SeatError("A direct message cannot be deleted.")
    del workspace.channels[channel.id]
    _tell(workspace, channel, "deleted", person)
    return _changed(workspace)


async def share(workspace: Workspace, person: Person, act: Json) -> Json:
    """Connects a channel to another workspace, `team`; or ends it with `shared` false."""
    channel = channel_for(workspace, person, act["channel"])
    if act.get("shared", True):
        team = str(act.get("team", "T0CONNECTED"))
        channel.connect(team)
        _tell_shared(workspace, channel, team)
    else:
        channel.is_ext_shared = False
        channel.connected.clear()
    return _changed(workspace)


async def change_person(workspace: Workspace, person: Person, act: Json) -> Json:
    """Sets fields of the account `user`, such as `deleted` or `is_restricted`."""
    target = seated(workspace, act["user"])
    changes = act.get("changes", {})
    if unknown := changes.keys() - target.__dataclass_fields__.keys():
        raise SeatError(f"A person has no {', '.join(sorted(unknown))}.")
    changed = dataclasses.replace(target, **{**changes, "updated": int(time.time())})
    workspace.people[target.id] = changed
    with_email = "users:read.email" in workspace.scopes
    event = {
        "type": "user_change",
        "user": changed.to_api(workspace.team["id"], with_email),
        "cache_ts": changed.updated,
        "event_ts": workspace.stamps.next(),
    }
    send_event(workspace, "user_change", event)
    return _changed(workspace)


def _tell_shared(workspace: Workspace, channel: Channel, team: str) -> None:
    event = {
        "type": "channel_shared",
        "connected_team_id": team,
        "channel": channel.id,
        "event_ts": workspace.stamps.next(),
    }
    send_event(workspace, "channel_shared", event, channel)


def _membership(workspace: Workspace, channel: Channel, user: str, verb: str) -> Json:
    return {
        "type": f"member_{verb}_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind][0].upper(),
        "team": workspace.team["id"],
        "event_ts": workspace.stamps.next(),
    }


def _tell(workspace: Workspace, channel: Channel, verb: str, person: Person) -> None:
    family = "group" if channel.is_private else "channel"
    event = {
        "type": f"{family}_{verb}",
        "channel": channel.id,
        "user": person.id,
        "event_ts": workspace.stamps.next(),
    }
    send_event(workspace, f"{family}_{verb}", event, channel)


def _changed(workspace: Workspace) -> Json:
    workspace.feed.tell_all({"kind": "channels"})
    return {"ok": True}
