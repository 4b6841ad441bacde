"""Tables for a terminal's width, and whole where a program or a file reads them."""

from rich.console import Console
from rich.table import Table

# Nothing that a cell may hold is cut at this width; a table takes no more of it than it needs.
WHOLE = 100_000


def show(table: Table) -> None:
    for column in table.columns:
        column.overflow = "fold"
    console = Console()
    if not console.is_terminal:
        console = Console(width=WHOLE)
    console.print(table)
