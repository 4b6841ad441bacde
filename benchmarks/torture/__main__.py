"""`python -m benchmarks.torture`: everything at once, and nothing may go wrong."""

import argparse
import logging
import random
import signal
import sys
import time

from rich.console import Console

from benchmarks.torture.fuzz.playing import POUR_S
from benchmarks.torture.load import Load
from benchmarks.torture.parts import CRASH, DAYS, PARTS, RUNS, SOAK, Parts
from benchmarks.torture.report import FILE, SOAKED, Report
from benchmarks.torture.sabotaged import SABOTAGES


def main() -> None:
    asked = _parser().parse_args()
    # Whoever ends the run ends its bots with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # It warns of each write to a connection that is gone, and here they are cut on purpose.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    # Indoors the bot runs in this process, and what it minds there is what it is put through.
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    console = Console()
    console.print(f"Seed {seed}: the same seed draws the same load, clicks and kills.")
    load = Load(asked.approvals, asked.clicks, asked.kills, ack_s=asked.ack, seed=seed)
    report, began = Report(seed), time.monotonic()
    crashes = SOAK if asked.soak else CRASH
    parts = Parts(load, report, console, crashes, asked.runs, asked.days, asked.pour)
    if asked.sabotage:
        parts.sabotage(list(SABOTAGES) if asked.sabotage == "all" else [asked.sabotage])
    else:
        for name in PARTS if asked.part == "all" and not asked.soak else [_alone(asked)]:
            parts.play(name, asked.database)
    report.show(console)
    if not asked.sabotage and asked.part == "all":
        report.write(time.monotonic() - began, SOAKED if asked.soak else FILE)
    sys.exit(0 if report.is_clean and report.is_awake else 1)


def _alone(asked: argparse.Namespace) -> str:
    return "crash" if asked.soak else str(asked.part)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--approvals", type=int, default=Load.approvals)
    parser.add_argument("--clicks", type=int, default=Load.clicks, help="on each approval")
    parser.add_argument("--kills", type=int, default=Load.kills, help="of each database's run")
    soak = "the crash alone, at its full length; writes benchmarks/soak.json"
    parser.add_argument("--soak", action="store_true", help=soak)
    parser.add_argument("--runs", type=int, default=RUNS, help="of the model beside the bot")
    parser.add_argument("--days", type=int, default=DAYS, help="each from a seed of its own")
    parser.add_argument("--pour", type=float, default=POUR_S, help="seconds of bent requests")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all", help="one part alone")
    parser.add_argument("--sabotage", choices=(*SABOTAGES, "all"), help="only without a defence")
    slack = "how many seconds Slack waits for an answer; more only on a machine that is busy"
    parser.add_argument("--ack", type=float, default=Load.ack_s, help=slack)
    parser.add_argument("--seed", type=int, help="drawn when not given")
    return parser


if __name__ == "__main__":
    main()
