"""What is particular to Intercom, which keeps no marker of ours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.errors import OutcomeUnknown, TryLater
from bot.handlers.http.intercom import Intercom
from bot.handlers.http.intercom_parts import made, said
from sandbox.helpdesk import Change, HelpDesk
from sandbox.helpdesk.intercom_shapes import conversation_body
from tests.handlers.http.conftest import PATIENT, WallClock

WORDS = "We're on it."


@pytest.fixture
def ours(url: str) -> Iterator[Intercom]:
    made = Intercom(f"{url}/intercom", "intercom-token", WallClock(), timeout=PATIENT)
    yield made
    made.close()


def colleague_says(desk: HelpDesk, text: str) -> None:
    lee = desk.directory.by_email("lee@helpdesk.example")
    assert lee is not None
    desk.change(desk.tickets[1001], lee, Change(text=text))


def test_the_same_words_from_long_before_are_not_this_message(
    ours: Intercom, desk: HelpDesk
) -> None:
    """Only a part written since the sending began can be the one that was sent."""
    ours.reply("1001", "Any news?", "m-1")
    desk.tickets[1001].comments[-1].at -= timedelta(hours=2).total_seconds()

    assert ours.find("1001", "m-2", "Any news?", WallClock().now()) is None
    long_ago = WallClock().now() - timedelta(hours=3)
    assert ours.find("1001", "m-1", "Any news?", long_ago) is not None


def test_a_yes_is_taken_whatever_clock_and_words_come_with_it(
    ours: Intercom, desk: HelpDesk
) -> None:
    """What was not there before the call was made by it."""
    ours.reply("1001", WORDS, "m-1")
    desk.faults.intercom_behind_seconds, desk.faults.curl_quotes_next = 120, 1

    second = ours.reply("1001", WORDS, "m-2")

    newest = desk.tickets[1001].comments[-1]
    assert (second, newest.text) == (str(newest.id), "We\u2019re on it.")


def test_a_note_is_not_taken_for_the_reply(ours: Intercom, desk: HelpDesk) -> None:
    """Of what is new, only a part of the same kind was made by the call."""
    ticket = desk.tickets[1001]
    desk.change(ticket, desk.bot, Change(text="We\u2019re on it."))
    desk.change(ticket, desk.bot, Change(text="Meanwhile.", public=False))
    now = said(conversation_body(ticket), str(desk.bot.id))

    assert made(now, set(), WORDS, is_note=False) == str(ticket.comments[-2].id)
    assert made(now, set(), WORDS, is_note=True) == str(ticket.comments[-1].id)


@pytest.mark.parametrize(
    ("behind", "curled"), [(120, 0), (0, 1)], ids=["clock behind ours", "words changed"]
)
def test_words_of_ours_that_nobody_can_place_are_never_a_no(
    ours: Intercom, desk: HelpDesk, behind: float, curled: int
) -> None:
    """They may be what was sent, under another stamp or as Intercom writes them."""
    since = WallClock().now()
    desk.faults.intercom_behind_seconds, desk.faults.curl_quotes_next = behind, curled
    desk.faults.drop_after_commit_next = 1
    with pytest.raises(OutcomeUnknown):
        ours.reply("1001", WORDS, "m-1")

    with pytest.raises(OutcomeUnknown):
        ours.find("1001", "m-1", WORDS, since)


def test_what_colleagues_and_customers_say_does_not_stand_in_the_way(
    ours: Intercom, desk: HelpDesk
) -> None:
    """Only our own admin's words may be what we sent."""
    colleague_says(desk, "Mine.")
    desk.customer_writes(desk.tickets[1001], "Thanks.", desk.tickets[1001].requester)

    assert ours.find("1001", "m-1", WORDS, WallClock().now()) is None


def test_the_limit_ends_at_the_second_that_intercom_names(ours: Intercom, desk: HelpDesk) -> None:
    """There is no Retry-After: the wait is counted from the reset time."""
    ours.ticket("1001")
    desk.quota_scale = 0

    with pytest.raises(TryLater) as later:
        ours.note("1001", "x", "m-1")

    assert later.value.retry_after is not None
    assert 1 <= later.value.retry_after <= 61


def test_a_look_at_a_cut_conversation_is_never_a_no(ours: Intercom, desk: HelpDesk) -> None:
    """Intercom shows the newest 500 parts: what may stand further up may have been sent."""
    since = WallClock().now()
    ours.reply("1001", "First.", "m-1")
    for number in range(500):
        desk.customer_writes(desk.tickets[1001], f"{number}", desk.tickets[1001].requester)

    with pytest.raises(OutcomeUnknown):
        ours.find("1001", "m-1", "First.", since)
