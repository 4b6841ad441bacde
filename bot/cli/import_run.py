"""One import as it runs: small transactions, a bar, and an account of every row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.cli.import_rows import Erased, Outcome, Stored
from bot.cli.opening import Opened
from bot.imports import BadRow, Place, Reject, write_rejects
from storage.search import Nearest
from storage.unit_of_work import UnitOfWork

# A running bot waits for one batch at most.
BATCH = 100

Item = tuple[Place, Any]
Put = Callable[[UnitOfWork, Any], list[Stored]]


class ImportRun:
    def __init__(self, database: Opened, console: Console) -> None:
        self._database = database
        self._console = console
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._rejects: list[Reject] = []
        self._refused: Counter[str] = Counter()

    def take(self, noun: str, items: Iterable[Item], put: Put, total: int | None = None) -> None:
        """Store every item that is no `Reject`; `total` is for the bar, at most."""
        with self._progress() as progress:
            task = progress.add_task(noun.capitalize(), total=total)
            for batch in _batches(items):
                rows = []
                for place, row in batch:
                    if isinstance(row, Reject):
                        self._reject(noun, row)
                    else:
                        rows.append((place, row))
                self._store(noun, rows, put)
                progress.advance(task, len(batch))
            progress.update(task, total=progress.tasks[task].completed)
        self._outcomes.setdefault((noun, ""), Outcome.SAME)

    def read(self, nearest: Nearest) -> None:
        """Find what was brought in by its meaning too; whoever stops it leaves the rest to the
        bot."""
        reading, write = self._database.reading, self._database.writer.run
        with self._progress() as progress:
            task = progress.add_task("Meanings", total=nearest.behind(reading))
            while unread := nearest.next(reading):
                write(partial(nearest.put, unread, nearest.read(unread)))
                progress.advance(task)

    def close(self, rejects: Path) -> bool:
        """Print what came of it, and write the reject file; False when every row was rejected."""
        counts: Counter[tuple[str, Outcome]] = Counter()
        for (noun, ref), outcome in self._outcomes.items():
            counts[noun, outcome] += bool(ref)
        table = Table("", *(("New", "Changed", "Unchanged", "Rejected")))
        for column in table.columns[1:]:
            column.justify = "right"
        for noun in sorted({noun for noun, _ in self._outcomes}):
            cells = [counts[noun, each] for each in sorted(Outcome, reverse=True)]
            row = (*cells, self._refused[noun])
            table.add_row(noun.capitalize(), *(f"{cell:,}" for cell in row))
        self._console.print(table)
        totals = {each: sum(counts[key] for key in counts if key[1] is each) for each in Outcome}
        told = f"{totals[Outcome.NEW]:,} new, {totals[Outcome.CHANGED]:,} changed"
        write_rejects(rejects, self._rejects)
        if self._rejects:
            told += f", {len(self._rejects):,} rejected: see {rejects}"
        self._console.print(f"{told}.", soft_wrap=True, highlight=False)
        return not self._rejects or any(counts.values())

    def _store(self, noun: str, rows: list[Item], put: Put) -> None:
        if not rows:
            return
        try:
            answers = self._database.writer.run(lambda uow: _put_all(uow, rows, put))
        except Exception as error:
            if len(rows) > 1:
                # One row spoils its batch: each gets a transaction of its own.
                for row in rows:
                    self._store(noun, [row], put)
                return
            place = rows[0][0]
            answers = [place.reject(f"cannot be stored: {type(error).__name__}")]
        for answer in answers:
            if isinstance(answer, Reject):
                self._reject(noun, answer)
                continue
            for stored in answer:
                key = (stored.noun, stored.ref)
                self._outcomes[key] = max(stored.outcome, self._outcomes.get(key, Outcome.SAME))

    def _reject(self, noun: str, reject: Reject) -> None:
        self._rejects.append(reject)
        self._refused[noun] += 1

    def _progress(self) -> Progress:
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )


def _put_all(uow: UnitOfWork, rows: list[Item], put: Put) -> list[list[Stored] | Reject]:
    answers: list[list[Stored] | Reject] = []
    for place, row in rows:
        try:
            with uow.nested():
                answers.append(put(uow, row))
        except Erased as wrong:
            answers.append(Reject(place.line, str(wrong), place.file))
        except BadRow as wrong:
            answers.append(place.reject(str(wrong)))
    return answers


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
