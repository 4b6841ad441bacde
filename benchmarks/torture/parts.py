"""The parts of a whole torture, each on a fresh database in a fresh folder."""

import asyncio
import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.torture import quotas
from benchmarks.torture.fuzz import playing as fuzz
from benchmarks.torture.indoors.playing import hold_against_model, live_days
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.indoors.sabotages import without
from benchmarks.torture.indoors.tempting import TEMPTING, difference
from benchmarks.torture.load import Case, Load, draw_cases
from benchmarks.torture.race.playing import ROUNDS, race
from benchmarks.torture.race.sabotages import SABOTAGES as RACED_SABOTAGES
from benchmarks.torture.race.sabotages import WHAT as RACED
from benchmarks.torture.report import Report
from benchmarks.torture.run import Result, Tell, company_of, run
from benchmarks.torture.sabotaged import SABOTAGES
from benchmarks.torture.stage import Script
from tests.databases import PostgresServer

PARTS = ("load", "crash", "socket", "quotas", "race", "model", "days", "fuzz", "sabotage")
# Two processes share what PostgreSQL holds; a SQLite file belongs to one.
PROCESSES = {"sqlite": 1, "postgres": 2}
# A broken defence shows in a small run when much goes wrong in it.
SABOTAGED = Load(
    approvals=16, clicks=16, kills=2, escalations=2, drops=0.2, drops_first=2, patience_s=20.0
)
RUNS, DAYS = 300, 60
# Many approvals and few clicks on each: approvals and kills.
CRASH = {"sqlite": (2_000, 40), "postgres": (500, 10)}
SOAK = {"sqlite": (10_000, 100), "postgres": (3_000, 30)}
CRASH_CLICKS, AT_ONCE = 6, 8
Run = Callable[[Script, Sequence[Case], Tell], Coroutine[Any, Any, Result]]


class Parts:
    def __init__(
        self,
        load: Load,
        report: Report,
        console: Console,
        crashes: Mapping[str, tuple[int, int]] = CRASH,
        runs: int = RUNS,
        days: int = DAYS,
        pour_s: float = fuzz.POUR_S,
    ) -> None:
        """`crashes` are approvals and kills by database; `runs` and `days` are those on SQLite, and
        on PostgreSQL it is a tenth; `pour_s` is how long letters are poured."""
        self._load, self._report, self._console = load, report, console
        self._crashes, self._runs, self._days = crashes, runs, days
        self._pour_s = pour_s

    def play(self, part: str, database: str) -> None:
        """`database` is sqlite, postgres or both; what is not about databases takes SQLite."""
        kinds = ("sqlite", "postgres") if database == "both" else (database,)
        match part:
            case "socket":
                self._play("socket", "sqlite", self._socket, draw_cases(self._socket), run)
            case "quotas":
                load = dataclasses.replace(
                    quotas.LOAD, ack_s=self._load.ack_s, seed=self._load.seed
                )
                self._play("quotas", "sqlite", load, quotas.cases_of(load), quotas.run)
            case "fuzz":
                self._report.results["fuzz"] = self._poured("fuzz", fuzz.Pouring(self._pour_s))
            case "sabotage":
                self.sabotage(list(SABOTAGES))
                self._tempt()
            case _:
                for kind in kinds:
                    self._on(part, kind)

    def _on(self, part: str, kind: str) -> None:
        match part:
            case "load":
                load = dataclasses.replace(self._load, processes=PROCESSES[kind])
                self._play(kind, kind, load, draw_cases(load), run)
            case "crash":
                self._crash(kind)
            case _:
                self._indoors(part, kind)

    def sabotage(self, names: Sequence[str]) -> None:
        """Each defence is taken away in a run of its own, which somebody must notice."""
        load = dataclasses.replace(SABOTAGED, ack_s=self._load.ack_s, seed=self._load.seed)
        for name in names:
            title = f"without {name}"
            if SABOTAGES[name].is_poured:
                result = self._poured(title, fuzz.TEMPTED, name)
            else:
                result = self._result(title, "sqlite", load, draw_cases(load), run, name)
            self._report.sabotages[name] = result.wrong

    def _poured(self, title: str, pouring: fuzz.Pouring, sabotage: str = "") -> Result:
        load = dataclasses.replace(fuzz.LOAD, ack_s=self._load.ack_s, seed=self._load.seed)
        return self._result(title, "sqlite", load, pouring.cases_of(load), pouring.run, sabotage)

    def _crash(self, kind: str) -> None:
        approvals, kills = self._crashes[kind]
        load = dataclasses.replace(
            self._load,
            approvals=approvals,
            clicks=CRASH_CLICKS,
            kills=kills,
            at_once=AT_ONCE,
            processes=PROCESSES[kind],
        )
        self._play(f"crash_{kind}", kind, load, draw_cases(load), run)

    def _indoors(self, part: str, kind: str) -> None:
        play, many = {
            "model": (hold_against_model, self._runs),
            "days": (live_days, self._days),
            "race": (race, ROUNDS),
        }[part]
        # Several processes race on PostgreSQL alone, so that it gets all of the rounds.
        many = many if kind == "sqlite" or part == "race" else max(1, many // 10)
        name = f"{part}_{kind}"
        with _folder() as folder, _database(kind, folder) as url, self._bar(name) as tell:
            self._report.results[name] = play(url, folder, self._load, many, tell)

    def _tempt(self) -> None:
        """What is missing indoors, the model must notice."""
        with self._bar("without, indoors") as tell:
            for number, name in enumerate(TEMPTING):
                tell(name, number / len(TEMPTING))
                with _folder() as folder, _database("sqlite", folder) as url:
                    room = Room(url, folder)
                    try:
                        told = difference(room, name, name)
                    finally:
                        room.close()
                self._report.tempted[name] = told
        for name in RACED:
            with self._bar(f"race without {name}") as tell, without(name, RACED_SABOTAGES):
                self._race_without(name, tell)

    def _race_without(self, name: str, tell: Tell) -> None:
        with _folder() as folder, _database("postgres", folder) as url:
            result = race(url, folder, self._load, 1, tell)
        counter = RACED[name].noticed_by
        told = f"{counter} {result.wrong[counter]}" if counter in result.wrong else ""
        self._report.tempted[f"race.{name}"] = told

    @cached_property
    def _socket(self) -> Load:
        return dataclasses.replace(
            self._load,
            approvals=max(1, self._load.approvals // 4),
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
