"""Tickets as Zendesk's API writes them: numbers for ids, lower-case words, ISO times."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from sandbox.helpdesk.gate import Call, Refusal
from sandbox.helpdesk.records import Article, Audit, Comment, Organization, Ticket, User


def stamp(at: float) -> str:
    """Zendesk's times have whole seconds, and `safe_update` can see no finer."""
    return datetime.fromtimestamp(int(at), UTC).isoformat().replace("+00:00", "Z")


def field_id(name: str) -> int:
    """Zendesk knows custom fields by number; here the number follows from the name."""
    return 360_000_000 + crc32(name.encode()) % 1_000_000


def ticket_body(ticket: Ticket, base: str) -> dict[str, Any]:
    fields = [{"id": field_id(name), "value": value} for name, value in ticket.custom.items()]
    return {
        "id": ticket.id,
        "url": f"{base}/tickets/{ticket.id}.json",
        "external_id": ticket.external_id,
        "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": ticket.comments[0].text,
        "status": ticket.status,
        "priority": ticket.priority,
        "type": None,
        "tags": list(ticket.tags),
        "requester_id": ticket.requester.id,
        "submitter_id": ticket.audits[0].author.id,
        "assignee_id": ticket.assignee.id if ticket.assignee else None,
        "organization_id": ticket.requester.organization,
        "group_id": None,
        "custom_fields": fields,
        "via": {"channel": ticket.channel},
        "is_public": any(comment.public for comment in ticket.comments),
        "created_at": stamp(ticket.created),
        "updated_at": stamp(ticket.updated),
    }


def comment_body(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "type": "Comment",
        "author_id": comment.author.id,
        "body": comment.text,
        "html_body": f'<div class="zd-comment" dir="auto">{comment.html}</div>',
        "plain_body": comment.text,
        "public": comment.public,
        "attachments": [],
        "audit_id": comment.audit,
        "via": {"channel": comment.via},
        "metadata": {"system": {}, "custom": comment.metadata},
        "created_at": stamp(comment.at),
    }


def audit_body(audit: Audit) -> dict[str, Any]:
    events: list[dict[str, Any]] = []
    if audit.comment is not None:
        events.append(comment_body(audit.comment))
    for number, (name, before, after) in enumerate(audit.changes, 1):
        events.append(
            {
                "id": audit.id * 100 + number,
                "type": "Change",
                "field_name": name,
                "previous_value": before,
                "value": after,
            }
        )
    return {
        "id": audit.id,
        "ticket_id": audit.ticket,
        "author_id": audit.author.id,
        "created_at": stamp(audit.at),
        "via": {"channel": audit.via},
        "metadata": {"system": {}, "custom": audit.metadata},
        "events": events,
    }


def user_body(user: User, base: str) -> dict[str, Any]:
    return {
        "id": user.id,
        "url": f"{base}/users/{user.id}.json",
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "organization_id": user.organization,
        "external_id": user.external_id,
        "locale": user.language,
        "phone": user.phone,
        "user_fields": dict(user.fields),
        "active": True,
        "verified": user.is_verified,
        "suspended": False,
    }


def organization_body(organization: Organization, base: str) -> dict[str, Any]:
    return {
        "id": organization.id,
        "url": f"{base}/organizations/{organization.id}.json",
        "name": organization.name,
        "external_id": organization.external_id,
        "organization_fields": dict(organization.fields),
    }


def article_body(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "body": article.html,
        "locale": article.language,
        "label_names": article.tags,
        "draft": article.is_draft,
        "section_id": article.section,
        "user_segment_id": article.segment,
        "created_at": stamp(article.updated),
        "updated_at": stamp(article.updated),
        "html_url": f"https://help.sandbox.example/articles/{article.id}",
    }


def page_of(call: Call, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One page, by cursor when `page[size]` asks for it, by number otherwise."""
    if "page[size]" in call.request.query_params:
        return _cursor_page(call, name, rows)
    size, number = _number(call, "per_page", 100), _number(call, "page", 1)
    size = min(size, 100)
    start, end = (number - 1) * size, number * size
    following = call.request.url.include_query_params(page=number + 1)
    return {
        name: rows[start:end],
        "count": len(rows),
        "next_page": str(following) if end < len(rows) else None,
        "previous_page": None,
    }


def _cursor_page(call: Call, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    size = min(_number(call, "page[size]", 100), 100)
    after = call.query("page[after]")
    start = int(read_cursor(after)[0]) if after else 0
    cursor = write_cursor(str(start + size))
    following = call.request.url.include_query_params(**{"page[after]": cursor})
    has_more = start + size < len(rows)
    return {
        name: rows[start : start + size],
        "meta": {"has_more": has_more, "after_cursor": cursor if has_more else None},
        "links": {"next": str(following) if has_more else None, "prev": None},
    }


def _number(call: Call, name: str, default: int) -> int:
    value = call.query(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        raise Refusal(400, {"error": "InvalidPaginationParameter", "description": name})
    return int(value)


def write_cursor(*parts: str) -> str:
    return base64.urlsafe_b64encode("|".join(parts).encode()).decode()


def read_cursor(cursor: str) -> list[str]:
    try:
        parts = base64.urlsafe_b64decode(cursor).decode().split("|")
        for number in parts:
            float(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refusal(400, {"error": "InvalidCursor", "description": "bad cursor"}) from None
    return parts
