"""Intercom's notifications about conversations and tickets.

A conversation's notification carries its state and the newest part, with the author's name and
address when a customer wrote: complete. The whole is fetched when no customer's word is in it (the
contact is then only an id), when an admin spoke (it may have been us, which only the `HelpDesk`
port can tell), and always for tickets, whose words live in attributes (see `intercom_ticket`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.handlers.http.html_text import plain_text
from bot.handlers.http.json_body import ident, inner, known, moment, objects, words
from bot.handlers.http.received import Ignored, Outcome, Outlived, Received, Unreadable
from bot.handlers.signatures import FUTURE, Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket

Status = Literal["open", "waiting", "resolved"]
Author = Literal["customer", "other", "person", "agent"]

OLDEST = timedelta(days=2)
STATES: Mapping[str, Status] = {"open": "open", "snoozed": "waiting", "closed": "resolved"}
TICKET_STATES: Mapping[str, Status] = {
    "submitted": "open",
    "in_progress": "open",
    "waiting_on_customer": "waiting",
    "resolved": "resolved",
}
AUTHORS: Mapping[str, Author] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "admin": "person",
    "team": "person",
}
NOTES = {"note", "note_and_reopen"}


def read(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    """Translate a verified notification; older than two days by its own `created_at` is a replay.

    Intercom signs no timestamp, and a notification's id is remembered for longer than that.
    """
    if words(body.get("type")) != "notification_event":
        return Unreadable("not a notification")
    if words(body.get("topic")) == "ping":
        return Ignored("ping")
    created = moment(body.get("created_at"))
    if created is None:
        return Unreadable("no created_at")
    if not -FUTURE <= now - created <= OLDEST:
        return Outlived("created too long ago or in the future")
    item = inner(body, "data", "item")
    event_id = ident(body.get("id")) or signed.identity
    return _told(source, event_id, item, created)


def _told(source: str, event_id: str, item: Mapping[str, Any], created: datetime) -> Outcome:
    kind = words(item.get("type"))
    if kind not in ("conversation", "ticket"):
        return Ignored("not about a conversation or a ticket")
    if not ident(item.get("id")):
        return Unreadable(f"{kind} without an id")
    updated = moment(item.get("updated_at")) or created
    if kind == "ticket":
        return Received(source, event_id, _ticket(item, updated), needs_fetch=True)
    ticket = conversation(item, updated)
    is_known = bool(ticket.customer.name or ticket.customer.email)
    has_staff = any(message.author == "person" for message in ticket.messages)
    return Received(source, event_id, ticket, needs_fetch=has_staff or not is_known)


def conversation(item: Mapping[str, Any], updated: datetime) -> DeskTicket:
    """A conversation object of Intercom's, its messages as far as they stand in it."""
    started = moment(item.get("created_at")) or updated
    source = inner(item, "source")
    parts = objects(inner(item, "conversation_parts"), "conversation_parts")
    customer = _customer(item, source, parts)
    first = _message({**source, "created_at": item.get("created_at")}, customer.id, started, True)
    later = [
        _message(part, customer.id, updated, words(part.get("part_type")) not in NOTES)
        for part in parts
    ]
    return DeskTicket(
        id=ident(item.get("id")),
        subject=words(item.get("title")) or plain_text(words(source.get("subject"))),
        status=STATES.get(words(item.get("state")), "open"),
        updated=updated,
        customer=customer,
        messages=tuple(message for message in [first, *later] if message),
        priority="high" if words(item.get("priority")) == "priority" else "",
        tags=_tags(item),
        channel=words(source.get("type")),
        assignee=known(item.get("admin_assignee_id")),
    )


def _ticket(item: Mapping[str, Any], updated: datetime) -> DeskTicket:
    attributes = inner(item, "ticket_attributes")
    state = words(inner(item, "ticket_state").get("category"))
    return DeskTicket(
        id=ident(item.get("id")),
        subject=words(attributes.get("_default_title_")),
        status=TICKET_STATES.get(state, "open"),
        updated=updated,
        customer=_customer(item, {}, []),
        tags=_tags(item),
        assignee=known(item.get("admin_assignee_id")),
    )


def _message(
    part: Mapping[str, Any], customer: str, otherwise: datetime, public: bool
) -> DeskMessage | None:
    """What was said in the part; assignments, state changes and the like say nothing."""
    message_id = ident(part.get("id"))
    text = plain_text(words(part.get("body")))
    if not (message_id and text):
        return None
    author = AUTHORS.get(words(inner(part, "author").get("type")), "agent")
    if author == "customer" and _author_id(part) not in ("", customer):
        author = "other"
    at = moment(part.get("created_at")) or otherwise
    email = words(inner(part, "author").get("email")) if author == "person" else ""
    return DeskMessage(message_id, author, text, public, at, email)


def _customer(
    item: Mapping[str, Any], source: Mapping[str, Any], parts: list[Mapping[str, Any]]
) -> DeskCustomer:
    """Whoever began it, else the first of its contacts, and never who joined in later; with the
    name and address they signed their words with."""
    contacts = [
        ident(contact.get("id")) for contact in objects(inner(item, "contacts"), "contacts")
    ]
    began = _author_id(source) if _is_contact(source) else ""
    customer = began if began in (contacts or [began]) else next(filter(None, contacts), "")
    for part in [source, *reversed(parts)]:
        if customer and _is_contact(part) and _author_id(part) == customer:
            author = inner(part, "author")
            return DeskCustomer(
                customer,
                words(author.get("name")),
                words(author.get("email")),
                vouched=words(author.get("type")) != "lead",
            )
    return DeskCustomer(customer)


def _is_contact(part: Mapping[str, Any]) -> bool:
    return AUTHORS.get(words(inner(part, "author").get("type"))) == "customer"


def _author_id(part: Mapping[str, Any]) -> str:
    return ident(inner(part, "author").get("id"))


def _tags(item: Mapping[str, Any]) -> tuple[str, ...] | None:
    if "tags" not in item:
        return None
    return tuple(
        filter(None, (words(tag.get("name")) for tag in objects(inner(item, "tags"), "tags")))
    )
