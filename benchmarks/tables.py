"""One table of figures, for a terminal and for the README, and the place there that quotes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True)
class Figures:
    """Columns that are `words` stand to the left, figures to the right."""

    title: str
    head: Sequence[str]
    lines: Sequence[Sequence[str]]
    words: frozenset[int] = frozenset({0})

    def show(self, console: Console) -> None:
        table = Table(title=self.title, title_justify="left")
        for number, name in enumerate(self.head):
            table.add_column(name, justify="left" if number in self.words else "right")
        for line in self.lines:
            table.add_row(*line)
        console.print(table)

    @property
    def markdown(self) -> str:
        rule = ["---" if at in self.words else "---:" for at in range(len(self.head))]
        return "\n".join(f"| {' | '.join(line)} |" for line in [self.head, rule, *self.lines])

    @property
    def titled(self) -> str:
        return f"**{self.title}**\n\n{self.markdown}"


def below(missed: Sequence[str]) -> str:
    return "\n".join(["Aims that this run missed:", "", *(f"- {one}" for one in missed)])


def quote(mark: str, text: str) -> None:
    """Put the text between `<!-- mark -->` and `<!-- end of mark -->` of the README."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    before, _, rest = README.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
