"""`python -m benchmarks`: how fast the bot is, beside a Bolt app that does nothing."""

import argparse
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import report
from benchmarks.databases import KINDS, databases
from benchmarks.measures import (
    CONNECTIONS,
    Bench,
    Effort,
    measure_clicks,
    measure_deliveries,
    measure_demo,
    measure_steady,
)
from benchmarks.outside import QUOTA_SCALE
from benchmarks.setting import Setting
from benchmarks.stolen import stolen
from benchmarks.tables import README

# A look at whether everything works; its figures are not kept.
SHORT = Effort(seconds=1.5, most=1_000, steady_s=5.0, refunds=20)


def main() -> int:
    asked = _arguments()
    console = Console()
    kinds = KINDS if asked.database == "both" else (asked.database,)
    # Not in memory: a commit has to reach a disk. PostgreSQL's user must be able to look in.
    folder = Path(tempfile.mkdtemp(prefix="backstop-bench-", dir=asked.folder))
    try:
        figures = _measure(SHORT if asked.short else Effort(), kinds, folder, console)
    except Exception:
        console.print(f"What the measured processes wrote is in {folder}", style="red")
        raise
    shutil.rmtree(folder, ignore_errors=True)
    report.show(figures, console)
    for line in report.missed(figures):
        console.print(line, style="yellow")
    if not asked.short and asked.database == "both":
        report.write(figures)
        console.print(f"Written to {report.LATEST.name} and {README.name} in benchmarks/.")
    return 0


def _measure(
    effort: Effort, kinds: tuple[str, ...], folder: Path, console: Console
) -> dict[str, float]:
    spawn = multiprocessing.get_context("spawn")
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with ProcessPoolExecutor(1, spawn) as loads, Progress(*columns, console=console) as progress:
        bench = Bench(folder, effort, loads, _teller(progress, len(kinds)))
        bench.figures["slack.quota_scale"] = QUOTA_SCALE
        with stolen(bench.figures):
            for kind in kinds:
                with databases(kind, folder) as fresh:
                    setting = Setting(folder, kind)
                    measure_clicks(bench, setting, fresh)
                    measure_steady(bench, setting, fresh)
                    measure_deliveries(bench, setting, fresh)
            measure_demo(bench)
    return bench.figures


def _teller(progress: Progress, kinds: int) -> Callable[[str], None]:
    loads = len(CONNECTIONS)
    task = progress.add_task("", total=loads + 2 + kinds * (loads + 5))

    def tell(what: str) -> None:
        progress.update(task, description=what, advance=1)
        if not progress.console.is_terminal:
            progress.console.print(what)

    return tell


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--short", action="store_true", help="a quick look, which is not kept")
    parser.add_argument(
        "--folder",
        type=Path,
        default=None,
        help="where SQLite databases are put (PostgreSQL: where TMPDIR is)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
