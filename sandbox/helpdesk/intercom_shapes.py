"""Tickets as Intercom's API writes them: conversations of parts, Unix seconds, texts for ids."""

from typing import Any

from sandbox.helpdesk.markup import to_text
from sandbox.helpdesk.records import Article, Comment, DeskEvent, Organization, Ticket, User

APP_ID = "sandbox1"
# A conversation shows its newest parts only.
MOST_PARTS = 500
_STATES = {"solved": "closed", "closed": "closed", "pending": "snoozed", "hold": "snoozed"}


def contact_id(user: User) -> str:
    return f"{user.id:024x}"


def role(user: User) -> str:
    return "user" if user.is_verified else "lead"


def author(user: User) -> dict[str, Any]:
    kind, number = ("admin", str(user.id)) if user.is_staff else (role(user), contact_id(user))
    return {"type": kind, "id": number, "name": user.name, "email": user.email}


def part(comment: Comment) -> dict[str, Any]:
    return {
        "type": "conversation_part",
        "id": str(comment.id),
        "part_type": "comment" if comment.public else "note",
        "body": comment.html,
        "created_at": int(comment.at),
        "updated_at": int(comment.at),
        "notified_at": int(comment.at),
        "assigned_to": None,
        "author": author(comment.author),
        "attachments": [],
        "external_id": None,
        "redacted": False,
    }


def state_part(event: DeskEvent) -> dict[str, Any]:
    """The part that a change without words leaves in the conversation."""
    kinds = {"assigned": "assignment", "priority_changed": "priority_changed"}
    closing = {"closed": "close", "snoozed": "snoozed"}
    kind = kinds.get(event.kind, closing.get(_STATES.get(event.after or "", ""), "open"))
    return {
        "type": "conversation_part",
        "id": f"{event.ticket.audits[-1].id}",
        "part_type": kind,
        "body": None,
        "created_at": int(event.at),
        "updated_at": int(event.at),
        "author": author(event.actor),
        "attachments": [],
    }


def conversation_body(
    ticket: Ticket, *, newest: Comment | None = None, is_plain: bool = False
) -> dict[str, Any]:
    """`newest` keeps that one part only, as notifications do; `is_plain` drops the markup."""
    first, rest = ticket.comments[0], ticket.comments[1:]
    shown = [comment for comment in rest if newest is None or comment is newest]
    parts = [part(comment) for comment in shown[-MOST_PARTS:]]
    source: dict[str, Any] = {
        "type": "conversation",
        "id": str(first.id),
        "delivered_as": "customer_initiated",
        "subject": ticket.subject,
        "body": first.html,
        "author": author(first.author),
        "attachments": [],
        "url": None,
        "redacted": False,
    }
    if is_plain:
        for item in (source, *parts):
            item["body"] = to_text(item["body"])
    state = _STATES.get(ticket.status, "open")
    contact = {"type": "contact", "id": contact_id(ticket.requester)}
    return {
        "type": "conversation",
        "id": str(ticket.id),
        "created_at": int(ticket.created),
        "updated_at": int(ticket.updated),
        "title": ticket.subject,
        "source": source,
        "contacts": {
            "type": "contact.list",
            "contacts": [{**contact, "external_id": ticket.requester.external_id}],
        },
        "admin_assignee_id": ticket.assignee.id if ticket.assignee else None,
        "team_assignee_id": None,
        "open": state == "open",
        "state": state,
        "read": False,
        "priority": "priority" if ticket.priority in ("high", "urgent") else "not_priority",
        "tags": {"type": "tag.list", "tags": [_tag(name) for name in ticket.tags]},
        "custom_attributes": dict(ticket.custom),
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": parts,
            "total_count": len(rest),
        },
    }


def _tag(name: str) -> dict[str, str]:
    return {"type": "tag", "id": name, "name": name}


def ticket_body(ticket: Ticket) -> dict[str, Any]:
    """The same case as one of Intercom's tickets."""
    conversation = conversation_body(ticket)
    parts = conversation["conversation_parts"]["conversation_parts"]
    category = {"open": "in_progress", "snoozed": "waiting_on_customer", "closed": "resolved"}
    return {
        "type": "ticket",
        "id": str(ticket.id),
        "ticket_id": str(ticket.id - 1000),
        "category": "Customer",
        "ticket_attributes": {
            "_default_title_": ticket.subject,
            "_default_description_": ticket.comments[0].text,
        },
        "ticket_state": {"type": "ticket_state", "category": category[conversation["state"]]},
        "contacts": conversation["contacts"],
        "admin_assignee_id": str(conversation["admin_assignee_id"] or 0),
        "created_at": conversation["created_at"],
        "updated_at": conversation["updated_at"],
        "open": conversation["state"] != "closed",
        "snoozed_until": int(ticket.updated) + 86_400 if ticket.status == "pending" else None,
        "ticket_parts": {
            "type": "ticket_part.list",
            "ticket_parts": [{**row, "type": "ticket_part"} for row in parts],
            "total_count": len(parts),
        },
    }


def contact_body(user: User, organization: Organization | None) -> dict[str, Any]:
    companies = [] if organization is None else [company_body(organization)]
    return {
        "type": "contact",
        "id": contact_id(user),
        "external_id": user.external_id,
        "role": role(user),
        "email": user.email,
        "name": user.name,
        "phone": user.phone,
        "language_override": user.language,
        "custom_attributes": dict(user.fields),
        "companies": {"type": "list", "data": companies, "total_count": len(companies)},
    }


def company_body(organization: Organization) -> dict[str, Any]:
    return {
        "type": "company",
        "id": f"{organization.id:024x}",
        "company_id": organization.external_id,
        "name": organization.name,
        "custom_attributes": dict(organization.fields),
    }


def article_body(article: Article) -> dict[str, Any]:
    return {
        "type": "article",
        "id": str(article.id),
        "title": article.title,
        "description": article.summary,
        "body": article.html,
        "state": "draft" if article.is_draft else "published",
        "parent_id": article.section,
        "default_locale": article.language,
        "translated_content": {
            locale: {
                "type": "article_content",
                "title": told.title,
                "description": "",
                "body": told.html,
                "author_id": 0,
                "state": "draft" if told.is_draft else "published",
            }
            for locale, told in article.translations.items()
        },
        "created_at": int(article.updated),
        "updated_at": int(article.updated),
        "url": f"https://help.sandbox.example/articles/{article.id}",
    }
