"""A row of tickets."""

from collections.abc import Mapping
from typing import Any

from bot.imports.contacts import contact
from bot.imports.fields import Fields
from bot.imports.rows import ContactRow, Status, TicketRow

STATUSES: Mapping[str, Status] = {
    "open": "open",
    "new": "open",
    "on_hold": "open",
    "hold": "open",
    "waiting": "waiting",
    "pending": "waiting",
    "snoozed": "waiting",
    "resolved": "resolved",
    "solved": "resolved",
    "closed": "resolved",
}


def ticket_row(raw: Mapping[str, Any]) -> TicketRow:
    """Read `id` and `subject` or `body`, and whatever else the row says; raise BadRow."""
    fields = Fields(raw)
    subject, body = fields.text("subject", "title"), fields.text("body", "description", "text")
    if not (subject or body or fields.refusals):
        fields.refuse("subject and body: are both empty")
    row = TicketRow(
        id=fields.required_ident("id", "ticket_id", "ticket"),
        subject=subject,
        body=body,
        contact=_contact(fields),
        channel=fields.word("channel", "via.channel", "via"),
        language=fields.language("language", "lang", "locale"),
        created=fields.moment("created", "created_at"),
        status=_status(fields),
        priority=fields.word("priority"),
        tags=fields.names("tags", "labels.tags"),
        solved_by=fields.names("solved_by", "articles"),
    )
    return fields.checked(row)


def _contact(fields: Fields) -> ContactRow | None:
    told = fields.value("customer", "requester")
    if isinstance(told, Mapping):
        return contact(fields.within(told))
    customer = fields.ident("customer", "customer_id", "requester_id", "requester")
    email = fields.text("customer_email", "requester_email", "email")
    if not (customer or email):
        return None
    name = fields.text("customer_name", "requester_name", "name")
    return ContactRow(customer or email.lower(), name, email)


def _status(fields: Fields) -> Status | None:
    word = fields.word("status", "state")
    if word and word not in STATUSES:
        fields.refuse(f"status: is none of {', '.join(STATUSES)}")
    return STATUSES.get(word)
