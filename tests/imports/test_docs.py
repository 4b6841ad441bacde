"""docs/import.md and the readers say the same, in both directions."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.imports import Kind, Reject, read_rows
from bot.imports.contacts import ROLES
from bot.imports.fields import Fields
from bot.imports.tickets import STATUSES

TODAY = date(2026, 3, 1)
DOCS = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
KINDS: tuple[Kind, ...] = ("customers", "articles", "tickets")
SECTIONS = {kind: DOCS.split(f"## {kind.capitalize()}\n")[1].split("\n## ")[0] for kind in KINDS}


def examples(kind: Kind) -> list[tuple[str, str]]:
    return re.findall(r"```(jsonl|csv|markdown)\n(.*?)```", SECTIONS[kind], re.DOTALL)


def read(kind: Kind, form: str, text: str, folder: Path) -> list[Any]:
    file = folder / ("an-article.md" if form == "markdown" else f"rows.{form}")
    file.write_text(text, encoding="utf-8")
    return list(read_rows(kind, folder if form == "markdown" else file, TODAY))


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_taken_in_and_all_forms_say_the_same(kind: Kind, tmp_path: Path) -> None:
    """
    Whoever copies a row has one that works; the first row of each form shows everything.
    """
    firsts = []
    for number, (form, text) in enumerate(examples(kind)):
        folder = tmp_path / str(number)
        folder.mkdir()
        rows = read(kind, form, text, folder)
        assert rows
        assert [row for row in rows if isinstance(row, Reject)] == []
        firsts.append(rows[0])

    assert {form for form, _ in examples(kind)} >= {"jsonl", "csv"}
    assert {row.key for row in firsts} == {firsts[0].key}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_is_read_is_documented_and_no_other(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    With all the names it goes by.
    """
    asked: set[str] = set()
    answer = Fields.value

    def value(fields: Fields, *names: str) -> Any:
        asked.update(names)
        return answer(fields, *names)

    monkeypatch.setattr(Fields, "value", value)
    for form, text in examples(kind):
        read(kind, form, text, tmp_path)
    first_cells = re.findall(r"^\| (`.*?`) \|", SECTIONS[kind], re.MULTILINE)
    documented = {name for cell in first_cells for name in re.findall(r"`(.*?)`", cell)}

    person = {
        "role",
        "contact_role",
        "phone",
        "e_mail",
        "payment_ref",
        "payment_customer",
        "vouched",
    }
    # A ticket's customer is "an object with the fields of a person above".
    above = {*person, "external_id"} if kind == "tickets" else set()
    assert asked - above == documented


def test_every_role_and_status_is_named() -> None:
    """
    A word that is none of them is rejected, so each must stand there.
    """
    assert {word for word in (*ROLES, *STATUSES) if f"`{word}`" not in DOCS} == set()


def test_the_readers_help_leads_there() -> None:
    """
    Nobody has to know that the page exists.
    """
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

    assert "(docs/import.md)" in readme
