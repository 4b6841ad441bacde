"""An address says who somebody is only where the help desk vouches for it."""

import pytest

from bot.commands import ReceiveTicket
from bot.ports import DeskCustomer, DeskTicket
from sandbox.helpdesk.records import User
from storage.models import Customer, Ticket
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import ANA, APPROVALS, ENTERPRISE, ESCALATIONS, LEA
from tests.flows.scenes import HUMAN, REFUND, audit, escalated
from tests.flows.screen import card
from tests.world import World

JOY = "joy@oak.example"
# Nobody has imported her.
IVY = "ivy@elm.example"


def customer(world: World) -> Customer:
    """Of the newest ticket."""
    with world.looking() as uow:
        ticket = uow.session.query(Ticket).order_by(Ticket.id.desc()).first()
        assert ticket is not None
        return uow.customers.get(ticket.customer_id)


def vouch(world: World, is_verified: bool) -> None:
    known = world.desk.directory.by_email(JOY)
    assert known is not None
    known.is_verified = is_verified


def ivy_writes(world: World, **there: object) -> User:
    """What is said of her `there` holds from then on."""
    ivy = world.desk.directory.customer(IVY, "Ivy Elm")
    for name, value in there.items():
        setattr(ivy, name, value)
    body = {"email": IVY, "subject": "The rota prints blank", "body": HUMAN}
    assert world.server.http.post("/sandbox/helpdesk/customer", json=body).json()["ok"]
    world.settle()
    return ivy


def tell_only(world: World, ref: str, who: DeskCustomer, source: str = "zendesk") -> None:
    told = DeskTicket(ref, "", "open", world.clock.now(), who)
    world.backstop.bus.handle(ReceiveTicket(source, told))


def test_who_only_names_an_address_gets_nobodys_money_or_account(world: World) -> None:
    """Law: neither charges nor account nor role are theirs, and the card says why."""
    vouch(world, False)
    world.write("joy", REFUND, "Money back")
    assert audit(world, "approval requested") == []
    found = customer(world)
    assert (found.account_id, found.payment_ref, found.vouched) == (None, None, False)
    _, seen = escalated(world)
    assert "address not verified" in seen.text
    assert "Oak Bakery" not in seen.text


def test_who_proves_it_later_is_known_by_it_from_then_on(world: World) -> None:
    vouch(world, False)
    world.write("joy", REFUND, "Money back")
    vouch(world, True)
    world.write("joy", REFUND, "Money back, please")
    assert customer(world).payment_ref == "cus_joy"
    assert "Oak Bakery" in card(world, LEA, APPROVALS).text


def test_who_was_never_imported_belongs_to_the_account_that_the_help_desk_names(
    world: World,
) -> None:
    """Law: a new voice of an enterprise is heard as one, by the company's own id of the account."""
    asked = {"email": "ivo@big.example", "name": "Ivo Igwe", "organization": "acc_big"}
    said = {"subject": "The rota prints blank", "body": "It is blank since Monday."}
    answer = world.server.http.post("/sandbox/helpdesk/customer", json=asked | said).json()
    assert answer["ok"], answer
    world.settle()
    seen = card(world, ANA, ENTERPRISE)
    assert "Ivo Igwe" in seen.text and "enterprise" in seen.text


def test_an_address_that_several_share_joins_nobody(world: World) -> None:
    """Law: as in an import; whose charges these would be is a guess."""

    def share(uow: UnitOfWork) -> None:
        other = Customer(source="import", ref="cus_twin", payment_ref="cus_sol", created_at=START)
        uow.customers.add(other, "Joy Abara", JOY)

    world.backstop.writer.run(share)
    world.write("joy", REFUND, "Money back")
    assert audit(world, "approval requested") == []
    assert customer(world).payment_ref is None


def test_who_only_names_an_address_takes_it_from_nobody(world: World) -> None:
    """Law: their row does not make the true owner's address a shared one."""

    def pretend(uow: UnitOfWork) -> None:
        other = Customer(source="zendesk", ref="1", vouched=False, created_at=START)
        uow.customers.add(other, "Joy Abara", JOY)

    world.backstop.writer.run(pretend)
    world.write("joy", REFUND, "Money back")
    assert customer(world).payment_ref == "cus_joy"


def test_who_proves_an_address_that_nobody_else_has_is_verified_from_then_on(
    world: World,
) -> None:
    """Law: the card stops warning, and their next ticket is read like anybody's."""
    ivy = ivy_writes(world, is_verified=False)
    assert "address not verified" in card(world, LEA, ESCALATIONS).text
    ivy.is_verified = True
    ivy_writes(world)
    assert customer(world).vouched
    assert "address not verified" not in card(world, LEA, ESCALATIONS).text


def test_a_user_without_an_address_proves_none(world: World) -> None:
    """Law: that there is nothing to doubt vouches for nothing that was said before."""
    ivy_writes(world, is_verified=False)
    known = customer(world)
    tell_only(world, "2000", DeskCustomer(known.ref, "Ivy Elm"))
    assert (customer(world).id, customer(world).vouched) == (known.id, False)


def test_who_has_no_address_is_nobody_else_without_one(world: World) -> None:
    """Law: an address that is missing is none that two have in common."""
    found = []
    for who in ("77", "78"):
        tell_only(world, f"T-{who}", DeskCustomer(who, "Ivy Elm"), "shop")
        found.append(customer(world).id)
    assert len(set(found)) == 2


def test_whom_the_help_desk_knows_is_nobody_else_under_another_address(world: World) -> None:
    """Law: the id there says who it is; a new address hands them nobody's charges."""
    ivy = ivy_writes(world)
    known = customer(world).id
    ivy.email = JOY
    ivy_writes(world)
    assert (customer(world).id, customer(world).payment_ref) == (known, None)


@pytest.mark.parametrize("vouched", [True, False])
def test_an_organisation_is_theirs_whose_address_is(world: World, vouched: bool) -> None:
    """Law: help desks sort people into organisations by the address they typed."""
    told = DeskCustomer("77", "Ivy Elm", IVY, organisation="acc_oak", vouched=vouched)
    tell_only(world, "2000", told)
    assert (customer(world).account_id is not None) is vouched
