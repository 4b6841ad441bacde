"""How people consent: figures with their cases, and signs that are never a ranking."""

from datetime import UTC, datetime, timedelta
from math import comb

from bot.flows.reporting.consent import (
    CARD_WORDS,
    LONG_RUN,
    WORDS_A_MINUTE,
    by_gate,
    lasting,
    measure,
    median,
    signs,
)
from storage.consents import Asked, Said

NOW = datetime(2026, 9, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def asked(state: str = "approved", minutes: int = 5, kind: str = "refund") -> Asked:
    ended = None if state in ("pending", "withdrawn") else NOW + minutes * MINUTE
    return Asked(kind, "one", state, NOW, ended, False, False)


def said(
    person: str, minutes: float, *, is_yes: bool = True, words: int = 0, gate: str = "refunds"
) -> Said:
    """What was shown at the beginning."""
    return Said(person, gate, is_yes, NOW + minutes * MINUTE, NOW, words)


def test_what_expired_counts_as_longer_than_anything() -> None:
    """Law: a gate where most wait in vain is not quick because of the few that somebody saw."""
    [found] = measure([asked(minutes=1), asked(minutes=2), *[asked("expired")] * 3])
    assert found.n == 5 and found.time.half is None and lasting(found.time.half) == "never"
    assert found.expired.hits == 3
    [found] = measure([asked(minutes=1), asked(minutes=2), asked("expired")])
    assert found.time.half == 2 * MINUTE


def test_what_has_not_ended_and_what_nobody_wanted_any_more_is_no_case() -> None:
    cases = [asked(), asked("rejected"), asked("pending"), asked("withdrawn"), asked(kind="reply")]
    refunds, replies = measure(cases)
    assert (refunds.kind, refunds.n, refunds.rejected.hits) == ("refund", 2, 1)
    assert (replies.kind, replies.n) == ("reply", 1)
    assert refunds.rejected.told == "1 (50%, 9% to 91%)"


def test_the_interval_of_the_median_leaves_no_more_to_chance_than_it_says() -> None:
    """Law: by the exact binomial at most one in forty beyond each end; few cases say nothing."""
    for n in range(1, 300):
        found = median([MINUTE * place for place in range(1, n + 1)])
        if found.between is None:
            assert n < 9
            continue
        low, high = found.between
        assert low is not None and high is not None
        below = low // MINUTE - 1
        assert n - high // MINUTE == below
        assert sum(comb(n, k) for k in range(below + 1)) * 40 <= 2**n


def test_haste_is_less_time_than_the_words_take() -> None:
    """Law: by the words of the card, and from the same person's last decision on."""
    takes = (CARD_WORDS + 198) / WORDS_A_MINUTE
    assert signs([said("lea", takes, words=198)]).hasty.hits == 0
    assert signs([said("lea", takes - 0.01, words=198)]).hasty.hits == 1
    assert signs([said("lea", takes - 0.01)]).hasty.hits == 0
    pile = [said("lea", 60), said("max", 60.01), said("lea", 60.02)]
    assert signs(pile).hasty.hits == 1


def test_a_run_is_one_persons_and_ends_with_a_no() -> None:
    yeses = [said("lea", minute) for minute in range(LONG_RUN)]
    others = [said("max", minute) for minute in range(LONG_RUN - 1)]
    found = signs([*yeses, *others])
    assert (found.people, found.long_runs, found.longest) == (2, 1, LONG_RUN)
    parted = [*yeses[:-1], said("lea", 99, is_yes=False), *yeses[-1:]]
    found = signs([*parted, *others])
    assert (found.noes, found.long_runs, found.longest) == (1, 0, LONG_RUN - 1)


def test_gates_stand_by_name_and_those_of_few_people_are_named_alone() -> None:
    """Law: whoever is hastiest does not stand first, and of four people nothing is said."""
    hasty = [said(f"p{n}", 0.0, gate="zeal") for n in range(5)]
    slow = [said(f"p{n}", 9.0, gate="calm") for n in range(6)]
    few = [said(f"p{n}", 0.0, gate="small") for n in (0, 1, 2, 3, 3, 3)]
    shown, too_few = by_gate([*few, *hasty, *slow])
    assert list(shown) == ["calm", "zeal"] and too_few == ["small"]
    assert shown["zeal"].hasty.hits == 5 and shown["calm"].people == 6
