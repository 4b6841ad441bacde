"""The database for one command, beside a bot that may be running on it."""

import getpass
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer

from bot.bootstrap import reading
from bot.clock import SystemClock
from bot.config import ConfigError, Settings, load
from bot.config.secrets import database_url
from bot.ports import Clock
from storage.engine import Engine, open_engine, sqlite_file
from storage.errors import Trouble
from storage.schema import migrate
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

Config = Annotated[Path, typer.Option(help="The settings file.")]
CONFIG = Path("app.yaml")
# As the whole command line: plain help, and errors that quote no values.
STYLE: Mapping[str, Any] = {
    "no_args_is_help": True,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}


@dataclass(frozen=True)
class Opened:
    """No workers and no leases: whatever the bot holds at this moment stays with it."""

    settings: Settings
    url: str
    engine: Engine
    writer: Writer
    clock: Clock

    def reading(self) -> UnitOfWork:
        return reading(self.engine)


def said(config: Path) -> Settings:
    """What the file says; its mistakes end the command with exit code 2, a line for each."""
    try:
        return load(config)
    except ConfigError as error:
        stop(str(error), 2)


@contextmanager
def opened(config: Path, is_new: bool = False) -> Iterator[Opened]:
    """Open and migrate the database that app.yaml names; `is_new` lets it be made.

    What stands in the way is said in one line, and ends the command with exit code 2.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = said(config)
    try:
        url = database_url(settings)
    except ConfigError as error:
        stop(str(error), 2)
    file = sqlite_file(url)
    if file is not None and not file.is_file() and not is_new:
        stop(f"There is no database at {file} yet.", 2)
    engine = open_engine(url)
    try:
        migrate(engine)
        writer = Writer(engine)
        try:
            yield Opened(settings, url, engine, writer, SystemClock())
        finally:
            writer.close()
    except Trouble as error:
        stop(no_answer(error), 2)
    finally:
        engine.dispose()


@contextmanager
def written(out: Path) -> Iterator[TextIO]:
    """The file that results go to, begun anew; where none can be, exit code 2."""
    try:
        file = out.open("w", encoding="utf-8")
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}.", 2)
    with file:
        yield file


def stop(words: str, code: int = 1) -> NoReturn:
    """Say why on standard error, and end."""
    typer.echo(words, err=True)
    raise typer.Exit(code)


def many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def who() -> str:
    """Whoever runs the command, as the audit names them."""
    try:
        return f"cli:{getpass.getuser()}"
    except OSError:
        # A container's user need not have a name.
        return "cli"


def no_answer(error: Trouble) -> str:
    why = str(error.orig).strip().partition("\n")[0]
    return f"The database does not answer as it should: {why}"
