"""Which events the app gets, and what they look like."""

import copy

import pytest

from sandbox.slack import ManifestError
from tests.sandbox.slack.stage import Stage, manifest


def test_an_event_comes_in_slacks_envelope(stage: Stage) -> None:
    """Team, app, authorizations and a unique id stand around the event."""
    ts = stage.do("U1", "post", channel="C1", text="a < b & <!channel>")["ts"]

    envelope = stage.bot.next().payload
    event = envelope["event"]

    assert (envelope["type"], envelope["team_id"], envelope["api_app_id"]) == (
        "event_callback",
        "T1",
        "A1",
    )
    assert envelope["authorizations"][0]["user_id"] == "U0BOT"
    assert envelope["event_id"].startswith("Ev")
    assert (event["type"], event["user"], event["ts"]) == ("message", "U1", ts)
    assert (event["channel"], event["channel_type"]) == ("C1", "channel")
    assert event["text"] == "a &lt; b &amp; &lt;!channel&gt;"
    assert event["client_msg_id"]


def test_a_mention_comes_as_two_events_with_one_timestamp(stage: Stage) -> None:
    """message and app_mention share a ts and differ in event id."""
    stage.do("U1", "post", channel="G1", text="@backstop refund this")

    seen = [stage.bot.next().payload for _ in range(2)]
    by_type = {one["event"]["type"]: one for one in seen}

    assert by_type.keys() == {"message", "app_mention"}
    assert len({one["event"]["ts"] for one in seen}) == 1
    assert len({one["event_id"] for one in seen}) == 2
    assert by_type["app_mention"]["event"]["text"] == "<@U0BOT> refund this"


def test_direct_messages_edits_and_deletions_arrive(stage: Stage) -> None:
    """message.im for the DM, then message_changed and message_deleted with what was before."""
    channel = stage.web.conversations_open(users="U1")["channel"]["id"]
    ts = stage.do("U1", "post", channel=channel, text="Hello")["ts"]
    said = stage.bot.next_event("message")
    stage.do("U1", "edit", channel=channel, ts=ts, text="Hullo")
    changed = stage.bot.next_event("message.message_changed")
    stage.do("U1", "delete", channel=channel, ts=ts)
    deleted = stage.bot.next_event("message.message_deleted")

    assert (said["channel_type"], said["channel"]) == ("im", channel)
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("Hello", "Hullo")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "Hullo")


def test_nothing_is_heard_from_a_channel_the_app_is_not_in(stage: Stage) -> None:
    """Events stop at membership."""
    stage.do("U1", "post", channel="C2", text="Unheard")
    stage.do("U1", "post", channel="C1", text="Heard")

    assert stage.bot.next().payload["event"]["text"] == "Heard"


def test_channels_and_people_announce_their_changes(stage: Stage) -> None:
    """Joining, archiving, deleting, Home and changed accounts each have their event."""
    stage.do("U1", "join", channel="C1", user="U3")
    joined = stage.bot.next_event("member_joined_channel")
    stage.do("U1", "archive", channel="C1")
    archived = stage.bot.next_event("channel_archive")
    stage.do("U1", "delete_channel", channel="C1")
    deleted = stage.bot.next_event("channel_deleted")
    stage.do("U1", "change_person", user="U2", changes={"deleted": True})
    changed = stage.bot.next_event("user_change")
    stage.do("U1", "open_home")
    opened = stage.bot.next_event("app_home_opened")

    assert (joined["user"], joined["inviter"]) == ("U3", "U1")
    assert (archived["channel"], deleted["channel"]) == ("C1", "C1")
    assert (changed["user"]["id"], changed["user"]["deleted"]) == ("U2", True)
    assert (opened["user"], opened["tab"]) == ("U1", "home")


def test_an_event_without_its_scope_is_not_sent(stage: Stage) -> None:
    """A token that lost channels:history hears nothing of channels."""
    stage.workspace.faults.missing_scopes = ["channels:history"]
    stage.do("U1", "post", channel="C1", text="Unheard")
    stage.do("U1", "post", channel="G1", text="Heard")

    assert stage.bot.next().payload["event"]["text"] == "Heard"


@pytest.mark.parametrize(
    ("scope", "event", "complaint"),
    [
        ("commands", None, "need the scope commands"),
        ("im:history", None, "message.im needs im:history"),
        (None, "message.telepathy", "message.telepathy is not an event"),
    ],
)
def test_a_manifest_that_asks_for_more_than_its_scopes_is_refused(
    stage: Stage, scope: str | None, event: str | None, complaint: str
) -> None:
    """Commands and events need scopes; an unknown event is no event."""
    asked = copy.deepcopy(manifest())
    if scope:
        asked["oauth_config"]["scopes"]["bot"].remove(scope)
    if event:
        asked["settings"]["event_subscriptions"]["bot_events"].append(event)

    with pytest.raises(ManifestError, match=complaint):
        stage.workspace.install(asked)
