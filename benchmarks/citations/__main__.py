"""`python -m benchmarks.citations`: the citation check over sentences made of real articles.

The articles are those of `kb-sumo-dev` in the folder that `BACKSTOP_REAL_DATA` names. The check
was tuned on every other article and is reported on the rest. `--sentences FILE` judges anybody's
sentences instead, one JSON object a line: `text`, `passages` (a list of texts), `true`, and
`title`, `language` and `kind` where they are known; nothing is written then.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.citations.making import TRUE, WRONG, Case, cases_of
from bot.agent.citing.support import unsupported
from bot.agent.passages import passages_of

SEED = 20260301
KEPT = Path(__file__).parents[1] / "citations.json"


def run(
    sentences: Annotated[Path | None, typer.Option(help="Judge these instead.")] = None,
    tuning: Annotated[bool, typer.Option(help="On the articles that it was tuned on.")] = False,
) -> None:
    console = Console()
    if sentences is not None:
        _show(_judged(_read(sentences), sentences.name), console)
        return
    folder = os.environ.get("BACKSTOP_REAL_DATA")
    if not folder:
        sys.exit("BACKSTOP_REAL_DATA names no folder of real articles.")
    lines = (Path(folder) / "kb-sumo-dev" / "articles.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines][0 if tuning else 1 :: 2]
    figures: dict[str, float] = {}
    for cited, whole in (("passage", False), ("article", True)):
        judged = _judged(cases_of(articles, whole, SEED), f"its {cited} is cited")
        _show(judged, console)
        figures |= {f"citations.{cited}.{name}": value for name, value in _figures(judged).items()}
    if not tuning:
        KEPT.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _read(file: Path) -> list[Case]:
    return [_case(json.loads(line)) for line in file.read_text("utf-8").splitlines() if line]


def _case(row: dict[str, Any]) -> Case:
    passages = tuple(told for text in row["passages"] for told in passages_of(text))
    kind = row.get("kind") or ("true" if row["true"] else "wrong")
    title, language = row.get("title", ""), row.get("language", "en")
    return Case(kind, row["text"], passages, title, language, bool(row["true"]))


Judged = tuple[str, Sequence[tuple[Case, str]]]


def _judged(cases: Iterable[Case], title: str) -> Judged:
    return title, [
        (case, unsupported(case.text, case.passages, case.language, case.title))
        for case in track(list(cases), description=title, transient=True)
    ]


def _figures(judged: Judged) -> dict[str, float]:
    """Shares, each with the number of cases behind it: of all, and of each kind alone."""
    figures: dict[str, float] = {}
    for name, is_true in (("caught", False), ("false_alarms", True)):
        cases = [(case.kind, reason) for case, reason in judged[1] if case.true is is_true]
        figures |= _share(name, [reason for _, reason in cases])
        for kind in dict.fromkeys(kind for kind, _ in cases):
            key = f"{name}.{kind.replace(',', '').replace(' ', '_')}"
            figures |= _share(key, [reason for one, reason in cases if one == kind])
    return figures


def _share(name: str, reasons: Sequence[str]) -> dict[str, float]:
    doubted = sum(map(bool, reasons))
    return {f"{name}.n": len(reasons), f"{name}.share": round(doubted / max(1, len(reasons)), 4)}


def _show(judged: Judged, console: Console) -> None:
    title, verdicts = judged
    table = Table(title=f"Sentences doubted, where {title}", title_justify="left")
    for name in ("what", "doubted", "of", "share", "by which check"):
        table.add_column(name, justify="left" if name in ("what", "by which check") else "right")
    known = [*WRONG, *TRUE]
    kinds = sorted({case.kind for case, _ in verdicts}, key=lambda k: (k not in known, k))
    for kind in sorted(kinds, key=lambda k: known.index(k) if k in known else len(known)):
        found = [(case, reason) for case, reason in verdicts if case.kind == kind]
        checks = Counter(reason for _, reason in found if reason)
        told = ", ".join(f"{name} {count}" for name, count in checks.most_common(4))
        label = f"true: {kind}" if found[0][0].true else f"wrong: {kind}"
        count = sum(checks.values())
        table.add_row(label, str(count), str(len(found)), f"{count / len(found):.1%}", told)
    console.print(table)
    figures = _figures(judged)
    console.print(
        f"Caught {figures['caught.share']:.1%} of {figures['caught.n']:,} wrong sentences; "
        f"false alarms {figures['false_alarms.share']:.1%} of {figures['false_alarms.n']:,}."
    )


if __name__ == "__main__":
    typer.run(run)
