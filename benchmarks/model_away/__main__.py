"""`python -m benchmarks.model_away`: approvals are clicked while the model is there, and while it
is not: limits, overload, silence, streams that are cut, each for a quarter of the time.

The clicks' p99 may grow by a fifth, and every ticket ends with a decision or a person.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
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
WITHIN, SETTLES_S = 1.2, 120.0


@dataclass(frozen=True)
class Phase:
    name: str
    seconds: float
    fault: Mapping[str, Any]


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
    phases = [
        Phase("there", asked.seconds, {}),
        *(Phase(name, asked.seconds / len(FAULTS), fault) for name, fault in FAULTS.items()),
    ]
    folder = Path(tempfile.mkdtemp(prefix="backstop-away-", dir=asked.folder))
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for kind in KINDS if asked.database == "both" else (asked.database,):
            task = progress.add_task(kind, total=len(phases))
            with databases(kind, folder) as fresh:
                url = fresh("away")
                for name, value in measured(folder, kind, url, phases, progress, task).items():
                    figures[f"{kind}.{name}"] = value
    shutil.rmtree(folder, ignore_errors=True)
    console.print(_table(figures))
    KEPT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def measured(
    folder: Path, kind: str, url: str, phases: list[Phase], progress: Progress, task: Any
) -> dict[str, float]:
    model_port = free_port()
    setting = ModelSetting(folder, kind, model_port)
    needed = sum(int(phase.seconds * RATE) + 1 for phase in phases) + 50
    clicks = Clicks(seed(setting.config, setting.environ(url), needed))
    found: dict[str, float] = {}
    model = running(
        "benchmarks.model_away.model", [str(model_port)], model_port, folder / "model.log"
    )
    with setting.outside(needed), model, setting.bot(url):
        load.run(load.Plan(setting.port, clicks.take(40), CONNECTIONS, 10.0, RATE))
        with Tickets(setting.port, TICKETS_A_SECOND) as tickets:
            away: list[float] = []
            for phase in phases:
                progress.update(task, description=f"{kind}: {phase.name}", advance=1)
                tell(model_port, phase.fault)
                count = int(phase.seconds * RATE)
                plan = load.Plan(
                    setting.port, clicks.take(count), CONNECTIONS, phase.seconds + 1, RATE
                )
                result = load.run(plan)
                found |= _figures(phase.name, result.latencies_s, result.bad)
                away += [] if phase.name == "there" else result.latencies_s
        found |= _figures("away", away, 0)
        until = time.monotonic() + SETTLES_S
        while time.monotonic() < until and (undecided(url) or known(url) < tickets.sent):
            time.sleep(0.5)
        found |= {"tickets": tickets.sent, "undecided": undecided(url)}
        found |= {f"by.{who} {note}".strip(): number for who, note, number in by_agent(url)}
        found |= {"clicked": clicks.taken, "approved": approved(url)}
    return found


def tell(port: int, fault: Mapping[str, Any]) -> None:
    httpx.post(f"http://{HOST}:{port}/faults", json=dict(fault), timeout=10).raise_for_status()


def _figures(name: str, latencies: list[float], bad: int) -> dict[str, float]:
    ordered = sorted(latencies)
    return {
        f"{name}.clicks": len(ordered),
        f"{name}.bad": bad,
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
