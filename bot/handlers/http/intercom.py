"""The `HelpDesk` port over Intercom's conversations and tickets.

Intercom keeps no marker of ours: what we sent is found again by who said it, when, and its words.
"""

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import httpx

from bot.errors import OutcomeUnknown, OutsideError, Refused
from bot.handlers.http import intercom_parts
from bot.handlers.http.article_html import styling_of
from bot.handlers.http.desk_rows import contact_row, person
from bot.handlers.http.html_text import plain_text
from bot.handlers.http.intercom_body import conversation
from bot.handlers.http.intercom_parts import said
from bot.handlers.http.intercom_ticket import as_conversation, change_of
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward, answered, repeatable
from bot.handlers.http.reply_html import reply_html
from bot.ports import Changed, Clock, DeskCustomer, DeskTicket

VERSION = "2.13"
# A snooze needs an end; the customer's next words end it earlier.
SNOOZE = timedelta(days=7)
PAGE = 150

_ABSENT = ("not_found", "http_404")
_ACTIONS: Mapping[str, str] = {"open": "open", "waiting": "snoozed", "resolved": "close"}


class Intercom:
    """`url` is the API's regional address, such as `https://api.eu.intercom.io`."""

    name = "intercom"
    # Well past our own timeout: nothing there binds a message to what it was written after.
    lands_within = timedelta(seconds=30)

    def __init__(
        self, url: str, token: str, clock: Clock, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "Intercom-Version": VERSION}
        client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=timeout)
        self._api = Outward(client, _code, self._reset)
        self._clock = clock
        self._lock = threading.Lock()
        self._own_id = ""
        self._emails: dict[str, str] = {}

    def close(self) -> None:
        self._api.close()

    def ticket(self, ticket: str) -> DeskTicket:
        told = self._read(dict(self._conversation(ticket)))
        return replace(told, customer=self._customer(told.customer.id))

    def reply(self, ticket: str, text: str, marker: str) -> str:
        return self._say(ticket, text, "comment")

    def note(self, ticket: str, text: str, marker: str) -> str:
        return self._say(ticket, text, "note")

    def set_status(self, ticket: str, status: Literal["open", "waiting", "resolved"]) -> None:
        until = int((self._clock.now() + SNOOZE).timestamp())
        action: dict[str, Any] = {"message_type": _ACTIONS[status], "type": "admin"}
        if status == "waiting":
            action["snoozed_until"] = until
        try:
            repeatable(lambda: self._change("POST", f"/conversations/{ticket}/parts", action))
        except Refused as refused:
            if refused.code not in _ABSENT:
                raise
            fields = change_of(status, until)
            repeatable(lambda: self._change("PUT", f"/tickets/{ticket}", fields))

    def find(
        self,
        ticket: str,
        marker: str,
        text: str,
        since: datetime,
        others: Collection[str] = (),
    ) -> str | None:
        """Two sendings of the same words to one ticket within the time are told apart only when
        one of them is known."""
        return intercom_parts.sent(self._conversation(ticket), self._own(), text, since, others)

    def changed(self, since: datetime) -> Iterator[Changed]:
        since_second = int(since.timestamp()) - 1
        return self._search({"field": "updated_at", "operator": ">", "value": since_second})

    def unsolved(self) -> Iterator[Changed]:
        return self._search({"field": "state", "operator": "=", "value": "open"})

    def customers(self) -> Iterator[Mapping[str, Any]]:
        """One row per contact, with the first of its companies."""
        for contact in self._pages("/contacts", "data"):
            homes = objects(inner(contact, "companies"), "data")
            home = homes[0] if homes else {}
            yield contact_row(
                person(contact, _language(contact), _is_vouched(contact)),
                inner(contact, "custom_attributes"),
                inner(home, "custom_attributes"),
                _home_of(home),
                words(home.get("name")),
            )

    def articles(self) -> Iterator[Mapping[str, Any]]:
        page, pages = 1, 1
        while page <= pages:
            told = self._api.read("/articles", {"page": page, "per_page": 50})
            for article in objects(told, "data"):
                yield _article(article)
            total = inner(told, "pages").get("total_pages")
            pages = total if isinstance(total, int) else 0
            page += 1

    def _search(self, query: Mapping[str, Any]) -> Iterator[Changed]:
        """All are gathered first: pages would shift while conversations change."""
        rows = self._pages("/conversations/search", "conversations", {"query": query})
        told = [Changed(ident(row.get("id")), _updated(row)) for row in rows]
        return iter(sorted(told, key=lambda changed: (changed.at, changed.ticket)))

    def _say(self, ticket: str, text: str, kind: str) -> str:
        """What the call made is told from what was there before it, by no clock and no words."""
        own = self._own()
        item = self._conversation(ticket)
        before = {one.id for one in said(item, own)}
        wanted = {"message_type": kind, "type": "admin", "body": reply_html(text)}
        home = "tickets" if item.get("type") == "ticket" else "conversations"
        answer = answered(lambda: self._change("POST", f"/{home}/{ticket}/reply", wanted))
        if answer.get("type") == "ticket_part":
            answer = {"conversation_parts": {"conversation_parts": [answer]}}
        made = intercom_parts.made(said(answer, own), before, text, kind == "note")
        with suppress(OutsideError):
            if made is None:
                now = said(self._conversation(ticket), own)
                made = intercom_parts.made(now, before, text, kind == "note")
        if made is None:
            raise OutcomeUnknown("the answer shows no such part", is_answered=True)
        return made

    def _change(
        self, method: Literal["POST", "PUT"], path: str, wanted: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        body = json.dumps({**wanted, "admin_id": self._own()}).encode()
        return self._api.change(method, path, body)

    def _conversation(self, ticket: str) -> Mapping[str, Any]:
        """Of a ticket, too: where there is no such conversation it may be one."""
        try:
            return self._api.read(f"/conversations/{ticket}")
        except Refused as refused:
            if refused.code not in _ABSENT:
                raise
        return as_conversation(self._api.read(f"/tickets/{ticket}"))

    def _read(self, item: dict[str, Any]) -> DeskTicket:
        """Our own admin's words are the agent's, so that nobody takes them for a person's."""
        own = self._own()
        parts = [
            _as_bot(part) if ident(inner(part, "author").get("id")) == own else part
            for part in objects(inner(item, "conversation_parts"), "conversation_parts")
        ]
        item["conversation_parts"] = {"conversation_parts": parts}
        told = conversation(item, _updated(item))
        if told.assignee is None or told.assignee == own:
            return replace(told, is_ours=told.assignee is not None)
        return replace(told, assignee_email=self._email_of(told.assignee))

    def _email_of(self, admin: str) -> str:
        """Of whoever has the conversation, asked for once; a ticket is read without it, too."""
        with self._lock, suppress(Refused):
            if admin not in self._emails:
                self._emails[admin] = words(self._api.read(f"/admins/{admin}").get("email"))
        return self._emails.get(admin, "")

    def _customer(self, contact: str) -> DeskCustomer:
        if not contact:
            return DeskCustomer("")
        told = self._api.read(f"/contacts/{contact}")
        homes = objects(inner(told, "companies"), "data")
        return DeskCustomer(
            id=contact,
            name=words(told.get("name")),
            email=words(told.get("email")),
            language=_language(told),
            organisation=_home_of(homes[0]) or None if homes else None,
            vouched=_is_vouched(told),
        )

    def _pages(
        self, path: str, name: str, search: Mapping[str, Any] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Follow the cursor of a search, or without one of a plain list."""
        place: dict[str, str | int] = {"per_page": PAGE}
        while True:
            if search is None:
                page = self._api.read(path, place)
            else:
                page = self._api.read(path, method="POST", json={**search, "pagination": place})
            yield from objects(page, name)
            after = words(inner(page, "pages", "next").get("starting_after"))
            if not after:
                return
            place["starting_after"] = after

    def _own(self) -> str:
        """The admin our token belongs to; asked for once."""
        with self._lock:
            if not self._own_id:
                self._own_id = ident(self._api.read("/me").get("id"))
            return self._own_id

    def _reset(self, response: httpx.Response) -> float | None:
        """Intercom names the second at which the limit ends."""
        at = response.headers.get("x-ratelimit-reset", "")
        if not (at.isascii() and at.isdigit() and len(at) < 12):
            return None
        return max(float(at) - self._clock.now().timestamp(), 1.0)


def _code(body: Mapping[str, Any]) -> object:
    errors = objects(body, "errors")
    return errors[0].get("code") if errors else None


def _as_bot(part: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**part, "author": {**inner(part, "author"), "type": "bot"}}


def _article(article: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "id": ident(article.get("id")),
        "title": words(article.get("title")),
        "summary": words(article.get("description")),
        "body": plain_text(words(article.get("body"))),
        "styling": styling_of(words(article.get("body"))),
        "language": words(article.get("default_locale")).partition("-")[0].lower(),
        "tags": [],
        "public": article.get("state") == "published",
        "url": words(article.get("url")),
        "reviewed": _updated(article).date().isoformat(),
    }


def _home_of(company: Mapping[str, Any]) -> str:
    """What the company itself calls it, where it is told."""
    return words(company.get("company_id")) or ident(company.get("id"))


def _language(contact: Mapping[str, Any]) -> str:
    told = words(contact.get("language_override")) or words(contact.get("browser_language"))
    return told.partition("-")[0].lower()


def _is_vouched(contact: Mapping[str, Any]) -> bool:
    """A lead is a visitor, whose address is whatever they typed."""
    return words(contact.get("role")) != "lead"


def _updated(item: Mapping[str, Any]) -> datetime:
    return moment(item.get("updated_at")) or datetime.fromtimestamp(0, UTC)
