"""Answers through a response url."""

from typing import Any

import pytest

from tests.sandbox.slack.stage import Stage, card

Json = dict[str, Any]


def url_of_click(stage: Stage, channel: str = "C1") -> tuple[str, str]:
    """The response url of a click, and the ts of the message it was on."""
    ts = stage.post_card(channel)
    stage.click("U1", ts, channel)
    return str(stage.bot.next_payload("block_actions")["response_url"]), ts


def answer(stage: Stage, url: str, **content: Any) -> tuple[int, str]:
    response = stage.http.post(url, json=content)
    error = "" if response.text == "ok" else str(response.json()["error"])
    return response.status_code, error


def test_a_response_url_works_five_times(stage: Stage) -> None:
    """The sixth use is refused; an invented url never worked."""
    url, _ = url_of_click(stage)

    answers = [answer(stage, url, text=str(n)) for n in range(6)]

    assert answers == [(200, "")] * 5 + [(404, "used_url")]
    assert answer(stage, f"{url}x", text="x") == (404, "invalid_url")


def test_a_response_url_expires(stage: Stage) -> None:
    """After thirty minutes (none, here) it is refused."""
    stage.workspace.timing.response_url_s = 0.0
    url, _ = url_of_click(stage)

    assert answer(stage, url, text="Late") == (404, "expired_url")


def test_an_answer_is_for_the_clicker_alone_unless_it_says_otherwise(stage: Stage) -> None:
    """Ephemeral by default, for everybody with in_channel."""
    url, _ = url_of_click(stage)
    answer(stage, url, text="For you")
    answer(stage, url, text="For all", response_type="in_channel")

    assert [message["text"] for message in stage.see("U1", "C1")][1:] == ["For you", "For all"]
    assert [message["text"] for message in stage.see("U2", "C1")][1:] == ["For all"]


def test_an_answer_may_stand_in_a_thread(stage: Stage) -> None:
    """thread_ts puts it below the message."""
    url, ts = url_of_click(stage)

    answer(stage, url, text="Below", thread_ts=ts)

    assert [message["text"] for message in stage.see("U1", "C1", thread=ts)] == ["Card", "Below"]


def test_replacing_takes_away_what_the_answer_leaves_out(stage: Stage) -> None:
    """replace_original redraws the clicked card and needs no membership or quota."""
    url, _ = url_of_click(stage)
    stage.do("U1", "leave", channel="C1", user="U0BOT")

    assert answer(stage, url, text="Decided", replace_original=True) == (200, "")

    [message] = stage.see("U1", "C1")
    assert (message["text"], "blocks" in message) == ("Decided", False)


def test_deleting_takes_the_card_away(stage: Stage) -> None:
    """delete_original removes it, and there is nothing left to replace."""
    url, _ = url_of_click(stage)

    assert answer(stage, url, delete_original=True) == (200, "")
    assert stage.see("U1", "C1") == []
    assert answer(stage, url, text="x", replace_original=True) == (404, "message_not_found")


def test_an_ephemeral_card_is_replaced_and_deleted_too(stage: Stage) -> None:
    """A click on it carries no message, yet its url reaches it."""
    ts = stage.web.chat_postEphemeral(channel="C1", user="U1", text="Psst", blocks=card())[
        "message_ts"
    ]
    stage.click("U1", str(ts))
    sent = stage.bot.next_payload("block_actions")
    url = sent["response_url"]

    answer(stage, url, text="Changed", replace_original=True)
    changed = stage.see("U1", "C1")
    answer(stage, url, delete_original=True)

    assert (sent["container"]["is_ephemeral"], "message" in sent) == (True, False)
    assert [message["text"] for message in changed] == ["Changed"]
    assert stage.see("U1", "C1") == []


@pytest.mark.parametrize("body", ["[]", "{", '"x"'])
def test_an_answer_that_is_no_object_is_refused(stage: Stage, body: str) -> None:
    """The body is a JSON object; blocks are checked as in a post."""
    url, _ = url_of_click(stage)

    assert stage.http.post(url, content=body).json()["error"] == "invalid_payload"
    assert answer(stage, url, blocks=[{"type": "marquee"}]) == (400, "invalid_blocks")
