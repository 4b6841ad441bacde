"""What of a model's finds is believed."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.agent.noticing import LACKING, RULES, Noticed
from bot.wording.findings import NAMES, Finding, look
from bot.wording.noticed import believed
from bot.wording.reading import Circumstances

ABOUT = Circumstances(datetime(2026, 3, 2, 9, tzinfo=UTC))
TEXT = "We will write again tomorrow. Your refund is certain."
TIME = Noticed("promised_time", "again tomorrow", "Put it on record.", True)
NOTICED = st.builds(
    Noticed,
    st.sampled_from([*RULES, "odd"]),
    st.sampled_from(["", "refund", "a", "0"]),
    st.just("Say so."),
    st.booleans(),
)


def test_it_finds_by_the_rules_names() -> None:
    """Law: a find has the same name whoever made it."""
    assert set(RULES) == set(NAMES) >= LACKING


@given(st.text(max_size=60), st.lists(NOTICED, max_size=4))
def test_what_is_believed_stands_in_the_text(text: str, noticed: list[Noticed]) -> None:
    """Law: nothing is quoted that is not there, and no name comes twice or beside the rules'."""
    found = look(text, ABOUT)
    more = believed(text, ABOUT, noticed, found)

    names = [finding.name for finding in (*found, *more)]
    assert len(set(names)) == len(names) and set(names) <= set(NAMES)
    assert all(finding.words in text or not text.isascii() for finding in more)


def test_what_the_record_bears_is_no_find() -> None:
    """Law: a time on record and the words of a cited article promise nothing of their own."""
    assert [each.name for each in believed(TEXT, ABOUT, [TIME])] == ["promised_time"]
    assert believed(TEXT, replace(ABOUT, is_recorded=True), [TIME]) == ()
    assert believed(TEXT, replace(ABOUT, backing="We write AGAIN, tomorrow."), [TIME]) == ()


def test_what_the_rules_found_stays_theirs() -> None:
    """Law: a model adds, and changes nothing that is there."""
    rule = Finding("promised_time", "tomorrow", "By rule.", grave=True)
    assert believed(TEXT, ABOUT, [TIME, replace(TIME, grave=False)], [rule]) == ()
