"""Whose a help desk's past is: an address says so only where the help desk vouches for it."""

import asyncio
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import select

from bot.bootstrap import build
from bot.config import load
from bot.dossier import Dossier, dossier
from bot.watchers import Watchers
from sandbox.helpdesk import Change, HelpDesk
from sandbox.helpdesk.records import User
from storage.models import Customer, Ticket
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.cli.files import lines
from tests.storage.rows import NOW

Look = Callable[[], UnitOfWork]

JOY = "joy@oak.example"
OAK = {"id": "acc_oak", "name": "Oak Bakery", "tier": "business"}
EVE = {"id": "ext_9", "account": "acc_oak", "name": "Eve", "email": JOY, "role": "executive"}
FILED = {"id": "cus_joy", "name": "Joy Abara", "email": JOY, "role": "champion", "account": OAK}
NOBODY = (None, None, "user", False)


@pytest.fixture
def desk() -> HelpDesk:
    """1001 is a stranger's, who says that Joy's address is hers, and has had its answer."""
    agents = [{"name": "Lee Ortiz", "email": "lee@helpdesk.example"}]
    desk = HelpDesk([EVE], [OAK], [], agents, export_lag=0)
    eve(desk).is_verified = False
    write(desk, "Rota")
    return desk


def eve(desk: HelpDesk) -> User:
    return desk.directory.customer(JOY)


def write(desk: HelpDesk, subject: str) -> int:
    lee = desk.directory.by_email("lee@helpdesk.example")
    assert lee is not None
    ticket = desk.open_ticket(eve(desk), subject, Change(text="Page two is blank."))
    desk.change(ticket, lee, Change(text="Press the lever."))
    return ticket.id


def take_file(shell: Shell, **told: object) -> None:
    shell.run("import", "customers", lines(shell.folder / "c.jsonl", {**FILED, **told}))
    assert shell.code == 0


def whose(look: Look, ticket: int = 1001) -> tuple[Customer, Dossier]:
    with look() as uow:
        found = uow.session.scalars(select(Ticket).where(Ticket.ref == str(ticket))).one()
        customer = uow.customers.get(found.customer_id)
        return customer, dossier(uow, customer.id, NOW)


def given(customer: Customer) -> tuple[int | None, str | None, str, bool]:
    return customer.account_id, customer.payment_ref, customer.role, customer.vouched


@pytest.mark.parametrize("is_filed", [True, False])
def test_who_only_names_an_address_is_imported_as_nobody_else(
    connected: Shell, kind: str, look: Look, is_filed: bool
) -> None:
    """
    Law: neither the row of whoever has that address nor an account, a role or money are theirs.
    """
    if is_filed:
        take_file(connected)
    connected.run("import", kind)
    second = connected.run("import", kind)

    customer, who = whose(look)
    assert (customer.source, given(customer)) == (kind, NOBODY)
    assert who.line() == "Eve · address not verified"
    assert second.endswith("0 new, 0 changed.")
    with look() as uow:
        joy = uow.customers.by_email(JOY)
        assert (joy.ref if joy else None) == ("cus_joy" if is_filed else None)
        text = uow.customers.text(joy.id) if joy else None
        assert text is None or text.name == "Joy Abara"


def test_a_stranger_whose_row_is_rejected_is_nobody_else_either(
    connected: Shell, kind: str, desk: HelpDesk, look: Look
) -> None:
    """
    Law: their ticket alone gives them no account, even of an organisation that is known by its id.
    """
    [oak] = desk.directory.organizations.values()
    oak.external_id = None
    sol = desk.directory.add_user("Sol Diaz", "sol@oak.example", "end-user")
    sol.organization = oak.id
    eve(desk).fields["role"] = "boss"
    told = connected.run("import", kind)

    assert "1 rejected" in told
    customer, who = whose(look)
    assert (given(customer), who.line()) == (NOBODY, "Eve · address not verified")
    with look() as uow:
        [other] = uow.customers.find("sol@oak.example")
        assert uow.customers.account(other.account_id) is not None


def test_who_proves_it_later_is_known_by_it_from_then_on(
    connected: Shell, kind: str, desk: HelpDesk, look: Look
) -> None:
    """
    Law: as in live tickets; the next import finds whom the company's file knows.
    """
    take_file(connected)
    connected.run("import", kind)
    eve(desk).is_verified = True
    ticket = write(desk, "Rota again")
    connected.run("import", kind)

    assert whose(look, ticket)[0].ref == "cus_joy"
    with look() as uow:
        joy = uow.customers.by_email(JOY)
        assert joy is not None and joy.ref == "cus_joy"


def test_the_help_desks_newest_word_of_an_address_counts(
    connected: Shell, kind: str, desk: HelpDesk, look: Look
) -> None:
    """
    An account comes with the proof, and an address that was changed for another's finds nobody.
    """
    connected.run("import", kind)
    eve(desk).is_verified = True
    connected.run("import", kind)
    assert whose(look)[1].line() == "Eve · executive · Oak Bakery · business"
    eve(desk).is_verified = False
    connected.run("import", kind)

    assert "address not verified" in whose(look)[1].line()
    with look() as uow:
        assert uow.customers.by_email(JOY) is None


def test_an_imported_ticket_that_is_given_to_another_is_theirs(
    connected: Shell, kind: str, desk: HelpDesk, look: Look
) -> None:
    """
    Law: whom the help desk named when it was imported is known, also where an address joined them.
    """
    take_file(connected)
    eve(desk).is_verified = True
    connected.run("import", kind)
    assert whose(look)[0].ref == "cus_joy"
    sol = desk.directory.add_user("Sol Diaz", "sol@small.example", "end-user")
    desk.change(desk.tickets[1001], sol, Change(requester=sol, text="It is mine."))

    bot = build(load(connected.folder / "app.yaml", connected.environ), connected.environ)
    assert bot.outside.help_desk is not None
    with closing(bot), closing(bot.outside.help_desk):
        asyncio.run(Watchers(bot).poll())
        bot.worker.run_due()

    assert whose(look)[1].name == "Sol Diaz"


@pytest.mark.parametrize("told", [{}, {"payment_ref": "cus_Q1w2"}])
def test_a_help_desks_id_takes_the_place_of_no_payment_id(
    connected: Shell, kind: str, desk: HelpDesk, look: Look, told: dict[str, str]
) -> None:
    """
    Law: what the company's own file says of money is what counts, however often the help desk is
    read.
    """
    take_file(connected, **told)
    eve(desk).is_verified = True
    connected.run("import", kind)

    customer, _ = whose(look)
    assert (customer.ref, customer.payment_ref) == ("cus_joy", told.get("payment_ref", "cus_joy"))
