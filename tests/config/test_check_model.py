"""`backstop check` asks for the model's name, and tells what came of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot.cli.check import check
from sandbox.model import KEY, Librarian, ModelServer, routes
from tests.config.files import TWO_PEOPLE
from tests.sandbox.serving import serving

app = typer.Typer()
app.command()(check)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(Starlette(routes=routes(ModelServer(Librarian())))) as address:
        yield f"{address}/anthropic"


@pytest.mark.parametrize(
    ("key", "model", "told"),
    [
        (KEY, "claude-sonnet-5-5", ": it answers."),
        ("wrong", "claude-sonnet-5-5", "the API refuses: authentication_error"),
        (KEY, "claude-nobody", "the API knows no model claude-nobody"),
        ("", "claude-sonnet-5-5", "ANTHROPIC_API_KEY is not set"),
    ],
)
def test_the_key_and_the_model_are_looked_at(
    url: str, tmp_path: Path, key: str, model: str, told: str
) -> None:
    """Law: whoever sets it up knows before the bot starts; the key itself is never shown."""
    file = tmp_path / "app.yaml"
    named = f"agent: {{kind: claude, model: {model}, api_url: '{url}'}}\n"
    file.write_text(f"{TWO_PEOPLE}{named}", encoding="utf-8")
    environ = {"COLUMNS": "250", "ANTHROPIC_API_KEY": key, "SLACK_BOT_TOKEN": ""}
    result = CliRunner(env=environ).invoke(app, ["--config", str(file)])

    said = " ".join(result.output.replace("│", " ").split())
    assert told in said
    assert KEY not in said and "wrong" not in said.replace("what is wrong", "")
    assert ("CLOSED agent" in said) is (told != ": it answers.")


def test_without_asking_it_is_said_what_was_not_looked_at(tmp_path: Path) -> None:
    """Law: a name that nobody has asked for is not taken for one that is known."""
    file = tmp_path / "app.yaml"
    file.write_text(f"{TWO_PEOPLE}agent: {{kind: claude, model: claude-nobody}}\n", "utf-8")
    result = CliRunner(env={"COLUMNS": "250"}).invoke(app, ["--config", str(file), "--offline"])
    said = " ".join(result.output.split())
    assert "nor whether there is one called claude-nobody: --offline." in said
    assert "Set what claude-nobody costs." in said
