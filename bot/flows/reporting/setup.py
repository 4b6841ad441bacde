"""What app.yaml asks for and cannot have, told to the administrators when the bot starts."""

from collections.abc import Mapping, Sequence

from bot import commands, events
from bot.administrators import SETUP, Administrators
from bot.authenticators import kind_of
from bot.cards import Answer, Block, Card, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.config.problems import Problem, problems
from bot.flows.reporting.unproven import unproven
from bot.people import Person
from bot.publisher import Publisher
from storage.unit_of_work import UnitOfWork

AT_MOST = 12


def note_start(
    command: commands.NoteStart,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
    publisher: Publisher,
    administrators: Administrators,
) -> Answer:
    """Post the card once there is something to tell; afterwards it shows how things stand."""
    uow.emit(events.Started(), key="started")
    show_setup(uow, settings, directory, environ, publisher, administrators)
    return None


def note_people(
    command: commands.NotePeople,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
    publisher: Publisher,
    administrators: Administrators,
) -> Answer:
    show_setup(uow, settings, directory, environ, publisher, administrators)
    return None


def show_setup(
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
    publisher: Publisher,
    administrators: Administrators,
) -> None:
    """As it is now; nothing while there was never anything to tell."""
    if uow.card_posts.of(SETUP):
        publisher.redraw(uow, SETUP)
    elif missing(uow, settings, directory.people, environ):
        administrators.show(uow, SETUP)


def missing(
    uow: UnitOfWork, settings: Settings, people: Sequence[Person], environ: Mapping[str, str]
) -> list[Problem]:
    """What the file cannot have, and what nobody can prove yet."""
    holders = uow.authenticators.holders(kind_of(settings))
    return [*problems(settings, environ, people), *unproven(settings, people, holders)]


def draw_setup(
    ident: int,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
) -> Card:
    found = missing(uow, settings, directory.people, environ)
    shut = [problem for problem in found if problem.severity == "closed"]
    if not found:
        text = "Everything that app.yaml asks for is there."
        return Card(SETUP, "Setup: all open", text, (Text((text,)),), "good")
    blocks: list[Block] = [
        Text((Strong(problem.wrong), f" {problem.closes} {problem.remedy} ({problem.path})"))
        for problem in found[:AT_MOST]
    ]
    if len(found) > AT_MOST:
        blocks.append(Text((f"{len(found) - AT_MOST} more: run `backstop check`.",), "context"))
    title = f"Setup: {len(shut)} closed, {len(found) - len(shut)} to note"
    return Card(SETUP, title, f"{title}. Run backstop check.", tuple(blocks), "warning")
