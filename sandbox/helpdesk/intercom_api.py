"""Intercom's API, as much as a bot beside it uses."""

import hmac
import itertools
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from sandbox.helpdesk import intercom_centre, intercom_reading, intercom_shapes
from sandbox.helpdesk.desk import Change, HelpDesk
from sandbox.helpdesk.gate import Call, Gate, Refusal
from sandbox.helpdesk.intercom_reading import find_ticket, refusal
from sandbox.helpdesk.records import Ticket, User


class IntercomDialect:
    """Bearer tokens; when too many come, the answer names the second at which to go on."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._numbers = itertools.count(1)

    def actor(self, desk: HelpDesk, request: Request) -> User:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        is_known = hmac.compare_digest(token.encode(), desk.intercom_token.encode())
        if scheme.lower() != "bearer" or not is_known:
            raise refusal(401, "token_unauthorized", "The token is not known.")
        return desk.bot

    def too_many(self, wait: int) -> Refusal:
        found = refusal(429, "rate_limit_exceeded", "Exceeded rate limit")
        found.headers["X-RateLimit-Reset"] = str(int(self._now()) + wait)
        found.headers["X-RateLimit-Remaining"] = "0"
        return found

    def broken(self) -> Refusal:
        return refusal(500, "server_error", "Something went wrong.")

    def bad_json(self) -> Refusal:
        return refusal(400, "parameter_invalid", "The body is not an object.")

    def invalid(self, why: str) -> Refusal:
        return refusal(422, "parameter_invalid", why)


def routes(desk: HelpDesk) -> list[BaseRoute]:
    gate = Gate(desk, IntercomDialect(desk.now))
    table = [
        ("GET", "/me", intercom_reading.me),
        ("GET", "/conversations", intercom_reading.conversations),
        ("POST", "/conversations/search", intercom_reading.search_conversations),
        ("GET", "/conversations/{id}", intercom_reading.conversation),
        ("PUT", "/conversations/{id}", update_conversation),
        ("POST", "/conversations/{id}/reply", reply),
        ("POST", "/conversations/{id}/parts", manage),
        ("GET", "/tickets/{id}", intercom_reading.ticket),
        ("PUT", "/tickets/{id}", update_ticket),
        ("POST", "/tickets/{id}/reply", reply_to_ticket),
        ("POST", "/contacts/search", intercom_reading.search_contacts),
        ("GET", "/contacts", intercom_reading.contacts),
        ("GET", "/contacts/{id}", intercom_reading.contact),
        ("GET", "/articles/search", intercom_reading.search_articles),
        ("GET", "/articles", intercom_reading.articles),
        ("GET", "/articles/{id}", intercom_reading.article),
        ("POST", "/articles", intercom_centre.add),
        ("PUT", "/articles/{id}", intercom_centre.change),
    ]
    return [
        Route(f"/intercom{path}", gate.endpoint(handler), methods=[method])
        for method, path, handler in table
    ]


def reply(call: Call) -> dict[str, Any]:
    """An admin's comment or note, or a comment in a contact's name."""
    ticket = find_ticket(call)
    kind, body = call.body.get("message_type"), call.body.get("body")
    if kind not in ("comment", "note") or not isinstance(body, str) or not body.strip():
        raise refusal(400, "parameter_invalid", "message_type and body are needed.")
    if call.body.get("type") == "user":
        author = intercom_reading.find_contact(call, str(call.body.get("intercom_user_id")))
        call.desk.customer_writes(ticket, body, author)
    else:
        _say(call, ticket, body, is_public=kind == "comment")
    return intercom_shapes.conversation_body(ticket)


def _say(call: Call, ticket: Ticket, body: str, is_public: bool) -> None:
    desk, is_markup = call.desk, body.lstrip().startswith("<")
    if desk.dice.roll("curl_quotes"):
        body = body.replace("&#x27;", "\u2019").replace("'", "\u2019")
    change = Change(html=body if is_markup else "", text=body, public=is_public)
    audit = desk.change(ticket, _admin(call), change)
    if audit.comment is not None:
        audit.comment.at -= desk.faults.intercom_behind_seconds


def reply_to_ticket(call: Call) -> dict[str, Any]:
    reply(call)
    return {**intercom_shapes.part(find_ticket(call).comments[-1]), "type": "ticket_part"}


def manage(call: Call) -> dict[str, Any]:
    """Close, open, snooze or assign; closing may say a last word."""
    ticket, kind = find_ticket(call), call.body.get("message_type")
    admin, words = _admin(call), str(call.body.get("body") or "")
    if kind == "close":
        change = Change(status="solved", text=words)
    elif kind == "open":
        change = Change(status="open")
    elif kind == "snoozed" and isinstance(call.body.get("snoozed_until"), int):
        change = Change(status="pending")
    elif kind == "assignment":
        change = Change(assignee=_staff(call, call.body.get("assignee_id")), text=words)
    else:
        raise refusal(400, "parameter_invalid", "No such action, or it lacks a field.")
    call.desk.change(ticket, admin, change)
    return intercom_shapes.conversation_body(ticket)


def update_conversation(call: Call) -> dict[str, Any]:
    ticket = find_ticket(call)
    attributes = call.body.get("custom_attributes")
    if attributes is not None and not isinstance(attributes, dict):
        raise refusal(400, "parameter_invalid", "custom_attributes is an object.")
    call.desk.change(ticket, call.actor, Change(custom=attributes or {}))
    return intercom_shapes.conversation_body(ticket)


def update_ticket(call: Call) -> dict[str, Any]:
    """Open, close or snooze it; its state goes with that."""
    ticket, is_open = find_ticket(call), call.body.get("open")
    if isinstance(call.body.get("snoozed_until"), int):
        change = Change(status="pending")
    elif isinstance(is_open, bool):
        change = Change(status="open" if is_open else "solved")
    else:
        raise refusal(400, "parameter_invalid", "open or snoozed_until is needed.")
    call.desk.change(ticket, _admin(call), change)
    return intercom_shapes.ticket_body(ticket)


def _admin(call: Call) -> User:
    return _staff(call, call.body.get("admin_id"))


def _staff(call: Call, wanted: Any) -> User:
    number = str(wanted)
    found = call.desk.directory.users.get(int(number)) if number.isdecimal() else None
    if found is None or not found.is_staff:
        raise refusal(404, "not_found", "No such admin.")
    return found
