import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.imports import (
    ArticleRow,
    BadRow,
    Reject,
    TicketRow,
    article_row,
    customer_row,
    read_rows,
    rows_at_most,
    ticket_row,
    write_rejects,
)
from tests.intake.real_data import real_data
from tests.intake.unhurried import unhurried

TODAY = date(2026, 3, 1)
COMPANY = Path(__file__).parents[2] / "sandbox/company"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_broken_line_costs_that_line_alone(tmp_path: Path) -> None:
    """
    Each reject has the number of its line as an editor counts it; blank lines are no rows.
    """
    lines = [
        b'\xef\xbb\xbf{"id": "1", "body": "a"}',
        b"",
        b"{broken",
        b'{"id": "2", "body": "\xff"}',
        b'["list"]',
        b"[" * 100_000,
        b'{"id": "3", "body": NaN}',
        b'{"id": "1", "body": "again"}',
        b'{"body": "no id"}',
        b'{"id": "4", "body": "b"}',
    ]
    found = list(read_rows("tickets", written(tmp_path / "t.jsonl", b"\n".join(lines)), TODAY))

    assert [
        TicketRow("1", "", "a"),
        Reject(3, "is not JSON"),
        Reject(4, "is not UTF-8"),
        Reject(5, "is not a JSON object"),
        Reject(6, "is not JSON"),
        Reject(7, "is not JSON"),
        Reject(8, "id: stands already in line 1"),
        Reject(9, "id: is missing"),
        TicketRow("4", "", "b"),
    ] == found


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_is_read_as_saved(tmp_path: Path, delimiter: str) -> None:
    """
    Comma, semicolon or tab, a byte order mark, line breaks in cells: line numbers are the file's.
    """
    rows = [
        ["Ticket ID", "Subject", "Body"],
        ["1", "a", '"two\nlines"'],
        ["2", "b"],
        ["3", "c", "d"],
    ]
    content = "\ufeff" + "\n".join(delimiter.join(row) for row in rows)

    found = list(read_rows("tickets", written(tmp_path / "t.csv", content), TODAY))

    assert [
        TicketRow("1", "a", "two\nlines"),
        Reject(4, "has 2 cells under a header of 3"),
        TicketRow("3", "c", "d"),
    ] == found


def test_a_row_without_a_word_is_no_row(tmp_path: Path) -> None:
    """
    Spreadsheets leave such rows at their end, as wide as whatever stood there; an empty line and
    they are passed over alike.
    """
    content = "id,subject,body\n1,a,b\n\n,,\n ,\t,\n,,,,,\n2,c,d\n,,\n"

    found = list(read_rows("tickets", written(tmp_path / "t.csv", content), TODAY))

    assert found == [TicketRow("1", "a", "b"), TicketRow("2", "c", "d")]


def test_bad_cells_spoil_one_row_of_a_spreadsheet(tmp_path: Path) -> None:
    """
    Other encodings, a cell beyond all bounds and stray quotes are rejects.
    """
    cells = [b"\xe9t\xe9", b"x" * 200_000, b'"a"b']
    content = b"id,body\n" + b"\n".join(b"1," + cell for cell in cells) + b'\n2,ok\n3,"open'

    found = list(read_rows("tickets", written(tmp_path / "t.csv", content), TODAY))

    broken = "is not CSV: a quote is not closed, or a cell is too long"
    rejects = [Reject(2, "is not UTF-8"), Reject(3, broken), Reject(4, broken)]
    assert [*rejects, TicketRow("2", "", "ok"), Reject(6, broken)] == found


def test_a_folder_of_markdown_is_a_file_of_articles(tmp_path: Path) -> None:
    """
    Front matter gives the fields, the file's name the id; the language `no` is Norwegian.
    """
    full = """---
id: refunds
title: Refunds
summary: When money comes back
products: [Planner, Invoices]
tags: [billing]
language: no
reviewed: 2026-01-31
public: false
---
# Refunds

Within 14 days.
"""
    written(tmp_path / "b.md", full)
    (tmp_path / "more").mkdir()
    written(tmp_path / "more/short.md", "---\nowner: ana\n---\n# Short\nText")
    written(tmp_path / "none.md", "# No front matter")
    written(tmp_path / "odd.md", "---\n: [\n---\ntext")
    written(tmp_path / "empty.md", "---\ntitle: Empty\n---\n")

    found = list(read_rows("articles", tmp_path, TODAY))

    assert [
        ArticleRow(
            id="refunds",
            title="Refunds",
            summary="When money comes back",
            body="# Refunds\n\nWithin 14 days.",
            products=("Planner", "Invoices"),
            language="no",
            public=False,
            reviewed=date(2026, 1, 31),
        ),
        Reject(1, "body: is missing", "empty.md"),
        ArticleRow("short", "Short", "", "# Short\nText", owner="ana"),
        Reject(1, "has no front matter between two lines of ---", "none.md"),
        Reject(1, "has a front matter that is not YAML", "odd.md"),
    ] == found
    assert rows_at_most(tmp_path) == 5


def test_an_article_says_whether_it_is_public() -> None:
    """
    Public unless it says otherwise, in words that mean yes or no.
    """
    article = {"id": "a", "title": "A", "body": "b"}

    flags = [article_row({**article, "public": said}).public for said in ("no", False, "yes", None)]

    assert flags == [False, False, True, True]
    with pytest.raises(BadRow, match="public: is neither true nor false"):
        article_row({**article, "public": "maybe"})


def test_rejects_are_written_one_per_line_with_their_rows(tmp_path: Path) -> None:
    """
    The reject file can be read by a person and by a program, and by nobody else on the machine.
    """
    path, row = tmp_path / "rejects.jsonl", {"id": "\ud800", "name": "Zoë"}

    write_rejects(
        path, [Reject(3, "is not JSON", told="{"), Reject(1, "x", told=row), Reject(1, "y", "a.md")]
    )

    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines == [
        {"line": 3, "reason": "is not JSON", "row": "{"},
        {"line": 1, "reason": "x", "row": row},
        {"file": "a.md", "line": 1, "reason": "y"},
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_rejects_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    """
    A file that is there means that something was rejected.
    """
    path = tmp_path / "rejects.jsonl"
    write_rejects(path, [Reject(3, "is not JSON")])

    write_rejects(path, [])

    assert not path.exists()


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """
    Only the file as a whole can fail the import.
    """
    with pytest.raises(OSError):
        list(read_rows("tickets", tmp_path / "none.jsonl", TODAY))


NAMES = """id subject body title customer account yearly_value products moments contacts email role
tags labels created status language public reviewed currency in_days date kind amount version"""
names = st.sampled_from(NAMES.split())
odd_fields = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@unhurried
@given(raw=st.dictionaries(names, odd_fields | st.dictionaries(names, odd_fields, max_size=4)))
def test_odd_rows_are_explained_and_never_crash(raw: dict[str, Any]) -> None:
    """
    Whatever stands in the fields, the row is understood or refused with a reason.
    """
    for parse in (ticket_row, article_row, lambda row: customer_row(row, TODAY)):
        try:
            parse(raw)
        except BadRow as reason:
            assert str(reason)


@pytest.mark.parametrize(
    ("kind", "name", "least"),
    [
        ("tickets", "tickets.jsonl", 150),
        ("customers", "accounts.jsonl", 60),
        ("customers", "customers.jsonl", 80),
        ("articles", "articles", 40),
    ],
)
def test_the_sample_company_is_imported_whole(kind: Any, name: str, least: int) -> None:
    """
    Every row of the sample company is understood.
    """
    found = list(read_rows(kind, COMPANY / name, TODAY))

    assert [row for row in found if isinstance(row, Reject)] == []
    assert least <= len(found)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [
        ("tickets", "tickets-sumo-dev/tickets.jsonl", 1999),
        ("articles", "kb-sumo-dev/articles.jsonl", 590),
    ],
)
def test_real_exports_are_imported_whole(kind: Any, name: str, count: int) -> None:
    """
    Thousands of real tickets and articles come in without a reject.
    """
    folder, file = name.split("/")

    found = list(read_rows(kind, real_data(folder) / file, TODAY))

    assert [row for row in found if isinstance(row, Reject)] == []
    assert count == len(found)
