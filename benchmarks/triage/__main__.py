"""`python -m benchmarks.triage`: what the offline agent closes of real, labelled words.

The folder with the sets is the one that BACKSTOP_REAL_DATA names. Words and figures were tuned on
one set, or on the earlier questions, and are tested on the others.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.retrieval.quality import Question
from benchmarks.triage.closing import closings, libraries
from benchmarks.triage.curve import KNOWN, curve, questions_in
from benchmarks.triage.moods import moods_in
from benchmarks.triage.report import FILE, Report
from benchmarks.triage.sets import requests_in, thinned


def main() -> int:
    asked = _arguments()
    console = Console()
    if asked.data is None or not asked.data.is_dir():
        console.print("Say where the labelled sets are: --data, or BACKSTOP_REAL_DATA.")
        return 2
    report = measured(asked.data, asked.most, console)
    report.show(console)
    for line in report.missed():
        console.print(line, style="yellow")
    if asked.most is None:
        report.write()
        console.print(f"Written to {FILE.name} and README.md in benchmarks/.")
    return 0


def measured(folder: Path, most: int | None, console: Console) -> Report:
    """`most` tickets of each kind, for a quick look."""
    kinds = requests_in(folder)
    if most is not None:
        kinds = [type(k)(k.name, k.wanted, k.part, thinned(k.tickets, most)) for k in kinds]
    questions: Sequence[Question] = questions_in(folder)
    if most is not None:
        questions = thinned(questions, most)
    known = libraries(folder)
    with _progress(console) as progress:
        total = len(known) * sum(len(kind.tickets) for kind in kinds)
        task = progress.add_task("Requests", total=total)
        closed = list(closings(kinds, known, lambda by: progress.advance(task, by)))
        task = progress.add_task("Questions", total=len(KNOWN) * len(questions))
        points = list(curve(folder, questions, lambda by: progress.advance(task, by)))
        task = progress.add_task("Moods", total=None)
        moods = moods_in(folder, lambda by: progress.advance(task, by))
    return Report(closed, points, moods)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _arguments() -> argparse.Namespace:
    named = os.environ.get("BACKSTOP_REAL_DATA")
    parser = argparse.ArgumentParser("python -m benchmarks.triage", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(named) if named else None)
    parser.add_argument("--most", type=int, help="of each kind; a quick look, which is not kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
