"""`python -m benchmarks.redaction`: seeded personal data in tickets, and what is left of it where a
model and where a channel reads."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.handwriting import HALVES, written
from benchmarks.personal_data import KINDS, Item, core_of, items
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
    _show("Personal data in tickets", figures)
    for half in HALVES:
        found = handwritten(list(written(asked.items, half, asked.seed)))
        _show(f"As people write it: forms {half} for", found)
        figures |= {f"{half}.{name}": figure for name, figure in found.items()}
    KEPT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def _show(title: str, figures: Mapping[str, int]) -> None:
    table = Table("Kind", title=title, title_justify="left")
    for name in ("items", "left for the model", "left in posts"):
        table.add_column(name, justify="right")
    for kind in KINDS:
        cells = (figures[f"{kind}.{what}"] for what in _WHAT)
        table.add_row(kind, *(f"{cell:,}" if cell >= 0 else "shown" for cell in cells))
    Console().print(table)


def handwritten(seeded: Iterable[Item]) -> dict[str, int]:
    """Each by itself, and left where half of it is."""
    found: Counter[str] = Counter()
    for item in seeded:
        redaction = Redaction()
        hidden = redaction.hide(item.text)
        found[f"{item.kind}.items"] += 1
        found[f"{item.kind}.to_model"] += half_left(item, hidden)
        posted = clean(item.text) + redaction.restore(hidden)
        found[f"{item.kind}.posted"] += half_left(item, posted)
    shown = {f"{kind}.posted": -1 for kind in KINDS if kind not in SECRET}
    return {f"{k}.{w}": found[f"{k}.{w}"] for k in KINDS for w in _WHAT} | shown


def half_left(item: Item, told: str) -> bool:
    secret, core = item.secret, core_of(told)
    size = max(min(4, len(secret)), -(-len(secret) // 2))
    return any(secret[at : at + size] in core for at in range(len(secret) - size + 1))


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
