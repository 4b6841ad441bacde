"""`backstop replay`: what would be decided about a file of tickets, without chat or effects."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.agent.offline import OfflineAgent
from bot.agents import agents
from bot.cli.opening import many, said, stop, written
from bot.config import Settings
from bot.config.secrets import read_secrets
from bot.imports import ArticleRow, read_rows, rows_at_most
from bot.replay import Policy, Replay, Replayed, as_line, search_over
from bot.replay_records import ReplayRecords, ReplaySpending

BAR = 32


@dataclass
class Tally:
    """What a replay came to; counted while it runs, so that memory does not grow with the file."""

    decisions: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    priorities: Counter[int] = field(default_factory=Counter)
    left_out: int = 0

    def count(self, replayed: Replayed) -> None:
        decided = replayed.decision
        if decided is None:
            self.left_out += 1
            return
        self.decisions[decided.decision] += 1
        self.rules[decided.decision, decided.rule] += 1
        self.priorities[decided.priority] += 1


def replay(
    file: Annotated[Path, typer.Argument(help="Tickets as JSON Lines.", exists=True)],
    articles: Annotated[Path, typer.Option(help="Articles: a file or a folder.", exists=True)],
    out: Annotated[Path, typer.Option(help="Where decisions go, one JSON object a line.")] = Path(
        "decisions.jsonl"
    ),
    config: Annotated[Path | None, typer.Option(help="app.yaml; else defaults.")] = None,
) -> None:
    """Decide about every ticket of a file with the rules and gates of app.yaml.

    An unusual rush ("spike") shows only live, where it is known what is usual.
    """
    console = Console()
    tally = Tally()
    with (
        _prepared(articles, config, console) as run,
        written(out) as decisions,
        deciding(console) as progress,
    ):
        begun = time.perf_counter()
        task = progress.add_task("Deciding", total=rows_at_most(file))
        for replayed in run.lines(file):
            tally.count(replayed)
            if replayed.decision is None:
                progress.console.print(f"[dim]{replayed.id}: {replayed.wrong}[/dim]")
            else:
                decisions.write(as_line(replayed.id, replayed.decision) + "\n")
            progress.advance(task)
        seconds = time.perf_counter() - begun
    console.print(closing_table(tally))
    total = tally.decisions.total()
    console.print(
        f"{total:,} tickets in {seconds:.1f} s: {total / max(seconds, 1e-9):,.0f} a second,"
        f" {_peak_mb():,.0f} MB at most. {tally.left_out:,} lines left out. {out}"
    )
    console.print(
        "A file tells neither customers nor charges: what rests on tiers, people, past tickets or "
        "payments is decided otherwise by the running bot."
    )
    if not total:
        stop(f"There is no ticket in {file}.")


def closing_table(tally: Tally) -> Table:
    """Decisions and the rules behind them, each with its share as a bar."""
    total = max(1, tally.decisions.total())
    table = Table(title=f"{tally.decisions.total():,} decisions", title_justify="left")
    table.add_column("Decision")
    table.add_column("Tickets", justify="right")
    table.add_column("Share", justify="right")
    table.add_column("", min_width=BAR)
    for decision, count in tally.decisions.most_common():
        table.add_row(
            decision, f"{count:,}", _share(count, total), _bar(count, total), style="bold"
        )
        for (of, rule), held in tally.rules.most_common():
            if of == decision:
                table.add_row(f"  {rule}", f"{held:,}", _share(held, total), _bar(held, total))
        table.add_section()
    for priority in sorted(tally.priorities):
        count = tally.priorities[priority]
        table.add_row(
            f"priority {priority}", f"{count:,}", _share(count, total), _bar(count, total)
        )
    return table


@contextmanager
def _prepared(articles: Path, config: Path | None, console: Console) -> Iterator[Replay]:
    today = datetime.now(UTC).date()
    settings = said(config) if config else None
    found = list(read_rows("articles", articles, today))
    rows = [row for row in found if isinstance(row, ArticleRow)]
    console.print(_read_articles(articles, len(rows), len(found) - len(rows)), soft_wrap=True)
    with search_over(rows) as search:
        if settings is None:
            yield Replay(OfflineAgent(), search)
            return
        spending = ReplaySpending()
        agent = agents(
            _decided_by_agents(settings),
            read_secrets(settings),
            ReplayRecords(search, rows),
            spending,
        ).first
        with closing(agent):
            yield Replay(agent, search, Policy.of(settings))
        if spending.spent.cost:
            console.print(f"{settings.agent.model} cost ${spending.spent.cost / 1e6:,.2f}.")


def _decided_by_agents(settings: Settings) -> Settings:
    """No person reads a replay: while a model is away the deterministic agent decides."""
    agent = settings.agent.model_copy(update={"when_away": "offline"})
    return settings.model_copy(update={"agent": agent})


def _read_articles(articles: Path, count: int, left_out: int) -> Text:
    told = f"{many(count, 'article')} {'was' if count == 1 else 'were'} read from {articles}"
    if left_out:
        told += f", {left_out:,} left out"
    if count == 0:
        return Text(f"{told}: nothing can be answered from them.", style="bold yellow")
    return Text(f"{told}.")


def deciding(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %"


def _bar(count: int, total: int) -> str:
    eighths = round(8 * BAR * count / total)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes, macOS in bytes.
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
