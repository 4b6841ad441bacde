"""What a run of `benchmarks.retrieval` says: tables and a curve, and flat JSON for machines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console

from benchmarks import tables
from benchmarks.report import HERE
from benchmarks.retrieval.plot import svg
from benchmarks.retrieval.quality import Quality
from benchmarks.retrieval.speed import Speed

FILE, PLOT = HERE / "retrieval.json", HERE / "retrieval.svg"
LEAST = {0: 0.18, 1_900: 0.45}
MOST_MS = {
    ("sqlite", 10_000): 20.0,
    ("sqlite", 100_000): 150.0,
    ("postgres", 10_000): 50.0,
    ("postgres", 100_000): 300.0,
}
_NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL", "bm25": "plain BM25"}


@dataclass
class Report:
    bare: Quality
    points: Sequence[Quality]
    speeds: Sequence[Speed] = ()
    meant: Sequence[Quality] = ()
    taken: Mapping[str, float] = field(default_factory=dict)
    figures: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = dict(sorted(self._figures()))

    def show(self, console: Console) -> None:
        for table in self._tables():
            table.show(console)
        for point in self.points:
            console.print(f"{point.known:>6,} {'█' * round(100 * point.ndcg)} {point.ndcg:.2f}")

    def write(self) -> None:
        """Replace `retrieval.json`, the plot, and the tables in the README."""
        FILE.write_text(json.dumps(self.figures, indent=2) + "\n", "utf-8")
        PLOT.write_text(svg(self.points, self.bare, self.meant), "utf-8")
        tables.quote("retrieval", self._markdown())

    def missed(self) -> list[str]:
        """The aims that these figures do not reach."""
        low = [
            f"nDCG@10 with {point.known:,} past tickets is {point.ndcg:.2f}; the aim is at least"
            f" {LEAST[point.known]:g}"
            for point in self.points
            if point.ndcg < LEAST.get(point.known, 0.0)
        ]
        return low + [
            f"{_NAMES[one.kind]}, {one.articles:,} articles, titles: p99 {one.p99_ms:.0f} ms; the"
            f" aim is at most {MOST_MS[one.kind, one.articles]:g}"
            for one in self._asked()
            if one.asked == "titles"
            and one.p99_ms > MOST_MS.get((one.kind, one.articles), float("inf"))
        ]

    def _asked(self) -> list[Speed]:
        return [one for one in self.speeds if one.kept is None]

    def _figures(self) -> Iterator[tuple[str, float]]:
        named = [("bm25", self.bare), *((f"known.{each.known}", each) for each in self.points)]
        named += [(f"embeddings.known.{each.known}", each) for each in self.meant]
        for name, point in named:
            for key in ("asked", "mean_known", "ndcg", "recall", "p50_ms", "p99_ms"):
                yield f"{name}.{key}", round(getattr(point, key), 3)
        yield from self.taken.items()
        for one in self.speeds:
            name = f"speed.{one.kind}.{one.articles}.{one.asked}"
            name += "" if one.kept is None else f".share.{one.share:g}"
            yield f"{name}.p50_ms", round(one.p50_ms, 2)
            yield f"{name}.p99_ms", round(one.p99_ms, 2)
            if one.kept is not None:
                yield f"{name}.kept", round(one.kept, 3)

    def _tables(self) -> Iterator[tables.Figures]:
        yield self._curve()
        if self.speeds:
            yield self._latencies()
            yield self._trade()

    def _curve(self) -> tables.Figures:
        head = ["Known", "on average", "questions", "nDCG@10", "recall@5", "p50 ms", "p99 ms"]
        named = [("plain BM25", self.bare)]
        named += [(f"{each.known:,} past tickets", each) for each in self.points]
        named += [(f"{each.known:,}, with embeddings", each) for each in self.meant]
        lines = [
            [
                name,
                f"{point.mean_known:,.0f}",
                f"{point.asked:,}",
                f"{point.ndcg:.3f}",
                f"{point.recall:.3f}",
                f"{point.p50_ms:.1f}",
                f"{point.p99_ms:.1f}",
            ]
            for name, point in named
        ]
        return tables.Figures(
            "Articles found for later questions, by what was linked before", head, lines
        )

    def _latencies(self) -> tables.Figures:
        head = ["Database", "articles", "asked with", "p50 ms", "p99 ms", "aim for p99"]
        lines = [
            [
                _NAMES[one.kind],
                f"{one.articles:,}",
                one.asked,
                f"{one.p50_ms:.1f}",
                f"{one.p99_ms:.1f}",
                _aim(one),
            ]
            for one in self._asked()
        ]
        return tables.Figures("How long a search takes", head, lines)

    def _trade(self) -> tables.Figures:
        head = ["Articles", "ranked at most", "p50 ms", "p99 ms", "of the ten best, the same"]
        lines = [
            [
                f"{one.articles:,}",
                f"{100 * one.share:.0f} %",
                f"{one.p50_ms:.1f}",
                f"{one.p99_ms:.1f}",
                f"{100 * one.kept:.0f} %",
            ]
            for one in self.speeds
            if one.kept is not None
        ]
        title = "Titles on SQLite, where only those with their rarest words are ranked"
        return tables.Figures(title, head, lines)

    def _markdown(self) -> str:
        parts = [table.titled for table in self._tables()]
        parts.insert(1, f"![nDCG@10 by past tickets]({PLOT.name})")
        for percent in self.taken.values():
            parts.append(f"Of the processors' time {percent:.0f} % went to other machines.")
        if low := self.missed():
            parts.append(tables.below(low))
        return "\n\n".join(parts)


def _aim(one: Speed) -> str:
    most = MOST_MS.get((one.kind, one.articles)) if one.asked == "titles" else None
    return "" if most is None else f"{most:g}"
