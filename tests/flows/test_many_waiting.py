"""However much waits for others, what waits for me is found and counted."""

from typing import Any, TypeVar

from sqlalchemy import inspect

from storage.models.base import Base
from storage.unit_of_work import UnitOfWork
from tests.company import ANA, ESCALATIONS, GUS, LEA, NIA
from tests.flows.scenes import escalated, refund_asked
from tests.flows.screen import told, words_of
from tests.world import World

ABOVE_NIAS_LIMIT = "Please refund my last payment of 1200.00 USD."
Row = TypeVar("Row", bound=Base)


def test_an_approval_is_listed_however_many_wait_for_others_before_it(world: World) -> None:
    """Law: whose limit one act is within sees it behind 51 sooner ones that are not, in the list
    and on Home, counted as the one it is."""
    refund_asked(world, "big", ABOVE_NIAS_LIMIT)
    world.backstop.writer.run(_fifty_more_approvals)
    world.clock.advance(minutes=1)
    refund_asked(world)
    world.do(NIA, "command", channel=ESCALATIONS, command="/approvals", text="")
    mine = told(world, NIA, ESCALATIONS)
    assert "1 approval waits for you" in mine
    assert "Refund 49.00 USD" in mine and "1,200.00" not in mine
    assert "Refund 49.00 USD" in _home(world, NIA)


def test_a_list_names_what_an_act_would_change(world: World) -> None:
    """Law: "account change" is no reason to look; cancelling and a new address are far apart."""
    refund_asked(world, "joy", "Please change our billing email to books@oak.example. Thank you.")
    world.do(LEA, "command", channel=ESCALATIONS, command="/approvals", text="")
    assert "Change the billing address" in told(world, LEA, ESCALATIONS)
    assert "Change the billing address" in _home(world, LEA)


def test_a_partners_escalation_is_listed_however_many_others_have_before_it(world: World) -> None:
    """Law: Home looks through all that nobody has for those of the partner's own accounts, and
    counts all of them for everybody else."""
    escalated(world)
    world.backstop.writer.run(_more_escalations)
    world.clock.advance(minutes=1)
    escalated(world, "nox")
    assert "Nox Lang, Night Clinic" in _home(world, GUS)
    assert "and 192 more" in _home(world, ANA)


def _fifty_more_approvals(uow: UnitOfWork) -> None:
    [one] = uow.approvals.pending()
    for number in range(50):
        uow.approvals.add(_like(one, about=f"another charge {number}"), "offline")


def _more_escalations(uow: UnitOfWork) -> None:
    escalation = uow.escalations.get(1)
    ticket = uow.tickets.get(escalation.ticket_id)
    for number in range(200):
        other = uow.tickets.add(_like(ticket, ref=f"another {number}"), "Mine too")
        uow.escalations.add(_like(escalation, ticket_id=other.id))


def _like(row: Row, **other: Any) -> Row:
    """The same once more, as if it had come from somebody else."""
    columns = [column.key for column in inspect(type(row)).column_attrs if column.key != "id"]
    return type(row)(**{name: getattr(row, name) for name in columns} | other)


def _home(world: World, who: str) -> str:
    world.do(who, "open_home")
    view = world.workspace.views.home(who)
    assert view is not None
    return words_of(view)
