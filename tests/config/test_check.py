"""`backstop check` shows everything, and asks a Slack on loopback whether it is real."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot.cli.check import check
from bot.config import load
from bot.handlers.slack.manifest import manifest
from sandbox.slack import Workspace, routes
from sandbox.slack.channels import Channel
from tests.config.files import TWO_PEOPLE
from tests.sandbox.serving import serving

ANA = {"id": "U0ANA", "name": "ana", "real_name": "Ana Ruiz"}
BO = {"id": "U0BO", "name": "bo", "real_name": "Bo Lind"}
CHANNELS = ("SUPPORT", "APPROVALS", "ADMIN", "TRIAL")
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-check", "SLACK_APP_TOKEN": "xapp-check"}

app = typer.Typer()
app.command()(check)


def channel(name: str, **facts: Any) -> dict[str, Any]:
    return {
        "id": f"C0{name}",
        "name": name.lower(),
        "members": ["U0BOT", "U0ANA"],
        "is_private": True,
        **facts,
    }


class Slack:
    """The workspace that the file speaks of, and a way to run the command against it."""

    def __init__(self, workspace: Workspace, url: str, folder: Path) -> None:
        self.workspace, self._url, self._file = workspace, url, folder / "app.yaml"
        self.text = TWO_PEOPLE.replace("T0ACME}", f'T0ACME, api_url: "{url}/api/"}}')

    def install(self) -> None:
        """Give the app what the manifest of this file asks for."""
        self._file.write_text(self.text, encoding="utf-8")
        self.workspace.install(manifest(load(self._file, {})))

    def check(self, *options: str, environ: dict[str, str] | None = None) -> tuple[int, str]:
        """Return the exit code and the printed words, one space between them."""
        self._file.write_text(self.text, encoding="utf-8")
        environment = {"COLUMNS": "200", **(TOKENS if environ is None else environ)}
        result = CliRunner(env=environment).invoke(app, ["--config", str(self._file), *options])
        return result.exit_code, " ".join(result.output.replace("│", " ").split())


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Slack]:
    workspace = Workspace(
        team={"id": "T0ACME", "name": "Acme", "domain": "acme"},
        app={"id": "A0", "name": "Backstop", "bot_user_id": "U0BOT", "bot_id": "B0"},
        people=[ANA, BO],
        channels=[channel(name) for name in CHANNELS],
        bot_token=TOKENS["SLACK_BOT_TOKEN"],
        app_token=TOKENS["SLACK_APP_TOKEN"],
    )
    with serving(Starlette(routes=routes(workspace))) as url:
        slack = Slack(workspace, url, tmp_path)
        slack.install()
        yield slack


def test_what_is_real_is_shown_with_slacks_names(slack: Slack) -> None:
    """Exit code 0: everything that the file asks for can work."""
    code, said = slack.check()

    assert code == 0, said
    assert "#approvals (C0APPROVALS)" in said
    assert "Bo Lind (U0BO)" in said
    assert "0 closed" in said


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"members": ["U0ANA"], "is_private": False}, "Backstop is not a member"),
        ({"members": ["U0ANA"]}, "Slack answers channel_not_found"),
        ({"is_archived": True}, "is archived"),
        ({"is_ext_shared": True}, "is shared with another workspace"),
    ],
)
def test_a_channel_that_cannot_be_used_closes_what_is_posted_there(
    slack: Slack, facts: dict[str, Any], expected: str
) -> None:
    """Approvals are asked for where Backstop may write and only the company reads."""
    slack.workspace.channels["C0APPROVALS"] = Workspace(
        team=slack.workspace.team,
        app=slack.workspace.app,
        people=[],
        channels=[channel("APPROVALS", **facts)],
    ).channels["C0APPROVALS"]

    code, said = slack.check()

    assert code == 1
    assert f"CLOSED channels.approvals {expected}" in said


def test_a_partners_own_channel_is_shared_with_nobody_else(slack: Slack) -> None:
    """Approvals that a gate opens to one partner are not read by a third company."""
    partner = "{organisation: dawn, workspace: T0DAWN, people: [U0KIM], channel: C0DAWN}"
    slack.text += f"partners: [{partner}]\n"
    slack.workspace.channels["C0DAWN"] = Channel("C0DAWN", "dawn", {"U0BOT"}, is_private=True)
    slack.workspace.channels["C0DAWN"].connect("T0DAWN")
    _, alone = slack.check()
    slack.workspace.channels["C0DAWN"].connect("T0OTHER")

    code, said = slack.check()

    assert "partners[0].channel" not in alone
    assert "CLOSED partners[0].channel is shared with T0OTHER" in said
    assert code == 1


def test_a_public_channel_for_approvals_is_only_noted(slack: Slack) -> None:
    """The operator decides who in the house may read along."""
    slack.workspace.channels["C0APPROVALS"].is_private = False

    code, said = slack.check()

    assert code == 0
    assert "NOTE channels.approvals is public" in said


@pytest.mark.parametrize(
    ("path", "name"), [("escalations[0]", "SUPPORT"), ("admin", "ADMIN"), ("trial", "TRIAL")]
)
def test_strangers_who_read_along_are_noted(slack: Slack, path: str, name: str) -> None:
    """Law: cards name customers and what they pay; a partner may be meant to read them, and who is
    none is told of."""
    slack.text += "partners: [{organisation: dawn, workspace: T0DAWN, people: [U0KIM]}]\n"
    slack.workspace.channels[f"C0{name}"].connect("T0DAWN")
    _, partners = slack.check()
    slack.workspace.channels[f"C0{name}"].connect("T0OTHER")

    _, said = slack.check()

    assert f"channels.{path} is shared" not in partners
    assert f"NOTE channels.{path} is shared with T0OTHER: its people read" in said
    assert "CLOSED channels" not in said


def test_a_channel_shared_with_somebody_unnamed_is_noted(slack: Slack) -> None:
    """Law: Slack may not say yet whom an invitation goes to."""
    slack.workspace.channels["C0SUPPORT"].is_ext_shared = True

    _, said = slack.check()

    assert "NOTE channels.escalations[0] is shared with another workspace: its people" in said


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"deleted": True}, "is deactivated"),
        ({"is_bot": True}, "is a bot"),
        ({"is_restricted": True}, "is a guest and no partner"),
        ({"is_stranger": True, "team_id": "T0OTHER"}, "is a stranger and no partner"),
        ({"team_id": "T0OTHER"}, "belongs to the workspace T0OTHER, not T0ACME"),
    ],
)
def test_a_person_who_is_not_one_is_closed_and_no_approver(
    slack: Slack, facts: dict[str, Any], expected: str
) -> None:
    """Gates count only people whom Slack confirms."""
    for name, value in facts.items():
        setattr(slack.workspace.people["U0BO"], name, value)
    slack.text += "gates: [{name: words, act: reply, grade: two}]\nhelp_desk: {kind: none}\n"

    code, said = slack.check()

    assert code == 1
    assert f"CLOSED people, bo {expected}" in said
    assert "CLOSED gates, words needs two different approvers (approver), has Ana" in said


def test_a_person_whom_slack_does_not_know_is_closed(slack: Slack) -> None:
    """A mistyped id names nobody."""
    del slack.workspace.people["U0BO"]

    code, said = slack.check()

    assert code == 1
    assert "CLOSED people, bo Slack answers user_not_found" in said


def test_a_partners_guest_is_real(slack: Slack) -> None:
    """A guest is refused unless partners lists that very account."""
    slack.workspace.people["U0BO"].is_restricted = True
    slack.text = slack.text.replace("{id: bo,", "{id: bo, organisation: nightdesk,")
    slack.text += "partners: [{organisation: nightdesk, workspace: T0ACME, people: [U0BO]}]\n"

    code, said = slack.check()

    assert code == 0, said


def test_missing_scopes_are_named(slack: Slack) -> None:
    """What the header says was granted is compared with what the app needs."""
    slack.workspace.installation.scopes -= {"users:read", "im:write"}

    code, said = slack.check()

    assert code == 1
    assert "the token lacks the scopes im:write, users:read" in said


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-old"}, "slack.bot_token Slack answers invalid_auth"),
        ({"SLACK_APP_TOKEN": "xapp-old"}, "slack.app_token Slack answers invalid_auth"),
    ],
)
def test_a_token_that_slack_refuses_is_named_and_not_shown(
    slack: Slack, environ: dict[str, str], expected: str
) -> None:
    """The variable is named; its value is in no output."""
    code, said = slack.check(environ=TOKENS | environ)

    assert code == 1
    assert expected in said
    assert "-old" not in said


def test_a_token_of_another_workspace_closes_slack(slack: Slack) -> None:
    """Ids of one workspace mean nothing in another."""
    slack.text = slack.text.replace("workspace: T0ACME", "workspace: T0OTHER")

    code, said = slack.check()

    assert code == 1
    assert "slack.workspace the token belongs to T0ACME" in said


def test_a_user_group_that_is_none_is_told(slack: Slack) -> None:
    """Its people would be missing without a word."""
    slack.text += "directory: {user_groups: {S0GONE: {skills: [mobile]}}}\n"
    _, before = slack.check()
    slack.install()

    code, said = slack.check()

    assert "the token lacks the scopes usergroups:read" in before
    assert code == 1
    assert "directory.user_groups.S0GONE is no user group of this workspace" in said


def test_a_slack_that_does_not_answer_is_told(slack: Slack) -> None:
    """No answer is a finding, and the token is not blamed for it."""
    slack.workspace.faults.down = True

    code, said = slack.check()

    assert code == 1
    assert "slack.bot_token Slack does not answer" in said
    assert "Look whether this machine reaches slack.api_url" in said
    assert "Install the app again" not in said


@pytest.mark.parametrize("options", [["--offline"], []])
def test_nothing_is_asked_offline_or_without_a_token(slack: Slack, options: list[str]) -> None:
    """The file alone can be checked anywhere, and the output says so."""
    code, said = slack.check(*options, environ=TOKENS if options else {"SLACK_BOT_TOKEN": ""})

    assert "Slack was not asked: " in said
    assert code == (0 if options else 1)
    assert json.dumps(slack.workspace.journal.since(0)).count("auth.test") == 0


def test_a_file_with_mistakes_is_told_line_by_line(slack: Slack) -> None:
    """Check and start refuse it with the same words."""
    slack.text += "modus: {}\n"

    code, said = slack.check()

    assert code == 1
    assert "modus: is not a key that app.yaml knows. Did you mean modes?" in said
