"""Zendesk's ticketing API, as much as a bot beside it uses."""

import base64
import binascii
import hmac
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from sandbox.helpdesk import zendesk_centre, zendesk_reading, zendesk_shapes
from sandbox.helpdesk.desk import Change, HelpDesk
from sandbox.helpdesk.gate import Call, Gate, Handler, Limit, Refusal
from sandbox.helpdesk.records import User
from sandbox.helpdesk.zendesk_reading import base_of, find_ticket, find_user


class ZendeskDialect:
    """Basic `email/token:TOKEN` speaks as that agent, Bearer as the bot's own user."""

    def actor(self, desk: HelpDesk, request: Request) -> User:
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        actor: User | None = None
        if scheme.lower() == "bearer":
            actor, token = desk.bot, value
        elif scheme.lower() == "basic":
            name, _, token = _decoded(value).partition(":")
            if name.endswith("/token"):
                actor = desk.directory.by_email(name.removesuffix("/token"))
        if actor is None or not actor.is_staff:
            raise Refusal(401, {"error": "Couldn't authenticate you"})
        if not hmac.compare_digest(token.encode(), desk.zendesk_token.encode()):
            raise Refusal(401, {"error": "Couldn't authenticate you"})
        return actor

    def too_many(self, wait: int) -> Refusal:
        body = {"error": "TooManyRequests", "description": "Rate limit exceeded"}
        return Refusal(429, body, {"Retry-After": str(wait)})

    def broken(self) -> Refusal:
        return Refusal(500, {"error": "InternalServerError", "description": "Try again later"})

    def bad_json(self) -> Refusal:
        return Refusal(400, {"error": "Unprocessable", "description": "The body is not an object"})

    def invalid(self, why: str) -> Refusal:
        return invalid(why)


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def invalid(why: str) -> Refusal:
    details = {"base": [{"description": why}]}
    description = "Record validation errors"
    return Refusal(422, {"error": "RecordInvalid", "description": description, "details": details})


def routes(desk: HelpDesk) -> list[BaseRoute]:
    """Every path also answers with `.json` at its end, as Zendesk's do."""
    gate = Gate(desk, ZendeskDialect())
    exports = Limit(lambda: int(desk.exports_per_minute * desk.quota_scale), desk.now)
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/tickets/{id:int}", get_ticket),
        ("PUT", "/tickets/{id:int}", update_ticket),
        ("POST", "/tickets", create_ticket),
        ("GET", "/tickets/{id:int}/comments", zendesk_reading.comments),
        ("GET", "/tickets/{id:int}/audits", zendesk_reading.audits),
        ("GET", "/search/export", zendesk_reading.search_tickets),
        ("GET", "/users/me", zendesk_reading.me),
        ("GET", "/users/search", zendesk_reading.search_users),
        ("GET", "/users/show_many", zendesk_reading.many_users),
        ("GET", "/users/{id:int}", zendesk_reading.user),
        ("GET", "/users", zendesk_reading.users),
        ("GET", "/organizations/{id:int}", zendesk_reading.organization),
        ("GET", "/organizations", zendesk_reading.organizations),
        ("GET", "/help_center/articles", zendesk_reading.articles),
        ("GET", "/help_center/articles/{id:int}", zendesk_centre.article),
        ("PUT", "/help_center/articles/{id:int}", zendesk_centre.change),
        ("POST", "/help_center/sections/{section:int}/articles", zendesk_centre.add),
        (
            "GET",
            "/help_center/articles/{id:int}/translations",
            zendesk_centre.translations,
        ),
        (
            "PUT",
            "/help_center/articles/{id:int}/translations/{locale}",
            zendesk_centre.translate,
        ),
        ("GET", "/help_center/{locale}/articles", zendesk_reading.articles),
    ]
    export = gate.endpoint(zendesk_reading.export, exports)
    found: list[BaseRoute] = [
        Route(f"/zendesk/api/v2/incremental/tickets/cursor{end}", export) for end in (".json", "")
    ]
    for method, path, handler in table:
        endpoint = gate.endpoint(handler)
        for end in (".json", ""):
            found.append(Route(f"/zendesk/api/v2{path}{end}", endpoint, methods=[method]))
    return found


def get_ticket(call: Call) -> dict[str, Any]:
    return {"ticket": zendesk_shapes.ticket_body(find_ticket(call), base_of(call))}


def create_ticket(call: Call) -> tuple[int, dict[str, Any]]:
    wanted = _wanted(call)
    requester = _requester(call, wanted)
    change = _change(call, wanted)
    ticket = call.desk.open_ticket(
        requester,
        str(wanted.get("subject") or ""),
        change,
        channel="api",
        author=call.actor if "requester_id" in wanted or "requester" in wanted else None,
        external_id=wanted.get("external_id"),
    )
    body = zendesk_shapes.ticket_body(ticket, base_of(call))
    return 201, {"ticket": body, "audit": zendesk_shapes.audit_body(ticket.audits[-1])}


def update_ticket(call: Call) -> dict[str, Any]:
    ticket, wanted = find_ticket(call), _wanted(call)
    is_stale = wanted.get("safe_update") and (
        wanted.get("updated_stamp") != zendesk_shapes.stamp(ticket.updated)
    )
    if is_stale or call.desk.dice.roll("conflict"):
        description = "The ticket has been changed since it was read"
        raise Refusal(409, {"error": "UpdateConflict", "description": description})
    change = _change(call, wanted)
    audit = call.desk.change(ticket, _author(call, wanted), change)
    return {
        "ticket": zendesk_shapes.ticket_body(ticket, base_of(call)),
        "audit": zendesk_shapes.audit_body(audit),
    }


def _wanted(call: Call) -> dict[str, Any]:
    wanted = call.body.get("ticket")
    if not isinstance(wanted, dict):
        raise Refusal(
            400, {"error": "Unprocessable", "description": "ticket: parameter is required"}
        )
    return wanted


def _change(call: Call, wanted: dict[str, Any]) -> Change:
    comment = wanted.get("comment") or {}
    if not isinstance(comment, dict):
        raise invalid("Comment: must be an object")
    metadata = (wanted.get("metadata") or {}).get("custom") or {}
    assignee = wanted.get("assignee_id")
    return Change(
        status=wanted.get("status"),
        priority=wanted.get("priority"),
        assignee=find_user(call, assignee) if assignee is not None else None,
        tags=wanted.get("tags"),
        custom=_custom(call, wanted),
        text=str(comment.get("body") or ""),
        html=str(comment.get("html_body") or ""),
        public=bool(comment.get("public", True)),
        metadata=metadata,
    )


def _custom(call: Call, wanted: dict[str, Any]) -> dict[str, Any]:
    names = {
        zendesk_shapes.field_id(name): name
        for ticket in call.desk.tickets.values()
        for name in ticket.custom
    }
    fields = wanted.get("custom_fields") or []
    return {names[row["id"]]: row.get("value") for row in fields if row.get("id") in names}


def _author(call: Call, wanted: dict[str, Any]) -> User:
    """An agent may write in another person's name, as Zendesk allows."""
    author = (wanted.get("comment") or {}).get("author_id")
    return find_user(call, author) if author is not None else call.actor


def _requester(call: Call, wanted: dict[str, Any]) -> User:
    requester = wanted.get("requester")
    if isinstance(requester, dict) and requester.get("email"):
        return call.desk.directory.customer(requester["email"], requester.get("name") or "")
    if wanted.get("requester_id") is not None:
        return find_user(call, wanted["requester_id"])
    return call.actor
