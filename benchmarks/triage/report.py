"""What a run of `benchmarks.triage` says: tables for people, flat JSON for machines."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console

from benchmarks import tables
from benchmarks.report import HERE
from benchmarks.triage.closing import Closed
from benchmarks.triage.curve import KNOWN, SHIPPED, Point
from benchmarks.triage.moods import Noticed

FILE = HERE / "triage.json"
MOST_CLOSED, LEAST_LINKED = 2.0, 50.0


@dataclass
class Report:
    closed: Sequence[Closed] = ()
    points: Sequence[Point] = ()
    moods: Sequence[Noticed] = ()
    figures: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = dict(sorted(self._figures()))

    def show(self, console: Console) -> None:
        for table in self._tables():
            table.show(console)

    def write(self) -> None:
        """Replace `triage.json` and the tables in the README."""
        FILE.write_text(json.dumps(self.figures, indent=2) + "\n", "utf-8")
        tables.quote("triage", self._markdown())

    def missed(self) -> list[str]:
        """What a support lead could not live with: requests closed, answers that mislead."""
        wrong = [
            f"{one.requests.name}, {one.requests.wanted}, {one.articles}: {one.share:.1f} % closed,"
            f" of {one.tickets}; the aim is at most {MOST_CLOSED:g}"
            for one in self.closed
            if one.requests.wanted != "an answer" and one.share > MOST_CLOSED
        ]
        return wrong + [
            f"{point.part}, {point.known:,} past tickets: {point.linked} of {point.answered}"
            f" answers cite what people linked; the aim is at least {LEAST_LINKED:g} %"
            for point in self.points
            if point.threshold == SHIPPED and point.precision < LEAST_LINKED
        ]

    def _figures(self) -> Iterator[tuple[str, float]]:
        for one in self.closed:
            wanted = one.requests.wanted.split()[-1]
            key = f"closed.{one.requests.name.replace(', ', '_')}.{wanted}.{one.articles}"
            yield f"{key}.tickets", one.tickets
            yield f"{key}.closed", one.closed
            yield f"{key}.asked", one.asked
        for point in self.points:
            key = f"linked.{point.known}.{point.part}.{point.threshold:g}"
            yield f"{key}.asked", point.asked
            yield f"{key}.answered", point.answered
            yield f"{key}.linked", point.linked
        for noticed in self.moods:
            key = f"mood.{noticed.name}.{noticed.way.replace(' ', '_')}"
            yield f"{key}.recall", round(noticed.found / noticed.there, 3)
            yield f"{key}.false_alarms", round(noticed.wrongly / noticed.absent, 3)

    def _tables(self) -> Iterator[tables.Figures]:
        if self.closed:
            yield self._closings()
        if self.points:
            yield self._shipped()
            yield self._curve("without links", min(KNOWN))
            yield self._curve("with all earlier links", max(KNOWN))
        if self.moods:
            yield self._noticed()

    def _closings(self) -> tables.Figures:
        head = ["Wanted", "set", "articles", "part", "tickets", "closed", "asked", "passed on"]
        order = ["a person", "an act", "an answer"]
        lines = [
            [
                one.requests.wanted,
                one.requests.name,
                one.articles,
                one.requests.part,
                f"{one.tickets:,}",
                _of(one.closed, one.tickets),
                _of(one.asked, one.tickets),
                _of(one.passed_on, one.tickets),
            ]
            for one in sorted(self.closed, key=lambda one: order.index(one.requests.wanted))
        ]
        title = "Closed by the agent alone, asked for more, and passed on to a person"
        return tables.Figures(title, head, lines, words=frozenset(range(4)))

    def _shipped(self) -> tables.Figures:
        title = (
            f"Answers to real questions at the shipped confidence of {SHIPPED:g}, by past tickets"
        )
        lines = [
            [f"{point.known:,}", point.part, f"{point.mean_known:,.0f}", *_answered(point)]
            for point in sorted(self.points, key=lambda point: point.part, reverse=True)
            if point.threshold == SHIPPED
        ]
        return tables.Figures(title, ["At most", "part", "on average", *_ANSWERED], lines, _TWO)

    def _curve(self, which: str, known: int) -> tables.Figures:
        lines = [
            [
                f"{point.threshold:g}" + (" (shipped)" if point.threshold == SHIPPED else ""),
                point.part,
                *_answered(point),
            ]
            for point in self.points
            if point.known == known
        ]
        title = f"Answers to real questions, {which}, by the least confidence"
        return tables.Figures(title, ["Confidence", "part", *_ANSWERED], lines, _TWO)

    def _noticed(self) -> tables.Figures:
        head = ["Set", "noticed as", "of those distressed", "of the others"]
        lines = [
            [one.name, one.way, _of(one.found, one.there), _of(one.wrongly, one.absent)]
            for one in self.moods
        ]
        return tables.Figures("Distress that is noticed", head, lines, _TWO)

    def _markdown(self) -> str:
        parts = [table.titled for table in self._tables()]
        if low := self.missed():
            parts.append(tables.below(low))
        return "\n\n".join(parts)


_TWO = frozenset({0, 1})
_ANSWERED = ["questions", "answered", "cites what people linked", "95 % interval"]


def _answered(point: Point) -> list[str]:
    low, high = point.between
    return [
        f"{point.asked:,}",
        _of(point.answered, point.asked),
        f"{point.linked} of {point.answered}, {point.precision:.0f} %",
        f"{low:.0f} to {high:.0f} %",
    ]


def _of(count: int, total: int) -> str:
    """Never the percentage alone."""
    return f"{count:,} ({100 * count / total:.1f} %)"
