"""Rate limits, real and scaled."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.slack.stage import Stage


@pytest.fixture(autouse=True)
def real_quotas(stage: Stage) -> None:
    stage.workspace.quota_scale = 1.0


def test_more_than_a_message_a_second_in_a_channel_is_refused(stage: Stage) -> None:
    """The second post at once answers 429 with Retry-After; another channel is free."""
    stage.web.chat_postMessage(channel="C1", text="Once")
    with pytest.raises(SlackApiError) as refused:
        stage.web.chat_postMessage(channel="C1", text="Again")

    answer = refused.value.response
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert int(answer.headers["Retry-After"]) >= 1
    assert stage.web.chat_postMessage(channel="G1", text="Free")["ok"]


@pytest.mark.parametrize(("method", "limit"), [("chat.update", 50), ("users.list", 20)])
def test_a_method_past_its_tier_is_refused(stage: Stage, method: str, limit: int) -> None:
    """Tiers count calls a minute, whatever comes of them."""
    answers = [stage.call(method, channel="C1", ts="1.000001") for _ in range(limit + 1)]

    assert [answer["error"] for answer in answers if not answer["ok"]][-1] == "ratelimited"
    assert answers[limit - 1].get("error") != "ratelimited"


def test_a_load_run_scales_quotas_and_the_factor_can_be_read(stage: Stage) -> None:
    """Every limit is multiplied; the journal says by how much and what was refused."""
    stage.http.post("/sandbox/slack/settings", json={"quota_scale": 100})

    answers = [stage.call("chat.postMessage", channel="C1", text="Again") for _ in range(60)]
    told = stage.http.get("/sandbox/slack/log").json()

    assert all(answer["ok"] for answer in answers)
    assert (told["quota_scale"], told["refused_by_quota"]) == (100, {})


def test_the_workspace_counts_what_it_refused(stage: Stage) -> None:
    """Refusals by quota are counted by method, with real quotas."""
    for _ in range(8):
        stage.call("chat.postMessage", channel="C1", text="Again")

    told = stage.http.get("/sandbox/slack/log").json()

    assert told["quota_scale"] == 1
    assert told["refused_by_quota"]["chat.postMessage"] >= 1
