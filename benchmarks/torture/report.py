"""What a run says in the end: a table for people, flat JSON for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.torture.run import Result
from benchmarks.torture.sabotaged import SABOTAGES

FILE = Path(__file__).parents[1] / "torture.json"
SOAKED = FILE.with_name("soak.json")
# What of a load is told; the rest follows from the seed.
_LOAD = ("approvals", "clicks", "escalations", "drops", "quota_scale", "processes", "ack_s", "seed")


@dataclass
class Report:
    """Results by part: `sqlite`, `postgres`, `socket`, `quotas` and those indoors; who caught which
    sabotage; and what the model said of a bot without a defence (`tempted`)."""

    seed: int
    results: dict[str, Result] = field(default_factory=dict)
    sabotages: dict[str, Mapping[str, int]] = field(default_factory=dict)
    tempted: dict[str, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not any(result.wrong for result in self.results.values())

    @property
    def is_awake(self) -> bool:
        """Every sabotage was caught by the counter that is there for it."""
        noticed = (SABOTAGES[name].noticed_by in caught for name, caught in self.sabotages.items())
        return all(noticed) and all(self.tempted.values())

    def write(self, seconds: float, file: Path = FILE) -> None:
        flat: dict[str, float | str] = {"seed": self.seed, "seconds": round(seconds, 1)}
        for part, result in self.results.items():
            load = {name: getattr(result.load, name) for name in _LOAD}
            for group in (load, result.figures, result.verdict.counts):
                flat |= {f"{part}.{name}": value for name, value in group.items()}
        for name, caught in self.sabotages.items():
            flat[f"sabotage.{name}.caught"] = caught.get(SABOTAGES[name].noticed_by, 0)
            flat[f"sabotage.{name}.caught_by"] = SABOTAGES[name].noticed_by
        flat |= {
            f"sabotage.{name}.seen_by_model": bool(told) for name, told in self.tempted.items()
        }
        file.write_text(json.dumps(flat, indent=2) + "\n", "utf-8")

    def show(self, console: Console) -> None:
        if self.results:
            console.print(self._loads())
            console.print(self._counters())
        if self.sabotages:
            console.print(self._catches())
        for name, told in self.tempted.items():
            seen = "the model noticed" if told else "[bold red]the model noticed nothing[/]"
            console.print(f"Indoors without {name}: {seen}")
        for part, result in self.results.items():
            for name in result.wrong:
                for example in result.verdict.examples[name]:
                    console.print(f"{part}: {name}: {example}", style="red", markup=False)

    def _loads(self) -> Table:
        table = Table("Load", *self.results, title=f"Seed {self.seed}")
        names = list(dict.fromkeys(n for r in self.results.values() for n in r.figures))
        for name in _LOAD[:-1]:
            told = (f"{getattr(result.load, name):g}" for result in self.results.values())
            table.add_row(name, *told)
        for name in names:
            cells = (result.figures.get(name) for result in self.results.values())
            table.add_row(name, *("" if cell is None else f"{cell:g}" for cell in cells))
        return table

    def _counters(self) -> Table:
        table = Table("Must be 0", *self.results)
        names = list(dict.fromkeys(n for r in self.results.values() for n in r.verdict.counts))
        for name in names:
            cells = [result.verdict.counts.get(name) for result in self.results.values()]
            style = "bold red" if any(cells) else None
            table.add_row(name, *("" if c is None else str(c) for c in cells), style=style)
        return table

    def _catches(self) -> Table:
        table = Table("Defence taken away", "Caught by", "Times", "Also")
        for name, caught in self.sabotages.items():
            by = SABOTAGES[name].noticed_by
            others = (f"{other} {many}" for other, many in sorted(caught.items()) if other != by)
            times = str(caught[by]) if by in caught else "[bold red]not at all[/]"
            table.add_row(name, by, times, ", ".join(others))
        return table
