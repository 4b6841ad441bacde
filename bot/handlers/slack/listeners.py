"""Slack events in: translate, hand to the bus, answer. A new button needs no new listener."""

import asyncio
import hashlib
import html
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import approval_commands, commands, knowledge_commands
from bot.actions import Pressed, to_command
from bot.bus import Bus, Origin, Reply
from bot.cards import Answer, Card, Form
from bot.config.outside import Commands
from bot.errors import Outdated, OutsideError
from bot.handlers.slack.accounts import Accounts
from bot.handlers.slack.answering import close, private
from bot.handlers.slack.asking import asked, asked_at, to_question
from bot.handlers.slack.failures import outside
from bot.handlers.slack.manifest import (
    ASK_KNOWLEDGE,
    COMMANDS,
    EVENTS,
    MAKE_TICKET,
    WRITE_ARTICLE,
    name_of,
)
from bot.handlers.slack.preview import Previews, is_typing
from bot.handlers.slack.render import (
    card_message,
    card_view,
    form_view,
    pressed,
    submitted,
    typed,
)
from bot.handlers.slack.threads import words_in
from bot.people import Account, Standing
from bot.words import storable

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
ANY = re.compile(".*")
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


def register(app: AsyncApp, bus: Bus, accounts: Accounts, names: Commands) -> None:
    """Clicks, forms, slash commands, the shortcut and events; anything else is acknowledged."""
    on = Listeners(app.client, bus, accounts)
    app.action(ANY)(on.press)
    app.view(ANY)(on.submit)
    app.shortcut(MAKE_TICKET)(on.make_ticket)
    app.shortcut(ASK_KNOWLEDGE)(on.ask_about)
    app.shortcut(WRITE_ARTICLE)(on.write_of)
    for one in COMMANDS:
        app.command(name_of(names, one.key))(on.slash(one.key))
    for event, listener in EVENTS.items():
        app.event(event)(getattr(on, listener))
    # Slack switches an app off that answers 404 to too many well-signed calls.
    app.event(ANY)(ignore)
    # Of what nobody takes Bolt logs the name, which is whatever the caller wrote.
    app.command(ANY)(acknowledge)
    app.shortcut(ANY)(acknowledge)
    app.error(broke)


class Listeners:
    """One function per kind of interaction; each says who, what and by which id."""

    def __init__(self, client: AsyncWebClient, bus: Bus, accounts: Accounts) -> None:
        self._client, self._bus, self._accounts = client, bus, accounts
        self._previews = Previews(client)

    async def press(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        if is_typing(action):
            await self._previews.follow(body.get("view") or {}, action)
            await ack()
            return
        account = await self._accounts.of(body)
        container = body.get("container") or {}
        channel = str(container.get("channel_id") or "")
        message = str(container.get("message_ts") or "")
        # App Home is no channel; whoever presses there is answered privately.
        where = channel or f"@{account.user}"
        reply = Reply("slack", where, account.user, body.get("response_url"), message=message)
        view = body.get("view") or {}
        inside = str(view.get("id") or "") if view.get("type") == "modal" else ""
        via = f"view:{inside}" if inside else str(body.get("response_url") or "")
        origin = Origin("slack", f"click:{body['trigger_id']}:{action['action_id']}", reply)
        try:
            name, args = pressed(action)
            args |= typed(view.get("state") or {}) if inside else {}
            command = to_command(Pressed(name, args, account, channel, message, via))
        except Outdated as reason:
            command = commands.Unreadable(account, reason.user_message)
        answer = await self._ask(command, origin)
        await self._show(str(body["trigger_id"]), answer, origin, inside)
        if view.get("type") == "home":
            again = Origin("slack", f"home:{body['trigger_id']}")
            await self._ask(commands.OpenHome(account), again)
        await ack()

    async def submit(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        account = await self._accounts.of(body)
        words = typed(view["state"])
        origin = Origin("slack", f"form:{view['id']}:{view.get('hash', '')}:{_digest(words)}")
        try:
            name, args = submitted(view)
            command = to_command(Pressed(name, {**args, **words}, account))
        except Outdated as reason:
            command = commands.Unreadable(account, reason.user_message)
        await close(ack, await self._ask(command, origin), next(iter(words), ""))

    def slash(self, key: str) -> Callable[..., Awaitable[None]]:
        async def run(ack: AsyncAck, body: dict[str, Any]) -> None:
            account = await self._accounts.of(body)
            text = _words(str(body.get("text") or "")).strip()
            command = asked_at(to_question(key, text, account), str(body.get("channel_id") or ""))
            answer = await self._ask(command, Origin("slack", f"command:{body['trigger_id']}"))
            message = private(answer)
            await (ack(**message, response_type="ephemeral") if message else ack())

        return run

    async def make_ticket(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        account = await self._accounts.of(body)
        channel, message = body["channel"]["id"], body["message"]
        author = str(message.get("user") or account.user)
        reply = Reply("slack", channel, account.user, body.get("response_url"))
        command = commands.MakeTicket(
            account,
            channel,
            str(message["ts"]),
            _words(str(message.get("text", ""))),
            author,
            await self._name_of(author),
            _place(str(body["channel"].get("name") or "")),
        )
        await self._ask(command, Origin("slack", f"shortcut:{body['trigger_id']}", reply))
        await ack()

    async def ask_about(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The message is the question, and its thread what it is about."""
        account, (channel, thread, words) = await self._accounts.of(body), await self._thread(body)
        text = _words(str(body["message"].get("text", "")))
        command = knowledge_commands.AskKnowledge(account, text, channel, thread, words)
        await self._open(command, account, body)
        await ack()

    async def write_of(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A form with an article drafted from the thread."""
        account, (channel, thread, words) = await self._accounts.of(body), await self._thread(body)
        command = knowledge_commands.OpenWriting(
            account, channel=channel, thread=thread, words=words
        )
        await self._open(command, account, body)
        await ack()

    async def _open(
        self, command: commands.Command, account: Account, body: dict[str, Any]
    ) -> None:
        """What a message's shortcut asks for opens before the one who used it."""
        reply = Reply("slack", body["channel"]["id"], account.user, body.get("response_url"))
        origin = Origin("slack", f"shortcut:{body['trigger_id']}", reply)
        await self._show(str(body["trigger_id"]), await self._ask(command, origin), origin)

    async def _thread(self, body: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
        channel, message = str(body["channel"]["id"]), body["message"]
        root = str(message.get("thread_ts") or message["ts"])
        return channel, root, await words_in(self._client, channel, root, message)

    async def open_home(self, body: dict[str, Any]) -> None:
        account = await self._accounts.of(body)
        await self._ask(commands.OpenHome(account), Origin("slack", body["event_id"]))

    async def mention(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        account = await self._accounts.of(body)
        channel, thread = event["channel"], event.get("thread_ts")
        reply = Reply("slack", channel, account.user, None, thread)
        message = event.get("client_msg_id") or f"{channel}:{event['ts']}"
        command = asked(_words(_MENTION.sub("", str(event.get("text", "")))), account)
        if isinstance(command, knowledge_commands.AskKnowledge):
            words = await words_in(self._client, channel, thread, event) if thread else ()
            command = asked_at(command, channel, thread or "", words)
        origin = Origin("slack", f"mention:{message}", reply)
        answer = await self._ask(command, origin)
        if isinstance(answer, Card) and await asyncio.wrap_future(self._bus.take(origin)):
            await self._whisper(answer, origin, reply)

    async def channel_gone(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        command = commands.NoteChannelGone("slack", str(event["channel"]))
        await self._ask(command, Origin("slack", body["event_id"]))

    async def person_changed(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """That an account is closed is remembered for when Slack cannot be asked."""
        user = event.get("user") or {}
        self._accounts.forget(str(user.get("id")))
        if user.get("deleted"):
            closed = Account(
                "slack", str(user["id"]), str(user.get("team_id")), Standing.DEACTIVATED
            )
            noted = approval_commands.NoteStandings((closed,))
            await self._ask(noted, Origin("slack", body["event_id"]))

    async def _name_of(self, user: str) -> str:
        """Empty when Slack does not say: a ticket is not held up for it."""
        try:
            with outside(repeatable=True):
                told = (await self._client.users_info(user=user))["user"]
        except OutsideError:
            return ""
        return str((told.get("profile") or {}).get("real_name") or told.get("real_name") or "")

    async def _whisper(self, answer: Card, origin: Origin, reply: Reply) -> None:
        """Slack's repetition of the mention finds it taken; so what fails here is said here."""
        try:
            with outside(repeatable=True):
                await self._client.chat_postEphemeral(
                    channel=reply.channel,
                    user=reply.user,
                    thread_ts=reply.thread,
                    **card_message(answer),
                )
        except OutsideError as error:
            log.warning("an answer was not shown: %s", error)
            unshown = replace(origin, event_id=f"{origin.event_id}:unshown")
            await self._tell(unshown, "Slack did not take the answer. Please ask again.")

    async def _ask(self, command: commands.Command, origin: Origin) -> Answer:
        return await asyncio.wrap_future(self._bus.submit(command, origin))

    async def _tell(self, origin: Origin, text: str) -> None:
        await asyncio.wrap_future(self._bus.tell(origin, text))

    async def _show(self, trigger: str, answer: Answer, origin: Origin, inside: str = "") -> None:
        """A form or a private card opens as a modal, while the click's trigger is fresh. Within a
        modal a form lies on top of it, and a card takes its place."""
        if isinstance(answer, Form):
            view = form_view(answer)
        elif isinstance(answer, Card):
            view = card_view(answer)
        else:
            return
        try:
            with outside(repeatable=True):
                if inside and isinstance(answer, Card):
                    await self._client.views_update(view_id=inside, view=view)
                elif inside:
                    await self._client.views_push(trigger_id=trigger, view=view)
                else:
                    await self._client.views_open(trigger_id=trigger, view=view)
        except OutsideError as error:
            log.warning("a form did not open: %s", error)
            await self._tell(origin, "Slack could not open the form in time. Please press again.")


async def ignore() -> None:
    return


async def acknowledge(ack: AsyncAck) -> None:
    await ack()


async def broke(error: Exception, body: dict[str, Any], respond: AsyncRespond) -> None:
    incident = uuid4().hex[:8]
    log.error("incident %s", incident, exc_info=error)
    if body.get("response_url"):
        await respond(
            text=f"Something went wrong here (incident {incident}). Please try again.",
            response_type="ephemeral",
            replace_original=False,
        )
    raise error


def _place(name: str) -> str:
    """How people speak of a channel; Slack names those that not everybody may see by their kind."""
    kinds = {"": "chat", "directmessage": "a direct message", "privategroup": "a private channel"}
    return kinds.get(name, f"#{name}")


def _words(text: str) -> str:
    """Slack sends `&`, `<` and `>` as entities."""
    return storable(html.unescape(text))


def _digest(words: Mapping[str, str]) -> str:
    """A corrected form keeps its id and hash; only its words tell it from a repeated one."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:32]
