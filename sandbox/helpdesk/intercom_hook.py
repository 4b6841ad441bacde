"""Intercom's notifications: envelope, signature, the one repeat."""

import hashlib
import hmac
import json
import uuid
from typing import Any

import httpx

from sandbox.helpdesk.intercom_shapes import APP_ID, conversation_body, state_part
from sandbox.helpdesk.records import DeskEvent


class IntercomHook:
    """One subscription of an app; nothing but the body is signed, with SHA-1."""

    name = "intercom"
    timeout = 5.0

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self._secret = secret
        self._is_ended = False

    def body(self, event: DeskEvent) -> dict[str, Any] | None:
        topic = topic_of(event)
        if topic is None or self._is_ended:
            return None
        item = conversation_body(event.ticket, newest=event.comment)
        if event.comment is None:
            item["conversation_parts"]["conversation_parts"] = [state_part(event)]
        return {
            "type": "notification_event",
            "app_id": APP_ID,
            "data": {"type": "notification_event_data", "item": item},
            "links": {},
            "id": f"notif_{uuid.uuid4()}",
            "topic": topic,
            "delivery_status": "pending",
            "delivery_attempts": 1,
            "delivered_at": 0,
            "first_sent_at": int(event.at),
            "created_at": int(event.at),
            "self": None,
        }

    def request(
        self, body: dict[str, Any], attempt: int, now: float
    ) -> tuple[bytes, dict[str, str]]:
        content = json.dumps({**body, "delivery_attempts": attempt}, ensure_ascii=False).encode()
        digest = hmac.new(self._secret.encode(), content, hashlib.sha1).hexdigest()
        return content, {
            "Content-Type": "application/json; charset=utf-8",
            "X-Hub-Signature": f"sha1={digest}",
        }

    def wait(self, attempt: int, answer: httpx.Response | None) -> float | None:
        if answer is not None and answer.status_code == 410:
            self._is_ended = True
            return None
        is_taken = answer is not None and answer.is_success
        return None if is_taken or attempt > 1 else 60.0


def topic_of(event: DeskEvent) -> str | None:
    """Intercom has no topic for some changes; they are then not told."""
    if event.kind in ("requester_changed", "marked_as_spam", "soft_deleted", "undeleted"):
        return None
    by_staff = event.actor.is_staff
    if event.kind == "created":
        return "conversation.admin.single.created" if by_staff else "conversation.user.created"
    if event.kind == "assigned":
        return "conversation.admin.assigned"
    if event.kind == "priority_changed":
        return "conversation.priority.updated"
    if event.comment is not None:
        if not by_staff:
            return "conversation.user.replied"
        return "conversation.admin.replied" if event.comment.public else "conversation.admin.noted"
    topics = {"solved": "closed", "closed": "closed", "pending": "snoozed", "hold": "snoozed"}
    if event.after == "open" and event.before == "new":
        return None
    return f"conversation.admin.{topics.get(event.after or '', 'opened')}"
