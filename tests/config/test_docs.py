"""docs/app-yaml.md and the settings say the same, in both directions."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.config.document import read_document
from bot.config.keys import all_keys, choices
from bot.config.values import Role
from tests.config.files import load_text

DOCS = (Path(__file__).parents[2] / "docs" / "app-yaml.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in re.findall(r"^\| `[a-z].*\|$", DOCS.partition("## Every key")[2], re.MULTILINE)
]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    """Path, type, default and example are compared; the meaning is for people."""
    documented = [(path, kind, default, example) for path, kind, default, _, example in ROWS]

    assert documented == [
        (f"`{key.path}`", key.kind, key.default, f"`{key.example}`") for key in all_keys()
    ]


def test_every_key_has_a_meaning() -> None:
    """A table of types explains nothing."""
    assert all(len(meaning) > 8 for *_, meaning, _ in ROWS)


@pytest.mark.parametrize("key", list(all_keys()), ids=lambda key: str(key.path))
def test_the_example_of_a_key_is_a_value_it_takes(key: Any) -> None:
    """Refusals show the same examples, so a wrong one would mislead twice."""
    example = json.dumps(read_document(key.example).data)

    TypeAdapter(key.field.rebuild_annotation()).validate_json(example, strict=True)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_file_loads(tmp_path: Path, text: str) -> None:
    """Whoever copies it has a file that starts."""
    load_text(tmp_path, text)


def test_there_are_example_files() -> None:
    """The test above must not pass for want of anything to load."""
    assert len(EXAMPLES) >= 4
    assert len(ROWS) >= 90


def test_every_role_is_explained() -> None:
    """People are given roles by name, so each name needs its line."""
    explained = re.findall(r"^\| `([a-z_]+)` \|", DOCS.partition("## Trust grows")[0], re.MULTILINE)

    assert explained == list(choices(Role))
