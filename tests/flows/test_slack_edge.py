"""What the Slack edge does with what is not a plain click."""

import time
from typing import Any

import httpx
import pytest

from sandbox.slack.http_delivery import HttpCarrier
from tests.company import ANA, ESCALATIONS, GENERAL, KNOWLEDGE
from tests.flows.scenes import audit, claimed, escalated, reply
from tests.flows.screen import Seen, card, messages, told
from tests.world import World


def _post(world: World, body: bytes, **headers: str) -> httpx.Response:
    return httpx.post(f"{world.server.url}/slack/events", content=body, headers=headers)


def _signed(world: World, body: bytes) -> dict[str, str]:
    return HttpCarrier(world.workspace)._signature(body)


def test_a_call_that_slack_did_not_sign_is_refused(world: World) -> None:
    """Law: nothing is read before its signature holds."""
    body = b'{"type":"event_callback"}'
    signed = _signed(world, body)
    assert _post(world, body).status_code == 401
    assert _post(world, body + b" ", **signed).status_code == 401
    old = signed | {"X-Slack-Request-Timestamp": str(int(time.time()) - 3600)}
    assert _post(world, body, **old).status_code == 401


def test_slacks_question_for_the_address_is_answered(world: World) -> None:
    body = b'{"type":"url_verification","challenge":"abc","token":"x"}'
    answer = _post(world, body, **_signed(world, body), **{"Content-Type": "application/json"})
    assert (answer.status_code, "abc" in answer.text) == (200, True)


@pytest.mark.parametrize("kind", ["message", "user_change", "team_join", "something_new"])
def test_an_event_nobody_asked_for_is_acknowledged(world: World, kind: str) -> None:
    """Law: Slack switches an app off that answers 404 to well-signed calls."""
    body = b'{"type":"event_callback","event_id":"Ev1","event":{"type":"%s"}}' % kind.encode()
    answer = _post(world, body, **_signed(world, body), **{"Content-Type": "application/json"})
    assert answer.status_code == 200


def test_an_event_delivered_twice_is_handled_once(world: World) -> None:
    """Law: the platform's own id makes a repetition recognisable."""
    world.workspace.faults.duplicate = 1.0
    world.do(ANA, "post", channel=GENERAL, text="<@U0BOT> me")
    world.settle()
    shown = [one for one in world.see(ANA, GENERAL) if one["ephemeral"]]
    assert len(shown) == 1


def test_a_lost_click_can_be_pressed_again(world: World) -> None:
    _, seen = escalated(world)
    world.workspace.faults.lose = 1.0
    assert not seen.press("Claim")["ok"]
    world.workspace.faults.lose = 0.0
    assert seen.press("Claim")["ok"]
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text


def test_a_form_that_cannot_open_is_said_so(world: World) -> None:
    """Law: a press that leads nowhere is explained."""
    _, seen = escalated(world)
    world.workspace.faults.methods = ["views.open"]
    world.workspace.faults.error_500 = 1.0
    answer = seen.press("Show the conversation")
    assert answer["ok"]
    assert told(world, ANA, ESCALATIONS).startswith("Slack could not open the form in time.")


@pytest.mark.parametrize("fault", ["error_500", "drop_after_commit"])
def test_who_mentions_the_bot_hears_something_in_the_end(world: World, fault: str) -> None:
    """Law: an answer that Slack did not take is not silence, and Slack repeats nothing."""
    faults = world.workspace.faults
    faults.methods = ["chat.postEphemeral"]
    setattr(faults, fault, 1.0)
    world.do(ANA, "post", channel=GENERAL, text="<@U0BOT> me")
    setattr(faults, fault, 0.0)
    world.later(minutes=1)
    assert told(world, ANA, GENERAL) == "Slack did not take the answer. Please ask again."


def test_words_that_no_database_stores_are_answered_like_others(world: World) -> None:
    """Law: a NUL in a form, a command or a message is shown as unreadable, on both databases."""
    ticket, seen = claimed(world)
    reply(world, seen, "Here it\0is.")
    assert world.customer_reads(ticket)[-1] == "Here it\ufffdis."
    for act in (
        {"act": "command", "command": "/kb", "text": "why do llamas\0hum?"},
        {"act": "post", "text": "<@U0BOT> kb why do emus\0boom?"},
    ):
        world.do(ANA, channel=GENERAL, **act)
        asked = [one for one in world.see(ANA, GENERAL) if one["ephemeral"]][-1]
        Seen(world, ANA, GENERAL, asked).press("Report the gap")
    gaps = messages(world, ANA, KNOWLEDGE)
    shown = "".join(gap.text for gap in gaps)
    assert "llamas\ufffdhum" in shown and "emus\ufffdboom" in shown
    posted = world.do(ANA, "post", channel=GENERAL, text="The rota\0is empty.")
    world.do(ANA, "shortcut", channel=GENERAL, ts=posted["ts"], callback_id="ticket.make")
    assert "went wrong" not in told(world, ANA, GENERAL)


def test_what_breaks_is_answered_with_a_number_and_no_inside(world: World) -> None:
    """Law: after a bug the person is told to try again, and nothing leaks."""
    _, seen = escalated(world)

    def broken(command: Any, origin: Any = None) -> Any:
        raise RuntimeError("secret inside")

    bus = world.backstop.bus
    bus.submit = broken  # type: ignore[method-assign]
    try:
        answer = seen.press("Claim")
    finally:
        del bus.submit
    assert not answer["ok"]
    words = told(world, ANA, ESCALATIONS)
    assert words.startswith("Something went wrong here (incident ")
    assert "secret" not in words
    assert audit(world, "refused") == []
    assert len(messages(world, ANA, ESCALATIONS)) == 1
