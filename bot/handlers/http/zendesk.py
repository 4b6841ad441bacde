"""The `HelpDesk` port over Zendesk's ticketing API.

What we send carries its marker in the update's custom metadata, which the ticket's audits give
back: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/ .
"""

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import httpx

from bot.errors import OutcomeUnknown, OutsideError, Refused
from bot.handlers.http.article_html import styling_of
from bot.handlers.http.desk_rows import contact_row, person
from bot.handlers.http.html_text import plain_text
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward, answered, repeatable
from bot.handlers.http.reply_html import reply_html
from bot.handlers.http.zendesk_body import STATUSES
from bot.ports import Changed, DeskCustomer, DeskMessage, DeskTicket

MARKER = "backstop"
PAGE = 100
# The export leaves out the last minute, so what was missing then is asked for again.
OVERLAP = timedelta(minutes=2)
EVER = datetime.min.replace(tzinfo=UTC)

_WORDS: Mapping[str, str] = {"open": "open", "waiting": "pending", "resolved": "solved"}


class Zendesk:
    """`url` is the account's address; with `user` the token is an API token, else an OAuth one."""

    name = "zendesk"
    # Each comment is bound to the state before it: see `_comment`.
    lands_within = timedelta(0)

    def __init__(
        self, url: str, token: str, user: str | None = None, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        auth = httpx.BasicAuth(f"{user}/token", token) if user else None
        headers = {} if user else {"Authorization": f"Bearer {token}"}
        client = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v2", auth=auth, headers=headers, timeout=timeout
        )
        self._api = Outward(client, lambda body: body.get("error"))
        self._lock = threading.Lock()
        self._own_id = ""
        self._homes: dict[str, str] = {}

    def close(self) -> None:
        self._api.close()

    def ticket(self, ticket: str) -> DeskTicket:
        return self._whole(inner(self._api.read(f"/tickets/{ticket}.json"), "ticket"))

    def reply(self, ticket: str, text: str, marker: str) -> str:
        return self._comment(ticket, text, marker, is_public=True)

    def note(self, ticket: str, text: str, marker: str) -> str:
        return self._comment(ticket, text, marker, is_public=False)

    def set_status(self, ticket: str, status: Literal["open", "waiting", "resolved"]) -> None:
        repeatable(lambda: self._update(ticket, {"status": _WORDS[status]}))

    def find(
        self,
        ticket: str,
        marker: str,
        text: str,
        since: datetime,
        others: Collection[str] = (),
    ) -> str | None:
        """Read every audit of the ticket: a None is certain, not just likely."""
        for audit in self._pages(f"/tickets/{ticket}/audits.json", "audits"):
            if inner(audit, "metadata", "custom").get(MARKER) == marker:
                if (comment := _comment_id(audit)) is None:
                    raise OutcomeUnknown("an audit with our marker names no comment")
                return comment
        return None

    def changed(self, since: datetime) -> Iterator[Changed]:
        """Also names tickets changed up to two minutes before `since` again."""
        start = int((since - OVERLAP).timestamp())
        params: dict[str, str | int] = {"start_time": max(start, 0)}
        while True:
            page = self._api.read("/incremental/tickets/cursor.json", params)
            yield from map(_changed, objects(page, "tickets"))
            if page.get("end_of_stream") is not False:
                return
            params = {"cursor": words(page.get("after_cursor"))}

    def unsolved(self) -> Iterator[Changed]:
        """By the search that is not cut at a thousand:
        https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ ."""
        wanted: dict[str, str | int] = {"query": "status<solved", "filter[type]": "ticket"}
        for told in self._pages("/search/export.json", "results", wanted):
            if STATUSES.get(words(told.get("status"))) == "open":
                yield _changed(told)

    def customers(self) -> Iterator[Mapping[str, Any]]:
        """One row per end user; its account goes by the company's own id where there is one."""
        homes: dict[str, Mapping[str, Any]] = {
            ident(home.get("id")): home
            for home in self._pages("/organizations.json", "organizations")
        }
        for user in self._pages("/users.json", "users", {"role": "end-user"}):
            home = homes.get(ident(user.get("organization_id")), {})
            yield contact_row(
                person(user, _language(user), _is_vouched(user)),
                inner(user, "user_fields"),
                inner(home, "organization_fields"),
                words(home.get("external_id")) or ident(home.get("id")),
                words(home.get("name")),
            )

    def articles(self) -> Iterator[Mapping[str, Any]]:
        for article in self._pages("/help_center/articles.json", "articles"):
            yield {
                "id": ident(article.get("id")),
                "title": words(article.get("title")),
                "body": plain_text(words(article.get("body"))),
                "styling": styling_of(words(article.get("body"))),
                "language": _language(article),
                "tags": list(article.get("label_names") or ()),
                "public": article.get("draft") is not True
                and article.get("user_segment_id") is None,
                "url": words(article.get("html_url")),
                "reviewed": words(article.get("updated_at"))[:10],
            }

    def _comment(self, ticket: str, text: str, marker: str, is_public: bool) -> str:
        """Zendesk takes a comment twice when it is sent twice, and a call that timed out may still
        be on its way. So each is bound to the state of the ticket as it was before looking: if
        the late one lands first, Zendesk turns this one away as a conflict, and the other way
        round. (Stamps count whole seconds: what lands within the same second is not noticed.)
        A ticket whose customer has been answered is not new any more."""
        told = inner(self._api.read(f"/tickets/{ticket}.json"), "ticket")
        if (landed := self.find(ticket, marker, text, EVER)) is not None:
            return landed
        wanted: dict[str, Any] = {
            "comment": {"html_body": reply_html(text), "public": is_public},
            "metadata": {"custom": {MARKER: marker}},
            "safe_update": True,
            "updated_stamp": words(told.get("updated_at")),
        }
        if is_public and told.get("status") == "new":
            wanted["status"] = "open"
        answer = answered(lambda: self._update(ticket, wanted))
        made = _comment_id(inner(answer, "audit"))
        with suppress(OutsideError):
            if made is None:
                made = self.find(ticket, marker, text, EVER)
        if made is None:
            raise OutcomeUnknown("the answer names no comment", is_answered=True)
        return made

    def _update(self, ticket: str, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        body = json.dumps({"ticket": wanted}).encode()
        return self._api.change("PUT", f"/tickets/{ticket}.json", body)

    def _pages(
        self, path: str, name: str, params: Mapping[str, str | int] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Follow the cursor by its value: the links could lead our token to another host."""
        asked: dict[str, str | int] = {**(params or {}), "page[size]": PAGE}
        while True:
            page = self._api.read(path, asked)
            yield from objects(page, name)
            after = words(inner(page, "meta").get("after_cursor"))
            if inner(page, "meta").get("has_more") is not True or not after:
                return
            asked["page[after]"] = after

    def _whole(self, told: Mapping[str, Any]) -> DeskTicket:
        number, requester = ident(told.get("id")), ident(told.get("requester_id"))
        comments = list(self._pages(f"/tickets/{number}/comments.json", "comments"))
        assignee = ident(told.get("assignee_id"))
        authors = (ident(row.get("author_id")) for row in comments)
        people = self._people([requester, assignee, *authors])
        tags = told.get("tags")
        return DeskTicket(
            id=number,
            subject=words(told.get("subject")),
            status=STATUSES.get(words(told.get("status")), "open"),
            updated=_moment(told.get("updated_at")),
            customer=_customer(requester, people.get(requester, {}), self._home_of(told)),
            messages=tuple(self._message(row, requester, people) for row in comments),
            priority=words(told.get("priority")),
            tags=tuple(map(words, tags)) if isinstance(tags, list) else None,
            channel=words(inner(told, "via").get("channel")),
            assignee=assignee or None,
            assignee_email=words(people.get(assignee, {}).get("email")),
            is_ours=bool(assignee) and assignee == self._own(),
        )

    def _home_of(self, told: Mapping[str, Any]) -> str:
        """What the company itself calls the organisation, as an import does; asked for once."""
        home = ident(told.get("organization_id"))
        with self._lock, suppress(Refused):
            if home and home not in self._homes:
                kept = inner(self._api.read(f"/organizations/{home}.json"), "organization")
                self._homes[home] = words(kept.get("external_id")) or home
        return self._homes.get(home, home)

    def _people(self, ids: list[str]) -> dict[str, Mapping[str, Any]]:
        wanted = sorted(set(filter(None, ids)))
        found: dict[str, Mapping[str, Any]] = {}
        for start in range(0, len(wanted), PAGE):
            params = {"ids": ",".join(wanted[start : start + PAGE])}
            page = self._api.read("/users/show_many.json", params)
            found |= {ident(user.get("id")): user for user in objects(page, "users")}
        return found

    def _message(
        self, row: Mapping[str, Any], requester: str, people: Mapping[str, Mapping[str, Any]]
    ) -> DeskMessage:
        author = ident(row.get("author_id"))
        role = words(people.get(author, {}).get("role"))
        kind: Literal["customer", "other", "person", "agent"] = "person"
        if author == requester:
            kind = "customer"
        elif role == "end-user":
            kind = "other"
        elif author == self._own():
            kind = "agent"
        text = words(row.get("plain_body")) or words(row.get("body"))
        is_public = row.get("public") is True
        email = words(people.get(author, {}).get("email")) if kind == "person" else ""
        return DeskMessage(
            ident(row.get("id")), kind, text, is_public, _moment(row.get("created_at")), email
        )

    def _own(self) -> str:
        """Our own user, whose comments are no person's; asked for once."""
        with self._lock:
            if not self._own_id:
                self._own_id = ident(inner(self._api.read("/users/me.json"), "user").get("id"))
            return self._own_id


def _changed(told: Mapping[str, Any]) -> Changed:
    is_gone = told.get("status") == "deleted"
    return Changed(ident(told.get("id")), _moment(told.get("updated_at")), is_gone)


def _comment_id(audit: Mapping[str, Any]) -> str | None:
    for event in objects(audit, "events"):
        if event.get("type") == "Comment":
            return ident(event.get("id")) or None
    return None


def _customer(requester: str, user: Mapping[str, Any], home: str) -> DeskCustomer:
    return DeskCustomer(
        id=requester,
        name=words(user.get("name")),
        email=words(user.get("email")),
        language=_language(user),
        organisation=home or None,
        vouched=_is_vouched(user),
    )


def _is_vouched(user: Mapping[str, Any]) -> bool:
    return bool(user) and user.get("verified") is not False


def _language(row: Mapping[str, Any]) -> str:
    """`en-US` is `en`."""
    return words(row.get("locale")).replace("_", "-").partition("-")[0].lower()


def _moment(value: object) -> datetime:
    return moment(value) or datetime.fromtimestamp(0, UTC)
