"""Monitors tell of outages: one card, the accounts it touches, and tickets that are recognised."""

from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from storage.models import Signal
from tests.clock import START
from tests.company import ANA, ESCALATIONS, EUROPE
from tests.flows.monitors import (
    BEGAN,
    MONITORED,
    TOKEN,
    alert,
    fire,
    incident,
    over,
    owned,
    page,
)
from tests.flows.screen import Seen, card, messages
from tests.world import World

pytestmark = pytest.mark.app_yaml(MONITORED)
BROKEN = "Since this morning nothing syncs, we only see errors."


def cards(world: World, channel: str = ESCALATIONS) -> list[Seen]:
    return [one for one in messages(world, ANA, channel) if one.message.get("blocks")]


def signals(world: World) -> list[Signal]:
    with world.looking() as uow:
        return uow.session.query(Signal).order_by(Signal.id).all()


def test_an_incident_is_one_card_with_the_accounts_by_stake(world: World) -> None:
    """Law: whoever has the product is named, the highest tier first, and nobody else."""
    owned(world, acc_small="Sync", acc_big="Sync", acc_oak="Ledger")

    assert fire(world, alert()).status_code == 200

    [seen] = cards(world)
    assert "Sync answers slowly" in seen.fallback
    assert "Touches 2 accounts" in seen.text
    assert 0 < seen.text.index("Big Freight") < seen.text.index("Small Shop")
    assert "Oak Bakery" not in seen.text


def test_a_ticket_of_a_touched_account_is_recognised(world: World) -> None:
    """Law: the rule is `incident`, the card says which, and it is urgent enough."""
    owned(world, acc_oak="Sync")
    fire(world, alert())

    world.write("joy", BROKEN, "Sync broken")

    seen = card(world, ANA, ESCALATIONS)
    assert (
        "A known incident: Sync answers slowly (critical, since 2026-09-23 08:53 UTC)" in seen.text
    )
    assert "P2" in seen.text or "P1" in seen.text


@pytest.mark.parametrize(
    ("who", "words"),
    [("sol", BROKEN), ("joy", "How do I add a colleague?")],
)
def test_what_has_nothing_to_do_with_it_is_no_incident(world: World, who: str, words: str) -> None:
    """Law: neither other accounts nor mere questions are swallowed by an incident."""
    owned(world, acc_oak="Sync", acc_small="Ledger")
    fire(world, alert())

    world.write(who, words, "Question")

    assert not any("A known incident" in seen.text for seen in cards(world))


def test_of_a_customer_without_products_the_words_decide(world: World) -> None:
    """Law: where nobody knows what an account has, naming the product is enough."""
    owned(world)
    fire(world, alert())

    world.write("joy", BROKEN, "Sync broken")

    assert "A known incident" in card(world, ANA, ESCALATIONS).text


def test_it_ends_when_all_of_its_signals_have(world: World) -> None:
    """Law: two alerts of one product are one incident, redrawn, and over with the last."""
    owned(world, acc_oak="Sync")
    fire(world, alert("aa"), alert("bb", summary="Sync loses calls"))
    [seen] = cards(world)
    assert "2 of 2 signals on" in seen.text

    fire(world, over("aa"))
    assert "1 of 2 signals on" in cards(world)[0].text
    fire(world, over("bb"))

    [seen] = cards(world)
    assert "over" in seen.text and "Over since" in seen.text
    world.write("joy", BROKEN, "Sync broken")
    assert not any("A known incident" in one.text for one in cards(world))


def test_what_is_told_again_or_late_changes_nothing(world: World) -> None:
    """Law: a fingerprint makes one row while it fires, also under another call; after its end an
    old beginning is late; a new one is a new incident."""
    owned(world, acc_oak="Sync")
    for told in (alert(), alert(), alert(region=""), over(), over(), alert()):
        assert fire(world, told).status_code == 200
    [row] = signals(world)
    assert row.ended_at == START
    assert len(cards(world)) == 1

    world.clock.advance(minutes=5)
    fire(world, alert(began=START + timedelta(minutes=4)))

    assert [one.ended_at is None for one in signals(world)] == [False, True]
    assert len(cards(world)) == 2


def test_an_end_before_its_beginning_ends_it(world: World) -> None:
    """Law: calls that overtake each other leave no incident that never ends."""
    fire(world, over())
    fire(world, alert())

    assert [row.ended_at for row in signals(world)] == [START]
    assert cards(world) == []


def test_a_product_that_nobody_has_is_told_so(world: World) -> None:
    """Law: the monitor gets its 200, and people learn that the name is not ours."""
    owned(world, acc_oak="Sync")

    assert fire(world, alert(product="Teleport")).status_code == 200

    assert (
        "No account on record has what the monitor names: Teleport."
        in card(world, ANA, ESCALATIONS).text
    )


def test_a_region_has_its_own_channel_and_its_own_accounts(world: World) -> None:
    """Law: `eu-west-1` is Europe; who is elsewhere is not touched."""
    owned(world, acc_oak="Sync", acc_seine="Sync")

    fire(world, alert(region="eu-west-1"), alert("dd", region="us"))

    [there], [here] = cards(world, EUROPE), cards(world)
    assert "Seine Mode" in there.text and "Oak Bakery" not in there.text
    assert "Oak Bakery" in here.text and "Seine Mode" not in here.text


def test_statuspage_tells_by_its_address(world: World) -> None:
    """Law: an incident begins, goes on and ends; a component that names our product counts."""
    owned(world, acc_oak="Sync")
    assert page(world, incident()).status_code == 200
    assert "Oak Bakery" in card(world, ANA, ESCALATIONS).text

    page(world, incident("identified", 3, name="Sync is slow"))
    assert "Sync is slow" in card(world, ANA, ESCALATIONS).fallback
    page(world, incident("resolved", 9))
    assert [row.ended_at for row in signals(world)] == [START + timedelta(minutes=9)]

    component = {"id": "cmp1", "name": "Larkspur Sync", "status": "major_outage"}
    for status, is_on in (("major_outage", True), ("operational", False)):
        world.clock.advance(minutes=10)
        at = world.clock.now().isoformat()
        update = {"component_id": "cmp1", "new_status": status, "created_at": at}
        page(world, {"component_update": update, "component": component})
        assert (signals(world)[-1].ended_at is None) is is_on


@pytest.mark.parametrize(
    ("name", "components", "where"),
    [
        ("Sync is down", ["Sync (EU)"], "eu"),
        ("Sync is down", ["Larkspur Sync – EU", "Print (EU)"], "eu"),
        ("EU: Sync is down", ["Sync"], "eu"),
        ("Sync is down", ["Sync (EU)", "Sync (US)"], ""),
        ("Sync is down, contact us", ["Sync"], ""),
        ("Sync is down", ["Sync (EU)", "Sync"], ""),
        ("Sync is down", ["Reunion Sync"], ""),
    ],
)
def test_a_status_page_tells_the_region_by_its_names(
    world: World, name: str, components: list[str], where: str
) -> None:
    """Law: who is elsewhere is not touched; where names differ nobody is left out."""
    owned(world, acc_oak="Sync", acc_seine="Sync")
    named = [{"id": n, "name": one, "status": "major_outage"} for n, one in enumerate(components)]
    page(world, incident(name=name, components=named))
    assert signals(world)[-1].region == where
    shown = cards(world, EUROPE if where else ESCALATIONS)[-1].text
    assert "Seine Mode" in shown and ("Oak Bakery" in shown) is (not where)


def test_a_product_that_is_called_like_a_place_is_no_place(world: World) -> None:
    owned(world, acc_oak="US Payroll", acc_seine="US Payroll")
    named = [{"id": "cmp1", "name": "US Payroll", "status": "major_outage"}]
    page(world, incident(name="Payroll is down", components=named))
    assert signals(world)[-1].region == ""


def test_what_spreads_to_other_regions_is_everywhere_from_then_on(world: World) -> None:
    owned(world, acc_oak="Sync", acc_seine="Sync")
    named = [
        {"id": n, "name": f"Sync ({at})", "status": "down"} for n, at in enumerate(("EU", "US"))
    ]
    page(world, incident(components=named[:1]))
    page(world, incident("identified", 3, components=named))
    assert signals(world)[-1].region == ""


@pytest.mark.parametrize("ref", ["c0ffee01", "beef"], ids=["the same alert", "another"])
def test_what_fails_after_a_lost_end_is_news(world: World, ref: str) -> None:
    """Law: an incident that nobody has told of for days swallows none; it has a card of its own."""
    owned(world, acc_oak="Sync")
    fire(world, alert())
    world.clock.advance(days=30)

    fire(world, alert(ref, began=world.clock.now() - timedelta(minutes=2), summary="Sync is gone"))

    first, second = cards(world)
    assert "Sync answers slowly" in first.fallback and "Sync is gone" not in first.text
    assert ("Over since" in first.text) is (ref == "c0ffee01")
    assert "Sync is gone" in second.fallback and "1 of 1 signals on" in second.text
    world.write("joy", BROKEN, "Sync broken")
    assert "A known incident: Sync is gone" in card(world, ANA, ESCALATIONS).text


def test_what_joins_a_long_trouble_is_posted_anew(world: World) -> None:
    """Law: nobody looks at a card of last week, though its trouble is told of again and again."""
    owned(world, acc_oak="Sync")
    page(world, incident())
    for days in range(1, 5):
        world.clock.advance(days=1)
        page(world, incident("identified", 60 * 24 * days))
    assert len(cards(world)) == 1

    for ref in ("aa", "bb"):
        fire(world, alert(ref, product="Larkspur Sync", began=world.clock.now()))

    assert len(cards(world)) == 2
    assert "2 of 2 signals on" in cards(world)[-1].text


@pytest.mark.parametrize("status", ["scheduled", "in_progress"])
def test_what_is_planned_is_no_incident(world: World, status: str) -> None:
    """Law: maintenance is answered and noted nowhere."""
    assert page(world, incident(status, impact="maintenance")).json() == {
        "ignored": "planned, or without impact"
    }
    assert signals(world) == []


def test_only_who_has_the_token_is_heard(world: World) -> None:
    """Law: a wrong or missing token is refused, and one in the address of a sender that can send
    headers too; a relay may sign instead."""
    assert fire(world, alert(), token="guessed").status_code == 401
    assert page(world, incident(), token="guessed").status_code == 401
    http = world.server.http
    assert http.post("/hooks/page", json=incident()).status_code == 401
    assert http.post(f"/hooks/alerts/{TOKEN}", json={"alerts": [alert()]}).status_code == 401
    assert signals(world) == []

    body = '{"alerts": [' + str(alert()).replace("'", '"') + "]}"
    signature = Webhook(TOKEN).sign("msg_1", START, body)
    stamped = {"webhook-id": "msg_1", "webhook-timestamp": f"{START.timestamp():.0f}"}
    signed = {**stamped, "webhook-signature": signature}
    assert http.post("/hooks/alerts", content=body, headers=signed).status_code == 200
    assert [row.started_at for row in signals(world)] == [BEGAN]
    forged = {**signed, "authorization": f"Bearer {TOKEN}", "webhook-signature": "v1,bm8="}
    assert http.post("/hooks/alerts", content=body, headers=forged).status_code == 401
