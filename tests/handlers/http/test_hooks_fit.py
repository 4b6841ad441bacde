"""The stand-in's webhooks are such as our door accepts and reads: two hands that fit."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.handlers import signatures
from bot.handlers.http import intercom_body, zendesk_body
from bot.handlers.http.received import Received
from bot.handlers.signatures import Signed
from sandbox.helpdesk import Change, HelpDesk, IntercomHook, ZendeskHook
from sandbox.helpdesk.records import DeskEvent
from tests.handlers.http.conftest import AGENTS, CUSTOMERS


class Tap:
    """A hook that keeps its requests instead of being delivered."""

    timeout = 1.0

    def __init__(self, hook: ZendeskHook | IntercomHook) -> None:
        self.name, self.url = hook.name, hook.url
        self.sent: list[tuple[bytes, dict[str, str], dict[str, Any]]] = []
        self._hook = hook

    def body(self, event: DeskEvent) -> dict[str, Any] | None:
        body = self._hook.body(event)
        if body is not None:
            self.sent.append((*self._hook.request(body, 1, time.time()), body))
        return body

    def request(
        self, body: dict[str, Any], attempt: int, now: float
    ) -> tuple[bytes, dict[str, str]]:
        return self._hook.request(body, attempt, now)

    def wait(self, attempt: int, answer: object) -> float | None:
        return None


def told(tap: Tap) -> list[Received]:
    """Whatever happens to a ticket in the help desk, as our door reads it."""
    desk = HelpDesk(CUSTOMERS, agents=AGENTS, hooks=[tap])
    colleague = desk.directory.by_email("lee@helpdesk.example")
    assert colleague is not None
    customer = desk.directory.customer("ada@client.example")
    ticket = desk.open_ticket(customer, "Broken", Change(text="It does not work."))
    desk.change(ticket, colleague, Change(text="Look <here>.", status="pending"))
    desk.change(ticket, colleague, Change(text="For us.", public=False, priority="urgent"))
    desk.customer_writes(ticket, "And now?", customer)
    scheme, reader = {
        "zendesk": (signatures.zendesk, zendesk_body.read),
        "intercom": (signatures.intercom, intercom_body.read),
    }[tap.name]
    found = []
    now = datetime.now(UTC)
    for content, headers, body in tap.sent:
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        signed = scheme(raw, content, ["secret"], now)
        assert isinstance(signed, Signed)
        outcome = reader(tap.name, body, signed, now)
        assert isinstance(outcome, Received)
        found.append(outcome)
    return found


@pytest.mark.parametrize(
    "hook", [ZendeskHook("http://x", "secret"), IntercomHook("http://x", "secret")]
)
def test_every_webhook_is_accepted_read_and_told_apart(hook: ZendeskHook | IntercomHook) -> None:
    """The conversation, who spoke and to whom, arrives whole through the webhooks."""
    received = told(Tap(hook))

    said = {message.id: message for each in received for message in each.ticket.messages}
    spoken = [(row.author, row.text, row.public) for row in said.values()]
    assert ("person", "Look <here>.", True) in spoken
    assert ("person", "For us.", False) in spoken
    assert ("customer", "And now?", True) in spoken
    assert {each.ticket.id for each in received} == {"1001"}
    assert len({each.event_id for each in received}) == len(received)
    assert received[-1].ticket.status == "open"
    assert "waiting" in {each.ticket.status for each in received}
