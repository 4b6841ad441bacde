"""`backstop effects close`: what nobody could tell, a person has found out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.models import DeliveryState, EffectState
from tests.cli.conftest import Shell
from tests.company import APPROVALS, LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.flows.traces import MARK, words_left
from tests.world import World


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def stuck(world: World, fault: str = "error_500_before_commit") -> tuple[int, int]:
    """A refund of which nobody can tell: the help desk's number of its ticket, and its effect."""
    ticket, seen = refund_asked(world, words=f"Please refund 49.00 USD. I was {MARK}ill.")
    setattr(world.provider.faults, fault, 1.0)
    seen.press("Approve", by=LEA)
    for _ in range(8):
        world.later(minutes=5)
    [effect] = effects(world)
    assert effect.state is EffectState.STUCK
    setattr(world.provider.faults, fault, 0.0)
    return ticket, effect.id


def in_real_time(world: World) -> None:
    """The command lives in it."""
    world.clock.set(max(world.clock.now(), datetime.now(UTC)))
    world.settle()


def test_what_may_have_happened_is_in_the_way_of_an_erasure(world: World, shell: Shell) -> None:
    """
    Without its words nobody could ever find out; the command says what to do, and does nothing.
    """
    _, effect = stuck(world)

    told = shell.run("erase", "joy@oak.example", "--yes")

    assert shell.code == 1
    assert f"nobody knows whether effect {effect} happened: replay it" in told
    assert f"backstop effects close {effect} --happened, or --did-not-happen" in told
    assert "messages.body" in words_left(world)
    shell.run("effects", "close", str(effect), "--did-not-happen")
    in_real_time(world)
    shell.run("erase", "joy@oak.example", "--yes")
    in_real_time(world)
    assert (shell.code, words_left(world)) == (0, [])


def test_what_certainly_did_not_happen_is_in_nobodys_way(world: World, shell: Shell) -> None:
    """
    A provider that was never reached has paid nothing, and nothing is left to find out.
    """
    stuck(world, "read_error_500")
    shell.run("erase", "joy@oak.example", "--yes")
    assert shell.code == 0


@pytest.mark.parametrize(
    ("found", "state", "said"),
    [
        ("--happened", EffectState.DONE, "Done: a person has looked, and it happened."),
        ("--did-not-happen", EffectState.REFUSED, "a person has looked, and it did not happen"),
    ],
)
def test_what_a_person_found_out_ends_it(
    world: World, shell: Shell, found: str, state: EffectState, said: str
) -> None:
    """
    On the card and in the audit, with who said so; nothing is paid or told to anybody for it.
    """
    ticket, effect = stuck(world)
    before = world.provider.ledger.rows()
    told = len(world.customer_reads(ticket))

    assert "is closed: it" in shell.run("effects", "close", str(effect), found)
    in_real_time(world)

    assert effects(world)[0].state is state
    assert said in card(world, LEA, APPROVALS).text
    [entry] = audit(world, "effect closed")
    assert entry.actor.startswith("cli:")
    assert entry.data["happened"] is (state is EffectState.DONE)
    with world.looking() as uow:
        dead = [one.step for one in uow.deliveries.listed(DeliveryState.DEAD, 9)]
    assert "carry out" not in dead
    shell.run("deliveries", "replay", "--all-dead")
    in_real_time(world)
    assert effects(world)[0].state is state
    assert world.provider.ledger.rows() == before
    assert len(world.customer_reads(ticket)) == told


def test_what_is_replayed_is_not_closed(world: World, shell: Shell) -> None:
    """
    Whoever looks by hand does not cross whoever has it looked up; and what is over stays so.
    """
    _, effect = stuck(world)
    shell.run("deliveries", "replay", "--all-dead")
    assert "is not stuck" in shell.run("effects", "close", str(effect), "--happened")
    assert shell.code == 1
    in_real_time(world)
    assert effects(world)[0].state is EffectState.DONE
    assert "its state is done" in shell.run("effects", "close", str(effect), "--did-not-happen")
    assert effects(world)[0].state is EffectState.DONE
    assert "There is no effect 999" in shell.run("effects", "close", "999", "--happened")
    shell.run("effects", "close", str(effect))
    assert shell.code == 2
