"""`backstop import` from files: everything once, as history."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot.cli import app
from bot.config.extras import has_embeddings
from storage.models import Account, Customer, Delivery, Message, Ticket
from storage.search import Nearest, Search
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import STANDS, Shell
from tests.cli.files import ADA, lines

Look = Callable[[], UnitOfWork]
COMPANY = Path(__file__).parents[2] / "sandbox" / "company"


def test_importing_twice_changes_nothing(shell: Shell, look: Look) -> None:
    """
    The sample company, twice: the second run finds everything as it is.
    """
    files = (
        ("customers", "accounts.jsonl"),
        ("customers", "customers.jsonl"),
        ("articles", "articles"),
        ("tickets", "tickets.jsonl"),
    )
    shell.app_yaml += STANDS
    for kind, file in files:
        assert "0 rejected" not in shell.run("import", kind, str(COMPANY / file))
        assert shell.code == 0
    with look() as uow:
        before = _counts(uow)

    for kind, file in files:
        told = shell.run("import", kind, str(COMPANY / file))
        assert told.endswith("0 new, 0 changed.")

    with look() as uow:
        assert _counts(uow) == before
        # Two who wrote are nobody's customers.
        assert before["customers"] == 93 and before["tickets"] == 150 and before["accounts"] == 60


def test_imported_tickets_are_history(shell: Shell, look: Look, tmp_path: Path) -> None:
    """
    They count as the customer's past, and nobody is asked to do anything about them.
    """
    shell.run("import", "customers", lines(tmp_path / "c.jsonl", ADA))
    row = {
        "id": "t-1",
        "customer": "cus_ada",
        "subject": "Old trouble",
        "body": "It broke.",
        "created": "2026-01-02T03:04:05Z",
        "status": "solved",
        "tags": ["planner"],
    }
    told = shell.run("import", "tickets", lines(tmp_path / "t.jsonl", row))

    assert told.endswith("1 new, 0 changed.")
    with look() as uow:
        ticket = uow.tickets.by_ref("import", "t-1")
        customer = uow.customers.by_email("ada@client.example")
        assert ticket is not None and customer is not None
        assert ticket.customer_id == customer.id
        assert (ticket.status.value, ticket.tags) == ("resolved", ["planner"])
        assert ticket.created_at.isoformat() == "2026-01-02T03:04:05+00:00"
        assert [m.body for m in uow.tickets.conversation(ticket.id)] == ["It broke."]
        assert uow.session.scalar(select(func.count()).select_from(Delivery)) == 0


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"customer_email": "Ada@client.example"}, "cus_ada"),
        ({"customer": {"id": "cus_eva", "email": "ada@client.example"}}, "cus_eva"),
    ],
)
def test_a_ticket_without_an_id_of_its_customer_finds_them_by_address(
    shell: Shell, look: Look, tmp_path: Path, told: dict[str, Any], found: str
) -> None:
    """
    Law: a second row at their address would make it a shared one, by which nobody is known.
    """
    shell.run("import", "customers", lines(tmp_path / "c.jsonl", ADA))
    for _ in range(2):
        shell.run(
            "import", "tickets", lines(tmp_path / "t.jsonl", {"id": "t-1", **told, "body": "?"})
        )

    with look() as uow:
        ticket = uow.tickets.by_ref("import", "t-1")
        assert ticket is not None and uow.customers.get(ticket.customer_id).ref == found
        known = uow.customers.by_email("ada@client.example")
        assert (known is not None) is (found == "cus_ada")


def test_an_imported_article_is_found_by_its_newest_words(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    A changed file changes what is found; an unchanged one leaves the index alone.
    """
    folder = tmp_path / "articles"
    folder.mkdir()
    for body in ("Press the lever.", "Press the lever.", "Turn the wheel."):
        (folder / "a1.md").write_text(f"---\ntitle: Start\n---\n{body}\n", encoding="utf-8")
        told = shell.run("import", "articles", str(folder), "--reviewed-by", "ana@acme.example")

    assert told.endswith("0 new, 1 changed.")
    with look() as uow:
        assert [found.ref for found in Search(uow.session).articles("wheel")] == ["a1"]
        assert Search(uow.session).articles("lever") == []


@pytest.mark.skipif(not has_embeddings(), reason="the extra 'embeddings' is not installed")
def test_imported_articles_are_found_by_their_meaning_at_once(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    Where app.yaml asks for it; a bot that starts later has nothing left to read.
    """
    shell.app_yaml += STANDS + "search: {embeddings: true}\n"
    article = {"id": "a1", "title": "Reset your password", "body": "Press Forgot."}
    told = shell.run("import", "articles", lines(tmp_path / "a.jsonl", article))

    assert told.endswith("1 new, 0 changed.")
    nearest = Nearest()
    with look() as uow:
        found = Search(uow.session, nearest).articles("I cannot get into my account any more")
    assert [one.ref for one in found] == ["a1"] and nearest.behind(look) == 0


def test_what_solved_an_imported_ticket_is_found_for_tickets_like_it(
    shell: Shell, look: Look, tmp_path: Path
) -> None:
    """
    Also where the article comes after the ticket: the file is imported again.
    """
    told = {"id": "t-1", "subject": "Nothing but an empty sheet", "body": "", "solved_by": "a1;a9"}
    tickets = lines(tmp_path / "t.jsonl", told)
    shell.run("import", "tickets", tickets)
    article = {"id": "a1", "title": "Scale of a page", "body": "Set it."}
    shell.run("import", "articles", lines(tmp_path / "a.jsonl", article), "--reviewed-by", "ana")

    assert shell.run("import", "tickets", tickets).endswith("0 new, 1 changed.")
    assert shell.run("import", "tickets", tickets).endswith("0 new, 0 changed.")
    with look() as uow:
        [found] = Search(uow.session).articles("why do I get an empty sheet?")
        assert found.ref == "a1" and found.linked > 0


def test_an_erased_customer_does_not_come_back(shell: Shell, look: Look, tmp_path: Path) -> None:
    """
    Neither with the nightly file of customers nor with one of tickets, nor into a reject file.
    """
    customers = lines(tmp_path / "c.jsonl", ADA)
    tickets = lines(tmp_path / "t.jsonl", {"id": "t-1", "customer": "cus_ada", "body": "Mine."})
    shell.run("import", "customers", customers)
    shell.run("import", "tickets", tickets)
    shell.run("erase", "ada@client.example", "--yes")
    assert shell.code == 0

    for kind, file in (("customers", customers), ("tickets", tickets)):
        told = shell.run("import", kind, file)
        assert "1 rejected" in told and "every row was rejected" in told
        rejects = (tmp_path / Path(file).stem).with_suffix(".rejects.jsonl")
        assert json.loads(rejects.read_text()) == {"line": 1, "reason": "customer: was erased"}

    with look() as uow:
        assert uow.customers.by_email("ada@client.example") is None
        assert uow.session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_help_of_import_leads_to_the_files_it_takes(shell: Shell) -> None:
    """
    The format of a file is asked for in the terminal first.
    """
    assert "docs/import.md" in " ".join(
        CliRunner().invoke(app, ["import", "--help"]).output.split()
    )


def test_a_missing_file_and_a_wrong_help_desk_are_said_plainly(
    shell: Shell, tmp_path: Path
) -> None:
    """
    One line of what is wrong, no traceback.
    """
    assert "app.yaml names none as the help desk, not zendesk." in shell.run("import", "zendesk")
    assert shell.code == 2
    assert "does not exist" in shell.run("import", "tickets", str(tmp_path / "none.jsonl"))
    assert shell.code == 2


def _counts(uow: UnitOfWork) -> dict[str, int]:
    models = (Account, Customer, Ticket, Message)
    return {
        model.__tablename__: uow.session.scalar(select(func.count()).select_from(model)) or 0
        for model in models
    }
