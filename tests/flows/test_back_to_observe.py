"""Trust can be taken back: what waits then neither pays nor writes, and says so."""

from contextlib import AbstractContextManager
from pathlib import Path

from bot import approval_commands, commands
from bot.bootstrap import Backstop
from bot.cards import Notice
from bot.people import Account, Standing
from storage.models import ApprovalState, EffectState
from tests.company import ANA, APPROVALS, HOME, LEA
from tests.flows.scenes import approval_of, claimed, effects, refund_asked
from tests.flows.screen import card, direct, typed
from tests.flows.test_consent_again import restarted
from tests.world import World


def observing(world: World, folder: Path) -> AbstractContextManager[Backstop]:
    return restarted(world, folder, "modes: {default: live}", "modes: {default: observe}")


def by(user: str) -> Account:
    return Account("slack", user, HOME, Standing.MEMBER)


def test_what_waits_for_a_yes_can_only_be_rejected(world: World, tmp_path: Path) -> None:
    """Law: the mode that counts is that of now, and a no is always possible."""
    _, seen = refund_asked(world)
    approval = approval_of(world, seen)
    with observing(world, tmp_path) as bot:
        given = (by(LEA), approval.id, approval.version, approval.digest)
        answer = bot.bus.handle(approval_commands.GrantApproval(*given, seen.channel, seen.ts))
        assert isinstance(answer, Notice)
        assert "only observes acts like this one again" in answer.text
        assert approval_of(world, seen).state is ApprovalState.PENDING
        assert (
            bot.bus.handle(approval_commands.RejectApproval(*given, "Not while we observe."))
            is None
        )
    with world.looking() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.REJECTED
    world.settle()
    assert effects(world) == []


def test_what_was_approved_is_held_and_the_card_says_so(world: World, tmp_path: Path) -> None:
    """Law: no money moves in observe, whoever said yes before; trusted again, it does."""
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    with observing(world, tmp_path) as bot:
        bot.worker.run_due()
        assert world.refunds == []
        assert [one.state for one in effects(world)] == [EffectState.READY]
        assert "Held: the bot only observes here again." in card(world, LEA, APPROVALS).text
    world.later(minutes=2)
    assert len(world.refunds) == 1
    assert "Done. Receipt" in card(world, LEA, APPROVALS).text


def test_a_reply_is_held_and_its_writer_is_told(world: World, tmp_path: Path) -> None:
    """Law: nobody believes that a customer was answered who was not; a new one is not taken."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    world.do_only(ANA, "submit", view_id=view["id"], values=typed(view, {"text": "It is mended."}))
    with observing(world, tmp_path) as bot:
        bot.worker.run_due()
        assert "It is mended." not in world.customer_reads(ticket)
        held = "Your reply on ticket #1 has not left yet: the bot only observes here again."
        assert held in direct(world, ANA)[-1].text
        with world.looking() as uow:
            joy = uow.tickets.get(1).customer_id
        answer = bot.bus.handle(commands.SendReply(by(ANA), 1, joy, "And another."))
        assert isinstance(answer, Notice)
        assert "only observes" in answer.text
    world.later(minutes=2)
    assert world.customer_reads(ticket)[-1] == "It is mended."
