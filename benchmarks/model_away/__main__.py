"""`python -m benchmarks.model_away`: approvals are clicked while the model is there, and while it
is not: limits, overload, silence, streams that are cut, each for a quarter of the time.

One warm process bears all of it. Half of the time with the model comes before its absence, and half
after it, so that what a machine or a growing database does over half an hour weighs on both sides
alike. The clicks come at a rate that leaves the bot idle most of the time. Their p99 may grow by a
fifth, and every ticket ends with a decision or a person.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks import load
from benchmarks.clicks import Clicks
from benchmarks.databases import KINDS, databases
from benchmarks.model_away.tickets import (
    NAME,
    SECRET,
    VARIABLE,
    Tickets,
    by_agent,
    known,
    undecided,
)
from benchmarks.processes import HOST, running
from benchmarks.seeding import approved, seed
from benchmarks.setting import Setting
from sandbox.demo import with_settings
from sandbox.model import KEY
from sandbox.ports import free_port

KEPT = Path(__file__).parents[1] / "model_away.json"
RATE, TICKETS_A_SECOND, CONNECTIONS = 5.0, 0.5, 8
FAULTS: Mapping[str, Mapping[str, Any]] = {
    "429": {"status": 429, "retry_after_s": 2},
    "529": {"status": 529},
    "hang": {"hang_s": 20.0},
    "cut": {"cut_after": 3},
}
WITHIN, SETTLES_S, RESTS_S = 1.2, 120.0, 330.0
# A signature is good for five minutes.
AT_ONCE = 600
# Until the model's library is loaded and every statement has been prepared.
WARM_CLICKS, WARM_TICKETS = 40, 3
THERE, AWAY = "there", "away"


class ModelSetting(Setting):
    """The measured bot with Claude, which is asked at `model_port`, and a source of tickets."""

    def __init__(self, folder: Path, kind: str, model_port: int) -> None:
        super().__init__(folder, kind)
        settings = {
            "agent.kind": "claude",
            "agent.api_url": f"http://{HOST}:{model_port}/anthropic",
            "agent.timeout": "10s",
        }
        told = with_settings(self.config.read_text("utf-8"), settings)
        self.config.write_text(f"{told}\nsources: {{{NAME}: {{secrets: [{VARIABLE}]}}}}\n", "utf-8")

    def environ(self, database: str) -> Mapping[str, str]:
        more = {VARIABLE: SECRET, "ANTHROPIC_API_KEY": KEY}
        return {**super().environ(database), **more}


def main() -> int:
    asked = _arguments()
    console, figures = Console(), {}
    folder = Path(tempfile.mkdtemp(prefix="backstop-away-", dir=asked.folder))
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for kind in KINDS if asked.database == "both" else (asked.database,):
            task = progress.add_task(kind, total=len(FAULTS) + 2)
            with databases(kind, folder) as fresh:
                url = fresh("away")
                for name, value in measured(
                    folder, kind, url, asked.seconds, progress, task
                ).items():
                    figures[f"{kind}.{name}"] = value
    shutil.rmtree(folder, ignore_errors=True)
    console.print(_table(figures))
    KEPT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def measured(
    folder: Path, kind: str, url: str, seconds: float, progress: Progress, task: Any
) -> dict[str, float]:
    model_port = free_port()
    setting = ModelSetting(folder, kind, model_port)
    there, away = int(seconds * RATE / 2), int(seconds * RATE / len(FAULTS))
    needed = WARM_CLICKS + 2 * there + len(FAULTS) * away
    clicks = Clicks(seed(setting.config, setting.environ(url), needed))
    latencies: dict[str, list[float]] = defaultdict(list)
    found: dict[str, float] = defaultdict(int)
    model = running(
        "benchmarks.model_away.model", [str(model_port)], model_port, folder / "model.log"
    )

    def click(name: str, count: int, fault: Mapping[str, Any]) -> None:
        progress.update(task, description=f"{kind}: {name}", advance=1)
        tell(model_port, fault)
        for begins in range(0, count, AT_ONCE):
            some = min(AT_ONCE, count - begins)
            plan = load.Plan(setting.port, clicks.take(some), CONNECTIONS, some / RATE + 1, RATE)
            result = load.run(plan)
            latencies[name] += result.latencies_s
            latencies[AWAY] += [] if name == THERE else result.latencies_s
            found[f"{name}.bad"] += result.bad

    with setting.outside(needed), model, setting.bot(url):
        with Tickets(setting.port, TICKETS_A_SECOND) as tickets:
            _warm_up(setting.port, clicks, url)
            click(THERE, there, {})
            for name, fault in FAULTS.items():
                click(name, away, fault)
            tell(model_port, {})
            _asked_again(url)
            click(THERE, there, {})
        _settled(url, tickets.sent)
    for name, taken in latencies.items():
        found |= _figures(name, taken)
    found |= {"tickets": tickets.sent, "undecided": undecided(url)}
    found |= {f"by.{who} {note}".strip(): number for who, note, number in by_agent(url)}
    return {**found, "clicked": clicks.taken, "approved": approved(url)}


def _warm_up(port: int, clicks: Clicks, url: str) -> None:
    """Loading a library keeps every thread waiting once; that is no part of either side."""
    load.run(load.Plan(port, clicks.take(WARM_CLICKS), CONNECTIONS, WARM_CLICKS / RATE + 1, RATE))
    _asked_again(url)


def _asked_again(url: str) -> None:
    """After a failure the model rests for up to five minutes; then it decides on tickets anew."""
    before, until = _by_model(url), time.monotonic() + RESTS_S
    while time.monotonic() < until and _by_model(url) < before + WARM_TICKETS:
        time.sleep(0.5)


def _by_model(url: str) -> int:
    return sum(number for who, note, number in by_agent(url) if who == "claude" and not note)


def _settled(url: str, sent: int) -> None:
    """Every ticket has its decision or its person, or has had the time for it."""
    until = time.monotonic() + SETTLES_S
    while time.monotonic() < until and (undecided(url) or known(url) < sent):
        time.sleep(0.5)


def tell(port: int, fault: Mapping[str, Any]) -> None:
    httpx.post(f"http://{HOST}:{port}/faults", json=dict(fault), timeout=10).raise_for_status()


def _figures(name: str, latencies: list[float]) -> dict[str, float]:
    ordered = sorted(latencies)
    return {
        f"{name}.clicks": len(ordered),
        f"{name}.p50_ms": round(1000 * ordered[len(ordered) // 2], 2),
        f"{name}.p99_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 2),
    }


def _table(figures: Mapping[str, float]) -> Table:
    table = Table("What", "Value", title="A model that goes away", title_justify="left")
    for name, value in figures.items():
        table.add_row(name, f"{value:,g}")
    for kind in KINDS:
        before, after = figures.get(f"{kind}.there.p99_ms"), figures.get(f"{kind}.away.p99_ms")
        if before and after:
            kept = "kept" if after <= WITHIN * before else "missed"
            table.add_row(f"{kind}: p99 away / there", f"{after / before:.2f}, {kept}")
    return table


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.model_away", description=__doc__)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--seconds", type=float, default=600.0, help="with the model and without")
    parser.add_argument("--folder", type=Path, default=None, help="where SQLite databases are put")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
