"""Monitors that repeat themselves, fall silent, or tell of very much at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage.models import AccountMoment, Signal
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import ACCOUNTS, ANA, ESCALATIONS
from tests.flows.monitors import MONITORED, alert, fire, incident, over, owned, page
from tests.flows.screen import Seen, card, messages
from tests.world import World

pytestmark = pytest.mark.app_yaml(MONITORED)
BROKEN = "Since this morning nothing syncs, we only see errors."


def cards(world: World) -> list[Seen]:
    found = messages(world, ANA, ESCALATIONS)
    return [one for one in found if "Known incident" in one.fallback]


def signals(world: World) -> list[Signal]:
    with world.looking() as uow:
        return uow.session.query(Signal).order_by(Signal.id).all()


@pytest.mark.parametrize("ref", ["c0ffee01", "another"])
def test_a_lost_end_swallows_no_new_outage(world: World, ref: str) -> None:
    """Law: what was not told of for days is believed to be over; whatever begins then, under the
    same name or another, is posted anew."""
    owned(world, acc_oak="Sync")
    fire(world, alert())
    world.clock.advance(days=30)

    fire(world, alert(ref, began=world.clock.now() - timedelta(minutes=2)))
    fire(world, alert(ref, began=world.clock.now() - timedelta(minutes=2), summary="Sync is down"))

    old, new = cards(world)
    assert "Sync is down" in new.fallback and "Sync answers slowly" in old.fallback
    assert "1 of 1 signals on" in new.text
    assert ("over" in old.fallback) is (ref == "c0ffee01")
    world.write("joy", BROKEN, "Sync broken")
    assert "A known incident: Sync is down" in card(world, ANA, ESCALATIONS).text


def test_a_monitor_that_repeats_itself_is_believed(world: World) -> None:
    """Law: the same words again and again say that it is still so, and post nothing."""
    owned(world, acc_oak="Sync")
    for _ in range(6):
        assert fire(world, alert()).status_code == 200
        world.clock.advance(days=1)

    assert len(cards(world)) == len(signals(world)) == 1
    world.write("joy", BROKEN, "Sync broken")
    assert "A known incident" in card(world, ANA, ESCALATIONS).text

    fire(world, over())
    assert [row.ended_at for row in signals(world)] == [START]


def test_more_trouble_is_not_told_on_a_card_of_long_ago(world: World) -> None:
    """Law: within days it joins the card, behind that it has one that is seen; and what comes
    after it joins that."""
    owned(world, acc_oak="Sync")
    fire(world, alert())
    for day in range(5):
        world.clock.advance(days=1)
        fire(world, alert(summary=f"Sync answers slowly, day {day}"))
    assert len(cards(world)) == 1

    fire(world, alert("bb", summary="Sync loses calls"), alert("cc", summary="Sync is down"))
    fire(world, alert("dd", summary="Sync is gone"))

    assert ["1 of 1" in one.text for one in cards(world)] == [True, False]
    assert "3 of 3 signals on" in cards(world)[1].text


def test_an_end_counts_that_was_before_the_last_word(world: World) -> None:
    """Law: a group's next call may tell that something fires which ended meanwhile."""
    fire(world, alert())
    world.clock.advance(minutes=9)
    fire(world, alert(summary="Sync answers slowly still"))

    fire(world, alert(status="resolved", ended=START + timedelta(minutes=5)))

    assert [row.ended_at for row in signals(world)] == [START + timedelta(minutes=5)]


def test_a_page_that_went_quiet_begins_anew(world: World) -> None:
    """Law: also of Statuspage; and an end that comes after all ends the one it is about."""
    page(world, incident())
    world.clock.advance(days=4)
    minutes = 4 * 24 * 60

    page(world, incident("identified", minutes, name="Sync is down still"))
    assert ["over" in one.fallback for one in cards(world)] == [True, False]
    page(world, incident("resolved", minutes + 5))

    assert all("over" in one.fallback for one in cards(world))


def test_none_of_very_many_is_dropped(world: World) -> None:
    """Law: a call of hundreds is one card with all of them, and its like ends them."""
    refs = [f"{number:03x}" for number in range(330)]
    fire(world, *(alert(ref) for ref in refs))

    [seen] = cards(world)
    assert "330 of 330 signals on" in seen.text
    fire(world, *(over(ref) for ref in refs))
    assert "over" in cards(world)[0].fallback
    assert {row.incident for row in signals(world)} == {1}


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    told: list[str] = []

    def hear(conn: Any, cursor: Any, sql: str, *rest: Any) -> None:
        told.append(sql)

    event.listen(world.backstop.engine, "before_cursor_execute", hear)
    yield told
    event.remove(world.backstop.engine, "before_cursor_execute", hear)


def test_a_card_costs_no_more_for_many_accounts(world: World) -> None:
    """Law: other cards wait while it is drawn; dates that are near are asked for at once."""
    costs = []
    for has in (("acc_oak",), tuple(account["id"] for account in ACCOUNTS)):
        owned(world, **dict.fromkeys(has, "Sync"))
        world.backstop.writer.run(_dated)
        with counted(world) as told:
            fire(world, alert(f"of-{len(has)}"))
        costs.append(sum("account_moments" in sql or "FROM accounts" in sql for sql in told))

    [seen] = cards(world)
    assert seen.text.count("renewal on 2026-10-01") == len(ACCOUNTS)
    assert costs[0] == costs[1]


def _dated(uow: UnitOfWork) -> None:
    if uow.session.query(AccountMoment).count():
        return
    for account in range(1, 1 + len(ACCOUNTS)):
        for month in (12, 10, 11):
            uow.session.add(
                AccountMoment(account_id=account, on_day=date(2026, month, 1), kind="renewal")
            )
