"""Promises 10 to 13: consent has a time, a place, an amount, and above a limit a second proof."""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config import ConfigError
from bot.steps import Lane
from sandbox.payments.records import Charge
from storage.models import Approval, ApprovalState, ApprovalVote
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import APPROVALS, GENERAL, HAL, LEA, MAX, NIA, Json
from tests.config.files import load_text
from tests.flows.enrolling import approve, code, enrolled
from tests.flows.scenes import approval_of, audit, effects, refund_asked
from tests.flows.screen import card, fill, messages
from tests.flows.test_absence import say
from tests.flows.test_step_up import ABOVE
from tests.promises.recorded import Recorder
from tests.promises.test_money import ONE_BY_ONE, several
from tests.world import World

MONEY_EXPIRES = timedelta(hours=4)


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_10_expiry(world: World) -> None:
    """A second before its time is over a click counts; from that second on none does, whoever
    presses first, the clock's timer or a person."""
    moments = (-3600, -1, 0, 1, 3600)
    cards = several(world, len(moments))
    ends = [approval_of(world, seen).expires_at for seen in cards]
    assert ends == [START + MONEY_EXPIRES] * len(moments)
    for seen, seconds in zip(cards, moments, strict=True):
        world.clock.set(START + MONEY_EXPIRES + timedelta(seconds=seconds))
        seen.press_only("Approve")
    world.settle()
    assert [one["charge"] for one in world.refunds] == ["ch_0", "ch_1"]
    assert len(audit(world, "approval granted")) == 2
    assert len(audit(world, "approval expired")) == 3


@pytest.mark.parametrize("expires", ["7d", "8d", "52w"])
def test_promise_10_nothing_waits_longer_than_a_week(tmp_path: Path, expires: str) -> None:
    """A settings file that asks for more is refused by name."""
    text = (
        "company: {name: Acme, time_zone: Europe/Berlin, currency: EUR}\n"
        f"gates: [{{name: all, act: refund, grade: one, expires: {expires}}}]\n"
    )
    if expires == "7d":
        assert load_text(tmp_path, text).gates[0].expires == timedelta(days=7)
    else:
        with pytest.raises(ConfigError, match="expires"):
            load_text(tmp_path, text)


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_10_single_use(world: World, recorder: Recorder) -> None:
    """Every request of a day's work is sent again at once, a day and a week later: as it was, and
    signed anew. Nothing is decided, paid or said a second time."""
    for seen in several(world, 3):
        seen.press("Approve")
    _, seen = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    fill(world, LEA, seen.press("Reject")["view"], reason="The plan was used all month")
    letters = list(recorder.letters)
    before = _counted(world)
    for later in (timedelta(0), timedelta(days=1), timedelta(days=7)):
        world.later(seconds=later.total_seconds())
        for letter in letters:
            recorder.again(letter)
            if letter.path == "/slack/events":
                recorder.resigned(letter)
        world.settle()
        assert _counted(world) == before, later
    assert len(letters) >= 8


def _counted(world: World) -> list[int]:
    decided = ("approval granted", "approval rejected", "approval requested", "effect done")
    return [len(world.refunds), *(len(audit(world, kind)) for kind in decided)]


def _elsewhere(container: Json) -> Iterator[Json]:
    """Where the click is said to have been made: never where the card stands."""
    ts = str(container["message_ts"])
    for name, value in (("message_ts", ts), ("channel_id", str(container["channel_id"]))):
        bent: tuple[Any, ...] = (None, "", 0, [], {}, [value], value[:-1], f"{value}0")
        bent += (value.lower() + " ", f" {value}", GENERAL, f"D{LEA[1:]}", "1790154000.999999")
        yield from (container | {name: other} for other in bent)
        yield {key: one for key, one in container.items() if key != name}
    yield from ({}, {"type": "view"}, {"type": "message"})


def _otherwise(value: Json, other: Json) -> Iterator[Any]:
    """What the button is said to hold: never what this card's button holds."""
    digest = value["digest"]
    yield from (value | {"version": n} for n in (0, -1, 2, 3, 10**9, None, "", "x", [1], 1.5))
    yield from (value | {"approval": n} for n in (0, -1, 99, 10**18, None, "", "x", [1], True))
    yield from (
        value | {"digest": digest[:n] + ("0" if digest[n] != "0" else "1") + digest[n + 1 :]}
        for n in range(len(digest))
    )
    others: tuple[Any, ...] = ("", None, 0, [], digest.upper(), f"{digest} ")
    yield from (value | {"digest": one} for one in others)
    # Without a version it is the first, as cards were drawn before there were any.
    for name in ("approval", "digest"):
        yield {key: one for key, one in value.items() if key != name}
    yield from (value | {"approval": other["approval"]}, value | {"digest": other["digest"]})
    yield from ([], "", None, 7, [value], {"args": value}, {})


def test_promise_11_copied_forwarded_and_foreign_cards_are_inert(
    world: World, recorder: Recorder
) -> None:
    """The right person, and a click that says it was made elsewhere, on something else or through
    another app: nothing is decided by any of them."""
    _, first = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    _, seen = refund_asked(world)
    click = recorder.click(seen, "Approve", HAL)
    click = click | {"user": {**click["user"], "id": LEA}}
    [action], mine, other = click["actions"], seen.value("Approve"), first.value("Approve")
    tried: list[Json] = [{"container": one} for one in _elsewhere(click["container"])]
    tried += [
        {"actions": [{**action, "value": json.dumps(one)}]} for one in _otherwise(mine, other)
    ]
    tried.append({"container": {**click["container"], "message_ts": first.ts}})
    for n, bent in enumerate(tried, start=2):
        recorder.payload(recorder.fresh(click) | bent)
        assert len(audit(world, "refused")) == n, str(bent)[-400:]
    assert recorder.payload(recorder.fresh(click), secret="another app's secret") == 401
    world.settle()
    assert len(tried) > 100
    assert world.refunds == [] and audit(world, "approval granted") == []
    recorder.payload(recorder.fresh(click))
    world.settle()
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]


@pytest.mark.app_yaml(
    {
        "up_to: 2000, currency: USD, tiers: [standard]": "up_to: 5000, currency: USD",
        "limits: {refunds_per_customer_day: 2}": "limits: {refunds_per_customer_day: 3, "
        "together_within: 0s, approved_per_person_day: {refund: 20000}}",
    }
)
@pytest.mark.parametrize("seed", [1, 2])
def test_promise_12_a_refund_is_bounded_when_it_runs(world: World, seed: int) -> None:
    """Over a history of wishes, of yeses at once and of refunds that others make at the provider
    meanwhile: never more than was paid, than one person may approve, than one customer gets
    unasked in a day; and the provider never has to say so."""
    dice = random.Random(seed)
    charges = {who: world.provider.charges[f"ch_{who}"] for who in ("sol", "joy")}
    for charge in charges.values():
        charge.amount = 12_000
    for _ in range(8):
        who, amount = dice.choice(("sol", "joy")), dice.randint(3_000, 9_000)
        words = f"Please refund {amount // 100}.{amount % 100:02} USD of my last payment."
        world.write(who, words, "Money back")
        if dice.random() < 0.4:
            _elsewhere_refunded(
                world, charges[dice.choice(("sol", "joy"))], dice.randint(500, 4_000)
            )
        if dice.random() < 0.7:
            _all_say_yes(world)
    _all_say_yes(world)
    asked = [one for one in world.refunds if one["idempotency_key"]]
    assert asked
    for charge in charges.values():
        assert charge.refunded <= charge.amount
        assert sum(o["amount"] for o in world.refunds if o["charge"] == charge.id) <= charge.amount
    with world.looking() as uow:
        rows = uow.session.query(Approval).all()
        unasked = [one for one in rows if not one.needed]
        assert len([one for one in unasked if one.state is ApprovalState.APPROVED]) <= 3
        for person in ("lea", "max"):
            given = [one.amount or 0 for one in rows if _gave(uow, one, person)]
            assert sum(given) <= 20_000
    codes = {one.trouble for one in effects(world)}
    assert codes <= {None, "more_than_refundable", "charge_changed"}


def _all_say_yes(world: World) -> None:
    """Lea and Max press whatever waits, at the same moment; several workers carry it out."""
    found = [one for one in messages(world, LEA, APPROVALS) if "Approve" in one.labels]
    presses = [(seen, who) for seen in found for who in (LEA, MAX)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one[0].press_only("Approve", by=one[1]), presses))
        list(pool.map(lambda _: world.backstop.worker.run_due(Lane.EFFECTS), range(3)))
    world.settle()


def _elsewhere_refunded(world: World, charge: Charge, amount: int) -> None:
    """Somebody at the provider's own page pays something back."""
    if amount <= charge.amount - charge.refunded:
        world.provider.add_refund(charge, amount)


def _gave(uow: UnitOfWork, approval: Approval, person: str) -> bool:
    said = uow.approvals.voted(approval)
    return approval.state is ApprovalState.APPROVED and person in said


@pytest.mark.app_yaml(ONE_BY_ONE)
def test_promise_12_the_kill_switch_stops_new_effects_at_once(world: World) -> None:
    """What was approved before and what is approved after: from the switch on nothing leaves."""
    cards = several(world, 4)
    for seen in cards[:2]:
        seen.press_only("Approve")
    assert say(world, LEA, "stop effects").startswith("Stopped")
    for seen in cards[2:]:
        seen.press_only("Approve")
    for _ in range(6):
        world.later(minutes=5)
    assert world.refunds == []
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(seconds=5)
    assert len(world.refunds) == 4


@pytest.mark.app_yaml(ABOVE)
def test_promise_13_chat_alone_is_not_enough(world: World, recorder: Recorder) -> None:
    """Above the step-up limit no signed click and no signed form is enough by itself, whoever's
    and whatever it holds, and a yes without its proof is none when the act runs."""
    key, others = enrolled(world, LEA), enrolled(world, NIA)
    _, seen = refund_asked(world)
    click = recorder.click(seen, "Approve", LEA)
    [action], value = click["actions"], seen.value("Approve")
    wrong: list[Any] = [
        None,
        "",
        "000000",
        0,
        code(world, others),
        code(world, key, 40),
        "' OR 1=1",
        [],
        True,
    ]
    for who in (LEA, MAX, NIA):
        for typed in wrong:
            held = {"actions": [{**action, "value": json.dumps(value | {"code": typed})}]}
            recorder.payload(recorder.fresh(click) | held | _by(click, who))
    view = seen.press("Approve")["view"]
    world.do_only(LEA, "submit", view_id=view["id"], values=_typed(view, "000001"))
    form = recorder.letters[-1].payload
    for n, typed in enumerate([*wrong, *(f"{n:06}" for n in range(20))]):
        block, field = next(iter(_typed(view, "").items()))
        name = next(iter(field))
        states = {block: {name: {"type": "plain_text_input", "value": typed}}}
        bent = {**form["view"], "state": {"values": states}, "hash": f"h{n}"}
        recorder.payload(recorder.fresh(form) | {"view": bent})
        recorder.payload(recorder.fresh(form) | {"view": bent} | _by(form, MAX))
    world.settle()
    assert world.refunds == [] and audit(world, "approval granted") == []
    world.clock.advance(hours=1)
    assert approve(world, card(world, LEA, APPROVALS), key, LEA)["ok"]
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({"grace: 0s, step_up: {}": "grace: 10s, step_up: {above: {refund: 4000}}"})
def test_promise_13_a_yes_without_its_proof_is_none_when_the_act_runs(world: World) -> None:
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    assert approve(world, seen, key, LEA)["ok"]

    def forget(uow: UnitOfWork) -> None:
        uow.session.query(ApprovalVote).one().proof = None

    world.backstop.writer.run(forget)
    world.later(seconds=11)
    assert world.refunds == []


def _by(payload: Json, who: str) -> Json:
    return {"user": {**payload["user"], "id": who}}


def _typed(view: Json, words: str) -> Json:
    [block] = [one for one in view["blocks"] if one["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: {"value": words}}}
