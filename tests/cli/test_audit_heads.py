"""Signed heads leave the database, and tell of a chain that was written anew, or cut short."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import SystemClock
from bot.head_keeper import HeadKeeper
from bot.signed_heads import Signer, new_key
from storage import audit
from storage.engine import Engine, snapshot
from storage.errors import Broken
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.cli.test_looking_after import note

Look = Callable[[], UnitOfWork]
SECRET, PUBLIC = new_key()
_BEND = text("UPDATE audit SET actor = :actor, previous = :before, hash = :hash WHERE seq = :seq")


class Keeping:
    """What runs beside the bot, a minute at a time."""

    def __init__(self, file: Path, look: Look) -> None:
        self.told: list[str] = []
        signer = Signer(SECRET, "acme")
        self.keeper = HeadKeeper(signer, file, look, SystemClock(), self.told.append)

    def minute(self) -> None:
        self.keeper.write_now()


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    return tmp_path / "heads.jsonl"


@pytest.fixture
def kept(engine: Engine, look: Look, heads: Path) -> Keeping:
    """Six entries, of which heads were signed at the second and at the last."""
    keeping = Keeping(heads, look)
    note(engine, "approval:1", "approval:2")
    keeping.minute()
    note(engine, "approval:3", "approval:4", "approval:5", "approval:6")
    keeping.minute()
    return keeping


def verified(shell: Shell, heads: Path, *more: str) -> str:
    return shell.run("audit", "verify", "--heads", str(heads), "--public-key", PUBLIC, *more)


def written_anew(engine: Engine, begin: int, actor: str) -> None:
    """Somebody with the whole database in their hands, who knows how a link is made."""
    with engine.begin() as connection:
        rows = list(audit.export(connection))
        previous = rows[begin - 2].hash if begin > 1 else audit.GENESIS
        for row in rows[begin - 1 :]:
            row = replace(row, actor=actor, previous=previous)
            previous = row.linked
            bent = {"actor": actor, "before": row.previous, "hash": previous, "seq": row.seq}
            connection.execute(_BEND, bent)
        connection.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": previous})


def cut_short(engine: Engine, last: int) -> None:
    with engine.begin() as connection:
        digest = list(audit.export(connection))[last - 1].hash
        at = {"last": last, "hash": digest}
        connection.execute(text("DELETE FROM audit WHERE seq > :last"), at)
        connection.execute(text("UPDATE audit_head SET seq = :last, hash = :hash"), at)


def test_a_whole_chain_is_whole_by_its_heads_too(shell: Shell, kept: Keeping, heads: Path) -> None:
    assert len(heads.read_text().splitlines()) == 2
    told = verified(shell, heads)
    assert told == "The audit chain is whole: 6 entries, as signed up to entry 6."
    assert shell.code == 0


def test_a_chain_that_was_written_anew_is_found(
    shell: Shell, kept: Keeping, engine: Engine, heads: Path
) -> None:
    """Law: its links fit and its head does; only the signatures know another hash."""
    written_anew(engine, 4, "eve")
    assert "whole" in shell.run("audit", "verify")
    assert "entry 6 is another than the one that was signed" in verified(shell, heads)
    assert shell.code == 1


def test_a_chain_that_was_cut_short_is_found(
    shell: Shell, kept: Keeping, engine: Engine, heads: Path
) -> None:
    cut_short(engine, 5)
    assert "whole" in shell.run("audit", "verify")
    assert "entry 6 is missing; the signed heads go up to 6" in verified(shell, heads)


def test_a_head_that_somebody_else_signed_proves_nothing(
    shell: Shell, kept: Keeping, engine: Engine, look: Look, heads: Path
) -> None:
    """Law: nor does one that was bent, or a line that is none."""
    forged = Signer(new_key()[0], "acme").sign(6, "0" * 64, SystemClock().now())
    bent = json.loads(heads.read_text().splitlines()[0]) | {"seq": 3}
    own = json.loads(heads.read_text().splitlines()[0])
    others = (own | {"signature": 5}, own | {"key": []}, own | {"seq": "x"})
    with heads.open("ab") as file:
        file.write(f"{forged.line}\n{json.dumps(bent)}\nnonsense\n".encode())
        file.write("".join(f"{json.dumps(one)}\n" for one in others).encode() + b"\xff\xfe\n")
    told = verified(shell, heads)
    assert "line 3 is signed with another key" in told
    assert all(f"line {number} is " in told for number in (4, 5, 6, 7, 8, 9))
    assert shell.code == 1


def test_an_export_is_verified_without_a_database(
    shell: Shell, kept: Keeping, engine: Engine, heads: Path, tmp_path: Path
) -> None:
    out = tmp_path / "audit.jsonl"
    assert "6 entries in" in shell.run("audit", "export", "--out", str(out))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit")
    assert "whole: 6 entries" in verified(shell, heads, "--export", str(out))
    out.write_text(out.read_text().replace("approval:3", "approval:9"))
    assert "entry 3 was changed" in verified(shell, heads, "--export", str(out))


def test_a_thousand_tamperings_are_found(kept: Keeping, engine: Engine, heads: Path) -> None:
    """Law: whatever row is altered, taken out, put in, moved or cut off, also with every hash
    behind it made to fit."""
    note(engine, *(f"approval:{number}" for number in range(7, 60)))
    kept.minute()
    signed = {head["seq"]: head["hash"] for head in map(json.loads, heads.read_text().splitlines())}
    with snapshot(engine) as connection:
        rows = list(audit.export(connection))
    assert audit.verify_rows(rows, signed)[0] == len(rows)
    dice = random.Random(20)
    for _ in range(1000):
        bent = tampered(rows, dice)
        with pytest.raises(Broken):
            audit.verify_rows(bent, signed)


def tampered(rows: list[audit.Row], dice: random.Random) -> list[audit.Row]:
    place = dice.randrange(len(rows))
    bent = list(rows)
    match dice.randrange(6):
        case 0:
            del bent[place]
        case 1:
            del bent[place:]
        case 2:
            bent.insert(place, replace(bent[place], subject="approval:0"))
        case 3:
            other = (place + 1) % len(rows)
            bent[place], bent[other] = bent[other], bent[place]
        case 4:
            name = dice.choice(["at", "kind", "actor", "subject", "previous", "hash"])
            changed: dict[str, Any] = {name: f"{asdict(bent[place])[name]}x"}
            bent[place] = replace(bent[place], **changed)
        case _:
            bent[place] = replace(bent[place], data={"amount": dice.randrange(10**6) + 10**7})
            bent = relinked(bent, place)
    return bent


def relinked(rows: list[audit.Row], begin: int) -> list[audit.Row]:
    previous = rows[begin - 1].hash if begin else audit.GENESIS
    for place in range(begin, len(rows)):
        row = replace(rows[place], previous=previous)
        rows[place] = replace(row, hash=row.linked)
        previous = rows[place].hash
    return rows


def test_nothing_new_is_signed_once_an_hour(kept: Keeping, heads: Path) -> None:
    kept.minute()
    assert len(heads.read_text().splitlines()) == 2


def test_a_file_that_cannot_be_written_is_told_once(engine: Engine, look: Look) -> None:
    """Law: the bot goes on, and the administrators hear of it until it is mended."""
    keeping = Keeping(Path("/nowhere/heads.jsonl"), look)
    note(engine, "approval:1")
    keeping.minute()
    keeping.minute()
    assert len(keeping.told) == 1 and "cannot be written" in keeping.told[0]


def test_a_key_is_made_and_says_what_to_do_with_it() -> None:
    told = CliRunner().invoke(app, ["audit", "key"]).output
    assert "BACKSTOP_AUDIT_KEY=" in told and "--public-key" in told
