"""Posting, changing, finding and hiding messages."""

from typing import Any

import pytest

from tests.sandbox.slack.stage import Stage, card


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C2", "not_in_channel"),
        ("G2", "channel_not_found"),
        ("C9", "channel_not_found"),
        ("C3", "is_archived"),
        ("U5", "user_disabled"),
        ("U0BOT", "cannot_dm_bot"),
    ],
)
def test_the_app_posts_only_where_it_is_a_member(stage: Stage, channel: str, error: str) -> None:
    """A private channel it is not in does not even exist for the app."""
    assert error == stage.call("chat.postMessage", channel=channel, text="Hello")["error"]


def test_history_of_a_channel_one_is_not_in_is_refused(stage: Stage) -> None:
    """Reading needs membership as posting does."""
    assert stage.call("conversations.history", channel="C2")["error"] == "not_in_channel"
    assert stage.call("conversations.history", channel="G2")["error"] == "channel_not_found"


def test_history_is_newest_first_and_pages_without_gaps(stage: Stage) -> None:
    """Cursors walk the whole history; bounds are exclusive unless asked for."""
    stamps = [stage.do("U1", "post", channel="C1", text=str(n))["ts"] for n in range(5)]
    seen: list[str] = []
    for page in stage.web.conversations_history(channel="C1", limit=2):
        seen += [message["ts"] for message in page["messages"]]

    def between(**more: Any) -> list[str]:
        bounds = {"oldest": stamps[1], "latest": stamps[3], **more}
        found = stage.web.conversations_history(channel="C1", **bounds)
        return [message["ts"] for message in found["messages"]]

    assert stamps[::-1] == seen
    assert [stamps[2]] == between()
    assert [stamps[3], stamps[2], stamps[1]] == between(inclusive=True)


def test_metadata_is_kept_and_returned_only_when_asked_for(stage: Stage) -> None:
    """The outbox id of a post can be found again with include_all_metadata."""
    metadata = {"event_type": "delivery", "event_payload": {"id": "17"}}
    stage.web.chat_postMessage(channel="C1", text="Card", metadata=metadata)

    plain = stage.web.conversations_history(channel="C1")["messages"][0]
    full = stage.web.conversations_history(channel="C1", include_all_metadata=True)["messages"][0]

    assert "metadata" not in plain
    assert metadata == full["metadata"]


def test_metadata_of_another_shape_is_refused(stage: Stage) -> None:
    """Metadata is an event type and a payload object."""
    answer = stage.call("chat.postMessage", channel="C1", text="x", metadata={"id": 17})

    assert answer["error"] == "invalid_metadata_format"


def test_replies_stand_below_their_parent(stage: Stage) -> None:
    """A thread counts its replies, stays out of the channel, and lists the parent first."""
    root = stage.post_card()
    reply = stage.web.chat_postMessage(channel="C1", thread_ts=root, text="Claimed")["ts"]

    [parent] = stage.web.conversations_history(channel="C1")["messages"]
    thread = stage.web.conversations_replies(channel="C1", ts=root)["messages"]

    assert (1, reply) == (parent["reply_count"], parent["latest_reply"])
    assert [root, reply] == [message["ts"] for message in thread]
    answer = stage.call("chat.postMessage", channel="C1", thread_ts="1.000001", text="x")
    assert answer["error"] == "thread_not_found"


def test_an_update_keeps_what_it_leaves_out(stage: Stage) -> None:
    """Blocks go only when an empty list is given; the message is marked as edited."""
    ts = stage.post_card()

    kept = stage.web.chat_update(channel="C1", ts=ts, text="Decided")["message"]
    gone = stage.web.chat_update(channel="C1", ts=ts, text="Decided", blocks=[])["message"]

    assert (len(kept["blocks"]), gone["blocks"]) == (1, [])
    assert "edited" in gone


def test_nobody_elses_message_can_be_changed(stage: Stage) -> None:
    """An app updates and deletes its own messages alone."""
    ts = stage.do("U1", "post", channel="C1", text="Mine")["ts"]

    assert (
        stage.call("chat.update", channel="C1", ts=ts, text="x")["error"] == "cant_update_message"
    )
    assert stage.call("chat.delete", channel="C1", ts=ts)["error"] == "cant_delete_message"
    assert stage.call("chat.delete", channel="C1", ts="1.000001")["error"] == "message_not_found"


def test_an_ephemeral_is_seen_by_one_person_and_kept_by_no_history(stage: Stage) -> None:
    """Only the addressee sees it, and it cannot be updated."""
    ts = stage.web.chat_postEphemeral(channel="C1", user="U1", text="Not you", blocks=card())[
        "message_ts"
    ]

    assert [message["ephemeral"] for message in stage.see("U1", "C1")] == [True]
    assert stage.see("U2", "C1") == []
    assert stage.web.conversations_history(channel="C1")["messages"] == []
    assert stage.call("chat.update", channel="C1", ts=ts, text="x")["error"] == "message_not_found"
    outside = stage.call("chat.postEphemeral", channel="C1", user="U3", text="x")
    assert outside["error"] == "user_not_in_channel"


def test_a_post_to_a_person_lands_in_their_direct_message(stage: Stage) -> None:
    """Posting to a user id and conversations.open lead to the same conversation."""
    channel = stage.web.chat_postMessage(channel="U1", text="Reminder")["channel"]

    assert channel == stage.web.conversations_open(users="U1")["channel"]["id"]
    assert [message["text"] for message in stage.see("U1", channel)] == ["Reminder"]


def test_permalinks_and_reactions_need_the_message(stage: Stage) -> None:
    """A link names channel and message; one app reacts once."""
    ts = stage.post_card()
    link = stage.web.chat_getPermalink(channel="C1", message_ts=ts)["permalink"]
    stage.web.reactions_add(channel="C1", timestamp=ts, name="eyes")

    again = stage.call("reactions.add", channel="C1", timestamp=ts, name="eyes")

    assert link.endswith(f"/archives/C1/p{ts.replace('.', '')}")
    assert again["error"] == "already_reacted"
