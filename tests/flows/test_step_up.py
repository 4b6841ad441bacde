"""Above an amount a click alone is not enough: whoever approves types a code of their own."""

import threading

import pytest

from bot import approval_commands as commands
from bot.authenticators import STEP_S, TRIES
from bot.people import Account, Standing
from storage.models import ApprovalVote, Authenticator, ProofKind
from storage.unit_of_work import UnitOfWork
from tests.company import ADMIN, ANA, APPROVALS, GENERAL, HOME, LEA, MAX, NIA
from tests.flows.enrolling import approve, begun, code, enrolled, mentions, proved
from tests.flows.scenes import approval_of, audit, refund_asked
from tests.flows.screen import card, direct, fill, messages, refused, told, words_of
from tests.world import World

ABOVE = {"step_up: {}": "step_up: {above: {refund: 4000}}"}
GRACE = {"grace: 0s, step_up: {}": "grace: 10s, step_up: {above: {refund: 4000}}"}
TWO = {
    "act: refund, up_to: 50000, currency: USD, grade: one}": "act: refund, up_to: 50000, "
    "currency: USD, grade: two}"
} | ABOVE

pytestmark = pytest.mark.app_yaml(ABOVE)


def test_a_click_alone_executes_nothing(world: World) -> None:
    """Promise 13: above the limit, nothing runs without the code of whoever says yes."""
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    assert "A yes takes a code of your authenticator" in seen.text
    view = seen.press("Approve")["view"]
    assert world.refunds == [] and approval_of(world, seen).granted == 0
    assert "Refund 49.00 USD" in words_of(view)
    assert fill(world, LEA, view, code=code(world, key))["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]
    [granted] = audit(world, "approval granted")
    assert granted.data["proof"] == _vote(world).proof is not None


@pytest.mark.app_yaml({"step_up: {}": "step_up: {above: {refund: 4900}}"})
def test_up_to_the_amount_one_click_is_enough(world: World) -> None:
    _, seen = refund_asked(world)
    assert "takes a code" not in seen.text
    assert "view" not in seen.press("Approve")
    assert len(world.refunds) == 1


def test_a_code_counts_once(world: World) -> None:
    """Law: whoever looked over a shoulder approves nothing with what they saw."""
    key = enrolled(world, LEA)
    _, first = refund_asked(world)
    assert approve(world, first, key, LEA)["ok"]
    _, second = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    view = second.press("Approve")["view"]
    assert "has counted already" in refused(fill(world, LEA, view, code=code(world, key)))
    assert "has counted already" in refused(fill(world, LEA, view, code=code(world, key, 1)))
    world.clock.advance(seconds=STEP_S)
    assert fill(world, LEA, view, code=code(world, key))["ok"]
    assert len(world.refunds) == 2


def test_wrong_codes_end_in_a_lock_that_grows(world: World) -> None:
    """Law: five guesses, then a quarter of an hour; and twice as long after five more."""
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    for minutes in (15, 30):
        view = seen.press("Approve")["view"]
        for left in range(TRIES - 1, -1, -1):
            why = refused(fill(world, LEA, view, code=_wrong(world, key, left)))
            assert (f"{left} more tries" in why) == (left > 1), why
        assert f"{minutes} minutes" in why
        assert "try again in" in refused(fill(world, LEA, view, code=code(world, key)))
        assert "view" not in seen.press("Approve")
        assert f"try again in {minutes} minutes" in told(world, LEA, APPROVALS)
        world.clock.advance(minutes=minutes, seconds=1)
    assert "Lea Sand" in direct(world, MAX)[-1].text
    assert "Lea" not in direct(world, MAX)[-1].fallback
    assert "somebody is in your account" in direct(world, LEA)[-1].text
    assert [one.data["locked"] for one in audit(world, "code refused")].count(True) == 2
    assert approve(world, card(world, LEA, APPROVALS), key, LEA)["ok"]
    assert len(world.refunds) == 1


def test_what_is_no_code_is_no_guess(world: World) -> None:
    enrolled(world, LEA)
    _, seen = refund_asked(world)
    view = seen.press("Approve")["view"]
    for typed in ("12345", "1234567", "١٢٣٤٥٦", "12 34 5x") * 2:
        assert "6 digits" in refused(fill(world, LEA, view, code=typed))


def test_anothers_code_is_a_wrong_one(world: World) -> None:
    enrolled(world, LEA)
    others = enrolled(world, NIA)
    _, seen = refund_asked(world)
    view = seen.press("Approve")["view"]
    assert "not the code" in refused(fill(world, LEA, view, code=code(world, others)))
    assert world.refunds == []


def test_a_code_is_typed_for_what_was_shown(world: World) -> None:
    """Law: it approves the version before whoever types it, and no other."""
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    view = seen.press("Approve")["view"]
    changing = seen.press("Change before approval", by=MAX)["view"]
    assert fill(world, MAX, changing, new_amount="45.00", note="Half is ours")["ok"]
    assert "has changed" in refused(fill(world, LEA, view, code=code(world, key)))
    assert world.refunds == []
    assert approve(world, card(world, LEA, APPROVALS), key, LEA)["ok"]
    assert [one["amount"] for one in world.refunds] == [4500]


@pytest.mark.app_yaml(TWO)
def test_each_of_two_types_a_code_of_their_own(world: World) -> None:
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    assert approve(world, seen, key, LEA)["ok"]
    card(world, MAX, APPROVALS).press("Approve")
    assert "you have none" in told(world, MAX, APPROVALS)
    assert world.refunds == []


def test_who_has_no_authenticator_is_told_how_to_get_one(world: World) -> None:
    _, seen = refund_asked(world)
    assert "Lea Sand (no authenticator yet)" in seen.text
    seen.press("Approve")
    assert "/backstop authenticator" in told(world, LEA, APPROVALS)
    assert world.refunds == []


def test_an_authenticator_counts_once_an_administrator_has_confirmed_it(world: World) -> None:
    """Law: whoever is in somebody's account can set one up, and cannot confirm it."""
    key = proved(world, LEA)
    _, seen = refund_asked(world)
    seen.press("Approve")
    assert "you have none" in told(world, LEA, APPROVALS)
    for who, why in ((LEA, "for an administrator"), (ANA, "for an administrator")):
        world.do(MAX, "join", channel=ADMIN, user=who)
        card(world, MAX, ADMIN).press("It was they", by=who)
        assert why in told(world, who, ADMIN)
    card(world, MAX, ADMIN).press("It was they")
    assert "Confirmed by Max Vidal" in card(world, MAX, ADMIN).text
    assert "from now on its codes count" in direct(world, LEA)[-1].text
    # What it showed to prove itself is spent.
    view = seen.press("Approve")["view"]
    assert "has counted already" in refused(fill(world, LEA, view, code=code(world, key)))


def test_an_administrator_does_not_confirm_their_own(world: World) -> None:
    proved(world, MAX)
    card(world, MAX, ADMIN).press("It was they")
    assert "your own" in told(world, MAX, ADMIN)
    with world.looking() as uow:
        assert uow.authenticators.of("max", ProofKind.CODES) is None


def test_a_refused_one_never_counts(world: World) -> None:
    """Law: and administrators are told that somebody may be in that account."""
    proved(world, LEA)
    card(world, MAX, ADMIN).press("It was not")
    asked = next(
        one for one in reversed(messages(world, MAX, ADMIN)) if "authenticator?" in one.text
    )
    assert "Refused by Max Vidal" in asked.text and asked.labels == []
    assert any(
        "somebody else is in their account" in one.text for one in messages(world, MAX, ADMIN)
    )
    _, seen = refund_asked(world)
    seen.press("Approve")
    assert "you have none" in told(world, LEA, APPROVALS)


def test_the_last_one_set_up_is_the_one_that_is_asked_about(world: World) -> None:
    """Law: a key that somebody saw on the way is worth nothing once there is another."""
    first, second = proved(world, LEA), proved(world, LEA)
    earlier, newer = [one for one in messages(world, MAX, ADMIN) if "authenticator?" in one.text]
    assert first != second and earlier.labels == []
    newer.press("It was they")
    assert "Confirmed by Max Vidal" in card(world, MAX, ADMIN).text


def test_a_key_is_shown_for_half_an_hour(world: World) -> None:
    view, key = begun(world, LEA)
    world.clock.advance(minutes=31)
    assert "from earlier" in refused(fill(world, LEA, view, code=code(world, key)))


def test_a_new_one_takes_the_place_of_the_old(world: World) -> None:
    old = enrolled(world, LEA)
    new = proved(world, LEA)
    _, seen = refund_asked(world)
    world.clock.advance(seconds=STEP_S)
    card(world, MAX, ADMIN).press("It was they")
    world.clock.advance(seconds=STEP_S)
    view = seen.press("Approve")["view"]
    assert "not the code" in refused(fill(world, LEA, view, code=code(world, old)))
    assert fill(world, LEA, view, code=code(world, new))["ok"]


def test_whoever_does_not_approve_has_no_use_for_one(world: World) -> None:
    assert "those who approve" in mentions(world, ANA, "authenticator").text


@pytest.mark.app_yaml(GRACE)
def test_a_yes_without_its_code_is_none_when_the_act_runs(world: World) -> None:
    """Law: whatever let it through the click, the door to the money asks again."""
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    assert approve(world, seen, key, LEA)["ok"]

    def forget(uow: UnitOfWork) -> None:
        _votes(uow)[0].proof = None

    world.backstop.writer.run(forget)
    world.later(seconds=11)
    assert world.refunds == []


def test_keys_lie_in_the_database_encrypted(world: World) -> None:
    key = enrolled(world, LEA)
    with world.looking() as uow:
        rows = uow.session.query(Authenticator).all()
        entries = " ".join(str(one.data) for one in audit(world, "authenticator shown"))
    assert rows and all(key not in row.sealed for row in rows)
    assert key not in entries


def test_two_yes_at_the_same_moment_do_not_share_a_code(world: World) -> None:
    """Law: of two submissions with one code, one counts, whatever they are about."""
    key = enrolled(world, LEA)
    _, one = refund_asked(world)
    _, other = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    by = Account("slack", LEA, HOME, Standing.MEMBER)
    typed = code(world, key)
    asked = [
        commands.GrantApproval(by, each.id, each.version, each.digest, APPROVALS, seen.ts, typed)
        for seen in (one, other)
        for each in (approval_of(world, seen),)
    ]
    together = threading.Barrier(2)

    def submit(command: commands.GrantApproval) -> None:
        together.wait()
        world.backstop.bus.handle(command)

    threads = [threading.Thread(target=submit, args=(each,)) for each in asked]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    world.settle()
    assert len(world.refunds) == 1


def test_help_names_it(world: World) -> None:
    world.do(LEA, "command", channel=GENERAL, command="/backstop", text="help")
    assert "/backstop authenticator" in told(world, LEA, GENERAL)


def _wrong(world: World, key: str, which: int) -> str:
    right = {code(world, key, ago) for ago in (-1, 0, 1)}
    return [f"{n:06}" for n in range(20) if f"{n:06}" not in right][which]


def _votes(uow: UnitOfWork) -> list[ApprovalVote]:
    return uow.session.query(ApprovalVote).all()


def _vote(world: World) -> ApprovalVote:
    with world.looking() as uow:
        [vote] = _votes(uow)
        return vote
