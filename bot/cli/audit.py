"""`backstop audit`: what was decided and done, and whether that record is whole."""

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli import audit_story as story
from bot.cli.opening import CONFIG, STYLE, Config, opened, stop
from bot.cli.tables import show as show_table
from storage import audit
from storage.engine import snapshot
from storage.errors import Broken
from storage.models import AuditEntry

app = typer.Typer(help="What was decided and done.", **STYLE)


@app.command()
def verify(config: Config = CONFIG) -> None:
    """Check every link of the chain; exit 1 and name the first that is broken."""
    with opened(config) as database, snapshot(database.engine) as connection:
        try:
            count = audit.verify(connection)
        except Broken as broken:
            stop(f"The audit chain is broken: {broken}.")
    typer.echo(f"The audit chain is whole: {count:,} {'entry' if count == 1 else 'entries'}.")


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
