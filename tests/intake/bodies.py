"""Bodies as the senders write them."""

import json
from typing import Any

from tests.intake.calls import NOW

STAMP = int(NOW.timestamp())


def zendesk(kind: str = "ticket.status_changed", **changes: Any) -> dict[str, Any]:
    """An event webhook about ticket 7; `changes` replace what stands at the top."""
    return {
        "type": f"zen:event-type:{kind}",
        "id": "0f1c7f0e-8d9a-4d61-b6f8-51a1c2a3e001",
        "subject": "zen:ticket:7",
        "time": "2026-03-01T08:59:58.123456789Z",
        "account_id": 31,
        "zendesk_event_version": "2022-11-06",
        "detail": {
            "id": "7",
            "subject": "Invoice twice",
            "description": "You charged me twice.",
            "status": "PENDING",
            "priority": "HIGH",
            "requester_id": "900",
            "assignee_id": "501",
            "organization_id": None,
            "tags": ["billing", "vip"],
            "updated_at": "2026-03-01T08:59:58Z",
            "via": {"channel": "email"},
        },
        "event": {"current": "PENDING", "previous": "OPEN"},
        **changes,
    }


def zendesk_comment(author: str = "900", is_staff: bool = False, **comment: Any) -> dict[str, Any]:
    return zendesk(
        "ticket.comment_added",
        event={
            "comment": {
                "id": "4411",
                "body": "Any news?",
                "is_public": True,
                "author": {"id": author, "is_staff": is_staff, "name": "Kim"},
                **comment,
            }
        },
    )


def intercom(topic: str = "conversation.user.replied", **changes: Any) -> dict[str, Any]:
    """A notification about conversation 503; `changes` replace what stands in its item."""
    return {
        "type": "notification_event",
        "app_id": "ab12",
        "id": "notif_1",
        "topic": topic,
        "created_at": STAMP,
        "data": {
            "type": "notification_event_data",
            "item": {
                "type": "conversation",
                "id": "503",
                "created_at": STAMP - 60,
                "updated_at": STAMP,
                "title": None,
                "state": "open",
                "priority": "priority",
                "admin_assignee_id": 77,
                "source": {
                    "type": "email",
                    "id": "9001",
                    "subject": "<p>Refund &amp; more</p>",
                    "body": "<p>I paid <b>twice</b>.</p>",
                    "author": {
                        "type": "user",
                        "id": "c1",
                        "name": "Kim",
                        "email": "kim@shop.example",
                    },
                },
                "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "c1"}]},
                "tags": {"tags": [{"type": "tag", "name": "billing"}]},
                "conversation_parts": {
                    "conversation_parts": [
                        {
                            "type": "conversation_part",
                            "id": 12,
                            "part_type": "comment",
                            "body": "<p>Any news?</p>",
                            "created_at": STAMP,
                            "author": {"type": "user", "id": "c1", "name": "Kim"},
                        }
                    ]
                },
                **changes,
            },
        },
    }


def shop(type: str = "ticket.created", **changes: Any) -> dict[str, Any]:
    return {
        "type": type,
        "ticket": {"id": "T-1", "subject": "Late", "updated": "2026-03-01T10:00:00+01:00"},
        "customer": {"id": "c-9", "name": "Kim", "email": "kim@shop.example", "language": "de"},
        "message": {"id": "m-1", "text": "Where is it?", "at": "2026-03-01T08:59:00Z"},
        **changes,
    }


def raw(body: Any) -> bytes:
    return json.dumps(body).encode()
