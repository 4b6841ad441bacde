"""`python -m benchmarks.retrieval`: whether questions find the articles that people linked, how
much the links of past tickets help, and how long it takes.

The folder with the sets is the one that BACKSTOP_REAL_DATA names. Questions are in the order of
time: what is known are links from earlier ones, and what was chosen by looking at results was
chosen on the first 1,400. Figures are of those behind them.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from benchmarks.databases import KINDS, databases
from benchmarks.retrieval.quality import (
    KNOWN,
    TUNED,
    OnceRead,
    Quality,
    Question,
    curve,
    plain_bm25,
    questions,
)
from benchmarks.retrieval.report import FILE, Report
from benchmarks.retrieval.speed import SIZES, Speed, measured
from benchmarks.stolen import stolen
from bot.config.extras import has_embeddings
from bot.retrieval import Row, rows_of
from storage.search import Nearest


def main() -> int:
    asked = _arguments()
    console = Console()
    folder = asked.data / "kb-sumo-dev" if asked.data else None
    if folder is None or not folder.is_dir():
        console.print("Say where the labelled sets are: --data, or BACKSTOP_REAL_DATA.")
        return 2
    articles = [row for row in rows_of(folder / "articles.jsonl") if isinstance(row, Row)]
    told = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    rows = questions([json.loads(line) for line in told])
    columns = (TextColumn("{task.description:<32}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bare = plain_bm25(articles, rows)
        points = list(_curve(articles, rows, progress))
        meant = list(_curve(articles, rows, progress, OnceRead())) if has_embeddings() else []
        late = [each.row for each in rows[TUNED:]]
        taken: dict[str, float] = {}
        with stolen(taken):
            speeds = [] if asked.quality else list(_speeds(articles, late, progress))
    report = Report(bare, points, speeds, meant, taken)
    report.show(console)
    for line in report.missed():
        console.print(line, style="yellow")
    if not asked.quality:
        report.write()
        console.print(f"Written to {FILE.name} and README.md in benchmarks/.")
    return 0


def _curve(
    articles: Sequence[Row],
    rows: Sequence[Question],
    progress: Progress,
    nearest: Nearest | None = None,
) -> Iterator[Quality]:
    total = sum(len(rows) - max(0, TUNED - known) for known in KNOWN)
    what = "Questions, with embeddings" if nearest else "Questions"
    task: TaskID = progress.add_task(what, total=total)
    return curve(articles, rows, lambda by: progress.advance(task, by), nearest)


def _speeds(articles: Sequence[Row], asked: Sequence[Row], progress: Progress) -> Iterator[Speed]:
    task = progress.add_task("Speed", total=len(KINDS) * len(SIZES))
    with tempfile.TemporaryDirectory(prefix="backstop-bench-") as folder:
        for kind in KINDS:
            with databases(kind, Path(folder)) as fresh:
                for size in SIZES:
                    progress.update(task, description=f"{kind}, {size:,} articles")
                    yield from measured(kind, fresh(f"speed{size}"), articles, asked, size)
                    progress.advance(task)


def _arguments() -> argparse.Namespace:
    named = os.environ.get("BACKSTOP_REAL_DATA")
    parser = argparse.ArgumentParser("python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(named) if named else None)
    parser.add_argument("--quality", action="store_true", help="without speed; not kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
