"""The parts of a whole torture, each on a fresh database in a fresh folder."""

import asyncio
import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.torture import quotas
from benchmarks.torture.load import Case, Load, draw_cases
from benchmarks.torture.report import Report
from benchmarks.torture.run import Result, Tell, company_of, run
from benchmarks.torture.sabotaged import SABOTAGES
from benchmarks.torture.stage import Script
from tests.databases import PostgresServer

PARTS = ("load", "socket", "quotas", "sabotage")
# Two processes share what PostgreSQL holds; a SQLite file belongs to one.
PROCESSES = {"sqlite": 1, "postgres": 2}
# A broken defence shows in a small run when much goes wrong in it.
SABOTAGED = Load(
    approvals=16, clicks=16, kills=2, escalations=2, drops=0.2, drops_first=2, patience_s=20.0
)
Run = Callable[[Script, Sequence[Case], Tell], Coroutine[Any, Any, Result]]


class Parts:
    def __init__(self, load: Load, report: Report, console: Console) -> None:
        self._load, self._report, self._console = load, report, console

    def play(self, part: str, database: str) -> None:
        """`database` is sqlite, postgres or both; what is not about databases takes SQLite."""
        match part:
            case "load":
                for kind in ("sqlite", "postgres") if database == "both" else (database,):
                    load = dataclasses.replace(self._load, processes=PROCESSES[kind])
                    self._play(kind, kind, load, draw_cases(load), run)
            case "socket":
                self._play("socket", "sqlite", self._socket, draw_cases(self._socket), run)
            case "quotas":
                load = dataclasses.replace(
                    quotas.LOAD, ack_s=self._load.ack_s, seed=self._load.seed
                )
                self._play("quotas", "sqlite", load, quotas.cases_of(load), quotas.run)
            case "sabotage":
                self.sabotage(list(SABOTAGES))

    def sabotage(self, names: Sequence[str]) -> None:
        """Each defence is taken away in a run of its own, which somebody must notice."""
        load = dataclasses.replace(SABOTAGED, ack_s=self._load.ack_s, seed=self._load.seed)
        for name in names:
            result = self._result(f"without {name}", "sqlite", load, draw_cases(load), run, name)
            self._report.sabotages[name] = result.wrong

    @cached_property
    def _socket(self) -> Load:
        return dataclasses.replace(
            self._load,
            approvals=max(1, self._load.approvals // 8),
            kills=self._load.kills // 5,
            escalations=self._load.escalations // 4,
            delivery="socket",
        )

    def _play(self, part: str, kind: str, load: Load, cases: Sequence[Case], how: Run) -> None:
        self._report.results[part] = self._result(part, kind, load, cases, how)

    def _result(
        self,
        title: str,
        kind: str,
        load: Load,
        cases: Sequence[Case],
        how: Run,
        sabotage: str = "",
    ) -> Result:
        with _folder() as folder, _database(kind, folder) as url, self._bar(title) as tell:
            script = Script(load, company_of(load, cases), folder, url, sabotage)
            return asyncio.run(how(script, cases, tell))

    @contextlib.contextmanager
    def _bar(self, title: str) -> Iterator[Tell]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.fields[title]:<26}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task("starts", total=1.0, title=title)

            def tell(phase: str, done: float) -> None:
                progress.update(task, description=phase, completed=done)

            yield tell
            tell("done", 1.0)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="backstop-torture-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'backstop.db'}"
        return
    server = PostgresServer()
    try:
        with server.fresh() as url:
            yield url
    finally:
        server.close()
