"""Promises 1 to 5: one effect for one consent, and exactly the one that was shown."""

import ast
import json
import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bot import approval_commands as commands
from bot.bus import Origin
from bot.commands import Command
from bot.flows.approval.cards import draw_approval
from bot.handlers.slack.render import card_message
from bot.people import Account, Standing
from bot.steps import Lane
from storage.models import (
    Approval,
    ApprovalState,
    Delivery,
    DeliveryState,
    Effect,
    EffectState,
)
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, HAL, HOME, LEA, MAX, Json
from tests.flows.scenes import approval_of, audit, effects, refund_asked
from tests.flows.screen import Seen, card, told
from tests.flows.test_changing import changed, press_stale
from tests.promises.recorded import Recorder
from tests.promises.test_acts import bent_act
from tests.storage.rows import a_delivery
from tests.world import World

BOT = Path(__file__).parents[2] / "bot"
ONE_BY_ONE = {
    "{refunds_per_customer_day: 2}": "{refunds_per_customer_day: 20, together_within: 0s}"
}
MANY = 6


def several(world: World, count: int = MANY) -> list[Seen]:
    """Refunds of as many charges, each waiting for one yes."""
    found = []
    for n in range(count):
        world.provider.add_charge(
            amount=2500 + n, currency="usd", customer="cus_joy", charge_id=f"ch_{n}"
        )
        found.append(refund_asked(world, "joy", f"Please refund my payment of 25.0{n} USD.")[1])
    return found


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_1_one_effect_per_approval(world: World) -> None:
    """Everybody presses at once, each click arrives three times, answers of the provider are lost
    after their commit, and several workers carry what follows, twice."""
    cards = several(world)
    world.provider.faults.drop_after_commit_next = 2
    presses = [(seen, who) for seen in cards for who in (LEA, MAX, LEA, MAX)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda press: press[0].press_only("Approve", by=press[1], repeat=3), presses))
        list(pool.map(lambda _: world.backstop.worker.run_due(Lane.EFFECTS), range(4)))
    world.later(minutes=1)
    world.backstop.writer.run(lambda uow: _wait_again(uow, "carry out"))
    world.later(minutes=1)
    assert sorted(one["charge"] for one in world.refunds) == [f"ch_{n}" for n in range(MANY)]
    assert len(audit(world, "approval granted")) == MANY


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_2_no_approved_effect_is_lost(world: World) -> None:
    """Whatever the provider does to the calls, each is redeemed within 60 s of the last fault."""
    cards, faults = several(world), world.provider.faults
    faults.drop_after_commit_next = faults.error_500_after_commit_next = 1
    faults.error_500_before_commit_next = faults.rate_limit_next = faults.conflict_next = 1
    for seen in cards[:-1]:
        seen.press_only("Approve")
    world.settle()
    faults.read_error_500 = faults.rate_limit = 1.0
    cards[-1].press("Approve")
    for _ in range(20):
        world.later(seconds=30)
    assert len(world.refunds) < MANY
    faults.read_error_500 = faults.rate_limit = 0.0
    world.later(seconds=60)
    assert sorted(one["charge"] for one in world.refunds) == [f"ch_{n}" for n in range(MANY)]
    assert [one.state for one in effects(world)] == [EffectState.DONE] * MANY


def test_promise_3_no_effect_without_a_redeemed_approval(world: World, recorder: Recorder) -> None:
    """Not by a click without a signature, by somebody without the right, by a form that nobody
    opened, nor by a delivery out of nowhere; and what there is names the consent it rests on."""
    _, seen = refund_asked(world)
    click = recorder.click(seen, "Approve", HAL)
    mine = recorder.fresh(click) | {"user": {**click["user"], "id": LEA}}
    assert recorder.payload(mine, "somebody else's secret") == 401
    form = {"type": "view_submission", "view": {"callback_id": "approval.reject"}}
    recorder.payload(recorder.fresh(click) | form)
    approval = approval_of(world, seen)
    world.backstop.writer.run(lambda uow: _conjure(uow, approval))
    world.settle()
    assert world.refunds == []
    assert [one.trouble for one in effects(world)] == ["not_approved"]
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert [one["charge"] for one in world.refunds] == ["ch_sol"]
    assert _unredeemed(world) == []


def test_promise_3_one_place_calls_the_provider() -> None:
    """The adapter is loaded by name where app.yaml asks for it; one line of the bot pays back."""
    sources = {str(path.relative_to(BOT)): path.read_text("utf-8") for path in BOT.rglob("*.py")}
    calls = [
        name
        for name, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "refund"
    ]
    assert calls == ["flows/approval/calling.py"]
    assert [name for name, source in sources.items() if "stripe_payments" in source] == [
        "bootstrap.py"
    ]


def test_promise_4_what_was_shown_is_what_runs(world: World) -> None:
    """Any field of what would run, changed in any way after the click: nothing is paid."""
    _, seen = refund_asked(world)
    seen.press_only("Approve")
    [effect] = effects(world)
    shown, dice = dict(effect.payload), random.Random(4)
    for _ in range(60):
        bent = bent_act(shown, dice)
        world.backstop.writer.run(partial(_put, effect.id, bent))
        world.backstop.worker.run_due(Lane.EFFECTS)
        assert world.refunds == [], bent
        assert effects(world)[0].trouble == "payload_changed", bent
    world.backstop.writer.run(partial(_put, effect.id, shown))
    world.settle()
    assert [(one["charge"], one["amount"]) for one in world.refunds] == [("ch_joy", 4900)]


def test_promise_4_a_card_is_a_function_of_what_runs(world: World) -> None:
    """Drawn twice it is the same bytes; drawn of something else it is something else."""
    _, seen = refund_asked(world)
    ident, drawn, dice = approval_of(world, seen).id, set(), random.Random(4)
    for n in range(40):
        differing = {"amount": 1000 + n, "charge": dice.choice(("ch_joy", "ch_other"))}
        first = _drawn(world, ident, differing)
        assert first == _drawn(world, ident, differing)
        drawn.add(first)
    assert len(drawn) == 40


@pytest.mark.app_yaml(ONE_BY_ONE)
@pytest.mark.parametrize("seed", [1, 2])
def test_promise_5_an_edit_kills_the_approval(world: World, seed: int) -> None:
    """Over a history of edits, each button of each earlier version is dead and says so; what runs
    in the end is the last version."""
    dice, amount = random.Random(seed), 4900
    _, seen = refund_asked(world)
    old: list[Seen] = []
    for _ in range(6):
        old.append(seen)
        amount = dice.randint(100, 4800)
        seen = changed(world, seen, MAX, new_amount=f"{amount / 100:.2f}")
        for stale in dice.sample(old, min(3, len(old))):
            press_stale(stale, dice.choice(("Approve", "Reject")), LEA)
            assert "has changed since the card was drawn" in told(world, LEA, APPROVALS)
    assert world.refunds == [] and audit(world, "approval granted") == []
    card(world, LEA, APPROVALS).press("Approve")
    assert [one["amount"] for one in world.refunds] == [amount]


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_5_of_an_edit_and_a_yes_at_once_one_counts(world: World) -> None:
    """Whoever says yes at the moment of a change has consented to what they saw, or to nothing."""
    for n, seen in enumerate(several(world)):
        approval = approval_of(world, seen)
        stands = (approval.id, approval.version, approval.digest)
        edit = commands.ReviseApproval(
            _member(MAX), *stands, {"amount": "10.00", "reason": "Half of it"}, "Half", ""
        )
        yes = commands.GrantApproval(_member(LEA), *stands, APPROVALS, seen.ts)
        both: tuple[Command, ...] = (edit, yes) if n % 2 else (yes, edit)
        pressed = [
            world.backstop.bus.submit(one, Origin("slack", f"{n}:{i}"))
            for i, one in enumerate(both)
        ]
        answers = [one.result() for one in pressed]
        world.settle()
        paid = [one["amount"] for one in world.refunds if one["charge"] == f"ch_{n}"]
        now = _approval(world, approval.id)
        assert (paid, now.version) in [([2500 + n], 1), ([], 2)], answers


def _member(user: str) -> Account:
    return Account("slack", user, HOME, Standing.MEMBER)


def _approval(world: World, ident: int) -> Approval:
    with world.looking() as uow:
        return uow.approvals.get(ident)


def _wait_again(uow: UnitOfWork, step: str) -> None:
    for delivery in uow.session.query(Delivery).filter(Delivery.step == step):
        delivery.state, delivery.done_at = DeliveryState.WAITING, None


def _conjure(uow: UnitOfWork, approval: Approval) -> None:
    """An effect on its way for what nobody has approved."""
    effect = Effect(
        kind="refund",
        key="conjured",
        authority=f"approval:{approval.id}",
        approval_id=approval.id,
        ticket_id=approval.ticket_id,
        payload=json.loads(approval.payload),
        created_at=approval.created_at,
    )
    uow.session.add(effect)
    uow.session.flush()
    carried = {"lane": "effects", "step": "carry out", "event": "EffectReady"}
    given_ = {"payload": {"effect": effect.id}, "due": approval.created_at}
    uow.deliveries.add([a_delivery(**carried, **given_, created_at=approval.created_at)])


def _unredeemed(world: World) -> list[str]:
    """Keys of the ledger that no approved approval bears."""
    with world.looking() as uow:
        borne = {
            effect.key
            for effect in uow.session.query(Effect).filter(Effect.approval_id.is_not(None))
            if uow.approvals.get(effect.approval_id or 0).state is ApprovalState.APPROVED
        }
    keys = [str(one["idempotency_key"]) for one in world.refunds]
    return [key for key in keys if not any(key.startswith(one) for one in borne)]


def _put(ident: int, payload: Json, uow: UnitOfWork) -> None:
    """Ready to be carried out, with these words."""
    effect = uow.effects.get(ident)
    effect.payload, effect.state, effect.trouble = payload, EffectState.READY, None
    _wait_again(uow, "carry out")


def _drawn(world: World, ident: int, differing: Json) -> str:
    """The card of a row with these words, as Slack gets it."""
    bot = world.backstop

    def change(uow: UnitOfWork) -> None:
        approval = uow.approvals.get(ident)
        approval.payload = json.dumps(json.loads(approval.payload) | differing)

    bot.writer.run(change)
    with world.looking() as uow:
        found = draw_approval(ident, uow, bot.directory, bot.settings, bot.clock)
    assert found is not None
    return json.dumps(card_message(found))
