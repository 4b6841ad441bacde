"""`backstop import`: a company's past, from files or from its help desk."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console

from bot.bootstrap import connect
from bot.cli.check_desk import ask_desk
from bot.cli.import_articles import put_article
from bot.cli.import_desk import Waits, put_history, rows_patiently, tickets_patiently
from bot.cli.import_rows import (
    FILES,
    Telling,
    put_customer,
    put_ticket,
    shared_addresses,
)
from bot.cli.import_run import ImportRun, Item, Put
from bot.cli.opening import CONFIG, STYLE, Config, Opened, many, opened, stop
from bot.config.extras import has_embeddings
from bot.config.secrets import read_secrets
from bot.config.values import Duration
from bot.errors import OutsideError, Refused
from bot.flows.knowledge.vouching import SOURCES, known_reviewer
from bot.imports import (
    BadRow,
    Kind,
    Place,
    Reject,
    article_row,
    customer_row,
    placed_rows,
    rows_at_most,
)
from bot.ports import HelpDesk
from storage.search import Nearest

FORMAT = (
    "docs/import.md shows each field of a file, with examples. Rows that cannot be used go to a "
    "reject file with line, reasons and the row; when every row was rejected, the exit code is 1."
)
app = typer.Typer(help="Bring in a company's past.", epilog=FORMAT, **STYLE)

File = Annotated[
    Path, typer.Argument(help="JSON Lines (*.jsonl) or CSV; see docs/import.md.", exists=True)
]
Rejects = Annotated[
    Path | None,
    typer.Option(help="Where rows go that cannot be used.", show_default="NAME.rejects.jsonl"),
]
ReviewedBy = Annotated[
    str,
    typer.Option(
        help="Who of ours has reviewed these articles: their id or address in app.yaml. Without it "
        "(and without knowledge.reviewed_by there) new ones wait for a review."
    ),
]
Since = Annotated[str, typer.Option(help="How far back, such as 90d.")]


@app.command()
def tickets(file: File, rejects: Rejects = None, config: Config = CONFIG) -> None:
    """Tickets of a file, as history: nobody is asked to do anything about them."""
    _import_file("tickets", file, rejects or _named(file.stem), config)


@app.command()
def articles(
    file: File, rejects: Rejects = None, reviewed_by: ReviewedBy = "", config: Config = CONFIG
) -> None:
    """Articles of a file, or of a folder of Markdown with front matter."""
    _import_file("articles", file, rejects or _named(file.stem), config, reviewed_by)


@app.command()
def customers(file: File, rejects: Rejects = None, config: Config = CONFIG) -> None:
    """Customers and their accounts."""
    _import_file("customers", file, rejects or _named(file.stem), config)


@app.command()
def zendesk(
    since: Since = "90d",
    rejects: Rejects = None,
    reviewed_by: ReviewedBy = "",
    config: Config = CONFIG,
) -> None:
    """Customers, articles and past tickets of Zendesk."""
    _import_desk("zendesk", since, rejects or _named("zendesk"), config, reviewed_by)


@app.command()
def intercom(
    since: Since = "90d",
    rejects: Rejects = None,
    reviewed_by: ReviewedBy = "",
    config: Config = CONFIG,
) -> None:
    """Customers, articles and past tickets of Intercom."""
    _import_desk("intercom", since, rejects or _named("intercom"), config, reviewed_by)


def _import_file(
    kind: Kind, file: Path, rejects: Path, config: Path, reviewed_by: str = ""
) -> None:
    with opened(config, is_new=True) as database:
        reviewer = _reviewer(reviewed_by, database)
        run = ImportRun(database, Console())
        try:
            rows = partial(placed_rows, kind, file, _today(database))
            found = _reconciled(rows) if kind == "customers" else rows()
            run.take(kind, found, _put(kind, FILES, database, reviewer), rows_at_most(file))
        except OSError as error:
            stop(f"{file} cannot be read: {error.strerror}.", 2)
        _close(run, rejects, database)
        if kind == "articles":
            _tell_of_waiting(database, reviewer)


def _import_desk(kind: str, since: str, rejects: Path, config: Path, reviewed_by: str) -> None:
    back = _duration(since)
    with opened(config, is_new=True) as database, closing(_desk(kind, database)) as desk:
        console = Console()
        reviewer = _reviewer(reviewed_by, database)
        _ask_first(desk, database, console)
        run, wait = ImportRun(database, console), partial(_wait, console)
        today = _today(database)
        try:
            read = _parsed("customers", desk.customers, lambda raw: customer_row(raw, today), wait)
            people = list(read)
            run.take("customers", _reconciled(lambda: people), _put("customers", kind, database))
            found = _parsed("articles", desk.articles, article_row, wait)
            run.take("articles", found, _put("articles", kind, database, reviewer))
            past = _past(kind, desk, database.clock.now() - back, wait)
            run.take("tickets", past, _put_history(kind, database))
        except OutsideError as error:
            run.close(rejects)
            stop(f"{_why(kind, error)} What was taken in stays; run this again to go on.")
        _close(run, rejects, database)
        _tell_of_waiting(database, reviewer)


def _reviewer(told: str, database: Opened) -> str:
    known = known_reviewer(told, database.settings) if told else ""
    if known is None:
        stop("--reviewed-by: nobody under people in app.yaml has this id or address.", 2)
    return known or ""


def _tell_of_waiting(database: Opened, reviewer: str) -> None:
    """Of what came from elsewhere alone: a draft of the chat is no file's to publish."""
    with database.reading() as uow:
        count = uow.articles.waiting(SOURCES)
    if not count:
        return
    told = (
        f"{many(count, 'article')} from elsewhere {'waits' if count == 1 else 'wait'} for a review"
    )
    remedy = "Where somebody has read them, run this again with --reviewed-by PERSON."
    if reviewer:
        remedy = (
            "What hides something, was reviewed here before, or is none of these, is published "
            "there alone."
        )
    typer.echo(f"{told}: `kb mine` in chat shows what waits. {remedy}")


def _ask_first(desk: HelpDesk, database: Opened, console: Console) -> None:
    """Patience is for a help desk that is known to answer."""
    named = database.settings.help_desk
    console.print(f"Asking {named.url}", soft_wrap=True, highlight=False, markup=False)
    if problem := ask_desk(desk, named, database.clock.now()):
        stop(f"{problem.path}: {problem.wrong}. {problem.remedy}")


def _wait(console: Console, seconds: float, why: str) -> None:
    console.print(f"No answer ({why}), trying again in {seconds:.0f} s.", highlight=False)
    time.sleep(seconds)


def _named(what: str) -> Path:
    return Path(f"{what}.rejects.jsonl")


def _close(run: ImportRun, rejects: Path, database: Opened) -> None:
    if database.settings.search.embeddings and has_embeddings():
        run.read(Nearest())
    if not run.close(rejects):
        stop("Nothing was taken in: every row was rejected.")


def _past(kind: str, desk: HelpDesk, since: datetime, wait: Waits) -> Iterator[Item]:
    """A ticket that the help desk does not show is rejected, and the others come."""
    for number, told in enumerate(tickets_patiently(desk, since, wait), start=1):
        refused = f"{kind} refuses: {told.code}" if isinstance(told, Refused) else None
        yield Place(number, kind), Reject(number, refused, kind) if refused else told


def _put(kind: Kind, source: str, database: Opened, reviewer: str = "") -> Put:
    now, settings = database.clock.now(), database.settings
    puts: Mapping[Kind, Put] = {
        "articles": lambda uow, row: put_article(uow, row, settings, now, reviewer),
        "customers": lambda uow, row: put_customer(uow, row, source, now),
        "tickets": lambda uow, row: put_ticket(uow, row, now),
    }
    return puts[kind]


def _put_history(source: str, database: Opened) -> Put:
    now = database.clock.now()
    return lambda uow, told: put_history(uow, told, source, now)


def _reconciled(found: Callable[[], Iterable[Item]]) -> Iterator[Item]:
    """Rows that say something else than earlier ones do become rejects. All are read before the
    first is stored: nobody knows earlier which addresses several people share."""
    rows = (row for _, row in found() if not isinstance(row, Reject))
    telling = Telling(shared_addresses(rows))
    for place, row in found():
        if isinstance(row, Reject):
            yield place, row
            continue
        try:
            yield place, telling.add(row)
        except BadRow as wrong:
            yield place, place.reject(str(wrong))


def _parsed(
    what: str,
    rows: Callable[[], Iterator[Mapping[str, Any]]],
    parse: Callable[[Mapping[str, Any]], Any],
    wait: Waits,
) -> Iterator[Item]:
    for number, raw in enumerate(rows_patiently(rows, wait), start=1):
        place = Place(number, what, raw)
        try:
            yield place, parse(raw)
        except BadRow as wrong:
            yield place, place.reject(str(wrong))


def _desk(kind: str, database: Opened) -> HelpDesk:
    settings = database.settings
    if settings.help_desk.kind != kind:
        stop(f"app.yaml names {settings.help_desk.kind} as the help desk, not {kind}.", 2)
    desk = connect(settings, read_secrets(settings), database.clock).help_desk
    if desk is None:
        stop("help_desk needs a url and a token; see: backstop check", 2)
    return desk


def _why(kind: str, error: OutsideError) -> str:
    if isinstance(error, Refused):
        return f"{kind.capitalize()} refuses: {error.code}."
    return f"{kind.capitalize()} gives no usable answer: {error}."


def _duration(text: str) -> timedelta:
    try:
        return TypeAdapter[timedelta](Duration).validate_python(text)
    except ValidationError:
        raise typer.BadParameter("a number and s, m, h or d, such as 90d") from None


def _today(database: Opened) -> date:
    return datetime.astimezone(database.clock.now(), UTC).date()
