"""`backstop search`: ten best articles for each question of a file, whatever the files hold."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.search import search
from bot.config import extras
from bot.config.extras import has_embeddings
from bot.retrieval import plain
from bot.words import storable

Json = dict[str, Any]
ARTICLES: list[Json] = [
    {"id": "printing", "title": "Print a roster", "body": "Choose Print and a size of paper."},
    {"id": "zoom", "title": "Scale of a page", "summary": "", "body": "Set it to 100 per cent."},
    {"id": 7, "title": "Export your data", "body": "<p>Choose a&nbsp;<b>range</b>.</p>"},
]
PAST: list[Json] = [
    {
        "id": "t-1",
        "title": "Roster comes out blank",
        "text": "Nothing but an empty sheet.",
        "created": "2026-01-02",
        "qrels": [{"doc": "zoom", "rel": 2}, {"doc": "gone", "rel": 1}],
    }
]

app = typer.Typer()
app.command()(search)


def a_file(folder: Path, name: str, rows: list[Any]) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def run(
    folder: Path,
    queries: list[Any],
    links: list[Any] | None = None,
    articles: Any = ARTICLES,
    more: tuple[str, ...] = (),
) -> tuple[list[Json], str]:
    out = folder / "run.jsonl"
    arguments = ["--queries", str(a_file(folder, "queries", queries)), "--out", str(out)]
    arguments += ["--articles", str(a_file(folder, "articles", articles))]
    if links is not None:
        arguments += ["--links", str(a_file(folder, "links", links))]
    result = CliRunner().invoke(app, [*arguments, *more], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text().splitlines()], result.output


def best(line: Json) -> list[Any]:
    return [each["id"] for each in line["results"]]


def test_a_line_for_each_question_with_the_best_article_first(tmp_path: Path) -> None:
    """Law: in the order of the file, under the ids as the files have them, scores falling."""
    asked = [
        {"id": "q1", "title": "How do I print the roster?", "text": "On paper."},
        {"id": 2, "title": "Which range can I export?"},
        {"id": "q3", "text": "llamas"},
    ]

    lines, told = run(tmp_path, asked)

    assert [line["id"] for line in lines] == ["q1", 2, "q3"]
    assert [best(line)[:1] for line in lines] == [["printing"], [7], []]
    assert all(set(line) == {"id", "results"} for line in lines)
    scores = [each["score"] for each in lines[0]["results"]]
    assert scores == sorted(scores, reverse=True)
    assert "3 articles, 0 links to them. 3 questions" in told


def test_past_tickets_lead_to_what_people_linked(tmp_path: Path) -> None:
    """Law: every link of the file counts, but those to articles that are not there."""
    asked = [{"id": "q1", "title": "An empty sheet", "text": "It is all I get."}]
    without, _ = run(tmp_path, asked)
    lines, told = run(tmp_path, asked, PAST)
    assert (best(without[0]), best(lines[0])) == ([], ["zoom"])
    assert "1 link to them" in told


@pytest.mark.skipif(not has_embeddings(), reason="the extra 'embeddings' is not installed")
def test_what_is_asked_in_other_words_is_found_by_its_meaning_where_that_is_asked_for(
    tmp_path: Path,
) -> None:
    """Law: off unless asked for; an article of none of the words is found, the best first."""
    asked = [{"id": 1, "title": "Hard copy", "text": "I want the shift plan from my printer."}]
    [without], _ = run(tmp_path, asked)
    [line], _ = run(tmp_path, asked, more=("--meaning",))
    assert (best(without), best(line)[0]) == ([], "printing")


def test_meaning_without_its_packages_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: whoever asks for it does not get something else in silence."""
    monkeypatch.setattr(extras, "_PACKAGES", ("no_such_package",))
    files = ["--queries", str(a_file(tmp_path, "q", [])), "--articles", str(tmp_path)]
    result = CliRunner().invoke(app, [*files, "--meaning"])
    assert result.exit_code == 2
    assert "pip install '.[embeddings]'" in result.output


def test_never_more_than_ten(tmp_path: Path) -> None:
    """Law: ten best, however many would do."""
    many = [{"id": f"a{n}", "title": f"Webhooks {n}", "body": "x"} for n in range(25)]
    [line], _ = run(tmp_path, [{"id": 1, "title": "webhooks"}], articles=many)
    assert len(best(line)) == 10 == len(set(best(line)))


ODD: list[Any] = [
    {"id": "q", "title": None, "text": 5, "qrels": "zoom"},
    {"id": "q", "qrels": [None, 5, {"doc": None}, {"doc": []}, {"doc": "zoom", "rel": "x"}]},
    {"id": "q", "title": "\x00\x01\ud800 half", "qrels": [{"doc": "zoom", "rel": -1}, "zoom"]},
    {"id": "q", "title": '" OR 1=1 NEAR(', "qrels": [{"doc": 7, "rel": 1e300}]},
    {"id": "q", "text": "<script>alert(1)</script><p>" * 50, "qrels": [{"doc": "zoom"}] * 3},
    {"id": "q", "title": "請求書 счета فاتورة", "qrels": [{"doc": "zoom", "rel": True}]},
    {"id": "q", "title": "word " * 30_000},
    {"id": "q", "title": {"a": 1}, "text": ["x"], "language": 9, "summary": {}},
]
NONE: list[Any] = [
    "{oops",
    "[1]",
    '{"title": "no id"}',
    '{"id": ""}',
    '{"id": null}',
    "5",
    '{"id": {}}',
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_row_is_searched_with_what_can_be_read_of_it(tmp_path: Path, odd: Json) -> None:
    """Law: no text, language or type of field stops a run, in any of the three files."""
    rows = [odd, {"id": "fine", "title": "print"}, *NONE]

    lines, told = run(tmp_path, rows, [odd, *PAST, *NONE], [*ARTICLES, odd, *NONE])

    assert [line["id"] for line in lines] == ["q", "fine"]
    assert "printing" in best(lines[1])
    assert f"{3 * len(NONE)} lines left out" in told


def test_the_same_article_twice_is_there_once(tmp_path: Path) -> None:
    """Law: the first of them counts."""
    twice = [*ARTICLES, {"id": "zoom", "title": "Something else", "body": "Print"}]
    [line], told = run(tmp_path, [{"id": 1, "title": "scale of a page"}], articles=twice)
    assert best(line) == ["zoom"] and "3 articles" in told


@given(st.text())
@settings(max_examples=200)
def test_any_text_is_read_as_words(text: str) -> None:
    """Law: reading HTML never fails, and leaves text without any as it is stored."""
    assert isinstance(plain(text), str)
    if not set(text) & set("<&"):
        assert plain(text) == storable(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Press <b>Go</b><script>x()</script> now", ["Press", "Go", "now"]),
        ("Press Go<script>x() and no end", ["Press", "Go"]),
        ("Press Go<!-- hidden > and no end", ["Press", "Go"]),
        ("Press Go<!-- hidden --> now", ["Press", "Go", "now"]),
        ("5 < 7 and <script in words", ["5", "<", "7", "and", "<script", "in", "words"]),
    ],
)
def test_of_html_the_words_are_read(written: str, read: list[str]) -> None:
    """Law: what is silent is closed, or goes on to the end as in a browser."""
    assert plain(written).split() == read
