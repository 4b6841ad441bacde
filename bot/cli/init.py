"""`backstop init`: six questions, and an app.yaml of at most 40 lines."""

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

import typer
from pydantic import TypeAdapter, ValidationError

from bot.cli.init_file import Answers, app_yaml
from bot.config.values import ChannelId, TimeZone, Url, UserId, Workspace, is_time_zone

_T = TypeVar("_T")


def init(
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("app.yaml"),
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
    company: Annotated[str | None, typer.Option(help="Your company's name.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Such as Europe/Berlin.")] = None,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace id, T..., or -.")] = None,
    channel: Annotated[str | None, typer.Option(help="Escalation channel id, C..., or -.")] = None,
    you: Annotated[str | None, typer.Option(help="First admin: name and user id U...")] = None,
    help_desk: Annotated[str | None, typer.Option(help="zendesk URL, intercom, or none.")] = None,
) -> None:
    """Ask six questions (an option answers one beforehand) and write a commented app.yaml."""
    if out.exists() and not force:
        typer.echo(f"{out} is already there. Add --force to write over it.")
        raise typer.Exit(1)
    answers = Answers(
        company=_ask("Your company's name", company, "My company", _name),
        time_zone=_ask("Its time zone", time_zone, _local_zone(), _zone),
        workspace=_ask("Slack workspace id (T...; - for later)", workspace, "-", _workspace),
        channel=_ask("Channel id for escalations (C...; - for later)", channel, "-", _channel),
        you=_ask("Your name and Slack user id (Ana Ruiz U0123)", you, "Admin", _you),
        help_desk=_ask("Help desk (zendesk URL, intercom, none)", help_desk, "none", _desk),
    )
    out.write_text(app_yaml(answers), encoding="utf-8")
    typer.echo(f"Wrote {out}. {_next_steps(out)}")


def _ask(question: str, given: str | None, default: str, read: Callable[[str], _T]) -> _T:
    """Return an answer that `read` accepts; who answers by an option is not asked again."""
    if given is not None:
        try:
            return read(given.strip())
        except ValueError as error:
            raise typer.BadParameter(f"{question}: {error}") from None
    while True:
        try:
            return read(str(typer.prompt(question, default=default)).strip())
        except ValueError as error:
            typer.echo(f"  {error}. Once more, please.")


def _name(text: str) -> str:
    if not text.isprintable() or not 0 < len(text) <= 80:
        raise ValueError("A name is one line of 1 to 80 characters")
    return text


def _checked(kind: Any, text: str) -> str:
    try:
        return str(TypeAdapter[str](kind).validate_python(text))
    except ValidationError as error:
        raise ValueError(f"It {error.errors(include_input=False)[0]['msg']}") from None


def _zone(text: str) -> str:
    try:
        return _checked(TimeZone, text)
    except ValueError as error:
        near = difflib.get_close_matches(text, sorted(available_timezones()), n=1)
        hint = f" (did you mean {near[0]}?)" if near else " (one is Europe/Berlin)"
        raise ValueError(f"{error}{hint}") from None


def _workspace(text: str) -> str | None:
    return None if text == "-" else _checked(Workspace, text)


def _channel(text: str) -> str | None:
    return None if text == "-" else _checked(ChannelId, text)


def _you(text: str) -> tuple[str, str | None]:
    """Read a name, and a user id where the last word has a digit, as names have not."""
    name, _, last = text.rpartition(" ")
    if name and re.search(r"[0-9]", last):
        return _name(name.strip()), _checked(UserId, last)
    return _name(text), None


def _desk(text: str) -> tuple[str, str | None]:
    kind, _, url = text.partition(" ")
    if kind == "none" and not url:
        return kind, None
    if kind == "intercom":
        return kind, _checked(Url, url.strip() or "https://api.intercom.io")
    if kind == "zendesk" and url:
        return kind, _checked(Url, url.strip())
    raise ValueError("It must be none, intercom, or zendesk and its address")


def _local_zone() -> str:
    """Return this machine's zone by name, or UTC where it does not tell."""
    _, _, linked = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    named = (os.environ.get("TZ", ""), linked)
    return next((name for name in named if name and is_time_zone(name)), "UTC")


def _next_steps(out: Path) -> str:
    return (
        "Next:\n"
        "1. backstop manifest slack prints the app's manifest: install the app, set its tokens.\n"
        f"2. backstop check --config {out} says what is still closed, and why.\n"
        f"3. backstop run --config {out} starts it; in mode observe it only rehearses."
    )
