"""What the Slack edge does with what is not a plain click."""

import time
from typing import Any

import httpx
import pytest

from sandbox.slack.http_delivery import HttpCarrier
from storage.models import AuditEntry
from tests.company import ANA, ESCALATIONS, GENERAL, HOME, KNOWLEDGE
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


_FORM = "application/x-www-form-urlencoded"
_DEEP = b"[" * 50_000


def _reject(args: str) -> bytes:
    view = f'"id":"V1","type":"modal","callback_id":"approval.reject","private_metadata":"{args}"'
    view += ',"state":{"values":{"reason":{"reason":{"value":"Not in this case."}}}}'
    user = f'"user":{{"id":"{ANA}","team_id":"{HOME}"}}'
    return f'payload={{"type":"view_submission",{user},"view":{{{view}}}}}'.encode()


_RUBBISH = {
    "no UTF-8": (b"\xff\xfe\x00", _FORM),
    "no UTF-8 in JSON": (b'{"type":"\xff"}', "application/json"),
    "no JSON": (b"{", "application/json"),
    "no object": (b"[]", "application/json"),
    "no JSON in the form": (b"payload=%7B", _FORM),
    "a list in the form": (b"payload=%5B%5D", _FORM),
    "a number in the form": (b"payload=7", _FORM),
    "nothing in the form": (b"payload=", _FORM),
    "no UTF-8 in the form": (b"payload=%FF%FE", _FORM),
    "nested": (_DEEP, "application/json"),
    "nested objects": (b'{"a":' * 40_000, "application/json"),
    "nested in the form": (b"payload=" + _DEEP, _FORM),
    "nothing": (b"", _FORM),
    "an odd kind": (b"payload=%7B%7D", "image/png"),
    "an unknown type": (b'{"type":"something_new"}', "application/json"),
    "NUL": (b'payload={"type":"block_actions","user":{"id":"\\u0000"}}', _FORM),
    "half an emoji": (b'payload={"type":"block_actions","user":{"id":"\\ud83d"}}', _FORM),
    "actions that are none": (b'payload={"type":"block_actions","actions":7}', _FORM),
    "an action that is none": (b'payload={"type":"block_actions","actions":[7]}', _FORM),
    "a user that is none": (b'payload={"type":"block_actions","user":[],"actions":[{}]}', _FORM),
    "an event that is none": (b'{"type":"event_callback","event":7}', "application/json"),
    "a view that is none": (b'payload={"type":"view_submission","view":[]}', _FORM),
    "a command without a trigger": (b"command=%2Fkb&text=x&user_id=U1&team_id=T1", _FORM),
    "a click without a trigger": (
        b'payload={"type":"block_actions","user":{"id":"U1"},"actions":[{"action_id":"a.b"}]}',
        _FORM,
    ),
    "an action named by a number": (
        b'payload={"type":"block_actions","trigger_id":"1","actions":[{"action_id":7}]}',
        _FORM,
    ),
    "a form without an id": (
        b'payload={"type":"view_submission","view":{"callback_id":"a","state":{"values":{}}}}',
        _FORM,
    ),
    "half an emoji for a trigger": (
        b'payload={"type":"block_actions","trigger_id":"\\ud83d","actions":[{"action_id":"a.b"}]}',
        _FORM,
    ),
    "a challenge that is none": (b'{"type":"url_verification","event":null}', "application/json"),
    "a form of no type": (
        b'payload={"type":"view_submission",'
        b'"view":{"id":"V1","callback_id":"a.b","state":{"values":{}}}}',
        _FORM,
    ),
    "a container that is null": (
        b'payload={"type":"block_actions","trigger_id":"1","user":{"id":"U1"},"container":null,'
        b'"actions":[{"action_id":"approval.grant"}]}',
        _FORM,
    ),
    "typing in no form": (
        b'payload={"type":"block_actions","trigger_id":"1","user":{"id":"U1"},'
        b'"actions":[{"action_id":"text","type":"plain_text_input"}]}',
        _FORM,
    ),
    "a form whose blocks are none": (
        b'payload={"type":"block_actions","trigger_id":"1","user":{"id":"U1"},'
        b'"view":{"id":"V1","blocks":[7]},'
        b'"actions":[{"action_id":"text","type":"plain_text_input"}]}',
        _FORM,
    ),
    "a form whose state is none": (
        b'payload={"type":"block_actions","trigger_id":"1","user":{"id":"U1"},'
        b'"view":{"id":"V1","type":"modal","state":[7]},"actions":[{"action_id":"a.b"}]}',
        _FORM,
    ),
    "a number that no database holds": (_reject('{\\"approval\\":%s}' % ("9" * 40)), _FORM),
    "half an emoji in a card's word": (
        _reject('{\\"approval\\":1,\\"version\\":1,\\"digest\\":\\"\\\\ud83d\\"}'),
        _FORM,
    ),
    "authorizations that are none": (
        b'{"type":"event_callback","event_id":"E1","event":{"type":"x"},"authorizations":7}',
        "application/json",
    ),
    "an authorization that is none": (
        b'{"type":"event_callback","event_id":"E1","event":{"type":"x"},"authorizations":[7]}',
        "application/json",
    ),
    "an enterprise that is a number": (
        b'{"type":"event_callback","event_id":"E1","event":{"type":"x"},"enterprise":7}',
        "application/json",
    ),
    "an event's team that is a number": (
        b'{"type":"event_callback","event_id":"E1","event":{"type":"x","team":7}}',
        "application/json",
    ),
    "addresses that are none": (
        b'payload={"type":"shortcut","callback_id":"a","trigger_id":"1","response_urls":[7]}',
        _FORM,
    ),
    "a form whose inputs are none": (
        b'payload={"type":"view_submission","view":{"id":"V1","callback_id":"a.b",'
        b'"state":{"values":{"a":7}}}}',
        _FORM,
    ),
}


def test_what_cannot_be_read_is_refused_and_breaks_nothing(world: World) -> None:
    """Law: also under Slack's own signature there is no answer that says we are broken."""
    for kind, (body, content_type) in _RUBBISH.items():
        answer = _post(world, body, **_signed(world, body), **{"Content-Type": content_type})
        assert answer.status_code < 500, kind
    with world.looking() as uow:
        assert {entry.kind for entry in uow.session.query(AuditEntry)} <= {"refused", "started"}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'payload={"type":"llama","view":{"callback_id":"llama"}}', _FORM),
        (b"command=%2Fllama&text=llama&trigger_id=1.2.3", _FORM),
        (b'payload={"type":"shortcut","callback_id":"llama","trigger_id":"1"}', _FORM),
    ],
)
def test_what_nobody_takes_leaves_none_of_its_words_in_the_log(
    world: World, body: bytes, content_type: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Law: also where the framework would quote what it found no listener for."""
    answer = _post(world, body, **_signed(world, body), **{"Content-Type": content_type})
    assert answer.status_code == 200
    assert "llama" not in caplog.text
