"""`backstop policy`: what is in force, what another file would change, and who may accept it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bootstrap import Outside, build
from bot.commands import NoteStart
from bot.config import load
from storage.models import AuditEntry
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell

ONE_ADMIN = """\
company: {name: Acme, currency: USD, time_zone: UTC}
slack: {workspace: T0ACME}
channels: {admin: C0ADMIN, approvals: C0APPROVALS}
people:
  - {id: ana, name: Ana, roles: [approver, admin], slack: U0ANA, hours: "Mon-Fri 09:00-17:00"}
  - {id: bo, name: Bo, roles: [approver], slack: U0BO, hours: "Mon-Fri 09:00-17:00"}
gates:
  - {name: small, act: refund, up_to: 2000, grade: auto}
  - {name: refunds, act: refund, up_to: 50000, grade: one}
  - {name: beyond, act: refund, grade: never}
"""
TWO_ADMINS = ONE_ADMIN.replace(
    "roles: [approver], slack: U0BO", "roles: [approver, admin], slack: U0BO"
)
LOOSER = ("up_to: 2000", "up_to: 6000")
AMOUNTS = (1500, 4900, 12000, 90000)
NO_TICKET = {"id": "5", "created": "2026-10-02", "body": "How do I print a roster?"}


@pytest.fixture
def started(shell: Shell) -> Shell:
    """A bot with this file has run once."""
    _started(shell, TWO_ADMINS)
    return shell


def test_before_the_first_start_there_is_none(shell: Shell) -> None:
    shell.run("import", "customers", str(_file(shell.folder, "none.jsonl", [])))
    assert "No policy is in force yet" in shell.run("policy", "show")
    assert shell.code == 1


def test_what_a_changed_file_waits_for_is_shown(started: Shell) -> None:
    assert "app.yaml changes nothing of it" in started.run("policy", "show")
    started.app_yaml = TWO_ADMINS.replace(*LOOSER)
    shown = started.run("policy", "show")
    assert "Refund of 20.01 USD to 60.00 USD" in shown.replace("\n", " ")
    assert "once two administrators" in shown
    _started(started, started.app_yaml)
    assert "0 of 2 administrators have agreed" in started.run("policy", "show")


def test_where_two_administrators_could_agree_a_shell_is_not_enough(started: Shell) -> None:
    """Law: whoever is on the machine asks them as well."""
    started.app_yaml = TWO_ADMINS.replace(*LOOSER)
    assert "Ana and Bo decide about that" in started.run("policy", "accept")
    assert started.code == 1
    # Nor does it help to take the role from one of them first.
    started.app_yaml = ONE_ADMIN.replace(*LOOSER)
    assert "Ana and Bo decide about that" in started.run("policy", "accept")
    assert "changes nothing" not in started.run("policy", "show")


def test_a_company_with_one_administrator_is_not_shut_in(
    shell: Shell, look: Callable[[], UnitOfWork]
) -> None:
    _started(shell, ONE_ADMIN)
    shell.app_yaml = TWO_ADMINS
    assert "Who decides: bo" in shell.run("policy", "show")
    assert "In force" in shell.run("policy", "accept")
    assert "app.yaml changes nothing of it" in shell.run("policy", "show")
    with look() as uow:
        kinds = [one.kind for one in uow.session.query(AuditEntry)]
    assert kinds[-1] == "policy accepted"


def test_another_file_is_tried_on_past_tickets(shell: Shell) -> None:
    """What would pass unasked, how many cards there would be, and when nobody is there."""
    other = shell.folder / "other.yaml"
    other.write_text(
        TWO_ADMINS.replace(*LOOSER).replace(
            'U0BO, hours: "Mon-Fri 09:00-17:00"', 'U0BO, hours: "Mon-Sun 12:00-20:00"'
        ),
        encoding="utf-8",
    )
    tickets = _file(
        shell.folder,
        "tickets.jsonl",
        [
            {
                "id": str(number),
                "created": f"2026-10-0{1 + number % 2}",
                "body": f"Please refund my last payment of {amount / 100:.2f} USD.",
                "customer": {"id": number + 1},
                "charges": [{"id": f"ch_{number}", "amount": amount, "currency": "USD"}],
            }
            for number, amount in enumerate(AMOUNTS)
        ]
        + [NO_TICKET],
    )
    shell.app_yaml = TWO_ADMINS
    printed = shell.run("policy", "try", str(other), "--tickets", str(tickets))
    for line in (
        "acts that would pass unasked 1 2",
        "acts that nobody may do 0 0",
        "approval cards 2 1",
        "cards a day for each of them 0.5 0.2",
        "hours of the week without one of them 128 97",
        "Of 5 tickets on 2 days",
    ):
        assert line in printed, printed
    assert not (shell.folder / "var").exists()


def test_a_file_without_tickets_says_so(shell: Shell) -> None:
    other = _file(shell.folder, "none.jsonl", [])
    (shell.folder / "other.yaml").write_text(ONE_ADMIN, encoding="utf-8")
    shell.app_yaml = ONE_ADMIN
    told = shell.run("policy", "try", str(shell.folder / "other.yaml"), "--tickets", str(other))
    assert "There is no ticket in" in told and shell.code == 1


def _started(shell: Shell, text: str) -> None:
    shell.app_yaml = text
    file = shell.folder / "started.yaml"
    file.write_text(text, encoding="utf-8")
    bot = build(load(file, shell.environ), shell.environ, outside=Outside({}))
    bot.bus.handle(NoteStart())
    bot.worker.run_due()
    bot.close()


def _file(folder: Path, name: str, rows: list[object]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
