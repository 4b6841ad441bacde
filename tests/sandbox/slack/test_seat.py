"""What a person at a client sees and may do."""

import json
import threading
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from tests.loopback import PATIENCE_S
from tests.sandbox.slack.stage import Stage, card, manifest

Json = dict[str, Any]


def view_of(stage: Stage, who: str) -> Json:
    seen: Json = stage.http.get("/sandbox/slack/workspace", params={"as": who}).json()
    return seen


def channels_of(stage: Stage, who: str) -> dict[str, Json]:
    return {one["name"]: one for one in view_of(stage, who)["channels"]}


def test_a_person_sees_their_channels_and_the_apps_offers(stage: Stage) -> None:
    """Private channels show to members; commands, shortcuts and the app's DM to everybody."""
    seen = view_of(stage, "U1")

    names = {one["name"] for one in seen["channels"]}
    assert names == {"general", "elsewhere", "old", "approvals", "shared", "Backstop"}
    assert [one["command"] for one in seen["commands"]] == ["/kb"]
    assert [one["callback_id"] for one in seen["shortcuts"]] == ["to_ticket"]
    assert seen["me"]["real_name"] == "Ana Lindt"
    assert seen["apps"] == [{"user_id": "U0BOT", "name": "Backstop"}]


def test_guests_and_strangers_see_only_what_they_are_in(stage: Stage) -> None:
    """A public channel is public for members of the workspace alone."""
    assert channels_of(stage, "U3").keys() == {"Backstop"}
    assert channels_of(stage, "U4").keys() == {"shared", "Backstop"}
    assert not channels_of(stage, "U2")["elsewhere"]["is_member"]


def test_the_api_tells_guests_strangers_and_deactivated_apart(stage: Stage) -> None:
    """users.info carries the flags an app must look at before it lets somebody decide."""
    gus, sam, dee, ana = (stage.web.users_info(user=f"U{n}")["user"] for n in (3, 4, 5, 1))

    assert gus["is_restricted"]
    assert (sam["team_id"], sam["is_stranger"], "email" in sam["profile"]) == ("T9", True, False)
    assert dee["deleted"]
    assert "is_stranger" not in ana
    assert stage.call("users.lookupByEmail", email="s@x.example")["error"] == "users_not_found"
    assert stage.web.usergroups_users_list(usergroup="S1")["users"] == ["U1"]


def test_unread_marks_and_mentions_count_until_read(stage: Stage) -> None:
    """One's own messages never count; mentions count by name, group and channel, DMs always."""
    stage.web.chat_postMessage(channel="C1", text="For <@U1>")
    stage.web.chat_postMessage(channel="C1", text="For <!subteam^S1>")
    stage.web.chat_postMessage(channel="U1", text="Psst")
    stage.do("U1", "post", channel="C1", text="Mine")
    stage.do("U2", "post", channel="C1", text="Not a <!channel> mention")

    before = channels_of(stage, "U1")
    stage.do("U1", "read", channel="C1")
    after = channels_of(stage, "U1")

    assert (before["general"]["unread"], before["general"]["mentions"]) == (3, 2)
    assert before["Backstop"]["mentions"] == 1
    assert (after["general"]["unread"], after["general"]["mentions"]) == (0, 0)


@pytest.mark.parametrize(
    ("who", "channel", "reason"),
    [
        ("U2", "C2", "You are not in this channel."),
        ("U3", "C1", "This channel does not exist, or you are not in it."),
        ("U1", "C3", "This channel has been archived."),
        ("U5", "C1", "This account is deactivated."),
        ("U9", "C1", "There is no such person in this workspace."),
    ],
)
def test_nobody_writes_where_they_may_not(
    stage: Stage, who: str, channel: str, reason: str
) -> None:
    """The client says why in a sentence."""
    answer = stage.do(who, "post", channel=channel, text="Hello")

    assert answer == {"ok": False, "error": reason}


def test_a_command_sends_form_fields_and_shows_the_answer_privately(stage: Stage) -> None:
    """Text arrives as entities; the reply is an ephemeral in the channel."""
    stage.bot.answer = lambda payload: PlainTextResponse("No article covers this")

    answer = stage.do("U1", "command", channel="G1", command="/kb", text=" a < b ")
    sent = stage.bot.next().payload

    assert (sent["command"], sent["text"], sent["channel_name"]) == (
        "/kb",
        "a &lt; b",
        "privategroup",
    )
    assert {"trigger_id", "response_url", "team_domain", "user_name"} <= sent.keys()
    assert answer["reply"]["text"] == "No article covers this"
    assert [one["ephemeral"] for one in stage.see("U1", "G1")] == [True]


def test_commands_do_not_work_in_threads_nor_for_strangers(stage: Stage) -> None:
    """As in Slack's own client."""
    in_thread = stage.do("U1", "command", channel="C1", command="/kb", text="x", thread="1.0")
    unknown = stage.do("U1", "command", channel="C1", command="/nope", text="x")
    foreign = stage.do("U4", "command", channel="C4", command="/kb", text="x")

    assert in_thread["error"] == "/kb is not supported in threads. Sorry!"
    assert unknown["error"] == "/nope is not a valid command."
    assert foreign["error"] == "/kb is not a valid command."


def test_a_shortcut_carries_the_message_it_was_used_on(stage: Stage) -> None:
    """message_action names the message, its channel and the callback."""
    ts = stage.do("U1", "post", channel="C1", text="It is broken")["ts"]
    stage.do("U2", "shortcut", callback_id="to_ticket", channel="C1", ts=ts)

    sent = stage.bot.next_payload("message_action")

    assert (sent["callback_id"], sent["message_ts"], sent["user"]["id"]) == ("to_ticket", ts, "U2")
    assert (sent["message"]["text"], sent["channel"]["id"]) == ("It is broken", "C1")
    assert {"trigger_id", "response_url"} <= sent.keys()


def test_a_choice_is_one_the_app_offered(stage: Stage) -> None:
    """An overflow sends the app's own option; what is not offered cannot be chosen."""
    offered = [{"text": {"type": "plain_text", "text": "Later"}, "value": "later"}]
    overflow = {"type": "overflow", "action_id": "more", "options": offered}
    blocks = [{"type": "actions", "block_id": "card", "elements": [overflow]}]
    ts = stage.web.chat_postMessage(channel="C1", text="Card", blocks=blocks)["ts"]
    place = {"channel": "C1", "ts": ts, "block_id": "card", "action_id": "more"}

    stage.do("U1", "overflow", **place, selected_option={"value": "later"})
    sent = stage.bot.next_payload("block_actions")
    other = stage.do("U1", "overflow", **place, selected_option={"value": "never"})

    assert sent["actions"][0]["selected_option"] == offered[0]
    assert other["error"] == "This option is no longer there."


def test_a_hostile_seat_bends_the_payload_and_repeats_it(stage: Stage) -> None:
    """Overrides merge into what is signed; a repeat is the same bytes at the same moment."""
    ts = stage.post_card()
    forged = {"user": {"team_id": "T9"}, "actions": [{"value": "18"}]}

    answer = stage.click("U1", ts, raw_overrides=forged, repeat=3)
    clicks = [one for one in (stage.bot.next() for _ in range(4)) if "actions" in one.payload]

    assert answer["statuses"] == [200, 200, 200]
    assert len({one.raw for one in clicks}) == 1
    assert clicks[0].payload["user"]["team_id"] == "T9"
    assert clicks[0].payload["user"]["id"] == "U1"
    assert clicks[0].payload["actions"][0]["value"] == "18"


def test_a_client_is_told_what_happens_as_it_happens(stage: Stage) -> None:
    """The stream carries messages, changes and one's own ephemerals, and nobody else's."""
    ready, seen = threading.Event(), []

    def watch() -> None:
        params = {"as": "U1"}
        with stage.http.stream("GET", "/sandbox/slack/stream", params=params) as stream:
            for line in stream.iter_lines():
                ready.set()
                if line.startswith("data: "):
                    seen.append(json.loads(line[6:]))
                if len(seen) == 3:
                    return

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert ready.wait(PATIENCE_S)
    ts = stage.post_card()
    stage.web.chat_postEphemeral(channel="C1", user="U2", text="Not for Ana", blocks=card())
    stage.web.chat_postEphemeral(channel="C1", user="U1", text="For Ana")
    stage.web.chat_update(channel="C1", ts=ts, text="Decided")
    watcher.join(PATIENCE_S)

    assert [one["kind"] for one in seen] == ["message", "ephemeral", "changed"]
    assert [one["message"]["text"] for one in seen] == ["Card", "For Ana", "Decided"]


def test_the_journal_counts_calls_and_deliveries_without_tokens(stage: Stage) -> None:
    """Each line has a rising number; `since` gives what is new."""
    stage.http.post(
        "/api/chat.postMessage",
        data={"token": stage.workspace.bot_token, "channel": "C1", "text": "x"},
    )
    stage.bot.next()
    first = stage.http.get("/sandbox/slack/log").json()
    stage.call("chat.postMessage", channel="C9", text="x")
    later = stage.http.get("/sandbox/slack/log", params={"since": first["last"]}).json()

    assert stage.workspace.bot_token not in json.dumps(first)
    assert first["log"][0]["method"] == "chat.postMessage"
    failed = [line for line in later["log"] if line.get("error")]
    assert [(line["method"], line["error"]) for line in failed] == [
        ("chat.postMessage", "channel_not_found")
    ]


def test_an_act_that_makes_no_sense_is_refused(stage: Stage) -> None:
    """A missing field, an unknown act and a body that is no JSON are each answered."""
    assert "lacks 'channel'" in stage.do("U1", "post", text="x")["error"]
    assert stage.do("U1", "dance")["error"] == "There is no act dance."
    answer = httpx.post(f"{stage.url}/sandbox/slack/do", content="{")
    assert answer.status_code == 400


def test_an_app_may_turn_off_messages_to_it(stage: Stage) -> None:
    """A read-only messages tab takes no messages; the app still writes there."""
    asked = manifest()
    asked["features"]["app_home"]["messages_tab_read_only_enabled"] = True
    stage.workspace.install(asked)
    channel = stage.web.chat_postMessage(channel="U1", text="Reminder")["channel"]

    answer = stage.do("U1", "post", channel=channel, text="Hello")

    assert answer["error"] == "Sending messages to this app has been turned off."
