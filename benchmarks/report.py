"""Figures into a file, a table, and the README that quotes them."""

import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from benchmarks import tables

HERE = Path(__file__).parent
LATEST = HERE / "latest.json"

Figures = Mapping[str, float]

# Key, what it is, and what it should be at least or at most.
AIMS: Mapping[str, tuple[str, float]] = {
    "slack.approve.sqlite.c16.per_s": ("at least", 250),
    "slack.approve.postgres.c16.per_s": ("at least", 120),
    "slack.approve.sqlite.rate50.p99_ms": ("at most", 50),
    "slack.approve.postgres.rate50.p99_ms": ("at most", 50),
    "refund.sqlite.p50_ms": ("at most", 50),
    "refund.postgres.p50_ms": ("at most", 50),
    "ready_s": ("at most", 2),
    "rss_mb": ("at most", 250),
    "demo_second_start_s": ("at most", 3),
}


def write(figures: Figures) -> None:
    """Replace `latest.json` and the table in the README."""
    rounded = {key: _rounded(figures[key]) for key in sorted(figures)}
    LATEST.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")
    tables.quote("figures", _markdown(rounded))


def show(figures: Figures, console: Console) -> None:
    for table in _tables(figures):
        table.show(console)


def missed(figures: Figures) -> list[str]:
    """The aims that these figures do not reach."""
    return [
        f"{key} is {_rounded(figures[key]):g}; the aim is {bound} {aim:g}"
        for key, (bound, aim) in AIMS.items()
        if key in figures and (figures[key] < aim if bound == "at least" else figures[key] > aim)
    ]


def machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def _tables(figures: Figures) -> list[tables.Figures]:
    return [_clicks(figures), _rest(figures)]


def _clicks(figures: Figures) -> tables.Figures:
    head = ["Clicks", "connections", "per s", "p50 ms", "p99 ms", "of bare"]
    lines = []
    for name, words in (
        ("bare", "Bolt alone, acknowledged"),
        ("approve.sqlite", "Approve, SQLite"),
        ("approve.postgres", "Approve, PostgreSQL"),
    ):
        for load in ("c1", "c16", "c64", "rate50"):
            key = f"slack.{name}.{load}"
            if f"{key}.p50_ms" in figures:
                sent = load[1:] if load != "rate50" else "16, 50 a second"
                lines.append([words, sent, *_cells(figures, key)])
    return tables.Figures("Clicks to their 200", head, lines)


def _cells(figures: Figures, key: str) -> list[str]:
    names = ("per_s", "p50_ms", "p99_ms")
    shown = [_shown(figures.get(f"{key}.{name}")) for name in names]
    ratio = figures.get(f"{key}.ratio_to_bare")
    return [*shown, "" if ratio is None else f"{ratio:.2f}"]


def _rest(figures: Figures) -> tables.Figures:
    lines = []
    for kind, words in (("sqlite", "SQLite"), ("postgres", "PostgreSQL")):
        for load, when in (("", "5 clicks a second"), (".rate50", "50 clicks a second")):
            for share in ("p50", "p99"):
                key = f"refund.{kind}{load}.{share}_ms"
                lines.append([f"Click to refund, {words}, {when}, {share}", key, "ms"])
        lines.append([f"Deliveries, {words}", f"deliveries.{kind}.per_s", "per s"])
    lines += [["Start to ready", "ready_s", "s"], ["Memory after the load", "rss_mb", "MB"]]
    lines.append(["Second start of the demo, to its page", "demo_second_start_s", "s"])
    lines.append(["Of the processors' time, given to other machines", "stolen_percent", "%"])
    known = [[words, _shown(figures[key]), unit] for words, key, unit in lines if key in figures]
    return tables.Figures("The rest", ["What", "measured", "unit"], known)


def _markdown(figures: Figures) -> str:
    parts = [f"Measured on {machine()}."]
    parts += [table.markdown for table in _tables(figures)]
    if low := missed(figures):
        parts.append(tables.below(low))
    return "\n\n".join(parts)


def _rounded(value: float) -> float:
    return round(value, 2) if value < 100 else round(value, 1)


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
