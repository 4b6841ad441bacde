"""`backstop trial report`: what the agent would have done, beside what people did."""

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.opening import CONFIG, STYLE, Config, opened
from bot.flows.reporting.trial import Agreement, compare
from storage.reports import act_outcomes, first_trials

app = typer.Typer(help="The time before the agent may act.", **STYLE)

NOTHING = (
    "There is nothing to compare yet: no decision was made in the mode observe or draft. "
    "Set modes in app.yaml and let some tickets come in."
)
EXPLAINED = (
    "Compared is each ticket's first decision with what people did afterwards. An answer agrees "
    "when one public reply settled the ticket; an escalation when it took more (a second reply, an "
    "internal note, a hand-over); an act when people approved it and it was done. Not comparable: "
    "tickets that are still open, or closed without a reply, and acts nobody was asked about, as "
    "in the mode observe. The interval is Wilson's, at 95 %: with few cases it is wide."
)


@app.callback()
def trial() -> None:
    """The time before the agent may act."""


@app.command()
def report(config: Config = CONFIG) -> None:
    """Compare rehearsed and drafted decisions with what people did, per category."""
    with opened(config) as database, database.reading() as uow:
        handled = first_trials(uow.session)
        acts = act_outcomes(uow.session, [case.decision for case in handled])
    if not handled:
        typer.echo(NOTHING)
        return
    agreements = compare(handled, acts)
    table = Table("Category", "Decision", title="Agreement with people", title_justify="left")
    for name in ("Agreed", "n", "Share", "95 % interval", "Not comparable"):
        table.add_column(name, justify="right")
    for each in agreements:
        table.add_row(*(Text(cell) for cell in _cells(each)))
    table.add_section()
    table.add_row(*(Text(cell) for cell in _cells(_total(agreements))), style="bold")
    console = Console()
    console.print(table)
    console.print(EXPLAINED, highlight=False)


def _total(agreements: list[Agreement]) -> Agreement:
    return Agreement(
        "All",
        "",
        agreed=sum(each.agreed for each in agreements),
        n=sum(each.n for each in agreements),
        unknown=sum(each.unknown for each in agreements),
    )


def _cells(each: Agreement) -> tuple[str, ...]:
    interval = each.interval
    share, between = "no case yet", ""
    if interval is not None:
        share = f"{each.agreed / each.n:.0%}"
        between = f"{interval[0]:.0%} to {interval[1]:.0%}"
    category = each.category or "none"
    counts = (f"{each.agreed:,}" if each.n else "", f"{each.n:,}", share, between)
    return category, each.decided, *counts, f"{each.unknown:,}"
