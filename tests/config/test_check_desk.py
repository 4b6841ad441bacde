"""`backstop check` asks the help desk of app.yaml one question, and tells what came of it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot.cli.check import check
from sandbox import helpdesk
from sandbox.helpdesk import HelpDesk
from tests.config.files import TWO_PEOPLE
from tests.sandbox.serving import serving

app = typer.Typer()
app.command()(check)
USER = ", user: backstop@helpdesk.example"


@dataclass
class Checked:
    folder: Path
    desk: HelpDesk
    url: str

    def run(self, named: str, token: str, *options: str) -> tuple[int, str]:
        """Return how many are closed, Slack aside, and the words, one space between them."""
        file = self.folder / "app.yaml"
        file.write_text(f"{TWO_PEOPLE}help_desk: {{{named}, token: TOKEN, intake: polling}}\n")
        environment = {"COLUMNS": "250", "TOKEN": token, "SLACK_BOT_TOKEN": ""}
        result = CliRunner(env=environment).invoke(app, ["--config", str(file), *options])
        said = " ".join(result.output.replace("│", " ").split())
        return said.count("CLOSED help_desk"), said


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[Checked]:
    desk = HelpDesk([], [], [], [], export_lag=0)
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        yield Checked(tmp_path, desk, url)


@pytest.mark.parametrize("kind", ["zendesk", "intercom"])
def test_a_help_desk_that_answers_is_said_to(checked: Checked, kind: str) -> None:
    """Law: whoever set it up knows that its address and token are right before the bot starts."""
    user = USER if kind == "zendesk" else ""
    closed, said = checked.run(f"kind: {kind}, url: '{checked.url}/{kind}'{user}", f"{kind}-token")

    assert closed == 0
    assert f"The help desk was asked at {checked.url}/{kind}: it answers." in said


@pytest.mark.parametrize("kind", ["zendesk", "intercom"])
def test_a_token_that_the_help_desk_refuses_is_closed(checked: Checked, kind: str) -> None:
    """Law: the token is named by its variable, and never shown."""
    user = USER if kind == "zendesk" else ""
    closed, said = checked.run(f"kind: {kind}, url: '{checked.url}/{kind}'{user}", "abc-none")

    assert closed == 1
    assert f"CLOSED help_desk.token {kind.capitalize()} refuses the token" in said
    whose = " of backstop@helpdesk.example" if user else ""
    assert f"Set TOKEN to a token{whose} that is valid." in said
    assert "abc-none" not in said and "it answers" not in said


def test_an_api_token_of_zendesk_without_its_user_is_told_what_it_needs(checked: Checked) -> None:
    """Law: `init` leaves the user open, so the remedy names the key."""
    closed, said = checked.run(f"kind: zendesk, url: '{checked.url}/zendesk'", "an-api-token")

    assert closed == 1
    assert "An API token needs help_desk.user, the address of the account it belongs to" in said


def test_an_address_that_does_not_answer_is_closed(checked: Checked) -> None:
    """Law: no answer says nothing of the token."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    closed, said = checked.run(f"kind: zendesk, url: 'http://127.0.0.1:{port}'{USER}", "x")

    assert closed == 1
    assert "CLOSED help_desk.url Zendesk gives no usable answer (ConnectError)" in said
    assert "refuses the token" not in said


def test_an_address_of_something_else_is_closed(checked: Checked) -> None:
    """Law: what is no help desk is told with its own word."""
    closed, said = checked.run(f"kind: zendesk, url: '{checked.url}/shop'{USER}", "zendesk-token")

    assert closed == 1
    assert "CLOSED help_desk.url Zendesk refuses: http_404" in said


def test_a_limit_is_an_answer(checked: Checked) -> None:
    """Law: a help desk that is busy with the running bot is not closed."""
    checked.desk.faults.rate_limit_next = 1

    closed, said = checked.run(
        f"kind: zendesk, url: '{checked.url}/zendesk'{USER}", "zendesk-token"
    )

    assert closed == 0 and checked.desk.faults.rate_limit_next == 0
    assert ": it answers." in said


@pytest.mark.parametrize(
    ("token", "options", "why"),
    [("zendesk-token", ["--offline"], "--offline"), ("", [], "TOKEN is not set")],
)
def test_nothing_is_asked_offline_or_without_the_token(
    checked: Checked, token: str, options: list[str], why: str
) -> None:
    """Law: the file alone can be checked anywhere, and the output says so."""
    checked.desk.faults.rate_limit_next = 1

    _, said = checked.run(f"kind: zendesk, url: '{checked.url}/zendesk'{USER}", token, *options)

    assert f"The help desk was not asked: {why}." in said
    assert checked.desk.faults.rate_limit_next == 1
