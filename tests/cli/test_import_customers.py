"""`backstop import customers`: what was told, once, and what cannot be used by line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.engine import Engine
from storage.models import Customer
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.cli.files import ADA, lines
from tests.storage.rows import NOW

Look = Callable[[], UnitOfWork]


def test_a_customer_comes_with_everything_that_was_told(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    Facts drive priority and stand on cards; names and addresses lie in a table of their own.
    """
    told = shell.run("import", "customers", lines(tmp_path / "c.jsonl", ADA))

    assert (shell.code, told) == (
        0,
        "New Changed Unchanged Rejected Accounts 1 0 0 0 Customers 1 0 0 0 2 new, 0 changed.",
    )
    with look() as uow:
        customer = uow.customers.by_email("ada@client.example")
        assert customer is not None
        account = uow.customers.account(customer.account_id)
        text = uow.customers.text(customer.id)
        assert account is not None and text is not None
        [moment] = uow.customers.moments(account.id, date(2026, 1, 1))
    assert (customer.source, customer.ref, customer.role, customer.language) == (
        "import",
        "cus_ada",
        "executive",
        "de",
    )
    assert (text.name, text.email, text.phone) == (
        "Ada Marsh",
        "ada@client.example",
        "+49 555-0100",
    )
    assert (account.tier, account.region, account.name) == ("enterprise", "eu", "Marsh Mills")
    assert (account.yearly_amount, account.yearly_currency) == (8_640_000, "GBP")
    assert account.products == [{"name": "planner", "version": "4.2"}]
    assert (moment.on_day, moment.kind, moment.label) == (
        date(2026, 12, 1),
        "launch",
        "New planner",
    )


def test_only_what_changed_is_changed(shell: Shell, look: Look, tmp_path: Path) -> None:
    """
    What a later file does not tell stays as it was.
    """
    shell.run("import", "customers", lines(tmp_path / "c.jsonl", ADA))

    told = shell.run(
        "import",
        "customers",
        lines(
            tmp_path / "c.jsonl", {"id": "cus_ada", "email": "ada@client.example", "role": "user"}
        ),
    )

    assert told.endswith("0 new, 1 changed.")
    with look() as uow:
        customer = uow.customers.by_email("ada@client.example")
        assert customer is not None
        text = uow.customers.text(customer.id)
        assert text is not None
        assert (customer.role, customer.language, text.name) == ("user", "de", "Ada Marsh")


def test_a_moment_that_is_told_no_more_goes(shell: Shell, look: Look, tmp_path: Path) -> None:
    """
    A file that counts days from today does not pile up yesterday's launches.
    """
    for moments in ([{"in_days": 3, "kind": "launch"}], [{"in_days": 4, "kind": "launch"}]):
        row = {"id": "acc_marsh", "tier": "pro", "moments": moments}
        shell.run("import", "customers", lines(tmp_path / "a.jsonl", row))

    with look() as uow:
        account = uow.customers.account_by_ref("acc_marsh")
        assert account is not None
        assert len(uow.customers.moments(account.id, date(2000, 1, 1))) == 1


def test_what_cannot_be_used_is_named_by_line(shell: Shell, tmp_path: Path) -> None:
    """
    The reject file holds line, reason and the row itself, and the rest is taken in.
    """
    file = lines(
        tmp_path / "c.jsonl",
        ADA,
        "{not json",
        {"id": "cus_bo", "email": "nonsense"},
        {"id": "cus_ada"},
        {
            **ADA,
            "id": "cus_cy",
            "email": "cy@client.example",
            "account": {"id": "acc_marsh", "tier": "free"},
        },
    )

    told = shell.run("import", "customers", file, "--rejects", str(tmp_path / "bad.jsonl"))

    assert told.endswith(f"2 new, 0 changed, 4 rejected: see {tmp_path / 'bad.jsonl'}.")
    found = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert [(one["line"], one["reason"]) for one in found] == [
        (2, "is not JSON"),
        (3, "email: is not an address"),
        (4, "id: stands already in line 1"),
        (5, "account: an earlier row tells another tier of it"),
    ]
    assert [one["row"] for one in found[:2]] == ["{not json", {"id": "cus_bo", "email": "nonsense"}]


def test_a_reject_file_is_named_after_its_import_and_goes_when_all_is_well(
    shell: Shell, tmp_path: Path
) -> None:
    """
    What an earlier import left behind would look like news.
    """
    lines(tmp_path / "c.jsonl", ADA, {"id": "cus_bo", "email": "nonsense"})
    told = shell.run("import", "customers", "c.jsonl")

    assert "1 rejected: see c.rejects.jsonl." in told and shell.code == 0
    assert (tmp_path / "c.rejects.jsonl").exists()

    lines(tmp_path / "c.jsonl", ADA)
    shell.run("import", "customers", "c.jsonl")

    assert not (tmp_path / "c.rejects.jsonl").exists()


def test_an_import_that_took_nothing_in_has_failed(shell: Shell, tmp_path: Path) -> None:
    """
    A script notices a file of the wrong shape; an empty file is none.
    """
    told = shell.run(
        "import", "customers", lines(tmp_path / "c.csv", "who;mail", "Ada;a@b.example")
    )

    assert "Nothing was taken in: every row was rejected." in told and shell.code == 1
    shell.run("import", "customers", lines(tmp_path / "empty.csv", "id;email"))
    assert shell.code == 0


def test_payments_know_a_customer_by_the_files_id(shell: Shell, look: Look, tmp_path: Path) -> None:
    """
    Unless the file names another, and never by an address.
    """
    file = lines(
        tmp_path / "c.jsonl",
        {"id": "cus_1"},
        {"id": "42", "payment_ref": "cus_2"},
        {"email": "cy@client.example"},
    )
    shell.run("import", "customers", file)

    with look() as uow:
        refs = uow.session.execute(select(Customer.ref, Customer.payment_ref)).all()
    assert sorted(tuple(row) for row in refs if row[1]) == [("42", "cus_2"), ("cus_1", "cus_1")]


@pytest.fixture
def known(engine: Engine) -> None:
    """Somebody at Ada's address, who wrote to the help desk before the import."""
    with UnitOfWork(engine) as uow:
        customer = Customer(source="zendesk", ref="900", created_at=NOW)
        uow.customers.add(customer, "", "ada@client.example")
        uow.commit()


@pytest.mark.usefixtures("known")
def test_somebody_known_from_the_help_desk_is_not_doubled(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    A customer who wrote before the import is known by address.
    """
    file = lines(tmp_path / "c.jsonl", ADA)

    first = shell.run("import", "customers", file)
    second = shell.run("import", "customers", file)

    assert first.endswith("1 new, 1 changed.") and second.endswith("0 new, 0 changed.")
    with look() as uow:
        customer = uow.customers.by_ref("zendesk", "900")
        assert customer is not None and customer.payment_ref == "cus_ada"
        assert uow.customers.by_ref("import", "cus_ada") is None


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("others", [0, 150])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_address_that_several_rows_share_joins_none_of_them(
    shell: Shell, look: Look, tmp_path: Path, is_first: bool, others: int
) -> None:
    """
    Law: whose money it would be is a guess, whichever row comes first and however far apart.
    """
    eva = {"id": "cus_eva", "email": "ADA@client.example", "name": "Eva Marsh"}
    between = [{"id": f"cus_{n}"} for n in range(others)]
    rows = [ADA, *between, eva] if is_first else [eva, *between, ADA]
    file = lines(tmp_path / "c.jsonl", *rows)

    shell.run("import", "customers", file)
    second = shell.run("import", "customers", file)

    assert second.endswith("0 new, 0 changed.")
    with look() as uow:
        customer = uow.customers.by_ref("zendesk", "900")
        assert customer is not None and customer.payment_ref is None
        assert uow.customers.by_ref("import", "cus_ada") is not None
        assert uow.customers.by_ref("import", "cus_eva") is not None


@pytest.mark.usefixtures("known")
def test_who_only_names_an_address_shares_it_with_nobody(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    Law: in a file, too, their row takes nothing from whoever has the address.
    """
    eva = {"id": "cus_eva", "email": "ada@client.example", "role": "admin", "vouched": False}
    shell.run("import", "customers", lines(tmp_path / "c.jsonl", eva, ADA))

    with look() as uow:
        customer = uow.customers.by_ref("zendesk", "900")
        other = uow.customers.by_ref("import", "cus_eva")
        assert customer is not None and customer.payment_ref == "cus_ada"
        assert other is not None
        assert (other.payment_ref, other.role, other.vouched) == (None, "user", False)


def test_a_row_that_the_database_refuses_costs_that_row_alone(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    The rest of its batch is stored.
    """
    rows = [{"id": f"cus_{n}", "email": f"c{n}@client.example"} for n in range(5)]
    huge = {
        "id": "cus_huge",
        "account": {"id": "acc_1", "yearly_value": {"amount": 10**17 * 99, "currency": "EUR"}},
    }
    told = shell.run("import", "customers", lines(tmp_path / "c.jsonl", *rows, huge, {"id": "end"}))

    assert "Customers 6 0 0 1" in told
    assert "cannot be stored" in (tmp_path / "c.rejects.jsonl").read_text(encoding="utf-8")
