"""docs/promises.md, the tests and what torture found say the same, in both directions."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = {int(row[1]): row[0] for row in re.finditer(r"^\| (\d+) \|.*$", DOCUMENT, re.MULTILINE)}
PROMISES = [*range(1, 14), 35, 37, 38, 39]
KEPT = json.loads((ROOT / "benchmarks" / "torture.json").read_text("utf-8"))


def _tests() -> set[str]:
    """`file::test`, of every test that is named after a promise."""
    return {
        f"{path.relative_to(ROOT)}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and re.match(r"test_promise_\d", node.name)
    }


def test_each_promise_has_its_row_with_test_figure_and_command() -> None:
    """In their order, none twice."""
    assert list(ROWS) == PROMISES
    assert len(re.findall(r"^\| \d+ \|", DOCUMENT, re.MULTILINE)) == len(PROMISES)
    for row in ROWS.values():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4 and all(cells) and "`make test TESTS=" in cells[3]


@pytest.mark.parametrize("number", PROMISES)
def test_a_row_names_the_tests_of_its_promise_and_no_others(number: int) -> None:
    named = set(re.findall(r"`(tests/[^` ]+::test_\w+)`", ROWS[number]))
    wanted = {test for test in _tests() if f"::test_promise_{number}_" in test}
    assert named == wanted != set()


def test_what_is_said_of_torture_is_what_it_found() -> None:
    """Its load, and each counter that a row calls 0."""
    load = {name: KEPT[f"sqlite.{name}"] for name in ("approvals", "clicks", "kills")}
    assert load == {name: KEPT[f"postgres.{name}"] for name in load}
    told = " ".join(DOCUMENT.split())
    assert (
        f"{load['approvals']} approvals with {load['clicks']} clicks each and {load['kills']} kills"
        in told
    )
    for name in re.findall(r"`(\w+)` 0\b", DOCUMENT):
        assert [KEPT[f"{kind}.{name}"] for kind in ("sqlite", "postgres")] == [0, 0], name
