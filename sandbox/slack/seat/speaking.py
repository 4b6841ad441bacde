"""Writing, editing and reading messages; slash commands; opening the app's Home."""

import html
import re
from typing import Any

from sandbox.slack import interactions, messages
from sandbox.slack.channels import Channel
from sandbox.slack.errors import ApiError, SeatError
from sandbox.slack.events import send_event
from sandbox.slack.people import Json, Person
from sandbox.slack.responses import answer_in
from sandbox.slack.seat.gestures import deliver, report, word_for
from sandbox.slack.seat.reading import channel_for
from sandbox.slack.workspace import Workspace

_PICKED = re.compile(r"&lt;([@#]\w+)&gt;")
_TYPED = re.compile(r"(?<!\w)@([\w.-]+)")


def typed(workspace: Workspace, text: str) -> str:
    """What a client sends for what somebody typed: entities, and mentions it recognised.

    `<@U1>` and `<#C1>` stand for a pick from the client's menu, `@name` for a typed name. A
    person cannot type `<!channel>` or a link with another label; those stay text.
    """
    names = {person.name.lower(): person.id for person in workspace.people.values()}
    names[workspace.app["name"].lower()] = workspace.bot_user_id

    def mention(found: re.Match[str]) -> str:
        ident = names.get(found[1].lower())
        return f"<@{ident}>" if ident else found[0]

    return _TYPED.sub(mention, _PICKED.sub(r"<\1>", html.escape(text, quote=False)))


async def post(workspace: Workspace, person: Person, act: Json) -> Json:
    channel = _writable(workspace, person, act["channel"])
    text = str(act.get("text", ""))
    if not text.strip():
        raise SeatError("There is nothing to send.")
    message = messages.from_person(workspace, person.id, typed(workspace, text))
    if root := act.get("thread"):
        if root not in channel.messages:
            raise SeatError("This thread is no longer there.")
        message["thread_ts"] = root
    messages.post(workspace, channel, message)
    return {"ok": True, "ts": message["ts"], "message": {**message, "ephemeral": False}}


async def edit(workspace: Workspace, person: Person, act: Json) -> Json:
    channel, message = _own(workspace, person, act)
    messages.edit(workspace, channel, message, {"text": typed(workspace, str(act["text"]))})
    return {"ok": True, "ts": message["ts"]}


async def delete(workspace: Workspace, person: Person, act: Json) -> Json:
    channel, message = _own(workspace, person, act)
    messages.remove(workspace, channel, message["ts"])
    return {"ok": True}


async def read(workspace: Workspace, person: Person, act: Json) -> Json:
    channel = channel_for(workspace, person, act["channel"])
    channel.unread.pop(person.id, None)
    channel.mentions.pop(person.id, None)
    return {"ok": True}


async def open_home(workspace: Workspace, person: Person, act: Json) -> Json:
    if not workspace.installation.home_tab:
        raise SeatError("This app has no Home.")
    channel, view = workspace.direct_message(person.id), workspace.views.home(person.id)
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": workspace.stamps.next(),
    }
    if view is not None:
        event["view"] = view
    send_event(workspace, "app_home_opened", event)
    return {"ok": True, "view": view}


async def command(workspace: Workspace, person: Person, act: Json) -> Json:
    name, channel = act["command"], channel_for(workspace, person, act["channel"])
    if name not in workspace.installation.commands or workspace.is_foreign(person):
        raise SeatError(f"{name} is not a valid command.")
    if act.get("thread"):
        raise SeatError(f"{name} is not supported in threads. Sorry!")
    if person.id not in channel.members:
        raise SeatError("You are not in this channel.")
    trigger = workspace.triggers.issue(person.id)
    text = html.escape(str(act.get("text", "")).strip(), quote=False)
    payload = interactions.slash_command(workspace, person, trigger, channel, name, text)
    outcomes = await deliver(workspace, act, payload)
    answer = report(outcomes, trigger)
    if not outcomes[0].ok:
        late = word_for(outcomes[0]) == "timeout"
        reason = "operation_timeout" if late else "dispatch_failed"
        return {**answer, "error": f'{name} failed with the error "{reason}"'}
    return {**answer, "reply": _reply(workspace, channel, person, outcomes[0].body)}


def _reply(workspace: Workspace, channel: Channel, person: Person, body: Any) -> Json | None:
    """The answer a command carries in its acknowledgement."""
    said = {"text": body} if isinstance(body, str) else body
    if not isinstance(said, dict) or not (said.get("text") or said.get("blocks")):
        return None
    try:
        return answer_in(workspace, channel, person.id, said)
    except ApiError as error:
        raise SeatError(f"The app's answer could not be shown ({error.error}).") from None


def _writable(workspace: Workspace, person: Person, ident: str) -> Channel:
    channel = channel_for(workspace, person, ident)
    if person.id not in channel.members:
        raise SeatError("You are not in this channel.")
    if channel.is_archived:
        raise SeatError("This channel has been archived.")
    if channel.is_im and not workspace.installation.takes_messages:
        raise SeatError("Sending messages to this app has been turned off.")
    return channel


def _own(workspace: Workspace, person: Person, act: Json) -> tuple[Channel, Json]:
    channel = _writable(workspace, person, act["channel"])
    message = channel.messages.get(act["ts"])
    if message is None:
        raise SeatError("This message is no longer there.")
    if message["user"] != person.id:
        raise SeatError("This is not your message.")
    return channel, message
