"""Many at the same moment: the database decides, on both kinds."""

from bot import approval_commands, commands
from bot.bus import Origin
from bot.cards import Notice
from bot.people import Account, Standing
from tests.company import ANA, APPROVALS, BEN, HOME, LEA, MAX
from tests.flows.scenes import audit, escalated, refund_asked
from tests.world import World

MANY = 12


def _account(user: str) -> Account:
    return Account("slack", user, HOME, Standing.MEMBER)


def _grant(world: World, seen_ts: str, value: dict[str, object], who: str) -> commands.Command:
    number, version = (int(str(value[name])) for name in ("approval", "version"))
    shown = (number, version, str(value["digest"]))
    return approval_commands.GrantApproval(_account(who), *shown, APPROVALS, seen_ts)


def test_of_many_simultaneous_decisions_one_counts(world: World) -> None:
    """Law: conditional updates decide races, and every loser gets an answer."""
    _, seen = refund_asked(world)
    bus = world.backstop.bus
    pressed = [
        bus.submit(_grant(world, seen.ts, seen.value("Approve"), who), Origin("slack", f"{n}"))
        for n, who in enumerate((LEA, MAX) * MANY)
    ]
    answers = [one.result() for one in pressed]
    assert answers.count(None) == 1
    assert all(isinstance(one, Notice) for one in answers if one is not None)
    world.settle()
    assert len(world.refunds) == 1
    assert len(audit(world, "approval granted")) == 1


def test_of_many_simultaneous_claims_one_counts(world: World) -> None:
    escalated(world)
    pressed = [
        world.backstop.bus.submit(
            commands.ClaimEscalation(_account(who), 1), Origin("slack", f"{n}")
        )
        for n, who in enumerate((ANA, BEN) * MANY)
    ]
    answers = [one.result() for one in pressed]
    assert answers.count(None) == 1
    assert len(audit(world, "escalation claimed")) == 1


def test_one_input_delivered_many_times_at_once_happens_once(world: World) -> None:
    """Law: the others wait for the first one's commit, and get its answer."""
    _, seen = refund_asked(world)
    command = _grant(world, seen.ts, seen.value("Approve"), LEA)
    pressed = [
        world.backstop.bus.submit(command, Origin("slack", "the same click"))
        for _ in range(2 * MANY)
    ]
    assert [one.result() for one in pressed] == [None] * 2 * MANY
    world.settle()
    assert len(world.refunds) == 1
    assert audit(world, "refused") == []
