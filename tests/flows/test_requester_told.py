"""What the help desk must say before a ticket is another customer's, and what it may leave out."""

import pytest

from bot.commands import ReceiveTicket
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from storage import erasure
from storage.models import Customer, Ticket
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.flows.scenes import HUMAN, audit
from tests.flows.test_every_word import EXPORT, escalations
from tests.flows.test_other_requester import SOL, payer
from tests.flows.test_vouched import JOY, customer, vouch
from tests.world import World

IVY = DeskCustomer("ivy@elm.example", "Ivy Elm", "ivy@elm.example")


def tell(
    world: World, who: DeskCustomer, ref: object, source: str = "zendesk", says: str = ""
) -> None:
    """The whole of the ticket is told, as it is now."""
    now = world.clock.now()
    said = (DeskMessage(f"{ref}-{now}", "customer", says, True, now),) if says else ()
    told = DeskTicket(str(ref), "", "open", now, who, said)
    world.backstop.bus.handle(ReceiveTicket(source, told))
    world.settle()


def changes(world: World) -> int:
    return len(audit(world, "requester changed"))


def forget_who_asked(world: World) -> None:
    """As in a ticket from before that was kept."""

    def forget(uow: UnitOfWork) -> None:
        uow.session.query(Ticket).one().requester = ""

    world.backstop.writer.run(forget)


def test_a_ticket_that_is_given_back_is_the_first_customers_again(world: World) -> None:
    """Law: whom the help desk named last counts, and nobody whom it named before."""
    ticket = world.write("joy", EXPORT, "Export")
    for other in (SOL, JOY):
        world.later(minutes=1)
        world.work_in_desk(ticket, requester=other)
    assert (payer(world), changes(world)) == ("cus_joy", 2)


def test_a_telling_that_names_nobody_gives_the_ticket_to_nobody(world: World) -> None:
    """Law: what is left out is no news."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    tell(world, DeskCustomer(""), ticket)
    assert (payer(world), changes(world), escalations(world)) == ("cus_joy", 0, [])


def test_who_is_named_only_later_is_nobody_else(world: World) -> None:
    """Law: who a ticket without a name is said to be at first, it is; after that, another."""
    for who, others in ((DeskCustomer(""), 0), (DeskCustomer("77"), 0), (DeskCustomer("78"), 1)):
        tell(world, who, 900, says=EXPORT)
        world.later(minutes=1)
        assert changes(world) == others


def test_an_older_telling_gives_nothing_back(world: World) -> None:
    """Law: hooks overtake each other, and what was told since stays."""
    ticket = world.write("joy", EXPORT, "Export")
    with world.looking() as uow:
        joy = DeskCustomer(uow.tickets.get(1).requester, "Joy Abara", JOY)
    before = world.clock.now()
    world.later(minutes=1)
    world.work_in_desk(ticket, requester=SOL)
    after = world.clock.now()
    world.clock.set(before)
    tell(world, joy, ticket)
    world.clock.set(after)
    assert (payer(world), changes(world)) == ("cus_sol", 1)


def test_another_account_of_the_same_customer_is_the_same_customer(world: World) -> None:
    """Law: whoever has two there is one here, and nothing of theirs is withdrawn."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    tell(world, DeskCustomer("999", "Joy Abara", JOY), ticket)
    assert (payer(world), changes(world), escalations(world)) == ("cus_joy", 0, [])


def test_a_ticket_from_before_is_known_by_its_customers_own_id(world: World) -> None:
    """Law: what an older version did not keep is read off the customer, where it can be."""
    vouch(world, False)
    ticket = world.write("joy", EXPORT, "Export")
    forget_who_asked(world)
    world.later(minutes=1)
    world.work_in_desk(ticket, requester=SOL)
    assert (payer(world), changes(world)) == ("cus_sol", 1)


def test_a_ticket_from_before_stays_with_whom_an_address_had_joined(world: World) -> None:
    """Law: an import's id is no help desk's; that the address is shared since changes no owner."""
    ticket = world.write("joy", EXPORT, "Export")
    forget_who_asked(world)

    def share(uow: UnitOfWork) -> None:
        twin = Customer(source="import", ref="cus_twin", created_at=START)
        uow.customers.add(twin, "Joy Abara", JOY)

    world.backstop.writer.run(share)
    world.later(minutes=1)
    world.work_in_desk(ticket, priority="high")
    assert (payer(world), changes(world), escalations(world)) == ("cus_joy", 0, [])


@pytest.mark.parametrize("who", [IVY, DeskCustomer("77", "Ivy Elm", "ivy@elm.example")])
def test_who_was_erased_comes_back_by_no_telling(world: World, who: DeskCustomer) -> None:
    """Law: an address that was an id is forgotten, and being told again makes nobody of it."""
    tell(world, who, "T-1", source="shop", says=HUMAN)
    erased = customer(world).id
    world.backstop.writer.run(lambda uow: erasure.erase(uow, erased, world.clock.now()))
    world.later(minutes=1)
    tell(world, who, "T-1", source="shop")
    assert (customer(world).id, changes(world), len(escalations(world))) == (erased, 0, 1)
    with world.looking() as uow:
        assert uow.customers.find("ivy@elm.example") == []
