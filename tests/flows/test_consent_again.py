"""Between a yes and its effect people may lose the right to it; consent is read again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.bootstrap import Backstop, build
from bot.config import load
from storage.models import Approval, EffectState
from tests import company
from tests.company import APPROVALS, LEA, MAX
from tests.flows.scenes import approval_of, audit, effects, refund_asked
from tests.flows.screen import card
from tests.world import World

LEA_MAY = "roles: [specialist, lead, approver], slack: U0LEA, limits: {refund: 500000}"


@contextmanager
def restarted(world: World, folder: Path, old: str, new: str) -> Iterator[Backstop]:
    """The bot as it comes back with another app.yaml, on the same database."""
    assert old in company.APP_YAML
    file = folder / "changed.yaml"
    text = company.APP_YAML.replace(old, new).replace("URL", world.server.url)
    file.write_text(text, encoding="utf-8")
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    environ = company.SECRETS | {"BACKSTOP_DATABASE_URL": url}
    bot = build(load(file, environ), environ, world.clock, world.backstop.outside)
    yield bot
    bot.close()


@pytest.mark.parametrize(
    "now",
    [
        "roles: [specialist, lead, approver], slack: U0LEA, limits: {refund: 1000}",
        "roles: [specialist, lead], slack: U0LEA",
        "roles: [approver]",
    ],
    ids=["a lower limit", "no approver", "no account"],
)
def test_a_yes_of_somebody_who_may_no_longer_give_it_pays_nothing(
    world: World, tmp_path: Path, now: str
) -> None:
    """Law: by the very rules of the click; role, limit and account."""
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    with restarted(world, tmp_path, LEA_MAY, now) as bot:
        bot.worker.run_due()
    world.settle()
    assert world.refunds == []
    assert [one.trouble for one in effects(world)] == ["approver_left"]
    assert "may no longer do so" in card(world, MAX, APPROVALS).text


def test_a_yes_of_an_account_that_was_closed_since_pays_nothing(world: World) -> None:
    """Law: the platform is asked again before money moves."""
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    world.do_only(MAX, "change_person", user=LEA, changes={"deleted": True})
    world.settle()
    assert world.refunds == []
    assert [one.trouble for one in effects(world)] == ["approver_left"]


def test_while_nobody_says_who_approved_money_waits(world: World) -> None:
    """Law: what cannot be checked is neither carried out nor refused."""
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    world.workspace.faults.methods = ["users.info"]
    world.workspace.faults.error_500 = 1.0
    world.settle()
    assert world.refunds == []
    assert [one.state for one in effects(world)] == [EffectState.READY]
    world.workspace.faults.error_500 = 0.0
    world.later(minutes=1)
    assert len(world.refunds) == 1


def test_the_audit_holds_no_hash_that_can_be_guessed(world: World) -> None:
    """Law: a plain hash of "change the address to X" proves X to whoever guesses it."""
    world.write("joy", "Please change the billing email to new@oak.example", "Billing email")
    seen = card(world, LEA, APPROVALS)
    digest = approval_of(world, seen).digest
    seen.press("Approve", by=LEA)
    kinds = ("approval requested", "approval granted", "effect done")
    said = [str(entry.data) for kind in kinds for entry in audit(world, kind)]
    assert len(world.account_changes) == 1
    assert len(said) >= len(kinds)
    assert not any(digest[:16] in words for words in said)
    with world.looking() as uow:
        [approval] = uow.session.query(Approval).all()
        again = uow.keyed_hash(approval.customer_id, digest)
    assert audit(world, "approval granted")[0].data["digest"] == again
