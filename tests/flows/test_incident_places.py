"""Where an outage is, by the names of a status page: a place is marked, or it is none."""

import pytest
from sqlalchemy import event

from bot.incidents import place_of
from tests.flows.monitors import MONITORED, alert, fire, owned
from tests.world import World

pytestmark = pytest.mark.app_yaml(MONITORED)
REGIONS = ["eu", "us", "in", "it", "eu-west-1"]


@pytest.mark.parametrize(
    ("name", "components"),
    [
        ("Slow", ["Sign in"]),
        ("Slow", ["Sign-in"]),
        ("Slow", ["Contact us"]),
        ("Slow", ["EU Print"]),
        ("Slow", ["Sync (non-EU)"]),
        ("Slow", ["Sync (EU and US)"]),
        ("Slow", ["Sync (EU/US)"]),
        ("Slow", ["Sync: EU, US"]),
        ("Slow", ["Sync (EU)", "Print – US"]),
        ("Elevated API errors, EU dashboard down", ["API", "Dashboard (EU)"]),
        ("EU: Sync is down", ["Sync (US)", "Print"]),
        ("Customers outside the EU see errors", ["API"]),
        ("IT IS DOWN", []),
        ("Sync is down - US", ["Sync"]),
        ("", [""]),
    ],
)
def test_a_word_among_others_is_no_place(name: str, components: list[str]) -> None:
    """Law: who is touched is never left out because of how something is called."""
    assert place_of(components, name, REGIONS) == ""


@pytest.mark.parametrize(
    ("name", "components", "where"),
    [
        ("Slow", ["Sync (EU)"], "eu"),
        ("Slow", ["sync [eu]", "Print, EU"], "eu"),
        ("Slow", ["Larkspur Sync – EU", "EU: Print", "EU - Ledger"], "eu"),
        ("Slow", ["Sync/US"], "us"),
        ("Slow", ["Sync - eu-west-1"], "eu-west-1"),
        ("EU: Sync is down", ["Sync"], "eu"),
        ("[EU] Sync is down", [], "eu"),
        ("Sync is down (EU)", ["Sync"], "eu"),
    ],
)
def test_a_marked_place_is_taken(name: str, components: list[str], where: str) -> None:
    assert place_of(components, name, REGIONS) == where


@pytest.mark.parametrize(("region", "asked"), [("eu", 0), ("", 1)])
def test_regions_are_looked_up_once_and_only_where_none_is_told(
    world: World, region: str, asked: int
) -> None:
    """Law: a storm of alerts keeps nobody else from writing."""
    owned(world, acc_oak="Sync")
    said: list[str] = []

    def hear(_c: object, _r: object, statement: str, *_others: object) -> None:
        said.append(statement)

    event.listen(world.backstop.engine, "before_cursor_execute", hear)
    fire(world, alert("aa", region=region), alert("bb", region=region))
    event.remove(world.backstop.engine, "before_cursor_execute", hear)

    assert len([one for one in said if "DISTINCT" in one.upper() and "region" in one]) == asked
