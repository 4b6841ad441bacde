"""What people see of our posts, in a workspace as strict as Slack."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cards import Button, Buttons, Card, Quote, Text
from bot.errors import OutcomeUnknown, Refused
from bot.handlers.slack.surface import SlackSurface
from bot.ports import Place
from tests.sandbox.slack.stage import Stage

CARD = Card(
    "approval-17",
    "Refund 49.00 EUR",
    "Approval wanted: refund of 49.00 EUR on ticket 9",
    (
        Quote("<!channel> see https://evil.example", by="Dana"),
        Buttons((Button("Approve", "approval.grant", {"approval": 17}, tone="good"),)),
    ),
)
DONE = Card("approval-17", "Refund 49.00 EUR", "Refunded", (Text(("Approved by Ana.",)),))


def calls(stage: Stage, method: str) -> list[dict[str, Any]]:
    """The calls of one method that the workspace has got, with their arguments."""
    lines = stage.http.get("/sandbox/slack/log", params={"since": 0}).json()
    found = lines if isinstance(lines, list) else lines.get("log", lines.get("lines"))
    return [line for line in found if line.get("method") == method]


def now() -> datetime:
    return datetime.now(UTC)


def click(stage: Stage, place: Place, who: str = "U1") -> str:
    """Presses Approve and answers the response_url of that click."""
    (message,) = [m for m in stage.see(who, place.channel) if m["ts"] == place.message]
    block = next(block for block in message["blocks"] if block["type"] == "actions")
    assert stage.do(
        who,
        "click",
        channel=place.channel,
        ts=place.message,
        block_id=block["block_id"],
        action_id="approval.grant",
    )["ok"]
    return str(stage.bot.next_payload("block_actions")["response_url"])


def shown(stage: Stage, place: Place) -> str:
    (message,) = [m for m in stage.see("U1", place.channel) if m["ts"] == place.message]
    return str(message["text"])


def test_a_post_is_seen_and_found_again_by_its_marker(stage: Stage, surface: SlackSurface) -> None:
    """The marker is in the message's metadata and nowhere that people look."""
    place = surface.post("C1", CARD, marker="delivery-1")
    assert place.surface == "slack"
    assert shown(stage, place) == CARD.summary
    assert surface.find("C1", "delivery-1", since=now()) == place
    assert surface.find("C1", "delivery-2", since=now()) is None


def test_nothing_in_a_post_unfurls_or_is_parsed(stage: Stage, surface: SlackSurface) -> None:
    """No previews, no names that turn into mentions, no addresses that turn into links."""
    surface.post("C1", CARD, marker="delivery-1")
    (call,) = calls(stage, "chat.postMessage")
    asked = {key: call["args"][key] for key in ("unfurl_links", "unfurl_media", "link_names")}
    assert (asked, call["args"]["parse"]) == (dict.fromkeys(asked, False), "none")
    assert (
        stage.http.get("/sandbox/slack/workspace", params={"as": "U2"}).json()["channels"][0][
            "mentions"
        ]
        == 0
    )


def test_a_post_in_a_thread_is_found_there(stage: Stage, quick_surface: SlackSurface) -> None:
    """Looking in the thread finds it, though the channel does not show it."""
    root = quick_surface.post("C1", CARD, marker="delivery-1")
    reply = quick_surface.post("C1", DONE, marker="delivery-2", thread=root.message)
    assert quick_surface.find("C1", "delivery-2", since=now(), thread=root.message) == reply
    assert quick_surface.find("C1", "delivery-2", since=now()) is None
    assert quick_surface.find("C1", "delivery-3", since=now(), thread=root.message) is None


def test_a_marker_is_found_below_many_newer_messages(stage: Stage, surface: SlackSurface) -> None:
    """All pages are read before a channel is said to have none."""
    place = surface.post("C1", CARD, marker="delivery-1")
    for n in range(210):
        stage.do("U1", "post", channel="C1", text=f"chat {n}")
    assert surface.find("C1", "delivery-1", since=now()) == place
    assert len(calls(stage, "conversations.history")) == 2


def test_messages_from_before_are_not_looked_at(stage: Stage, surface: SlackSurface) -> None:
    """A look starts a minute before the first attempt."""
    surface.post("C1", CARD, marker="delivery-1")
    assert surface.find("C1", "delivery-1", since=now() + timedelta(minutes=2)) is None


def test_a_post_whose_answer_is_lost_is_found_and_not_repeated(
    stage: Stage, surface: SlackSurface
) -> None:
    """The call is made once; whether it worked is told by the marker."""
    stage.workspace.faults.drop_after_commit = 1.0
    with pytest.raises(OutcomeUnknown):
        surface.post("C1", CARD, marker="delivery-1")
    stage.workspace.faults.drop_after_commit = 0.0
    found = surface.find("C1", "delivery-1", since=now())
    assert found is not None
    assert [message["ts"] for message in stage.see("U1", "C1")] == [found.message]


def test_the_clicked_copy_is_redrawn_without_the_quota(stage: Stage, surface: SlackSurface) -> None:
    """Through the click's own address, chat.update is not called at all."""
    place = surface.post("C1", CARD, marker="delivery-1")
    surface.update(place, DONE, via=click(stage, place))
    assert shown(stage, place) == DONE.summary
    assert calls(stage, "chat.update") == []


def test_a_used_up_address_falls_back_to_the_web_api(stage: Stage, surface: SlackSurface) -> None:
    """A response_url ends after five uses; the sixth redraw arrives all the same."""
    place = surface.post("C1", CARD, marker="delivery-1")
    via = click(stage, place)
    for n in range(6):
        surface.update(place, Card("c", "Title", f"Redraw {n}"), via=via)
    assert shown(stage, place) == "Redraw 5"
    assert len(calls(stage, "chat.update")) == 1


def test_other_copies_are_redrawn_by_the_web_api(stage: Stage, surface: SlackSurface) -> None:
    """A copy that nobody clicked has no address of its own."""
    place = surface.post("G1", CARD, marker="delivery-1")
    surface.update(place, DONE)
    assert shown(stage, place) == DONE.summary


@pytest.mark.parametrize(
    "via", ["http://127.0.0.1:1/response/x", "https://hooks.slack.com.evil.example/x", "x"]
)
def test_a_card_goes_to_no_address_but_slacks(
    stage: Stage, surface: SlackSurface, via: str
) -> None:
    """Whatever a payload names, the redraw takes the Web API."""
    place = surface.post("C1", CARD, marker="delivery-1")
    surface.update(place, DONE, via=via)
    assert len(calls(stage, "chat.update")) == 1


def private_words(stage: Stage, who: str, channel: str) -> list[str]:
    return [m["text"] for m in stage.see(who, channel) if m.get("ephemeral")]


def test_a_whisper_is_seen_by_one_person(stage: Stage, surface: SlackSurface) -> None:
    """In place, by the click's address or without it."""
    place = surface.post("C1", CARD, marker="delivery-1")
    surface.whisper("C1", "U1", "Bo was faster.", via=click(stage, place))
    surface.whisper("C1", "U1", "You may not decide this.")
    assert private_words(stage, "U1", "C1") == ["Bo was faster.", "You may not decide this."]
    assert private_words(stage, "U2", "C1") == []
    assert shown(stage, place) == CARD.summary


def test_a_whisper_where_we_are_not_becomes_a_direct_message(
    stage: Stage, surface: SlackSurface
) -> None:
    """Whoever may not act is told, wherever the click came from; a lock screen names nobody."""
    surface.whisper("C2", "U1", "Ana Ruiz was faster.", thread="1.0")
    [told] = stage.see("U1", surface.direct("U1"))
    assert "Ana Ruiz was faster." in str(told["blocks"])
    assert "Ana" not in told["text"]


def test_a_whisper_that_is_refused_for_itself_goes_nowhere_else(
    stage: Stage, surface: SlackSurface
) -> None:
    """Only where it cannot stand in a channel is it worth a message on somebody's lock screen."""
    with pytest.raises(Refused) as refusal:
        surface.whisper("C1", "U1", "Ana Ruiz was faster.", thread="1.0")
    assert refusal.value.code == "thread_not_found"
    assert calls(stage, "chat.postMessage") == []


def test_a_direct_channel_is_opened_once(stage: Stage, surface: SlackSurface) -> None:
    """Its id does not change."""
    assert surface.direct("U1") == surface.direct("U1")
    assert len(calls(stage, "conversations.open")) == 1


def test_the_home_tab_shows_the_card(stage: Stage, surface: SlackSurface) -> None:
    """Published for one person."""
    surface.show_home("U1", CARD)
    view = stage.http.get("/sandbox/slack/home", params={"as": "U1"}).json()["view"]
    assert view["blocks"][0]["text"]["text"] == CARD.title
    assert stage.http.get("/sandbox/slack/home", params={"as": "U2"}).json()["view"] is None
