"""Tables of an article's Markdown, told row by row: each cell behind the name of its column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

_BETWEEN = " · "
_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")


@dataclass(frozen=True)
class Line:
    """`row` is what the first cell calls it, None where it is no row of a table."""

    text: str
    row: str | None = None


def spelled(lines: Sequence[str]) -> list[Line]:
    """The same lines with every table as its rows, none of which needs the others to be read."""
    told: list[Line] = []
    columns: list[str] = []
    for line in lines:
        cells = _cells(line) if "|" in line else []
        if not cells:
            columns = []
        if cells and columns:
            told.append(Line(_row(columns, cells), cells[0]))
        elif cells and told and "|" in told[-1].text and all(map(_DASHES.fullmatch, cells)):
            columns = _cells(told.pop().text)
        else:
            told.append(Line(line))
    return told


def is_row(line: str) -> bool:
    """Whether a line of a passage reads as a row is told."""
    return _BETWEEN in line


def _row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """As a sentence: what the next row denies is not said by this one."""
    pairs = zip_longest(columns, cells[: len(columns)], fillvalue="")
    told = _BETWEEN.join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]
