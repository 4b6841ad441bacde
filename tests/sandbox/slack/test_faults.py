"""What can be made to go wrong."""

import asyncio
import http.client
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.faults import Dice
from tests.sandbox.slack.stage import Stage

Json = dict[str, Any]


def deliveries(stage: Stage) -> list[Json]:
    """The deliveries in the journal once none is on its way."""
    told = stage.http.get("/sandbox/slack/log").json()
    while told["events_pending"]:
        told = stage.http.get("/sandbox/slack/log").json()
    lines = told["log"]
    return [line for line in lines if "kind" in line]


def test_a_lost_event_is_lost_for_good(stage: Stage) -> None:
    """Slack does lose events: no retry follows, and the journal knows."""
    stage.workspace.timing.retry_delays_s = (0.0, 0.0, 0.0)
    stage.workspace.faults.lose = 1.0
    stage.do("U1", "post", channel="C1", text="Lost")
    stage.workspace.faults.lose = 0.0
    stage.do("U1", "post", channel="C1", text="Found")

    assert stage.bot.next_event("message")["text"] == "Found"
    assert [line["status"] for line in deliveries(stage)] == ["lost", 200]


def test_a_lost_click_looks_like_a_timeout(stage: Stage) -> None:
    """The person learns that it did not work; the bot learns nothing."""
    ts = stage.post_card()
    stage.bot.next()
    stage.workspace.faults.lose = 1.0

    assert stage.click("U1", ts)["error"] == "Slack: that didn't work (timeout)"
    assert stage.bot.received.empty()


def test_a_doubled_delivery_is_the_same_bytes(stage: Stage) -> None:
    """Event id, body and signature are equal: only the receiver can tell."""
    stage.workspace.faults.duplicate = 1.0
    stage.do("U1", "post", channel="C1", text="Twice")

    first, second = stage.bot.next(), stage.bot.next()

    assert first.raw == second.raw
    assert first.headers["x-slack-signature"] == second.headers["x-slack-signature"]


def test_a_reordered_delivery_is_overtaken(stage: Stage) -> None:
    """The second message arrives first."""
    stage.workspace.timing.overtake_s = 5.0
    stage.workspace.faults.reorder = 1.0
    stage.do("U1", "post", channel="C1", text="First")
    stage.workspace.faults.reorder = 0.0
    stage.do("U1", "post", channel="C1", text="Second")

    seen = [stage.bot.next().payload["event"]["text"] for _ in range(2)]

    assert seen == ["Second", "First"]


def test_a_late_delivery_comes_after_its_delay(stage: Stage) -> None:
    """What happened later but was not delayed arrives before it."""
    stage.workspace.faults.delay, stage.workspace.faults.delay_s = 1.0, 0.2
    stage.do("U1", "post", channel="C1", text="Late")
    stage.workspace.faults.delay = 0.0
    stage.do("U1", "post", channel="C1", text="Prompt")

    seen = [stage.bot.next().payload["event"]["text"] for _ in range(2)]

    assert seen == ["Prompt", "Late"]


def test_a_post_is_committed_though_its_answer_is_dropped(stage: Stage) -> None:
    """The connection closes without a byte; the message stands, with its metadata."""
    stage.workspace.faults.drop_after_commit = 1.0
    metadata = {"event_type": "delivery", "event_payload": {"id": "17"}}

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        stage.web.chat_postMessage(channel="C1", text="Once", metadata=metadata)

    [found] = stage.web.conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert found["metadata"] == metadata


def test_the_default_client_doubles_a_post_whose_answer_was_dropped(stage: Stage) -> None:
    """The SDK sends it again on its own: the very trap this fault is for."""
    stage.workspace.faults.drop_after_commit = 1.0

    async def post() -> None:
        web = AsyncWebClient(token=stage.workspace.bot_token, base_url=f"{stage.url}/api/")
        await web.chat_postMessage(channel="C1", text="Again")

    with pytest.raises(aiohttp.ServerDisconnectedError):
        asyncio.run(post())

    assert len(stage.see("U1", "C1")) == 2


def test_an_error_500_does_nothing(stage: Stage) -> None:
    """Half the picture of a failing platform: refused before anything was done."""
    stage.workspace.faults.error_500 = 1.0
    stage.workspace.faults.methods = ["chat.postMessage"]
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}"}

    answer = stage.http.post("/api/chat.postMessage", json={"channel": "C1"}, headers=headers)

    assert (answer.status_code, stage.see("U1", "C1")) == (500, [])
    assert stage.web.auth_test()["ok"]


def test_a_hanging_method_is_late_and_right(stage: Stage) -> None:
    """It answers after the time set, and then as always."""
    stage.workspace.faults.hang, stage.workspace.faults.hang_s = 1.0, 0.1

    with pytest.raises(TimeoutError):
        impatient(stage)

    assert stage.web.auth_test()["ok"]


def impatient(stage: Stage) -> None:
    """A call that waits for 10 ms."""

    async def call() -> None:
        async with asyncio.timeout(0.01):
            web = AsyncWebClient(token=stage.workspace.bot_token, base_url=f"{stage.url}/api/")
            await web.auth_test()

    asyncio.run(call())


def test_a_workspace_may_refuse_everything_for_a_while(stage: Stage) -> None:
    """429 with the Retry-After set, or 503 for all methods and response urls."""
    stage.click("U1", stage.post_card())
    url = stage.bot.next_payload("block_actions")["response_url"]
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}"}
    stage.workspace.faults.ratelimited, stage.workspace.faults.retry_after_s = True, 7
    limited = stage.http.get("/api/auth.test", headers=headers)
    stage.workspace.faults.down = True
    down = stage.http.get("/api/auth.test", headers=headers)

    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert (down.status_code, stage.http.post(url, json={}).status_code) == (503, 503)


def test_the_same_seed_gives_the_same_faults() -> None:
    """A run can be played again: chance depends on the seed and the order of questions."""

    def rolls(seed: int) -> list[bool]:
        dice = Dice(seed)
        return [dice.says(0.5, seed) for _ in range(50)]

    assert rolls(3) == rolls(3)
    assert rolls(3) != rolls(4)
