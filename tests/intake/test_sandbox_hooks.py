"""What the stand-in help desk sends is what the door takes."""

from typing import Any

import httpx
import pytest

from sandbox.helpdesk import Change, HelpDesk, IntercomHook, ZendeskHook
from sandbox.helpdesk.records import DeskEvent
from tests.intake.calls import NOW, Core, door, post


class Recorder:
    """Keeps the bodies of a hook instead of delivering them."""

    url = ""
    timeout = 1.0

    def __init__(self, hook: ZendeskHook | IntercomHook) -> None:
        self.name = hook.name
        self.hook = hook
        self.bodies: list[dict[str, Any]] = []

    def body(self, event: DeskEvent) -> dict[str, Any] | None:
        if body := self.hook.body(event):
            self.bodies.append(body)
        return None

    def request(
        self, body: dict[str, Any], attempt: int, now: float
    ) -> tuple[bytes, dict[str, str]]:
        return self.hook.request(body, attempt, now)

    def wait(self, attempt: int, answer: httpx.Response | None) -> float | None:
        return None


@pytest.mark.parametrize(
    ("hook", "needs_fetch"),
    [
        (ZendeskHook("", "zendesk-secret"), [True, False, True, False, False]),
        (IntercomHook("", "intercom-secret"), [False, False, True, False, False]),
    ],
    ids=["zendesk", "intercom"],
)
def test_every_delivery_of_the_stand_in_is_received(
    hook: ZendeskHook | IntercomHook, needs_fetch: list[bool]
) -> None:
    """
    A ticket opened, gone on with, answered, set to waiting and made urgent: five calls, each taken.
    """
    recorder = Recorder(hook)
    desk = HelpDesk(hooks=[recorder], now=NOW.timestamp)
    kim = desk.directory.customer("kim@shop.example", "Kim")
    ticket = desk.open_ticket(kim, "Late", Change(text="Where is it?"))
    desk.customer_writes(ticket, "Hello?", kim)
    desk.change(ticket, desk.bot, Change(text="On its way."))
    desk.change(ticket, desk.bot, Change(status="pending"))
    desk.change(ticket, desk.bot, Change(priority="urgent"))
    core = Core()
    app = door(core, hook.name)

    for body in recorder.bodies:
        content, sent = recorder.request(body, 1, NOW.timestamp())
        headers = [(name.lower().encode(), value.encode()) for name, value in sent.items()]
        assert post(app, hook.name, content, headers).status == 200

    assert needs_fetch == [received.needs_fetch for received in core.accepted]
    assert {str(ticket.id)} == {received.ticket.id for received in core.accepted}
    assert core.accepted[1].ticket.messages[-1].text == "Hello?"
    assert core.accepted[-1].ticket.status == "waiting"
