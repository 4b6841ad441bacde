"""The pacer, with a clock in the test's hand."""

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handlers.slack.pace import CHANNEL_POSTS, LONGEST_WAIT_S, Pacer

many = settings(max_examples=30, derandomize=True, deadline=None)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Counted:
    """Slack's own count: at most so many in any minute."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.seen: deque[float] = deque()

    def count(self, now: float) -> int:
        self.seen.append(now)
        while self.seen[0] <= now - 60:
            self.seen.popleft()
        return len(self.seen)


@many
@given(st.lists(st.floats(0, 5), min_size=50, max_size=200), st.booleans())
def test_no_minute_ever_holds_more_redraws_than_slack_allows(
    pauses: list[float], urgent: bool
) -> None:
    """Fifty calls of chat.update a minute, however they are spread."""
    clock = Clock()
    pacer, slack = Pacer(clock=clock), Counted(50)
    for pause in pauses:
        clock.now += pause
        if pacer.acquire("update", urgent=urgent) == 0:
            assert slack.count(clock.now) <= slack.most


@many
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9)), min_size=50, max_size=300))
def test_no_channel_gets_more_than_a_message_a_second(
    posts: list[tuple[float, int]],
) -> None:
    """And the workspace as a whole not more than three hundred a minute."""
    clock = Clock()
    pacer, everywhere = Pacer(clock=clock), Counted(300)
    channels = {number: Counted(60) for number in range(10)}
    for pause, number in posts:
        clock.now += pause
        if pacer.acquire("post", f"C{number}") == 0:
            assert channels[number].count(clock.now) <= channels[number].most
            assert everywhere.count(clock.now) <= everywhere.most


@many
@given(st.integers(0, 40), st.booleans())
def test_who_waits_as_told_gets_through(calls: int, urgent: bool) -> None:
    """The time named is the time after which the call may be made."""
    clock = Clock()
    pacer = Pacer(clock=clock)
    for _ in range(calls):
        pacer.acquire("post", "C1", urgent)
    clock.now += pacer.acquire("post", "C1", urgent)
    assert pacer.acquire("post", "C1", urgent) == 0 or calls < 1


def test_the_last_redraws_are_kept_for_clicked_cards() -> None:
    """A flood of redraws leaves four for copies whose own address has run out."""
    pacer = Pacer(clock=Clock())
    assert [pacer.acquire("update") == 0 for _ in range(7)] == [True] * 6 + [False]
    assert [pacer.acquire("update", urgent=True) == 0 for _ in range(5)] == [True] * 4 + [False]


def test_those_who_are_refused_are_sent_away_for_different_times() -> None:
    """Else a hundred deliveries would come back at once, and ninety-nine in vain."""
    pacer = Pacer(clock=Clock())
    waits = [pacer.acquire("post", "C1") for _ in range(11)][1:]
    assert waits == pytest.approx([number / CHANNEL_POSTS.rate for number in range(1, 11)])


def test_nobody_is_sent_away_for_long() -> None:
    """Turns are estimates; after this long it is worth asking again."""
    pacer = Pacer(clock=Clock())
    assert max(pacer.acquire("post", "C1") for _ in range(500)) == pytest.approx(LONGEST_WAIT_S)


def test_what_slack_said_holds_for_that_channel_alone() -> None:
    """Retry-After of a post stops one channel, of another call all of its kind."""
    clock = Clock()
    pacer = Pacer(clock=clock)
    pacer.hold("post", "C1", 30)
    pacer.hold("find", "", 10)
    assert pacer.acquire("post", "C1") == pytest.approx(30)
    assert pacer.acquire("post", "C2") == 0
    assert pacer.acquire("find") == pytest.approx(10)
    clock.now += 30
    assert pacer.acquire("post", "C1") == 0


def test_a_scaled_workspace_is_paced_by_its_scale() -> None:
    """Load runs scale Slack's quotas, and ours with them."""
    pacer = Pacer(scale=100, clock=Clock())
    assert sum(pacer.acquire("post", "C1") == 0 for _ in range(400)) == 100
