"""`python -m benchmarks.redaction`: seeded personal data in tickets, and what is left of it where a
model and where a channel reads."""

import argparse
import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.personal_data import KINDS, core_of, items
from bot.agent.redaction import Redaction
from bot.personal import SECRET
from bot.words import clean

KEPT = Path(__file__).with_name("redaction.json")
A_TICKET = 10


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.redaction", description=__doc__)
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20_261_122)
    asked = parser.parse_args()
    figures = measured(asked.items, asked.seed)
    table = Table("Kind", title="Personal data in tickets", title_justify="left")
    for name in ("items", "left for the model", "left in posts"):
        table.add_column(name, justify="right")
    for kind in KINDS:
        cells = (figures[f"{kind}.{what}"] for what in ("items", "to_model", "posted"))
        table.add_row(kind, *(f"{cell:,}" if cell >= 0 else "shown" for cell in cells))
    Console().print(table)
    KEPT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def measured(count: int, seed: int) -> dict[str, int]:
    """Several items to a ticket, as their neighbours might hide them; addresses are shown in
    posts, where people need them."""
    seeded = list(items(count, seed))
    found: Counter[str] = Counter()
    begins = range(0, count, A_TICKET)
    for begin in track(list(begins), description="Reading tickets", transient=True):
        some = seeded[begin : begin + A_TICKET]
        words = "\n".join(item.text for item in some)
        hidden, posted = core_of(Redaction().hide(words)), core_of(clean(words))
        for item in some:
            found[f"{item.kind}.items"] += 1
            found[f"{item.kind}.to_model"] += item.secret in hidden
            found[f"{item.kind}.posted"] += item.secret in posted
    shown = {f"{kind}.posted": -1 for kind in KINDS if kind not in SECRET}
    return {f"{k}.{w}": found[f"{k}.{w}"] for k in KINDS for w in _WHAT} | shown


_WHAT = ("items", "to_model", "posted")

if __name__ == "__main__":
    raise SystemExit(main())
