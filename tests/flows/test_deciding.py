"""Consent, measured: of acts to whoever runs the bot, of a gate to leads, of oneself to oneself."""

from pathlib import Path

import pytest

from bot.flows.reporting.consent import CARD_WORDS
from storage.consents import said
from tests.cli.conftest import Shell
from tests.clock import START
from tests.company import ANA, APPROVALS, BEN, GUS, HAL, LEA, MAX, NIA
from tests.flows.scenes import refund_asked
from tests.flows.screen import Seen, card, fill
from tests.flows.test_home import home
from tests.world import World

LIMITS = "limits: {refunds_per_customer_day: 2}"
ALONE = {LIMITS: "limits: {together_within: 0s}"}
MANY = {
    **ALONE,
    "roles: [specialist], slack": "roles: [specialist, approver], limits: {refund: 5000}, slack",
    "roles: [specialist, approver], slack: U0GUS": "roles: [specialist, lead], slack: U0GUS",
}
ALL = ("--days", "3650")


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "250"})


def asked(world: World, amount: str) -> Seen:
    return refund_asked(world, "big", f"Please refund {amount} USD of my last payment.")[1]


def approved(world: World, amount: str, by: str, minutes: int = 5) -> None:
    seen = asked(world, amount)
    world.clock.advance(minutes=minutes)
    seen.press("Approve", by=by)


@pytest.mark.app_yaml(MANY)
def test_of_a_gate_leads_see_the_whole_and_each_their_own(world: World, shell: Shell) -> None:
    """Law: five people or more together, nobody by name; one's own to oneself; a partner's lead
    sees nothing of ours."""
    approved(world, "31.00", LEA, minutes=0)
    for number, who in enumerate((MAX, NIA, ANA)):
        approved(world, f"{32 + number}.00", who)
    assert "people together" not in home(world, LEA)
    told = shell.run("consent", *ALL)
    assert "Not shown, with fewer than 5 people: refunds." in told and "sooner than" not in told

    approved(world, "35.00", BEN)
    with world.looking() as uow:
        newest = said(uow.session, START, 2)
    assert [one.person for one in newest] == ["ana", "ben"]
    whole = "5 yeses, 0 noes; sooner than the card can be read: 1 (20%, 4% to 62%)"
    seen = " ".join(home(world, LEA).split())
    assert f"Gate refunds, 5 people together: {whole}" in seen
    assert "You: 1 yes, 0 noes; sooner than the card can be read: 1 (100%, 21% to 100%)" in seen
    seen = " ".join(home(world, NIA).split())
    assert "You: 1 yes, 0 noes; sooner than the card can be read: 0 (0%, 0% to 79%)" in seen
    for who in (NIA, GUS, HAL):
        assert "people together" not in home(world, who)
    assert "Decisions of the last" not in home(world, HAL)

    told = shell.run("consent", *ALL)
    assert shell.code == 0 and f"refunds: 5 people, {whole}; 0 long runs." in told
    assert not any(name in told for name in ("Lea", "Max", "Nia", "Ana", "Ben", "lea", "max"))


@pytest.mark.app_yaml(ALONE | {"{grace: 0s,": "{grace: 10s,"})
def test_each_end_is_counted_by_act_and_grade(world: World, shell: Shell) -> None:
    """Law: what was refused, expired, changed or overridden, of all that ended; what waits is
    counted beside them."""
    assert "Nobody was asked for an approval within 3,650 days" in shell.run("consent", *ALL)
    approved(world, "31.00", LEA)
    card(world, LEA, APPROVALS).press("Undo")
    card(world, LEA, APPROVALS).press("Approve")
    world.later(seconds=11)
    changing = asked(world, "32.00")
    world.clock.advance(minutes=5)
    view = changing.press("Change before approval", by=LEA)["view"]
    assert fill(world, LEA, view, new_amount="30.00", note="What was agreed.")["ok"]
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    world.later(seconds=11)
    asked(world, "900.00").press("Approve", by=LEA)
    view = card(world, MAX, APPROVALS).press("Reject", by=MAX)["view"]
    assert fill(world, MAX, view, reason="It was used all month")["ok"]
    view = asked(world, "35.00").press("Reject", by=LEA)["view"]
    assert fill(world, LEA, view, reason="It was used all month")["ok"]
    asked(world, "33.00")
    world.later(days=2)
    asked(world, "34.00")

    told = shell.run("consent", *ALL)
    each = " ".join(["1 (25%, 5% to 70%)"] * 4)
    assert f"refund one 4 5 min (too few for an interval) {each}" in told
    once, never = "1 (100%, 21% to 100%)", "0 (0%, 0% to 79%)"
    assert f"refund two 1 0 s (too few for an interval) {never} {never} {once} {once}" in told
    assert "Of 6 in all 1 still wait or were withdrawn." in told
    # What was changed stood there since then, and not since it was asked for.
    mine = "You: 1 yes, 1 no; sooner than the card can be read: 1 (100%, 21% to 100%)."
    assert mine in " ".join(home(world, MAX).split())


def test_no_card_has_fewer_words_than_haste_is_told_by(world: World) -> None:
    """Law: nobody is told of haste who had nothing more to read."""
    _, seen = refund_asked(world)
    reason = "They have this one charge on record. The amount is all that can still be given back"
    assert reason in seen.text
    assert len(seen.text.replace(reason, "").split()) > 2 * CARD_WORDS
