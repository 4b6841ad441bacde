"""Zendesk's event webhooks: bodies, signature, retries."""

import base64
import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx

from sandbox.helpdesk.records import DeskEvent, Ticket, User

ACCOUNT = 22_000_001
_BACK_OFF = (1, 5, 30, 60, 300)


class ZendeskHook:
    """One webhook of an account; the timestamp is signed together with the body."""

    name = "zendesk"
    timeout = 10.0

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self._secret = secret
        self._id = uuid.uuid4().hex

    def body(self, event: DeskEvent) -> dict[str, Any] | None:
        kind = "agent_assignment_changed" if event.kind == "assigned" else event.kind
        return {
            "account_id": ACCOUNT,
            "detail": _detail(event.ticket, event.actor),
            "event": _what(event),
            "id": str(uuid.uuid4()),
            "subject": f"zen:ticket:{event.ticket.id}",
            "time": _stamp(event.at, "microseconds"),
            "type": f"zen:event-type:ticket.{kind}",
            "zendesk_event_version": "2022-11-06",
        }

    def request(
        self, body: dict[str, Any], attempt: int, now: float
    ) -> tuple[bytes, dict[str, str]]:
        content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        stamp = _stamp(now, "seconds")
        digest = hmac.new(self._secret.encode(), stamp.encode() + content, hashlib.sha256).digest()
        return content, {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Zendesk Webhook",
            "X-Zendesk-Account-Id": str(ACCOUNT),
            "X-Zendesk-Webhook-Id": self._id,
            "X-Zendesk-Webhook-Invocation-Id": body["id"],
            "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
            "X-Zendesk-Webhook-Signature-Timestamp": stamp,
        }

    def wait(self, attempt: int, answer: httpx.Response | None) -> float | None:
        if answer is None:
            return _BACK_OFF[attempt - 1] if attempt <= 5 else None
        if answer.status_code == 409:
            return _BACK_OFF[attempt - 1] if attempt <= 3 else None
        if answer.status_code in (429, 503):
            after = answer.headers.get("retry-after", "")
            return float(after) if after.isdecimal() and int(after) < 60 else None
        return None


def _what(event: DeskEvent) -> dict[str, Any]:
    if event.kind == "created":
        return {}
    if event.comment is None:
        return {"current": _loud(event.after), "previous": _loud(event.before)}
    comment = event.comment
    return {
        "comment": {
            "id": str(comment.id),
            "body": comment.text,
            "is_public": comment.public,
            "author": {
                "id": str(comment.author.id),
                "is_staff": comment.author.is_staff,
                "name": comment.author.name,
            },
        }
    }


def _detail(ticket: Ticket, actor: User) -> dict[str, Any]:
    """The ticket as it is now; every id is a text, every enumeration upper-case."""
    return {
        "actor_id": str(actor.id),
        "assignee_id": str(ticket.assignee.id) if ticket.assignee else None,
        "brand_id": "360000",
        "created_at": _stamp(ticket.created, "seconds"),
        "custom_status": None,
        "description": ticket.comments[0].text,
        "external_id": ticket.external_id,
        "form_id": "360002",
        "group_id": None,
        "id": str(ticket.id),
        "is_public": ticket.comments[-1].public,
        "organization_id": (
            str(ticket.requester.organization) if ticket.requester.organization else None
        ),
        "priority": _loud(ticket.priority),
        "requester_id": str(ticket.requester.id),
        "status": _loud(ticket.status),
        "subject": ticket.subject,
        "submitter_id": str(ticket.audits[0].author.id),
        "tags": list(ticket.tags),
        "type": None,
        "updated_at": _stamp(ticket.updated, "seconds"),
        "via": {"channel": "email" if ticket.channel == "email" else "web_service"},
    }


def _loud(word: str | None) -> str | None:
    return word.upper() if word else None


def _stamp(at: float, precision: str) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec=precision).replace("+00:00", "Z")
