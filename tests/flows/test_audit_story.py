"""`backstop audit show APPROVAL`: the whole story of one approval, in order."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.company import APPROVALS, BEN, LEA, MAX
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import card, fill
from tests.world import World


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "250"})


def test_the_story_is_told_in_order(world: World, shell: Shell) -> None:
    """Law: who proposed it, where it was shown, whose click was refused, who decided as what, the
    effect and its receipt; of other approvals nothing."""
    refund_asked(world, "nox", "Please refund my last payment of 30.00 USD.")
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    seen.press("Approve", by=BEN)
    seen.press("Approve", by=LEA)
    card(world, LEA, APPROVALS).press("Approve", by=MAX)
    [refund] = world.refunds

    told = shell.run("audit", "show", "2")
    assert shell.code == 0
    for words in (
        "Approval 2: approved",
        "Refund 1,200.00 USD",
        "Asked for by offline",
        "Gate big refunds: 2 approvals (approver)",
        f"Shown in slack {APPROVALS}",
        "UTC, to version 1",
        "Effect done",
        f"Receipt {refund['id']}",
    ):
        assert words in told
    order = ("approval requested", "refused", "approval granted", "effect done")
    places = [told.index(f" {what} ") for what in order]
    assert places == sorted(places)
    assert "because=NotAllowed" in told and "limit=5,000.00 USD" in told
    assert "approval:1 " not in told


def test_what_a_decision_rested_on_is_kept_as_it_was(world: World) -> None:
    """Law: roles and limit at the click, whatever becomes of them later."""
    _, seen = refund_asked(world)
    seen.press("Approve")
    [entry] = audit(world, "approval granted")
    assert entry.data["roles"] == ["approver", "lead", "specialist"]
    assert entry.data["limit"] == "5,000.00 USD" and entry.data["organisation"] is None


def test_what_was_shown_changed_and_run_can_be_held_against_each_other(
    world: World, shell: Shell
) -> None:
    """Law: each version has its hash and its author, what ran has its own, and the log has both
    under a key that goes with the customer."""
    _, seen = refund_asked(world)
    view = seen.press("Change before approval", by=LEA)["view"]
    assert fill(world, LEA, view, new_amount="20.00", note="Half of it.")["ok"]
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    with world.looking() as uow:
        first, second = (version.digest for version in uow.approvals.versions(1))
    told = shell.run("audit", "show", "1")
    assert "Version 1 offline" in told and first in told
    assert f"What runs {second}" in told and "max, 20" in told and "to version 2" in told
    [granted] = audit(world, "approval granted")
    [done] = [one for one in audit(world, "effect done") if "digest" in one.data]
    assert done.data["digest"] == granted.data["digest"] != ""


def test_an_approval_that_is_not_there_is_said_so(world: World, shell: Shell) -> None:
    assert "There is no approval 77" in shell.run("audit", "show", "77")
    assert shell.code == 1
