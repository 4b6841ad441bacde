"""`backstop init`: six questions, and an app.yaml of at most 40 lines."""

import difflib
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

import typer
from pydantic import TypeAdapter, ValidationError

from bot.cli.init_file import Answers, app_yaml
from bot.config.values import ChannelId, Email, TimeZone, Url, UserId, Workspace, is_time_zone

_T = TypeVar("_T")
HELP_DESK = "Help desk (https://acme.zendesk.com and the e-mail of its API token, intercom, none)"


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
    help_desk: Annotated[
        str | None,
        typer.Option(help="Zendesk's address and its API token's e-mail, intercom, or none."),
    ] = None,
) -> None:
    """Ask six questions (an option answers one beforehand) and write a commented app.yaml."""
    if out.exists() and not force:
        typer.echo(f"{out} is already there. Add --force to write over it.")
        raise typer.Exit(1)
    ask = Questions()
    answers = Answers(
        company=ask("--company", "Your company's name", company, "My company", _name),
        time_zone=ask("--time-zone", "Its time zone", time_zone, _local_zone(), _zone),
        workspace=ask(
            "--workspace", "Slack workspace id (T...; - for later)", workspace, "-", _workspace
        ),
        channel=ask(
            "--channel", "Channel id for escalations (C...; - for later)", channel, "-", _channel
        ),
        you=ask("--you", "Your name and Slack user id (Ana Ruiz U0123)", you, "Admin", _you),
        help_desk=ask("--help-desk", HELP_DESK, help_desk, "none", _desk),
    )
    out.write_text(app_yaml(answers), encoding="utf-8")
    typer.echo(f"Wrote {out}. {_next_steps(out)}")


class Questions:
    """Asked one by one. Whoever is cut off goes on with a command that holds the answers."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def __call__(
        self,
        option: str,
        question: str,
        given: str | None,
        default: str,
        read: Callable[[str], _T],
    ) -> _T:
        """An answer that `read` accepts; who answers by an option is not asked again."""
        if given is not None:
            try:
                answer = read(given.strip())
            except ValueError as error:
                raise typer.BadParameter(f"{question}: {error}") from None
            self._words += [option, given]
            return answer
        while True:
            text = self._prompt(question, default)
            try:
                answer = read(text)
            except ValueError as error:
                typer.echo(f"  {error}. Once more, please.")
                continue
            self._words += [option, text]
            return answer

    def _prompt(self, question: str, default: str) -> str:
        try:
            return str(typer.prompt(question, default=default)).strip()
        except typer.Abort:
            if self._words:
                again = shlex.join(["backstop", "init", *self._words])
                typer.echo(f"\nNothing is written yet. To go on from here:\n{again}")
            raise


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
    if not name and re.fullmatch(r"[UW](?=.*[0-9])[A-Z0-9]+", last):
        raise ValueError(f"Your name is missing: write it before the id, as in Ana Ruiz {last}")
    if name and re.search(r"[0-9]", last):
        return _name(name.strip()), _checked(UserId, last)
    return _name(text), None


def _desk(text: str) -> tuple[str, str | None, str | None]:
    """Read none, intercom, or where Zendesk is and whose API token it is asked with; an address
    may stand alone."""
    rest, _, last = text.rpartition(" ")
    is_user = bool(rest) and "@" in last and "://" not in last
    user = _checked(Email, last) if is_user else None
    desk = rest.strip() if is_user else text
    kind, _, address = desk.partition(" ")
    if "." in kind:
        kind, address = "intercom" if "intercom." in kind else "zendesk", desk
    address = address.strip()
    if address and "://" not in address:
        address = f"https://{address}"
    match kind.lower():
        case "none" if not (address or user):
            return "none", None, None
        case "intercom" if user is None:
            return "intercom", _checked(Url, address or "https://api.intercom.io"), None
        case "zendesk" if address:
            return "zendesk", _checked(Url, address), user
    raise ValueError("Write none, intercom, or Zendesk's address such as https://acme.zendesk.com")


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
