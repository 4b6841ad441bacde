"""Zendesk's webhooks: event webhooks (`zen:event-type:...`) and what administrators typed.

An event webhook carries a snapshot of the ticket without its conversation and without the
customer's name. So an event that touches either needs the whole ticket fetched; any other is
complete. A comment event is complete when it carries an end user's comment with its id; one by
staff may be our own, which only the `HelpDesk` port can tell from a person's. A trigger's or
automation's body is whatever JSON its administrator typed: all that is read is the ticket's id.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from bot.handlers.http.json_body import ident, inner, known, moment, words
from bot.handlers.http.received import Ignored, Outcome, Received, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket

Status = Literal["open", "waiting", "resolved"]

# On-hold waits for a third party: somebody of ours still owes the customer an answer.
STATUSES: Mapping[str, Status] = {
    "new": "open",
    "open": "open",
    "hold": "open",
    "pending": "waiting",
    "solved": "resolved",
    "closed": "resolved",
    "deleted": "resolved",
}

_PREFIX = "zen:event-type:"
_SUBJECT = "zen:ticket:"
_GONE = {"ticket.marked_as_spam", "ticket.soft_deleted", "ticket.permanently_deleted"}
_TOUCHES_MORE = {
    "ticket.created",
    "ticket.merged",
    "ticket.undeleted",
    "ticket.requester_changed",
    "ticket.description_changed",
    "ticket.comment_made_private",
    "ticket.comment_redacted",
}
_ID_KEYS = ("ticketid", "id")


def read(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    """Translate a verified body; the identity is the event's signed id, else the signature's."""
    kind = words(body.get("type"))
    if not kind.startswith(_PREFIX):
        return _trigger(source, body, signed, now)
    subject = words(body.get("subject"))
    if not subject.startswith(_SUBJECT):
        return Ignored("not about a ticket")
    ticket_id = ident(subject.removeprefix(_SUBJECT))
    if not ticket_id:
        return Unreadable("no ticket id")
    event_id = ident(body.get("id")) or signed.identity
    name = kind.removeprefix(_PREFIX)
    ticket = _snapshot(ticket_id, name, body)
    if name in _GONE or (name != "ticket.undeleted" and _is_deleted(body)):
        told = ticket or _stub(ticket_id, signed, now)
        return Received(source, event_id, told, is_gone=True)
    if ticket is None or name in _TOUCHES_MORE or _leaves_words_open(name, ticket):
        return Received(source, event_id, ticket or _stub(ticket_id, signed, now), needs_fetch=True)
    return Received(source, event_id, ticket)


def _is_deleted(body: Mapping[str, Any]) -> bool:
    return words(inner(body, "detail").get("status")).lower() == "deleted"


def _trigger(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    plain = {"".join(filter(str.isalnum, key)).lower(): value for key, value in body.items()}
    candidates = [inner(body, "ticket").get("id"), *(plain.get(key) for key in _ID_KEYS)]
    for candidate in candidates:
        if ticket_id := ident(candidate):
            stub = _stub(ticket_id, signed, now)
            return Received(source, signed.identity, stub, needs_fetch=True)
    return Unreadable("no ticket id")


def _stub(ticket_id: str, signed: Signed, now: datetime) -> DeskTicket:
    return DeskTicket(ticket_id, "", "open", signed.at or now, DeskCustomer(""))


def _snapshot(ticket_id: str, name: str, body: Mapping[str, Any]) -> DeskTicket | None:
    """The ticket as the event shows it, None when the snapshot is not what it should be."""
    detail = inner(body, "detail")
    status = STATUSES.get(words(detail.get("status")).lower())
    updated = moment(detail.get("updated_at")) or moment(body.get("time"))
    requester = ident(detail.get("requester_id"))
    if words(detail.get("id")) != ticket_id or not (status and updated and requester):
        return None
    tags = detail.get("tags")
    return DeskTicket(
        id=ticket_id,
        subject=words(detail.get("subject")),
        status=status,
        updated=updated,
        customer=DeskCustomer(requester, organisation=known(detail.get("organization_id"))),
        messages=_messages(name, body, requester, updated),
        priority=words(detail.get("priority")).lower(),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else None,
        channel=words(inner(detail, "via").get("channel")),
        assignee=known(detail.get("assignee_id")),
    )


def _messages(
    name: str, body: Mapping[str, Any], requester: str, updated: datetime
) -> tuple[DeskMessage, ...]:
    comment = inner(body, "event", "comment")
    author = inner(comment, "author")
    message_id, author_id = ident(comment.get("id")), ident(author.get("id"))
    if name != "ticket.comment_added" or not (message_id and author_id):
        return ()
    kind: Literal["customer", "other", "person"] = "person"
    if author_id == requester:
        kind = "customer"
    elif author.get("is_staff") is False:
        kind = "other"
    return (
        DeskMessage(
            id=message_id,
            author=kind,
            text=words(comment.get("body")),
            public=comment.get("is_public") is True,
            at=moment(body.get("time")) or updated,
        ),
    )


def _leaves_words_open(name: str, ticket: DeskTicket) -> bool:
    said_by = [message.author for message in ticket.messages]
    return name == "ticket.comment_added" and said_by not in (["customer"], ["other"])
