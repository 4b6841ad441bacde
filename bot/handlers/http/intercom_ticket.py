"""Intercom's tickets in the shape of its conversations.

Its documentation gives tickets an API of their own, and does not say whether the other one serves
them too: https://developers.intercom.com/docs/references/2.13/rest-api/api.intercom.io/tickets .
"""

from collections.abc import Mapping
from typing import Any, Literal

from bot.handlers.http.json_body import ident, inner, objects, words
from bot.handlers.http.reply_html import reply_html

_STATES: Mapping[str, str] = {"waiting_on_customer": "snoozed", "resolved": "closed"}


def as_conversation(ticket: Mapping[str, Any]) -> dict[str, Any]:
    """What a ticket of a category other than `Customer` describes is among colleagues."""
    number = ident(ticket.get("id"))
    attributes = inner(ticket, "ticket_attributes")
    contacts = objects(inner(ticket, "contacts"), "contacts")
    told = {
        "id": f"ticket-{number}",
        "body": reply_html(words(attributes.get("_default_description_"))),
        "created_at": ticket.get("created_at"),
    }
    parts = list(objects(inner(ticket, "ticket_parts"), "ticket_parts"))
    total = inner(ticket, "ticket_parts").get("total_count")
    source: dict[str, Any] = {"type": "ticket"}
    if ticket.get("category") in ("Back-office", "Tracker"):
        parts.insert(0, {**told, "part_type": "note", "author": {"type": "team"}})
        total = total + 1 if isinstance(total, int) else None
    else:
        author = ident(contacts[0].get("id")) if contacts else ""
        source |= {**told, "author": {"type": "user", "id": author}}
    return {
        **{name: ticket.get(name) for name in ("type", "created_at", "updated_at", "contacts")},
        "id": number,
        "admin_assignee_id": ticket.get("admin_assignee_id"),
        "title": words(attributes.get("_default_title_")),
        "state": _state(ticket),
        "source": source,
        "conversation_parts": {"conversation_parts": parts, "total_count": total},
    }


def change_of(
    status: Literal["open", "waiting", "resolved"], snoozed_until: int
) -> dict[str, bool | int]:
    """As fields of a ticket. Its state, in each company's own words, is left to people."""
    if status == "waiting":
        return {"snoozed_until": snoozed_until}
    return {"open": status == "open"}


def _state(ticket: Mapping[str, Any]) -> str:
    """A closed ticket is closed and a snoozed one snoozed, whatever state it is in."""
    if ticket.get("open") is False:
        return "closed"
    if ticket.get("snoozed_until"):
        return "snoozed"
    return _STATES.get(words(inner(ticket, "ticket_state").get("category")), "open")
