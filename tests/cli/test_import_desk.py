"""`backstop import zendesk|intercom`: a help desk's past, through the port, with patience."""

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.bootstrap import build
from bot.cli import importing
from bot.cli.import_desk import (
    PATIENCE,
    Waits,
    changed_patiently,
    rows_patiently,
    tickets_patiently,
)
from bot.config import load
from bot.errors import Refused, TryLater
from bot.ports import Changed, DeskCustomer, DeskTicket
from bot.watchers import Watchers
from sandbox.helpdesk import Change, HelpDesk
from storage.models import Customer, Decision, Delivery, Ticket
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import APP_YAML, Shell
from tests.storage.rows import NOW

Look = Callable[[], UnitOfWork]

ACCOUNTS = [{"id": "acc_1", "name": "Marsh Mills", "tier": "enterprise", "region": "eu"}]
CUSTOMERS = [
    {"id": "cus_1", "account": "acc_1", "name": "Ada Marsh", "email": "ada@client.example"},
    {"id": "cus_2", "account": "acc_1", "name": "Bo Finch", "email": "bo@client.example"},
]
ARTICLES = [{"id": "a1", "title": "Start", "body": "Press the lever.", "language": "en"}]
AGENTS = [{"name": "Lee Ortiz", "email": "lee@helpdesk.example"}]


@pytest.fixture
def desk() -> HelpDesk:
    """1001 is settled, 1002 waits for its first answer, 1003 for its second."""
    desk = HelpDesk(CUSTOMERS, ACCOUNTS, ARTICLES, AGENTS, export_lag=0)
    ada = desk.directory.customer("ada@client.example")
    lee = desk.directory.by_email("lee@helpdesk.example")
    assert lee is not None
    settled, _, again = (
        desk.open_ticket(ada, subject, Change(text=f"{subject}: it broke."))
        for subject in ("Settled", "Unanswered", "Again")
    )
    for ticket in (settled, again):
        desk.change(ticket, lee, Change(text="Press the lever."))
    desk.customer_writes(again, "It broke once more.", ada)
    desk.change(settled, lee, Change(status="solved"))
    return desk


def test_a_help_desks_past_is_taken_in_once(connected: Shell, kind: str, look: Look) -> None:
    """
    Customers with accounts, articles and tickets; the second run changes nothing.
    """
    first = connected.run("import", kind, "--since", "90d")
    assert connected.code == 0, first
    second = connected.run("import", kind, "--since", "90d")

    assert "Tickets 3 0 0 0" in first and "Articles 1 0 0 0" in first
    assert "0 new, 0 changed." in second
    with look() as uow:
        customer = uow.customers.by_email("ada@client.example")
        assert customer is not None and customer.payment_ref == "cus_1"
        account = uow.customers.account(customer.account_id)
        assert account is not None
        assert (account.ref, account.tier, account.region) == ("acc_1", "enterprise", "eu")
        assert uow.tickets.count_of(customer.id) == 3


def test_history_is_nobodys_business_and_what_waits_stays_news(
    connected: Shell, kind: str, look: Look
) -> None:
    """
    No event is made. What a customer still waits to hear about is left for the intake to hear.
    """
    connected.run("import", kind)

    with look() as uow:
        tickets = {
            text.subject: [m.author.value for m in uow.tickets.conversation(ticket.id)]
            for ticket in uow.session.scalars(select(Ticket))
            if (text := uow.tickets.text(ticket.id))
        }
        assert uow.session.scalar(select(func.count()).select_from(Delivery)) == 0
    assert sorted(tickets.values()) == [
        [],
        ["customer", "person"],
        ["customer", "person"],
    ]


def test_what_waits_is_taken_in_by_the_bots_first_look(
    connected: Shell, kind: str, desk: HelpDesk, look: Look
) -> None:
    """
    Nobody has to tell of it again; a colleague's note is no answer to the customer.
    """
    lee = desk.directory.by_email("lee@helpdesk.example")
    assert lee is not None
    desk.change(desk.tickets[1003], lee, Change(text="Ask billing?", public=False))
    for ticket in desk.tickets.values():
        ticket.updated -= timedelta(days=30).total_seconds()
    connected.run("import", kind)

    bot = build(load(connected.folder / "app.yaml", connected.environ), connected.environ)
    assert bot.outside.help_desk is not None
    with closing(bot), closing(bot.outside.help_desk):
        asyncio.run(Watchers(bot).poll())
        bot.worker.run_due()

    with look() as uow:
        said = {
            ticket.ref: [m.body for m in uow.tickets.conversation(ticket.id) if m.public]
            for ticket in uow.session.scalars(select(Ticket))
        }
        triaged = uow.session.scalars(select(Decision.ticket_id)).all()
    assert said["1002"] == ["Unanswered: it broke."]
    assert said["1003"] == ["Again: it broke.", "Press the lever.", "It broke once more."]
    assert len(triaged) == 2


def test_customers_of_a_file_and_of_the_help_desk_are_one(
    connected: Shell, kind: str, look: Look
) -> None:
    """
    Who was imported before is known by address.
    """
    file = connected.folder / "c.csv"
    file.write_text("id,name,email,role\ncus_1,Ada Marsh,ada@client.example,executive\n")
    connected.run("import", "customers", str(file))

    connected.run("import", kind)

    with look() as uow:
        assert len(uow.customers.find("ada@client.example")) == 1
        customer = uow.customers.by_email("ada@client.example")
        assert customer is not None
        assert (customer.source, customer.role, customer.payment_ref) == (
            "import",
            "executive",
            "cus_1",
        )
        assert uow.session.scalar(select(func.count()).select_from(Customer)) in (2, 3)


def test_a_help_desk_that_is_away_is_said_plainly(shell: Shell) -> None:
    """
    Without a token nothing is asked; the reason names what to look at.
    """
    shell.app_yaml = f"{APP_YAML}help_desk: {{kind: zendesk, url: 'http://127.0.0.1:9'}}\n"

    assert "backstop check" in shell.run("import", "zendesk")
    assert shell.code == 2
    assert "such as 90d" in shell.run("import", "zendesk", "--since", "long")


def test_an_address_that_does_not_answer_is_told_at_once(shell: Shell) -> None:
    """
    Law: patience is for a help desk that has answered; the first question says where it goes, and
    what to look at when nobody is there.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    shell.app_yaml = f"{APP_YAML}help_desk: {{kind: zendesk, url: '{url}', token: DESK_TOKEN}}\n"
    shell.environ["DESK_TOKEN"] = "x"

    said = shell.run("import", "zendesk")

    assert shell.code == 1
    assert said.startswith(f"Asking {url} help_desk.url: Zendesk gives no usable answer (Conn")
    assert "Correct the address" in said


def test_a_token_that_is_refused_is_told_at_once(connected: Shell, kind: str) -> None:
    """
    Law: no patience makes a token valid.
    """
    connected.environ["DESK_TOKEN"] = "x"

    assert f"{kind.capitalize()} refuses the token" in connected.run("import", kind)
    assert connected.code == 1


def test_every_wait_for_a_help_desk_is_told(
    connected: Shell, kind: str, desk: HelpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Law: whoever looks on knows why nothing moves, and for how long; then the import goes on.
    """
    waits: list[float] = []
    monkeypatch.setattr(importing, "time", SimpleNamespace(sleep=waits.append))
    desk.faults.rate_limit_next = 3

    said = connected.run("import", kind)

    assert connected.code == 0, said
    assert said.count("No answer (rate limited), trying again in") == len(waits) == 2
    assert f"trying again in {waits[0]:.0f} s." in said
    assert "Tickets 3 0 0 0" in said


class Busy:
    """A help desk whose answers end at every third ticket with a limit."""

    name = "busy"

    def __init__(self, count: int, limits: int) -> None:
        self._count, self._limits, self.asked = count, limits, 0

    def changed(self, since: Any) -> Iterator[Changed]:
        self.asked += 1
        told = 0
        for number in range(self._count):
            updated = NOW + timedelta(minutes=number)
            if updated < since:
                continue
            if told == 3 and self._limits > 0:
                self._limits -= 1
                raise TryLater("rate limited", 7)
            told += 1
            yield Changed(str(number), updated)

    def ticket(self, ref: str) -> DeskTicket:
        if ref == "1":
            raise Refused("RecordNotFound")
        return DeskTicket(ref, "", "open", NOW, DeskCustomer("c"))

    def rows(self) -> Iterator[Mapping[str, Any]]:
        for number in range(self._count):
            if number % 3 == 2 and self._limits > 0:
                self._limits -= 1
                raise TryLater("rate limited")
            yield {"id": number}


def noting(waits: list[float]) -> Waits:
    return lambda seconds, why: waits.append(seconds)


def test_limits_are_waited_for_and_nothing_is_told_twice() -> None:
    """
    The wait is as long as the help desk asks, and asking goes on from what was told last.
    """
    desk, waits = Busy(10, limits=4), list[float]()

    told = [changed.ticket for changed in changed_patiently(desk, NOW, noting(waits))]  # type: ignore[arg-type]

    assert told == [str(number) for number in range(10)]
    assert waits == [7] * 4


def test_a_ticket_that_is_not_shown_stops_no_other() -> None:
    """
    The help desk's reason stands in its place.
    """
    desk = Busy(3, limits=0)

    told = list(tickets_patiently(desk, NOW, noting([])))  # type: ignore[arg-type]

    assert [each.code if isinstance(each, Refused) else each.id for each in told] == [
        "0",
        "RecordNotFound",
        "2",
    ]


def test_rows_after_a_limit_go_on_where_they_ended() -> None:
    """
    Rows told before the limit are passed over.
    """
    waits: list[float] = []

    told = [row["id"] for row in rows_patiently(Busy(8, limits=3).rows, noting(waits))]

    assert told == list(range(8))
    assert len(waits) == 3


def test_patience_ends() -> None:
    """
    A help desk that only ever refuses is not asked for ever.
    """

    waits: list[float] = []
    with pytest.raises(TryLater):
        list(rows_patiently(Busy(3, limits=1000).rows, noting(waits)))
    assert len(waits) == PATIENCE
