"""Slack events in: translate, hand to the bus, answer. A new button needs no new listener."""

import asyncio
import html
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import commands
from bot.actions import Pressed, to_command
from bot.bus import Bus, Origin, Reply
from bot.cards import Answer, Card, Form, FormErrors, Notice
from bot.config.outside import Commands
from bot.errors import BotError
from bot.handlers.slack.manifest import COMMANDS, MAKE_TICKET, name_of
from bot.handlers.slack.render import (
    card_message,
    form_view,
    notice_blocks,
    notice_message,
    pressed,
    submitted,
    typed,
)
from bot.people import Account

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
AccountOf = Callable[[Json], Awaitable[Account]]
ANY = re.compile(".*")
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


def register(app: AsyncApp, bus: Bus, account_of: AccountOf, names: Commands) -> None:
    """Clicks, forms, slash commands, the shortcut and events; anything else is acknowledged."""

    async def ask(command: commands.Command, origin: Origin) -> Answer:
        return await asyncio.wrap_future(bus.submit(command, origin))

    @app.action(ANY)
    async def press(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient
    ) -> None:
        account = await account_of(body)
        container = body.get("container", {})
        channel = str(container.get("channel_id") or "")
        message = str(container.get("message_ts") or "")
        reply = Reply("slack", channel, account.user, body.get("response_url"))
        origin = Origin("slack", f"click:{body['trigger_id']}:{action['action_id']}", reply)
        try:
            name, args = pressed(action)
            command = to_command(Pressed(name, args, account, channel, message))
        except BotError as refusal:
            await ack()
            await asyncio.wrap_future(bus.tell(origin, refusal.user_message))
            return
        answer = await ask(command, origin)
        await _show(client, body, answer, bus, origin)
        await ack()

    @app.view(ANY)
    async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        account = await account_of(body)
        origin = Origin("slack", f"form:{view['id']}:{view.get('hash', '')}")
        try:
            name, args = submitted(view)
            pressing = Pressed(name, {**args, **typed(view["state"])}, account)
            answer = await ask(to_command(pressing), origin)
        except BotError as refusal:
            answer = Notice(refusal.user_message)
        await _close(ack, answer)

    for one in COMMANDS:
        app.command(name_of(names, one.key))(_slash(one.key, ask, account_of))

    @app.shortcut(MAKE_TICKET)
    async def make_ticket(ack: AsyncAck, body: dict[str, Any]) -> None:
        account = await account_of(body)
        message = body["message"]
        reply = Reply("slack", body["channel"]["id"], account.user, body.get("response_url"))
        command = commands.MakeTicket(
            account,
            body["channel"]["id"],
            str(message["ts"]),
            _words(str(message.get("text", ""))),
            str(message.get("user") or account.user),
        )
        await ask(command, Origin("slack", f"shortcut:{body['trigger_id']}", reply))
        await ack()

    @app.event("app_home_opened")
    async def open_home(body: dict[str, Any]) -> None:
        account = await account_of(body)
        await ask(commands.OpenHome(account), Origin("slack", body["event_id"]))

    @app.event("app_mention")
    async def mention(body: dict[str, Any], event: dict[str, Any]) -> None:
        account = await account_of(body)
        thread = event.get("thread_ts")
        reply = Reply("slack", event["channel"], account.user, None, thread)
        message = event.get("client_msg_id") or f"{event['channel']}:{event['ts']}"
        origin = Origin("slack", f"mention:{message}", reply)
        command = _asked(_words(_MENTION.sub("", str(event.get("text", "")))), account)
        answer = await ask(command, origin)
        if isinstance(answer, Card):
            text = card_message(answer)
            await _whisper(app.client, event["channel"], account.user, text, thread)

    @app.event(re.compile("^(channel|group)_(archive|deleted)$"))
    async def channel_gone(body: dict[str, Any], event: dict[str, Any]) -> None:
        command = commands.NoteChannelGone("slack", str(event["channel"]))
        await ask(command, Origin("slack", body["event_id"]))

    @app.event(ANY)
    async def ignore() -> None:
        # Slack switches an app off that answers 404 to too many well-signed calls.
        return

    @app.error
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


def _slash(
    key: str,
    ask: Callable[[commands.Command, Origin], Awaitable[Answer]],
    account_of: AccountOf,
) -> Callable[..., Awaitable[None]]:
    async def run(ack: AsyncAck, body: dict[str, Any]) -> None:
        account = await account_of(body)
        text = _words(str(body.get("text") or "")).strip()
        origin = Origin("slack", f"command:{body['trigger_id']}")
        match key:
            case "kb":
                command: commands.Command = commands.AskKnowledge(account, text)
            case "ticket":
                command = commands.ShowTicket(account, text)
            case "approvals":
                command = commands.ListApprovals(account)
            case _:
                command = _asked(text, account)
        answer = await ask(command, origin)
        if isinstance(answer, Card):
            await ack(**card_message(answer), response_type="ephemeral")
        elif isinstance(answer, Notice):
            await ack(**notice_message(answer.text), response_type="ephemeral")
        else:
            await ack()

    return run


def _asked(text: str, account: Account) -> commands.Command:
    """What `/backstop …` or a mention asks for; help when it is anything else."""
    word, _, rest = text.strip().partition(" ")
    match word.lower(), rest.strip().lower():
        case "me", _:
            return commands.ShowMe(account)
        case "stop", "" | "effects":
            return commands.StopEffects(account)
        case "start", "" | "effects":
            return commands.StartEffects(account)
        case "kb", _:
            return commands.AskKnowledge(account, rest)
        case "ticket", _:
            return commands.ShowTicket(account, rest)
        case "approvals", _:
            return commands.ListApprovals(account)
    return commands.ShowHelp(account)


def _words(text: str) -> str:
    """Slack sends `&`, `<` and `>` as entities."""
    return html.unescape(text)


async def _show(
    client: AsyncWebClient, body: Json, answer: Answer, bus: Bus, origin: Origin
) -> None:
    """A form or a private card opens as a modal, while the click's trigger is fresh."""
    if isinstance(answer, Form):
        view = form_view(answer)
    elif isinstance(answer, Card):
        view = _card_view(answer)
    else:
        return
    try:
        await client.views_open(trigger_id=str(body["trigger_id"]), view=view)
    except (TimeoutError, SlackApiError, OSError) as error:
        log.warning("a form did not open: %s", type(error).__name__)
        await asyncio.wrap_future(
            bus.tell(origin, "Slack could not open the form in time. Please press again.")
        )


def _card_view(card: Card) -> dict[str, Any]:
    message = card_message(card)
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": card.summary[:24].rstrip(" .")},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": message["blocks"],
    }


async def _close(ack: AsyncAck, answer: Answer) -> None:
    match answer:
        case FormErrors():
            await ack(response_action="errors", errors=dict(answer.fields))
        case Notice():
            await ack(
                response_action="update",
                view={
                    "type": "modal",
                    "title": {"type": "plain_text", "text": "Backstop"},
                    "close": {"type": "plain_text", "text": "Close"},
                    "blocks": notice_blocks(answer.text),
                },
            )
        case _:
            await ack()


async def _whisper(
    client: AsyncWebClient, channel: str, user: str, message: Json, thread: str | None
) -> None:
    await client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, **message)
