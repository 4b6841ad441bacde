"""The command line against a database of each kind, as somebody types it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot.bootstrap import reading
from bot.cli import app
from sandbox import helpdesk
from sandbox.helpdesk import HelpDesk
from storage.engine import Engine, open_engine
from storage.unit_of_work import UnitOfWork
from tests.sandbox.serving import serving

APP_YAML = """\
company: {name: Acme, time_zone: Europe/Berlin, currency: EUR, language: en}
people: [{id: ana, name: Ana Ruiz, email: ana@acme.example}]
"""
STANDS = "knowledge: {reviewed_by: ana}\n"


@dataclass
class Shell:
    folder: Path
    environ: dict[str, str]
    app_yaml: str = APP_YAML
    code: int = 0

    def run(self, *words: str, answer: str | None = None) -> str:
        """What was printed, with single spaces and without frames; `code` keeps the exit code."""
        config = self.folder / "app.yaml"
        config.write_text(self.app_yaml, encoding="utf-8")
        typed = [*words, "--config", str(config)]
        result = CliRunner(env=self.environ).invoke(app, typed, input=answer)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exit_code
        plain = "".join(
            " " if "\u2500" <= letter <= "\u257f" else letter for letter in result.output
        )
        return " ".join(plain.split())


@pytest.fixture
def shell(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": database_url, "COLUMNS": "200"})


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def look(engine: Engine) -> Callable[[], UnitOfWork]:
    return lambda: reading(engine)


@pytest.fixture(params=["zendesk", "intercom"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connected(shell: Shell, desk: HelpDesk, kind: str) -> Iterator[Shell]:
    """A company whose help desk is the module's own `desk`."""
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        named = f"kind: {kind}, url: {url}/{kind}, token: DESK_TOKEN"
        user = ", user: backstop@helpdesk.example" if kind == "zendesk" else ""
        shell.app_yaml = f"{APP_YAML}help_desk: {{{named}{user}}}\n"
        shell.environ["DESK_TOKEN"] = f"{kind}-token"
        yield shell
