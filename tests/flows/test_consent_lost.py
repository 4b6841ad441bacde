"""Who approved may lose the right to it while nobody knows what a call did: then it is looked for,
and never sent again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import Backstop, build
from bot.config import load
from bot.steps import Lane
from bot.waiting import late
from storage.models import EffectState
from tests import company
from tests.company import APPROVALS, LEA, MAX
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.flows.test_consent_again import LEA_MAY, restarted
from tests.flows.test_giving_up import replay_the_effect
from tests.world import World

NO_APPROVER = "roles: [specialist, lead], slack: U0LEA"
MADE, LOST = "drop_after_commit_next", "error_500_before_commit_next"


def minutes_pass(world: World, minutes: int) -> None:
    for _ in range(minutes):
        world.later(minutes=1)


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
def test_an_account_closed_after_a_lost_answer_has_nothing_sent_again(
    world: World, made: bool
) -> None:
    """Law: what was paid is found and told; what was not is not paid any more."""
    ticket, seen = refund_asked(world)
    setattr(world.provider.faults, MADE if made else LOST, 1)
    seen.press("Approve", by=LEA)
    world.do_only(MAX, "change_person", user=LEA, changes={"deleted": True})
    minutes_pass(world, 10)
    assert len(world.refunds) == made
    is_told = any("We have refunded" in words for words in world.customer_reads(ticket))
    assert is_told is made
    shown = card(world, MAX, APPROVALS).text
    if made:
        assert [one.state for one in effects(world)] == [EffectState.DONE]
        assert "Done. Receipt" in shown
        return
    [effect] = effects(world)
    assert (effect.state, effect.trouble) == (EffectState.REFUSED, "approver_left")
    assert "Not done: whoever approved may no longer do so" in shown
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
def test_a_role_lost_after_a_lost_answer_has_nothing_sent_again(
    world: World, tmp_path: Path, made: bool
) -> None:
    """Law: by our own rules as by the platform's word."""
    _, seen = refund_asked(world)
    setattr(world.provider.faults, MADE if made else LOST, 1)
    seen.press("Approve", by=LEA)
    with restarted(world, tmp_path, LEA_MAY, NO_APPROVER) as bot:
        for _ in range(10):
            world.clock.advance(minutes=1)
            bot.worker.run_due()
    world.settle()
    assert len(world.refunds) == made
    [effect] = effects(world)
    assert effect.state is (EffectState.DONE if made else EffectState.REFUSED)


def test_what_lands_late_is_not_taken_for_not_done(world: World) -> None:
    """Law: while a call may be under way, a look that finds nothing settles nothing."""
    _, seen = refund_asked(world)
    setattr(world.provider.faults, LOST, 1)
    seen.press("Approve", by=LEA)
    key = f"{effects(world)[0].key}:1"
    world.do_only(MAX, "change_person", user=LEA, changes={"deleted": True})
    minutes_pass(world, 2)
    assert [one.state for one in effects(world)] == [EffectState.CALLING]
    charge = world.provider.charges["ch_joy"]
    world.provider.add_refund(charge, 4900, metadata={"backstop": key})
    minutes_pass(world, 3)
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert len(world.refunds) == 1


def test_a_replay_long_after_pays_on_no_consent_that_is_gone(world: World) -> None:
    """Law: what a person has looked up again days later rests on the consent of that day."""
    _, seen = refund_asked(world)
    world.provider.faults.error_500_before_commit = 1.0
    seen.press("Approve", by=LEA)
    for _ in range(12):
        world.later(minutes=10)
    assert [one.state for one in effects(world)] == [EffectState.STUCK]
    world.provider.faults.error_500_before_commit = 0.0
    world.do_only(MAX, "change_person", user=LEA, changes={"deleted": True})
    world.later(hours=72)
    replay_the_effect(world)
    minutes_pass(world, 10)
    assert world.refunds == []
    assert [one.trouble for one in effects(world)] == ["approver_left"]


@contextmanager
def without_slack_token(world: World, folder: Path) -> Iterator[Backstop]:
    """The bot as it comes back when its token is not set, on the same database."""
    file = folder / "same.yaml"
    file.write_text(company.APP_YAML.replace("URL", world.server.url), encoding="utf-8")
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    environ = company.SECRETS | {"BACKSTOP_DATABASE_URL": url}
    outside = replace(world.backstop.outside, surfaces={}, standings=None)
    bot = build(load(file, environ), environ, world.clock, outside)
    yield bot
    bot.close()


@pytest.mark.parametrize("fault", [None, LOST], ids=["ready", "out"])
def test_without_slacks_word_money_waits_and_is_late(
    world: World, tmp_path: Path, fault: str | None
) -> None:
    """Law: who cannot be asked about is neither taken for entitled nor given up: it waits."""
    _, seen = refund_asked(world)
    if fault:
        setattr(world.provider.faults, fault, 1)
        seen.press("Approve", by=LEA)
    else:
        seen.press_only("Approve", by=LEA)
    with without_slack_token(world, tmp_path) as bot:
        for _ in range(9):
            bot.worker.run_due(Lane.EFFECTS)
            world.clock.advance(minutes=5)
        with bot.reading() as uow:
            assert late(uow, world.clock.now())[Lane.EFFECTS].count == 1
    assert world.refunds == []
    [effect] = effects(world)
    assert (effect.trouble, effect.state is EffectState.STUCK) == ("unvouched", False)
    assert len(audit(world, "effect held")) == 1
    world.later(minutes=2)
    assert len(world.refunds) == 1
    assert [one.state for one in effects(world)] == [EffectState.DONE]


def test_what_no_person_approved_waits_for_no_platform(world: World, tmp_path: Path) -> None:
    """Law: a refund that the gate itself grants has nobody to ask about."""
    with without_slack_token(world, tmp_path) as bot:
        world.write_only("sol", "Please refund my last payment of 15.00 USD.", "Money back")
        bot.worker.run_due()
    assert len(world.refunds) == 1
