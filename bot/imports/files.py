"""Files as rows of raw fields: JSON Lines, CSV, and folders of Markdown with front matter.

A row that is broken costs that row alone; only a file that cannot be opened raises OSError.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import yaml

_LONGEST_LINE = 8 * 1024 * 1024
# The compiled one where PyYAML has it: ten times as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\A\s*#[ \t]+(.+)\n?")


@dataclass(frozen=True)
class Unreadable:
    """A row without fields: the reason, and what stands there as far as it is text."""

    reason: str
    told: Any = None


Raw = Mapping[str, Any] | Unreadable


def raw_rows(path: Path) -> Iterator[tuple[int, str, Raw]]:
    """Yield line, file within a folder, and the row."""
    if path.is_dir():
        yield from _markdown(path)
        return
    read = _csv if path.suffix.lower() in (".csv", ".tsv") else _json_lines
    for line, row in read(path):
        yield line, "", row


def rows_at_most(path: Path) -> int:
    """An upper bound of the rows, for a progress bar: the lines, or the files of a folder."""
    if path.is_dir():
        return len(_articles(path))
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _json_lines(path: Path) -> Iterator[tuple[int, Raw]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, _json_line(line)


def _json_line(line: bytes) -> Raw:
    if len(line) > _LONGEST_LINE:
        return Unreadable("the line is too long")
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return Unreadable("is not UTF-8", _text(line))
    except (ValueError, RecursionError):
        return Unreadable("is not JSON", _text(line))
    return row if isinstance(row, dict) else Unreadable("is not a JSON object", row)


def _text(line: bytes) -> str:
    return line.decode("utf-8-sig", "replace").strip()


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _csv(path: Path) -> Iterator[tuple[int, Raw]]:
    # Surrogates stand for bytes that are not UTF-8, so that they spoil one row and not the file.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, delimiter=_delimiter(file), strict=True)
        header: list[str] | None = None
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield line, Unreadable("is not CSV: a quote is not closed, or a cell is too long")
                continue
            if header is None:
                header = cells
            elif any(cell.strip() for cell in cells):
                yield line, _csv_row(header, cells)


def _csv_row(header: list[str], cells: list[str]) -> Raw:
    if len(cells) != len(header):
        return Unreadable(f"has {len(cells)} cells under a header of {len(header)}", _clean(cells))
    if any(re.search("[\ud800-\udfff]", cell) for cell in cells):
        return Unreadable("is not UTF-8", _clean(cells))
    return dict(zip(header, cells, strict=True))


def _clean(cells: list[str]) -> list[str]:
    return [re.sub("[\ud800-\udfff]", "\ufffd", cell) for cell in cells]


def _delimiter(file: TextIO) -> str:
    """The one of comma, semicolon and tab that the header line has most of."""
    header = file.readline(1_000_000)
    file.seek(0)
    return max(",;\t", key=header.count)


def _articles(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path.is_file())


def _markdown(folder: Path) -> Iterator[tuple[int, str, Raw]]:
    for path in _articles(folder):
        yield 1, path.relative_to(folder).as_posix(), _article(path)


def _article(path: Path) -> Raw:
    """The front matter, with the text as `body`; the file's name is the id where none is given."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return Unreadable("is not UTF-8")
    front = _FRONT.match(text)
    if front is None:
        return Unreadable("has no front matter between two lines of ---")
    try:
        # Every value stays text: YAML 1.1 would read the language `no` as false.
        fields = yaml.load(front[1], Loader=_LOADER)  # noqa: S506 - builds only text
    except (yaml.YAMLError, RecursionError, ValueError):
        return Unreadable("has a front matter that is not YAML")
    if not isinstance(fields, dict):
        return Unreadable("has a front matter that is not a list of keys and values")
    body = text[front.end() :]
    heading = _HEADING.match(body)
    named = {"id": path.stem, "title": heading[1] if heading else ""}
    return {**named, **fields, "body": body}
