"""`backstop audit`: what was decided and done, and whether that record is whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli import audit_story as story
from bot.cli.opening import CONFIG, STYLE, Config, opened, said, stop, written
from bot.cli.tables import show as show_table
from bot.config.secrets import read_secrets
from bot.signed_heads import NotSigned, Signer, new_key, read
from storage import audit
from storage.engine import snapshot
from storage.errors import Broken
from storage.models import AuditEntry

app = typer.Typer(help="What was decided and done.", **STYLE)


@app.command()
def verify(
    heads: Annotated[
        Path | None, typer.Option(help="Signed heads: also a chain written anew is found by them.")
    ] = None,
    public_key: Annotated[
        str | None, typer.Option(help="Whose signatures count; else that of the key in use.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(help="Check this export; no database is asked.")
    ] = None,
    config: Config = CONFIG,
) -> None:
    """Check every link of the chain; exit 1 and name what is broken."""
    signed = _signed(heads, public_key, config) if heads else None
    known = signed.hashes if signed else {}
    try:
        count = _verify_export(export, known) if export else _verify_database(config, known)
    except Broken as broken:
        stop(f"The audit chain is broken: {broken}.")
    if signed and signed.wrong:
        stop("\n".join(f"{heads}: {why}." for why in signed.wrong))
    many_entries = f"{count:,} {'entry' if count == 1 else 'entries'}"
    typer.echo(f"The audit chain is whole: {many_entries}{signed.told if signed else ''}.")


@app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="The file; else standard output.")] = None,
    config: Config = CONFIG,
) -> None:
    """Write every entry as JSON Lines, oldest first, with what links it to the one before."""
    with opened(config) as database, snapshot(database.engine) as connection:
        rows = (json.dumps(asdict(row), ensure_ascii=False) for row in audit.export(connection))
        if out is None:
            for line in rows:
                typer.echo(line)
            return
        with written(out) as file:
            count = sum(1 for line in rows if file.write(f"{line}\n"))
    typer.echo(f"{count:,} {'entry' if count == 1 else 'entries'} in {out}.")


@app.command()
def key() -> None:
    """Make a key that signs heads: one half for the environment, one for whoever verifies."""
    secret, public = new_key()
    typer.echo("Set this where the bot runs, and keep it from whoever may write the database:")
    typer.echo(f"  BACKSTOP_AUDIT_KEY={secret}")
    typer.echo("Whoever verifies takes this: backstop audit verify --heads FILE --public-key KEY")
    typer.echo(f"  {public}")


@dataclass(frozen=True)
class _Signed:
    """`hashes` by the number of the entry; `wrong` are lines that prove nothing."""

    hashes: Mapping[int, str]
    wrong: tuple[str, ...]

    @property
    def told(self) -> str:
        if not self.hashes:
            return "; no head was signed yet"
        return f", as signed up to entry {max(self.hashes):,}"


def _signed(file: Path, public_key: str | None, config: Path) -> _Signed:
    public = public_key or _own_public_key(config)
    hashes: dict[int, str] = {}
    wrong: list[str] = []
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for found in read(lines, public):
                if isinstance(found, NotSigned):
                    wrong.append(str(found))
                elif hashes.setdefault(found.seq, found.hash) != found.hash:
                    wrong.append(f"two heads of entry {found.seq} are signed, and differ")
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", 2)
    except ValueError as error:
        stop(f"The public key {error}: `backstop audit key` shows what one looks like.", 2)
    hashes.pop(0, None)
    return _Signed(hashes, tuple(wrong))


def _own_public_key(config: Path) -> str:
    settings = said(config)
    secret = read_secrets(settings).audit_key
    if secret is None:
        stop("Whose signatures count? Name the key with --public-key.", 2)
    return Signer(secret, settings.installation).public


def _verify_database(config: Path, signed: Mapping[int, str]) -> int:
    with opened(config) as database, snapshot(database.engine) as connection:
        return audit.verify(connection, signed)


def _verify_export(file: Path, signed: Mapping[int, str]) -> int:
    try:
        with file.open(encoding="utf-8") as lines:
            return audit.verify_rows(map(_row, lines), signed)[0]
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", 2)


def _row(line: str) -> audit.Row:
    try:
        return audit.Row(**json.loads(line))
    except (TypeError, ValueError):
        raise Broken("a line of the export is no entry") from None


@app.command()
def show(
    approval: Annotated[
        int | None, typer.Argument(help="The whole story of this approval, by its number.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(help="Only what is about this, such as approval:17.")
    ] = None,
    limit: Annotated[int, typer.Option(help="The newest so many.", min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one per entry.")] = False,
    config: Config = CONFIG,
) -> None:
    """Show entries, oldest first."""
    with opened(config) as database:
        told = None if approval is None else story.told(database, approval)
        with snapshot(database.engine) as connection:
            entries = (
                audit.entries(connection, subject, limit)
                if told is None
                else audit.of_approval(connection, told.approval, told.effect)
            )
    if as_json:
        for entry in entries:
            typer.echo(_line(entry))
        return
    if told is not None:
        show_table(told.facts)
    if not entries:
        typer.echo("No entries." if subject is None else f"No entries about {subject}.")
        return
    table = Table("Entry", "When (UTC)", "What", "Who", "About", "Facts")
    for entry in entries:
        table.add_row(*(Text(cell) for cell in _cells(entry)))
    show_table(table)


def _line(entry: AuditEntry) -> str:
    told = {
        "entry": entry.seq,
        "at": entry.at,
        "what": entry.kind,
        "who": entry.actor,
        "about": entry.subject,
        "facts": entry.data,
    }
    return json.dumps(told, ensure_ascii=False)


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    facts = ", ".join(f"{name}={value}" for name, value in sorted(entry.data.items()))
    when = entry.at.partition("+")[0].replace("T", " ")[:19]
    return str(entry.seq), when, entry.kind, entry.actor, entry.subject, facts
