"""The generic source: any system that signs by Standard Webhooks and sends this shape.

    {"type": "ticket.created" | "message.created" | "ticket.updated",
     "ticket": {"id", "subject", "status": "open|waiting|resolved", "updated": ISO 8601 with offset,
                "priority"?, "tags"?, "channel"?, "assignee"?},
     "customer": {"id", "name"?, "email"?, "language"?, "organisation"?},
     "message": {"id", "text", "at"?, "author"?: AUTHOR, "public"?: true}}

AUTHOR is `customer` unless said, `person` or `agent` of the company, or `other`: somebody outside
who is not the ticket's customer. `message` is asked for by the first two types. Other types are
ignored and other keys are not read, so that a sender may grow. Such a system cannot be asked
back: every body is complete.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.handlers.http.json_body import words
from bot.handlers.http.received import Ignored, Outcome, Received, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket

Ident = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:@#+=-]{0,199}$"),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]

_KINDS = ("ticket.created", "message.created", "ticket.updated")


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True)


class Ticket(_Shape):
    id: Ident
    subject: Line = ""
    status: Literal["open", "waiting", "resolved"] = "open"
    updated: AwareDatetime
    priority: Line = ""
    tags: tuple[Line, ...] | None = None
    channel: Line = ""
    assignee: Ident | None = None


class Customer(_Shape):
    id: Ident
    name: Line = ""
    email: Line = ""
    language: Line = ""
    organisation: Ident | None = None


class Message(_Shape):
    id: Ident
    text: str
    at: AwareDatetime | None = None
    author: Literal["customer", "other", "person", "agent"] = "customer"
    public: bool = True


class Body(_Shape):
    type: Literal["ticket.created", "message.created", "ticket.updated"]
    ticket: Ticket
    customer: Customer
    message: Message | None = None


def read(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    """Translate a verified body; its identity is the signed `webhook-id`."""
    kind = words(body.get("type"))
    if kind not in _KINDS:
        return Ignored("type is not used") if kind else Unreadable("no type")
    try:
        told = Body.model_validate(body)
        if told.message is None and told.type != "ticket.updated":
            return Unreadable("message: missing")
        return Received(source, signed.identity, _ticket(told))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return Unreadable(f"{'.'.join(map(str, wrong['loc']))}: {wrong['type']}")
    except OverflowError:  # a moment that no UTC date holds
        return Unreadable("a date is out of range")


def _ticket(told: Body) -> DeskTicket:
    updated = told.ticket.updated.astimezone(UTC)
    return DeskTicket(
        id=told.ticket.id,
        subject=told.ticket.subject,
        status=told.ticket.status,
        updated=updated,
        customer=DeskCustomer(**told.customer.model_dump()),
        messages=_messages(told.message, updated),
        priority=told.ticket.priority.lower(),
        tags=told.ticket.tags,
        channel=told.ticket.channel,
        assignee=told.ticket.assignee,
    )


def _messages(message: Message | None, updated: datetime) -> tuple[DeskMessage, ...]:
    if message is None:
        return ()
    at = message.at.astimezone(UTC) if message.at else updated
    return (DeskMessage(message.id, message.author, message.text.strip(), message.public, at),)
