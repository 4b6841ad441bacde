"""What is measured, and in which order; every figure goes into one flat dictionary."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import load
from benchmarks.clicks import Clicks
from benchmarks.databases import Fresh
from benchmarks.processes import running
from benchmarks.seeding import Seeded, approved, charge, seed
from benchmarks.setting import Setting
from sandbox.ports import free_port

CONNECTIONS = (1, 16, 64)
RATE, RATE_CONNECTIONS = 50.0, 16
# A refund now and then, as in a company: none waits for the one before.
REFUND_RATE = 5.0
STARTS = 5
WARM_UP = 50
DRAINED_WITHIN_S = 600.0


@dataclass(frozen=True)
class Effort:
    """How long each load is sent, and at most how many clicks; each click needs its own card."""

    seconds: float = 5.0
    most: int = 4_000
    steady_s: float = 20.0
    refunds: int = 100

    @property
    def clicked(self) -> int:
        return WARM_UP + len(CONNECTIONS) * self.most

    @property
    def steady(self) -> int:
        return WARM_UP + self.refunds + int(self.steady_s * RATE)


@dataclass
class Bench:
    """`told` hears what is being measured, before it is."""

    folder: Path
    effort: Effort
    loads: Executor
    told: Callable[[str], None]
    figures: dict[str, float] = field(default_factory=dict)

    def send(
        self, port: int, requests: Sequence[bytes], connections: int, rate: float | None = None
    ) -> load.Result:
        seconds = self.effort.seconds if rate is None else len(requests) / rate
        plan = load.Plan(port, requests, connections, seconds, rate)
        result = self.loads.submit(load.run, plan).result()
        if result.bad:
            raise RuntimeError(f"{result.bad} of {len(result.latencies_s)} clicks were not taken")
        return result

    def note(self, name: str, result: load.Result) -> None:
        self.figures[f"{name}.per_s"] = result.per_second
        self.spread(name, result.latencies_s)

    def spread(self, name: str, seconds: Sequence[float]) -> None:
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        self.figures[f"{name}.p50_ms"] = cuts[49] * 1_000
        self.figures[f"{name}.p99_ms"] = cuts[98] * 1_000


def measure_bare(bench: Bench, seeded: Seeded) -> None:
    """The same clicks, acknowledged by an app that does nothing else."""
    port, clicks = free_port(), Clicks(seeded)
    with running("benchmarks.bare", [str(port)], port, bench.folder / "bare.log"):
        bench.send(port, clicks.take(WARM_UP), 1)
        for connections in CONNECTIONS:
            bench.told(f"bare Bolt, {connections} connections")
            requests = clicks.take(bench.effort.most)
            bench.note(f"slack.bare.c{connections}", bench.send(port, requests, connections))
        bench.told(f"bare Bolt, {RATE:.0f} clicks a second")
        requests = Clicks(seeded).take(int(bench.effort.steady_s * RATE))
        result = bench.send(port, requests, RATE_CONNECTIONS, RATE)
        bench.spread("slack.bare.rate50", result.latencies_s)


def measure_clicks(bench: Bench, setting: Setting, fresh: Fresh) -> Seeded:
    """Approve, to its commit. The workers are paused, so that nothing else counts."""
    url, kind = fresh("clicks"), setting.kind
    bench.told(f"{kind}: {bench.effort.clicked} pending approvals")
    seeded = seed(setting.config, setting.environ(url), bench.effort.clicked)
    if "slack.bare.c1.per_s" not in bench.figures:
        measure_bare(bench, seeded)
    clicks = Clicks(seeded)
    with setting.outside(0), setting.quiet_bot(url):
        sent = len(bench.send(setting.port, clicks.take(WARM_UP), 1).latencies_s)
        for connections in CONNECTIONS:
            bench.told(f"Approve on {kind}, {connections} connections")
            result = bench.send(setting.port, clicks.take(bench.effort.most), connections)
            sent += len(result.latencies_s)
            name = f"slack.approve.{kind}.c{connections}"
            bench.note(name, result)
            ratio = result.per_second / bench.figures[f"slack.bare.c{connections}.per_s"]
            bench.figures[f"{name}.ratio_to_bare"] = ratio
    if approved(url) != sent:
        raise RuntimeError(f"{sent} clicks were answered and {approved(url)} approvals granted")
    return seeded


def measure_steady(bench: Bench, setting: Setting, fresh: Fresh) -> None:
    """With the workers running: refunds now and then, then fifty clicks a second."""
    url, kind, effort = fresh("steady"), setting.kind, bench.effort
    clicks = Clicks(seed(setting.config, setting.environ(url), effort.steady))
    with setting.outside(effort.steady):
        with setting.bot(url) as bot:
            bench.send(bot.port, clicks.take(WARM_UP), 1, REFUND_RATE)
            bench.told(f"click to refund on {kind}")
            first = clicks.taken
            result = bench.send(bot.port, clicks.take(effort.refunds), 1, REFUND_RATE)
            bench.spread(f"refund.{kind}", _refunds(setting, first, result))
            bench.told(f"Approve on {kind}, {RATE:.0f} clicks a second")
            first = clicks.taken
            requests = clicks.take(int(effort.steady_s * RATE))
            result = bench.send(bot.port, requests, RATE_CONNECTIONS, RATE)
            bench.spread(f"slack.approve.{kind}.rate50", result.latencies_s)
            bench.spread(f"refund.{kind}.rate50", _refunds(setting, first, result))
            bench.figures["rss_mb"] = max(bench.figures.get("rss_mb", 0.0), bot.rss_mb)
        bench.told(f"start on {kind}")
        _starts(bench, setting, url)


def _refunds(setting: Setting, first: int, result: load.Result) -> list[float]:
    """Seconds from when each click was due to the line in the provider's ledger."""
    charges = [charge(first + n)["charge_id"] for n in range(len(result.sent_at))]
    until = time.monotonic() + DRAINED_WITHIN_S
    while not set(charges) <= (found := setting.refunded_at()).keys():
        if time.monotonic() > until:
            raise RuntimeError("not every approved refund was made")
        time.sleep(0.2)
    return [found[one] - sent for one, sent in zip(charges, result.sent_at, strict=True)]


def _starts(bench: Bench, setting: Setting, url: str) -> None:
    """The slower of the two databases counts; the first start warms the file cache."""
    taken = []
    for _ in range(STARTS + 1):
        with setting.bot(url) as bot:
            taken.append(bot.ready_s)
    ready = statistics.median(taken[1:])
    bench.figures["ready_s"] = max(bench.figures.get("ready_s", 0.0), ready)


def measure_deliveries(bench: Bench, setting: Setting, fresh: Fresh) -> None:
    bench.told(f"deliveries on {setting.kind}")
    printed = subprocess.run(
        [sys.executable, "-m", "benchmarks.deliveries", str(setting.config)],
        env={**os.environ, **setting.environ(fresh("deliveries"))},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    bench.figures[f"deliveries.{setting.kind}.per_s"] = float(printed)


def measure_demo(bench: Bench) -> None:
    """From the start of the demo to its page, when everything is installed and it ran before; the
    bot comes up behind the page, which says how far it is."""
    bench.told("second start of the demo")
    folder, log = bench.folder / "demo", bench.folder / "demo.log"
    for _ in range(2):
        port = free_port()
        ports = ["--port", str(port), "--bot-port", str(free_port())]
        words = ["demo", *ports, "--folder", str(folder)]
        with running("sandbox", words, port, log, path="/") as demo:
            bench.figures["demo_second_start_s"] = demo.ready_s
