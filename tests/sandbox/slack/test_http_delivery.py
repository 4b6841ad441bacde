"""Signed deliveries, and which of them come again."""

from threading import Event
from typing import Any

import anyio
import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tests.sandbox.slack.stage import Received, Stage

Json = dict[str, Any]


def impatient(stage: Stage) -> None:
    """Slack's retry delays, compressed."""
    stage.workspace.timing.retry_delays_s = (0.0, 0.01, 0.02)


def test_every_delivery_is_signed_over_its_raw_body(stage: Stage) -> None:
    """The SDK's own verifier accepts events, clicks and commands, and no changed body."""
    verifier = SignatureVerifier(stage.workspace.signing_secret)
    stage.click("U1", stage.post_card())
    stage.do("U1", "command", channel="C1", command="/kb", text="refunds & more")

    seen = [stage.bot.next() for _ in range(3)]

    assert all(verifier.is_valid_request(one.raw, one.headers) for one in seen)
    assert not any(verifier.is_valid_request(one.raw + b" ", one.headers) for one in seen)


def test_an_event_that_fails_comes_three_times_more(stage: Stage) -> None:
    """The same event id, a fresh signature, and headers that count and name the reason."""
    impatient(stage)
    stage.bot.answer = lambda payload: Response(status_code=500)
    stage.do("U1", "post", channel="C1", text="Hello")

    seen = [stage.bot.next() for _ in range(4)]
    counts = [one.headers.get("x-slack-retry-num") for one in seen]
    reasons = [one.headers.get("x-slack-retry-reason") for one in seen]

    assert len({one.payload["event_id"] for one in seen}) == 1
    assert counts == [None, "1", "2", "3"]
    assert reasons == [None, "http_error", "http_error", "http_error"]


def test_a_slow_event_comes_again(stage: Stage) -> None:
    """An answer after the deadline is no answer."""
    impatient(stage)
    stage.workspace.timing.ack_s = 0.05
    release = Event()
    first = True

    async def slow(request: Request) -> Response:
        nonlocal first
        stage.bot.received.put(Received(await request.body(), dict(request.headers)))
        if first:
            first = False
            await anyio.to_thread.run_sync(release.wait)
        return Response()

    stage.bot.instead = slow
    stage.do("U1", "post", channel="C1", text="Hello")
    seen = [stage.bot.next() for _ in range(2)]
    release.set()

    assert seen[1].headers["x-slack-retry-reason"] == "http_timeout"


def test_a_bot_may_ask_for_no_retry(stage: Stage) -> None:
    """X-Slack-No-Retry on a failure ends the matter."""
    impatient(stage)
    stage.bot.answer = lambda payload: Response(status_code=500, headers={"X-Slack-No-Retry": "1"})
    stage.do("U1", "post", channel="C1", text="One")
    stage.bot.next()
    stage.bot.answer = lambda payload: Response()
    stage.do("U1", "post", channel="C1", text="Two")

    assert stage.bot.next_event("message")["text"] == "Two"


def test_redirects_are_followed_twice(stage: Stage) -> None:
    """A bot that redirects for ever fails with a reason of its own."""
    impatient(stage)
    stage.bot.answer = lambda payload: RedirectResponse("/bot", 307)
    stage.do("U1", "post", channel="C1", text="Hello")

    reasons = {stage.bot.next().headers.get("x-slack-retry-reason") for _ in range(4)}

    assert "too_many_redirects" in reasons


@pytest.mark.parametrize("gesture", ["click", "command"])
def test_a_gesture_is_never_delivered_again(stage: Stage, gesture: str) -> None:
    """The person sees an error and presses again; Slack does not repeat it for them."""
    impatient(stage)
    ts = stage.post_card()
    stage.bot.next_event("message")
    stage.bot.answer = lambda payload: Response(status_code=500)

    if gesture == "click":
        answer = stage.click("U1", ts)
    else:
        answer = stage.do("U1", "command", channel="C1", command="/kb", text="x")
    stage.bot.next()
    stage.bot.answer = lambda payload: Response()
    stage.do("U1", "post", channel="C1", text="After")

    assert not answer["ok"]
    assert stage.bot.next().payload["event"]["text"] == "After"


def test_a_click_on_a_bot_that_is_away_says_so(stage: Stage) -> None:
    """Nobody listens; the person reads that it did not work."""
    ts = stage.post_card()
    stage.workspace.events_url = "http://127.0.0.1:1/none"

    answer = stage.click("U1", ts)

    assert answer["error"] == "Slack: that didn't work (connection_failed)"


def test_a_click_unanswered_for_three_seconds_timed_out(stage: Stage) -> None:
    """The deadline (shortened here) ends in Slack's words for it."""
    ts = stage.post_card()
    stage.workspace.timing.ack_s = 0.05
    release = Event()

    async def slow(request: Request) -> Response:
        await anyio.to_thread.run_sync(release.wait)
        return Response()

    stage.bot.instead = slow
    answer = stage.click("U1", ts)
    release.set()

    assert answer["error"] == "Slack: that didn't work (timeout)"


def test_a_click_carries_everything_slack_sends(stage: Stage) -> None:
    """Who, where, on which message, with which value, and the ways to answer."""
    ts = stage.post_card(metadata={"event_type": "x", "event_payload": {}})
    stage.click("U1", ts)

    sent = stage.bot.next_payload("block_actions")

    assert sent["user"] == {"id": "U1", "username": "ana", "name": "ana", "team_id": "T1"}
    assert sent["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C1",
        "is_ephemeral": False,
    }
    assert (sent["team"], sent["enterprise"]) == ({"id": "T1", "domain": "nordlicht"}, None)
    assert (sent["is_enterprise_install"], sent["api_app_id"]) == (False, "A1")
    assert (sent["channel"], sent["state"]) == ({"id": "C1", "name": "general"}, {"values": {}})
    assert (sent["message"]["ts"], "metadata" in sent["message"]) == (ts, False)
    [action] = sent["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "card", "17")
    assert (action["type"], action["text"]["text"]) == ("button", "Go")
    assert sent["response_url"].startswith(f"{stage.url}/response/")
    assert {"trigger_id", "token"} <= sent.keys()
