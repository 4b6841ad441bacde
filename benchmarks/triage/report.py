"""What a run of `benchmarks.triage` says: tables for people, flat JSON for machines."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from benchmarks.report import HERE, README
from benchmarks.triage.closing import Closed
from benchmarks.triage.curve import KNOWN, SHIPPED, Point
from benchmarks.triage.moods import Noticed

FILE = HERE / "triage.json"
BEGIN, END = "<!-- triage -->", "<!-- end of triage -->"
MOST_CLOSED, LEAST_LINKED = 2.0, 50.0

Lines = tuple[str, list[str], list[list[str]]]


@dataclass
class Report:
    closed: Sequence[Closed] = ()
    points: Sequence[Point] = ()
    moods: Sequence[Noticed] = ()
    figures: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = dict(sorted(self._figures()))

    def show(self, console: Console) -> None:
        for title, head, lines in self._tables():
            table = Table(title=title, title_justify="left")
            for number, name in enumerate(head):
                is_word = number < 2 or name in ("articles", "part")
                table.add_column(name, justify="left" if is_word else "right")
            for line in lines:
                table.add_row(*line)
            console.print(table)

    def write(self) -> None:
        """Replace `triage.json` and the tables in the README."""
        FILE.write_text(json.dumps(self.figures, indent=2) + "\n", "utf-8")
        before, _, rest = README.read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        README.write_text(f"{before}{BEGIN}\n{self._markdown()}\n{END}{after}", "utf-8")

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

    def _tables(self) -> Iterator[Lines]:
        if self.closed:
            yield self._closings()
        if self.points:
            yield self._shipped()
            yield self._curve("without links", min(KNOWN))
            yield self._curve("with all earlier links", max(KNOWN))
        if self.moods:
            yield self._noticed()

    def _closings(self) -> Lines:
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
        return "Closed by the agent alone, asked for more, and passed on to a person", head, lines

    def _shipped(self) -> Lines:
        title = (
            f"Answers to real questions at the shipped confidence of {SHIPPED:g}, by past tickets"
        )
        lines = [
            [f"{point.known:,}", point.part, f"{point.mean_known:,.0f}", *_answered(point)]
            for point in sorted(self.points, key=lambda point: point.part, reverse=True)
            if point.threshold == SHIPPED
        ]
        return title, ["At most", "part", "on average", *_ANSWERED], lines

    def _curve(self, which: str, known: int) -> Lines:
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
        return title, ["Confidence", "part", *_ANSWERED], lines

    def _noticed(self) -> Lines:
        head = ["Set", "noticed as", "of those distressed", "of the others"]
        lines = [
            [one.name, one.way, _of(one.found, one.there), _of(one.wrongly, one.absent)]
            for one in self.moods
        ]
        return "Distress that is noticed", head, lines

    def _markdown(self) -> str:
        parts = []
        for title, head, lines in self._tables():
            rule = ["---"] * 2 + ["---:"] * (len(head) - 2)
            table = "\n".join(f"| {' | '.join(line)} |" for line in [head, rule, *lines])
            parts.append(f"**{title}**\n\n{table}")
        if below := self.missed():
            parts.append("\n".join(["Aims that this run missed:", "", *(f"- {a}" for a in below)]))
        return "\n\n".join(parts)


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
