"""`backstop check`: what app.yaml says, what is closed by it, and whether Slack and the help desk
agree."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bootstrap import connect
from bot.cli.check_desk import ask_desk
from bot.cli.check_model import ask_model
from bot.cli.check_slack import Answers, ask_slack
from bot.cli.check_summary import summary
from bot.cli.opening import many
from bot.clock import SystemClock
from bot.config import ConfigError, Settings, load
from bot.config.problem import Problem
from bot.config.problems import problems
from bot.config.secrets import Secrets, database_url, read_secrets
from bot.handlers.slack.manifest import scopes as slack_scopes


def check(
    config: Annotated[Path, typer.Option(help="The file to check.")] = Path("app.yaml"),
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask neither Slack, the help desk nor the model.")
    ] = False,
) -> None:
    """Show what app.yaml sets up, what is closed and why; exit 1 when something is closed."""
    if not is_whole(config, offline):
        raise typer.Exit(1)


def is_whole(config: Path, offline: bool) -> bool:
    """Print everything and say whether nothing is closed."""
    console = Console()
    try:
        settings = load(config)
        database_url(settings)
    except ConfigError as error:
        console.print(Text(str(error)))
        return False
    secrets = read_secrets(settings)
    scopes = frozenset(slack_scopes(settings))
    answers = Answers() if offline else ask_slack(settings, secrets, scopes)
    real = [person for person in settings.people if person.id not in answers.unreal]
    of_desk = [] if offline else _of_desk(settings, secrets)
    of_model = None if offline else ask_model(settings, secrets)
    asked = [*answers.problems, *of_desk, *([of_model] if of_model else [])]
    found = _unique([*asked, *problems(settings, people=real)])
    console.print(_said(settings, answers))
    if found:
        console.print(_amiss(found))
    console.print(Text(_asked(settings, secrets, offline)))
    if settings.help_desk.kind != "none":
        console.print(Text(_asked_desk(settings, secrets, offline, bool(of_desk))))
    if settings.agent.kind == "claude":
        console.print(Text(_asked_model(settings, secrets, offline, of_model is not None)))
    shut = sum(problem.severity == "closed" for problem in found)
    console.print(Text(f"{shut} closed, {many(len(found) - shut, 'note')}."))
    return shut == 0


def _of_desk(settings: Settings, secrets: Secrets) -> list[Problem]:
    clock = SystemClock()
    desk = connect(settings, Secrets(help_desk_token=secrets.help_desk_token), clock).help_desk
    if desk is None:
        return []
    with closing(desk):
        problem = ask_desk(desk, settings.help_desk, clock.now())
    return [problem] if problem else []


def _unique(found: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(found), key=lambda problem: problem.severity)


def _said(settings: Settings, answers: Answers) -> Table:
    table = Table("", "", title="What app.yaml says", title_justify="left", show_header=False)
    for name, value in summary(settings, answers.names):
        table.add_row(Text(name), Text(value))
    return table


def _amiss(found: list[Problem]) -> Table:
    table = Table("", "Where", "What is amiss", title="Closed, and notes", title_justify="left")
    for problem in found:
        said = f"{problem.wrong}\nCloses: {problem.closes}\n{problem.remedy}"
        if problem.severity == "note":
            said = f"{problem.wrong}: {problem.closes}\n{problem.remedy}"
        table.add_row(Text(problem.severity.upper()), Text(problem.path), Text(said))
    return table


def _asked(settings: Settings, secrets: Secrets, offline: bool) -> str:
    if settings.slack is None:
        return "Slack was not asked: there is no slack in app.yaml."
    if offline:
        return "Slack was not asked: --offline."
    if secrets.slack_bot_token is None:
        return f"Slack was not asked: {settings.slack.bot_token} is not set."
    return f"Slack was asked at {settings.slack.api_url}"


def _asked_desk(settings: Settings, secrets: Secrets, offline: bool, is_amiss: bool) -> str:
    desk = settings.help_desk
    if offline:
        return "The help desk was not asked: --offline."
    if desk.url is None or desk.token is None:
        return "The help desk was not asked: app.yaml does not say where, or with which token."
    if secrets.help_desk_token is None:
        return f"The help desk was not asked: {desk.token} is not set."
    return f"The help desk was asked at {desk.url}" + ("" if is_amiss else ": it answers.")


def _asked_model(settings: Settings, secrets: Secrets, offline: bool, is_amiss: bool) -> str:
    if offline:
        model = settings.agent.model
        return f"The model was not asked, nor whether there is one called {model}: --offline."
    if secrets.model_key is None:
        return f"The model was not asked: {settings.agent.key} is not set."
    return f"The model was asked at {settings.agent.api_url}" + (
        "" if is_amiss else ": it answers."
    )
