"""What is particular to Intercom, which keeps no marker of ours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.errors import OutcomeUnknown, TryLater
from bot.handlers.http.intercom import Intercom
from sandbox.helpdesk import HelpDesk
from tests.handlers.http.conftest import PATIENT, WallClock


@pytest.fixture
def ours(url: str) -> Iterator[Intercom]:
    made = Intercom(f"{url}/intercom", "intercom-token", WallClock(), timeout=PATIENT)
    yield made
    made.close()


def test_the_same_words_from_before_are_not_this_message(ours: Intercom, desk: HelpDesk) -> None:
    """Only a part written since the sending began can be the one that was sent."""
    ours.reply("1001", "Any news?", "m-1")
    desk.tickets[1001].comments[-1].at -= 120

    assert ours.find("1001", "m-2", "Any news?", WallClock().now()) is None
    long_ago = WallClock().now() - timedelta(minutes=5)
    assert ours.find("1001", "m-1", "Any news?", long_ago) is not None


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
