"""`backstop erase`: whom it means, and what stands in its way."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage.models import (
    Approval,
    ApprovalState,
    Customer,
    Effect,
    EffectState,
)
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import LEA
from tests.flows.scenes import HUMAN, REFUND, refund_asked
from tests.flows.traces import MARK, words_left
from tests.world import World


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def test_others_keep_their_words(world: World, shell: Shell) -> None:
    """
    Erasing one customer takes nothing from another.
    """
    world.write("joy", f"{HUMAN} {MARK}", "The rota")
    world.write("eve", f"{HUMAN} A {MARK}word of Eve's.", "La rota")

    shell.run("erase", "joy@oak.example", "--yes")

    with world.looking() as uow:
        [eve] = uow.customers.find("eve@seine.example")
        text = uow.customers.text(eve.id)
        assert text is not None and text.name == "Eve Petit"
    assert "messages.body" in words_left(world)


def test_what_is_pending_is_in_the_way(world: World, shell: Shell) -> None:
    """
    Nobody could decide on what cannot be read; the command says what to do, and does nothing.
    """
    _, seen = refund_asked(world, words=f"{REFUND} I was {MARK}ill.")

    told = shell.run("erase", "joy@oak.example", "--yes")

    assert shell.code == 1
    assert "is pending: decide it, or let it expire." in told
    assert "messages.body" in words_left(world)
    seen.press("Approve", by=LEA)
    shell.run("erase", "joy@oak.example", "--yes")
    assert (shell.code, words_left(world)) == (0, [])


@pytest.mark.parametrize("state", [EffectState.READY, EffectState.CALLING, EffectState.PENDING])
def test_an_effect_that_is_out_is_in_the_way(
    world: World, shell: Shell, state: EffectState
) -> None:
    """
    What was sent could not be found again without its words.
    """
    world.write("joy", HUMAN, "The rota")

    def stop_halfway(uow: UnitOfWork) -> None:
        effect = uow.session.scalars(select(Effect)).first()
        assert effect is not None
        effect.state = state

    world.backstop.writer.run(stop_halfway)

    assert "is on its way" in shell.run("erase", "joy@oak.example", "--yes")
    assert shell.code == 1


def test_a_number_of_two_customers_erases_neither(world: World, shell: Shell) -> None:
    """
    Our id of one may be the help desk's of another: then it takes the source.
    """

    def add(uow: UnitOfWork) -> int:
        [joy] = uow.customers.find("joy@oak.example")
        other = Customer(source="zendesk", ref=str(joy.id), created_at=world.clock.now())
        uow.customers.add(other, "Somebody Else", "else@oak.example")
        return joy.id

    joy = world.backstop.writer.run(add)

    assert "Say which" in shell.run("erase", str(joy), "--yes")
    assert shell.code == 1
    assert "Somebody Else" in shell.run("erase", f"zendesk:{joy}", "--yes")
    with world.looking() as uow:
        assert uow.customers.text(joy) is not None
        assert uow.customers.by_email("else@oak.example") is None


def test_without_a_yes_nothing_is_erased(world: World, shell: Shell) -> None:
    """
    Who it would be is shown first.
    """
    told = shell.run("erase", "joy@oak.example", answer="n\n")

    assert "Joy Abara" in told
    assert shell.code == 1
    with world.looking() as uow:
        assert uow.customers.by_email("joy@oak.example") is not None


def test_erasing_again_does_no_harm(world: World, shell: Shell) -> None:
    """
    And nobody unknown is erased.
    """
    world.write("joy", HUMAN, "The rota")
    with world.looking() as uow:
        [joy] = uow.customers.find("joy@oak.example")
    for _ in range(2):
        shell.run("erase", f"customer:{joy.id}", "--yes")
        assert shell.code == 0
    assert "There is no customer" in shell.run("erase", "joy@oak.example", "--yes")
    with world.looking() as uow:
        states = {one.state for one in uow.session.scalars(select(Approval))}
    assert ApprovalState.PENDING not in states
