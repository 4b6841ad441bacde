"""Files of tickets, articles and customers: rows out of them, and what was wrong with the rest."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, overload

from bot.imports.articles import article_row
from bot.imports.customers import customer_row
from bot.imports.fields import BadRow
from bot.imports.files import Unreadable, raw_rows, rows_at_most
from bot.imports.rows import (
    AccountRow,
    ArticleRow,
    ContactRow,
    CustomerRow,
    Kind,
    MomentRow,
    Place,
    ProductRow,
    Reject,
    Row,
    TicketRow,
)
from bot.imports.tickets import ticket_row

__all__ = [
    "AccountRow",
    "ArticleRow",
    "BadRow",
    "ContactRow",
    "CustomerRow",
    "Kind",
    "MomentRow",
    "Place",
    "ProductRow",
    "Reject",
    "Row",
    "TicketRow",
    "article_row",
    "customer_row",
    "placed_rows",
    "read_rows",
    "rows_at_most",
    "ticket_row",
    "write_rejects",
]


@overload
def read_rows(
    kind: Literal["tickets"], path: Path, today: date
) -> Iterator[TicketRow | Reject]: ...
@overload
def read_rows(
    kind: Literal["articles"], path: Path, today: date
) -> Iterator[ArticleRow | Reject]: ...
@overload
def read_rows(
    kind: Literal["customers"], path: Path, today: date
) -> Iterator[CustomerRow | Reject]: ...
def read_rows(kind: Kind, path: Path, today: date) -> Iterator[Row | Reject]:
    """Read a JSON Lines or CSV file, or a folder of Markdown, row by row.

    Every row yields either itself or a Reject; a second row with the same id is a Reject. `today`
    is the day that relative dates count from. Raises OSError when the file cannot be read.
    """
    for _, row in placed_rows(kind, path, today):
        yield row


def placed_rows(kind: Kind, path: Path, today: date) -> Iterator[tuple[Place, Row | Reject]]:
    """As `read_rows`, each row with the place where it stands."""
    parse = _parser(kind, today)
    first_lines: dict[str, str] = {}
    for line, file, raw in raw_rows(path):
        if isinstance(raw, Unreadable):
            place = Place(line, file, raw.told)
            yield place, place.reject(raw.reason)
            continue
        place = Place(line, file, None if file else raw)
        try:
            row = parse(raw)
        except BadRow as error:
            yield place, place.reject(str(error))
            continue
        if first := first_lines.get(row.key):
            yield place, place.reject(f"id: stands already in {first}")
            continue
        first_lines[row.key] = file or f"line {line}"
        yield place, row


def write_rejects(path: Path, rejects: Sequence[Reject]) -> None:
    """Write one JSON object per reject: `line`, `reason`, the `row` as it stood there, and `file`
    in a folder. Without rejects there is no file: what an earlier run left is removed.

    It holds customers' words as the import did, so only its owner may read it.
    """
    path.unlink(missing_ok=True)
    if not rejects:
        return
    path.touch(mode=0o600)
    # Half a character, which some programs write, is no UTF-8.
    with path.open("w", encoding="utf-8", errors="backslashreplace") as out:
        for reject in rejects:
            named = {"file": reject.file} if reject.file else {}
            row = {} if reject.told is None else {"row": reject.told}
            told = {**named, "line": reject.line, "reason": reject.reason, **row}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")


def _parser(kind: Kind, today: date) -> Callable[[Mapping[str, Any]], Row]:
    parsers: Mapping[Kind, Callable[[Mapping[str, Any]], Row]] = {
        "tickets": ticket_row,
        "articles": article_row,
        "customers": lambda raw: customer_row(raw, today),
    }
    return parsers[kind]
