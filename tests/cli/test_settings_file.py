"""Every command says what is amiss with its app.yaml, and none shows a traceback."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.cli.files import lines

WORDS = [
    ["check"],
    ["run"],
    ["manifest", "slack"],
    ["import", "customers", "rows.jsonl"],
    ["import", "zendesk"],
    ["replay", "rows.jsonl", "--articles", "rows.jsonl"],
    ["trial", "report"],
    ["audit", "verify"],
    ["audit", "show"],
    ["deliveries", "list"],
    ["deliveries", "replay", "1"],
    ["backup", "copy.db"],
    ["erase", "customer:1"],
]
SEARCH = ["search", "--queries", "rows.jsonl", "--articles", "rows.jsonl"]


def typed(*words: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words])
    assert result.exception is None or isinstance(result.exception, SystemExit), words
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    lines(tmp_path / "rows.jsonl", {"id": "1", "title": "Title", "body": "Words."})
    return tmp_path


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_missing_file_is_said_with_its_remedy(words: list[str]) -> None:
    """
    Whoever stands in the wrong folder reads one line.
    """
    code, told = typed(*words, "--config", "app.yaml")

    assert told == "app.yaml, line 1: does not exist. Write one with: backstop init"
    assert code == (1 if words == ["check"] else 2)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_mistake_is_said_with_key_and_line(words: list[str], folder: Path) -> None:
    """
    In the words of `backstop check`.
    """
    lines(folder / "app.yaml", "company: {name: Acme}", "modus: {}")

    code, told = typed(*words, "--config", "app.yaml")

    assert "app.yaml, line 2: modus: is not a key that app.yaml knows." in told
    assert code == (1 if words == ["check"] else 2)


def test_a_manifest_needs_a_workspace(folder: Path) -> None:
    lines(folder / "app.yaml", "company: {name: Acme}")

    assert typed("manifest", "slack") == (
        2,
        "app.yaml has no `slack:` section to make a manifest of.",
    )


def test_a_bot_whose_database_is_away_says_so(folder: Path) -> None:
    """
    A server that is down is no bug of ours.
    """
    url = "postgresql://nobody@127.0.0.1:1/none"
    lines(folder / "app.yaml", f"company: {{name: Acme}}\ndatabase: {url}")

    code, told = typed("run")

    assert "The database does not answer as it should: connection" in told
    assert code == 2


@pytest.mark.parametrize(
    "words",
    [
        SEARCH,
        ["replay", "rows.jsonl", "--articles", "rows.jsonl"],
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_written_is_said_in_one_line(words: list[str]) -> None:
    """
    And said before the first question, not after the last.
    """
    code, told = typed(*words, "--out", "nope/x")

    assert told.endswith("nope/x cannot be written: No such file or directory.")
    assert code == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["search", "--queries", "words.md", "--articles", "rows.jsonl"], "no question in words"),
        (["search", "--queries", "empty", "--articles", "rows.jsonl"], "no question in empty."),
        (["search", "--queries", "rows.jsonl", "--articles", "empty"], "no article in empty."),
        (
            [*SEARCH, "--links", "rows.jsonl"],
            "Nothing in rows.jsonl is a link to one of these articles.",
        ),
        (["replay", "words.md", "--articles", "rows.jsonl"], "no ticket in words.md."),
    ],
)
def test_a_wrong_file_is_no_success(folder: Path, words: list[str], why: str) -> None:
    """
    A script that names the wrong one goes no further.
    """
    (folder / "words.md").write_text("# Words", "utf-8")
    (folder / "empty").mkdir()

    code, told = typed(*words)

    assert why in told
    assert code == 1
