"""Slack, outward: posts, finds, redraws and whispers through the Web API."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.cards import Card, Form
from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.handlers.slack.failures import ShutOut, outside, seconds
from bot.handlers.slack.format import Json
from bot.handlers.slack.jumps import jumps_in, with_addresses
from bot.handlers.slack.pace import Kind, Pacer
from bot.handlers.slack.render import (
    card_message,
    card_view,
    form_view,
    home_view,
    notice_message,
)
from bot.ports import Place, Readers

EVENT_TYPE = "backstop_delivery"
PAGE = 200
FRESH_S = 60.0
# Our clock and Slack's may differ by this much.
CLOCKS_APART = timedelta(minutes=1)
# Words must not become links, mentions or previews, in the fallback text neither.
QUIET: Json = {"parse": "none", "link_names": False}
_OK, _RATE_LIMITED, _SERVER_ERROR = 200, 429, 500
# Why a whisper cannot stand in a channel, and a direct message can be tried instead.
_NOT_THERE = {
    "channel_not_found",
    "is_archived",
    "messages_tab_disabled",
    "not_in_channel",
    "user_not_in_channel",
}


def web_client(token: str, api_url: str, timeout_s: int = 10) -> WebClient:
    """A client that never repeats a call by itself: a repeated post would be a second post."""
    return WebClient(token=token, base_url=api_url, timeout=timeout_s, retry_handlers=[])


class SlackSurface:
    """A `bot.ports.ChatSurface`. Raises TryLater before calling when the pacer says so."""

    name = "slack"

    def __init__(
        self, client: WebClient, pacer: Pacer, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._pacer, self._clock = client, pacer, clock
        self._direct: dict[str, str] = {}
        self._shared: dict[str, tuple[float, frozenset[str]]] = {}
        self._address = ""

    def post(self, channel: str, card: Card, marker: str, thread: str | None = None) -> Place:
        return self._post(channel, card_message(self._leading(card)), marker, thread)

    def find(
        self, channel: str, marker: str, since: datetime, thread: str | None = None
    ) -> Place | None:
        for message in self._messages(channel, since - CLOCKS_APART, thread):
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == EVENT_TYPE and payload.get("marker") == marker:
                return Place(self.name, channel, str(message["ts"]))
        return None

    def update(self, place: Place, card: Card, via: str | None = None) -> None:
        message = card_message(self._leading(card))
        if via and self._responds(via, {**message, "replace_original": True}):
            return
        self._call(
            "update",
            "chat.update",
            {**message, **QUIET, "channel": place.channel, "ts": place.message},
            urgent=via is not None,
            repeatable=True,
        )

    def amend(self, via: str, shown: Card | Form) -> None:
        kind, _, ident = via.partition(":")
        if isinstance(shown, Form):
            arguments: Json = {"view_id": ident, "view": form_view(shown)}
            self._call("home", "views.update", arguments, urgent=True, repeatable=True)
            return
        card = self._leading(shown)
        if kind == "view":
            arguments = {"view_id": ident, "view": card_view(card)}
            self._call("home", "views.update", arguments, urgent=True, repeatable=True)
        elif not self._responds(via, {**card_message(card), "replace_original": True}):
            raise Refused("used_url")

    def whisper(
        self, channel: str, user: str, text: str, via: str | None = None, thread: str | None = None
    ) -> None:
        message = {**notice_message(text), "thread_ts": thread}
        private = {"response_type": "ephemeral", "replace_original": False}
        if via and self._responds(via, {**message, **private}):
            return
        message |= QUIET
        try:
            arguments = {**message, "channel": channel, "user": user}
            self._call("whisper", "chat.postEphemeral", arguments, repeatable=True)
        except Refused as refusal:
            if refusal.code not in _NOT_THERE:
                raise
            direct = self.direct(user)
            # Unlike a whisper it shows on a lock screen, and may name who was faster.
            unnamed = {"text": "Your press was answered.", "channel": direct, "thread_ts": None}
            arguments = {**message, **unnamed}
            self._call("post", "chat.postMessage", arguments, channel=direct, repeatable=True)

    def shared_with(self, channel: str) -> frozenset[str]:
        """By Slack Connect, or soon to be; asked again after a minute."""
        asked, teams = self._shared.get(channel, (float("-inf"), frozenset()))
        now = self._clock()
        if now - asked >= FRESH_S:
            answer = self._call(
                "find", "conversations.info", {"channel": channel}, repeatable=True, as_form=True
            )
            teams = _teams_of(answer.get("channel") or {})
            self._shared[channel] = (now, teams)
        return teams

    def readers_of(self, channel: str) -> Readers:
        """Asked anew each time: somebody may have come in a moment ago."""
        told = self._call(
            "find", "conversations.info", {"channel": channel}, repeatable=True, as_form=True
        )
        facts = told.get("channel") or {}
        users = tuple(self._members(channel))
        is_open = not (facts.get("is_private") or facts.get("is_im") or facts.get("is_mpim"))
        return Readers(users, is_open, is_shared=bool(_teams_of(facts)))

    def _members(self, channel: str) -> Iterator[str]:
        """Everybody but ourselves."""
        ours = str(self._call("find", "auth.test", {}, repeatable=True).get("user_id", ""))
        arguments: Json = {"channel": channel, "limit": PAGE}
        while True:
            answer = self._call(
                "find", "conversations.members", arguments, repeatable=True, as_form=True
            )
            yield from (str(user) for user in answer.get("members") or () if user != ours)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            arguments = {**arguments, "cursor": cursor}

    def direct(self, user: str) -> str:
        if user not in self._direct:
            answer = self._call("open", "conversations.open", {"users": user}, repeatable=True)
            self._direct[user] = str(answer["channel"]["id"])
        return self._direct[user]

    def show_home(self, user: str, card: Card) -> None:
        arguments = {"user_id": user, "view": home_view(self._leading(card))}
        self._call("home", "views.publish", arguments, repeatable=True)

    def _leading(self, card: Card) -> Card:
        """With addresses of the messages it leads to; the workspace's own is asked for once."""
        if not jumps_in(card):
            return card
        if not self._address:
            self._address = str(self._call("find", "auth.test", {}, repeatable=True).get("url", ""))
        return with_addresses(card, self._address)

    def _post(self, channel: str, message: Json, marker: str, thread: str | None) -> Place:
        answer = self._call(
            "post",
            "chat.postMessage",
            {
                **message,
                **QUIET,
                "channel": channel,
                "thread_ts": thread,
                "unfurl_links": False,
                "unfurl_media": False,
                "metadata": {"event_type": EVENT_TYPE, "event_payload": {"marker": marker}},
            },
            channel=channel,
        )
        posted = answer.get("ts")
        if not isinstance(posted, str):
            raise OutcomeUnknown("slack: the answer names no message")
        return Place(self.name, str(answer.get("channel") or channel), posted)

    def _messages(self, channel: str, since: datetime, thread: str | None) -> Iterator[Json]:
        method = "conversations.replies" if thread else "conversations.history"
        arguments: Json = {
            "channel": channel,
            "ts": thread,
            "oldest": f"{since.timestamp():.6f}",
            "inclusive": True,
            "include_all_metadata": True,
            "limit": PAGE,
        }
        while True:
            answer = self._call("find", method, arguments, repeatable=True, as_form=True)
            yield from answer.get("messages") or ()
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            arguments = {**arguments, "cursor": cursor}

    def _call(
        self,
        kind: Kind,
        method: str,
        arguments: Json,
        channel: str = "",
        urgent: bool = False,
        repeatable: bool = False,
        as_form: bool = False,
    ) -> Json:
        if wait := self._pacer.acquire(kind, channel, urgent):
            raise TryLater("slack: paced", wait)
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            with outside(repeatable):
                # Reading methods take no JSON.
                form = {"params": given} if as_form else {"json": given}
                data: Any = self._client.api_call(method, **form).data  # type: ignore[arg-type]  # of `**`
                if not isinstance(data, dict):
                    raise ValueError("not an object")
                return data
        except TryLater as later:
            if later.retry_after and not isinstance(later, ShutOut):
                self._pacer.hold(kind, channel, later.retry_after)
            raise

    def _responds(self, via: str, message: Json) -> bool:
        """Whether the click's own address took the message; it ends after 5 uses or 30 minutes."""
        if not self._is_slacks(via):
            return False
        given = {key: value for key, value in message.items() if value is not None}
        client = WebhookClient(via, timeout=self._client.timeout, retry_handlers=[])
        with outside(repeatable=True):
            response = client.send_dict(given)
        if response.status_code == _RATE_LIMITED:
            raise TryLater("slack: ratelimited", seconds(response.headers.get("Retry-After")))
        if response.status_code >= _SERVER_ERROR:
            raise TryLater(f"slack: answered {response.status_code}")
        return response.status_code == _OK

    def _is_slacks(self, via: str) -> bool:
        """Only Slack gets our cards, whatever a payload names as its address."""
        address, home = urlsplit(via), urlsplit(self._client.base_url)
        if (address.scheme, address.netloc) == (home.scheme, home.netloc):
            return True
        return address.scheme == "https" and address.netloc == "hooks.slack.com"


def _teams_of(channel: Json) -> frozenset[str]:
    if not (channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")):
        return frozenset()
    lists = (channel.get(f"{which}_team_ids") or () for which in ("shared", "pending_connected"))
    teams = frozenset(str(team) for told in lists for team in told)
    # Shared, and yet with nobody else: then somebody is there who is not named.
    return teams if len(teams) > 1 else teams | {""}


def connected(token: str, api_url: str, quota_scale: float = 1.0) -> SlackSurface:
    """A surface of its own client and pacer."""
    return SlackSurface(web_client(token, api_url), Pacer(quota_scale))
