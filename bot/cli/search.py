"""`backstop search`: what the article search finds for a file of questions."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.opening import many, stop, written
from bot.config.extras import EMBEDDINGS, has_embeddings
from bot.imports import rows_at_most
from bot.retrieval import Base, Row, base, rows_of
from storage.search import Nearest

_SHOWN = 3


def search(
    queries: Annotated[
        Path, typer.Option(help="Questions: {id, title, text}, one a line.", exists=True)
    ],
    articles: Annotated[
        Path,
        typer.Option(help="Articles: {id, title, summary, body}; a file or a folder.", exists=True),
    ],
    links: Annotated[
        Path | None,
        typer.Option(
            help="Past tickets and the articles that people linked to them: {id, title, text, "
            "qrels: [{doc, rel}]}. All of them are used: leave out what is later than a question "
            "if you want to know how well it would have been answered then.",
            exists=True,
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Where results go, one JSON object a line, in order.")
    ] = Path("run.jsonl"),
    meaning: Annotated[
        bool,
        typer.Option(
            "--meaning/--no-meaning",
            help="Also find by meaning, as with search.embeddings in app.yaml; needs the extra "
            "'embeddings'. Off unless asked for, since it takes a tenth of a second for each "
            "article and some hundredths for each question.",
        ),
    ] = False,
) -> None:
    """Find the ten best articles for every question of a file, best first.

    Each line of the result is {id, results: [{id, score}, ...]}. Scores compare within a line. It
    is the search that the bot itself uses, over articles and past tickets of files; the database
    of the bot is not touched. Lines that cannot be used are counted, and the first ones named.

    Example: backstop search --queries questions.jsonl --articles articles.jsonl --links past.jsonl
    """
    if meaning and not has_embeddings():
        stop(f"The packages for --meaning are not installed. Run: {EMBEDDINGS}", 2)
    console = Console()
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn())
    with (
        written(out) as results,
        base(Nearest() if meaning else None) as found_in,
        Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress,
    ):
        read = _Reading(console, progress)
        known = sum(map(found_in.add_article, read("articles", articles)))
        if not known:
            stop(f"There is no article in {articles}.")
        linked = sum(map(found_in.learn, read("past tickets", links))) if links else 0
        if links and not linked:
            stop(f"Nothing in {links} is a link to one of these articles.")
        asked, seconds = _answer(found_in, read("questions", queries), results)
    console.print(
        f"{many(known, 'article')}, {many(linked, 'link')} to them. {many(asked, 'question')} in "
        f"{seconds:.1f} s. {many(read.left_out, 'line')} left out. {out}",
        soft_wrap=True,
    )
    if not asked:
        stop(f"There is no question in {queries}.")


def _answer(found_in: Base, rows: Iterator[Row], results: TextIO) -> tuple[int, float]:
    begun, count = time.perf_counter(), 0
    for row in rows:
        results.write(found_in.as_line(row, found_in.find(row)) + "\n")
        count += 1
    return count, time.perf_counter() - begun


class _Reading:
    """Files row by row, with a bar for each; of what is left out the first is named."""

    def __init__(self, console: Console, progress: Progress) -> None:
        self._console = console
        self._progress = progress
        self.left_out = 0

    def __call__(self, what: str, path: Path) -> Iterator[Row]:
        task = self._progress.add_task(what.capitalize(), total=rows_at_most(path))

        for row in rows_of(path):
            self._progress.advance(task)
            if isinstance(row, Row):
                yield row
                continue
            self.left_out += 1
            if self.left_out <= _SHOWN:
                self._console.print(f"{path.name}, {row}", style="dim", markup=False)
