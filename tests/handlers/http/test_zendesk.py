"""What is particular to Zendesk, whose audits keep our marker."""

import contextlib

import pytest

from bot.errors import OutcomeUnknown
from sandbox.helpdesk import HelpDesk
from tests.handlers.http.conftest import WallClock, adapter


def test_a_marker_without_a_comment_is_no_no(url: str, desk: HelpDesk) -> None:
    """An audit of ours says that something was made: nobody sends it again to find out what."""
    with contextlib.closing(adapter("zendesk", url, WallClock())) as ours:
        ours.reply("1001", "Fixed.", "m-1")
        desk.tickets[1001].audits[-1].comment = None

        with pytest.raises(OutcomeUnknown):
            ours.find("1001", "m-1", "Fixed.", WallClock().now())
        with pytest.raises(OutcomeUnknown):
            ours.reply("1001", "Fixed.", "m-1")

    assert [row.text for row in desk.tickets[1001].comments if row.author.is_staff] == ["Fixed."]
