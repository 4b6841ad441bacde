"""`backstop consent`: how people decide about approvals, and signs that they no longer look."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.opening import CONFIG, Config, many, opened
from bot.flows.reporting.consent import (
    LONG_RUN,
    PEOPLE_AT_LEAST,
    Measured,
    Median,
    Share,
    by_gate,
    in_words,
    lasting,
    measure,
)
from storage.consents import Asked, Said, asked, canaries, said
from storage.models import CanaryState

# The newest so many yeses and noes.
MOST = 10_000
EXPLAINED = (
    "Each share is of the acts that came to an end by a yes, a no or their time, with Wilson's "
    "interval at 95 %. Half were decided within the time given; an expired one counts as never. "
    "Overridden: somebody's yes was taken back, or followed by a no."
)
SIGNS = (
    "Sooner than the card can be read: the card stood there, or the same person's last decision "
    f"lay back, for less time than its words take. A long run is {LONG_RUN} yeses of one person "
    f"without a no. Both are signs and no proof. They are of the newest {MOST:,} decisions, of all "
    "people of a gate together; one's own stand on one's own Home."
)


def consent(
    days: Annotated[int, typer.Option(min=1, max=3650, help="How far back.")] = 90,
    config: Config = CONFIG,
) -> None:
    """How long decisions take, what expires, is changed and refused; signs of haste, by gate."""
    with opened(config) as database, database.reading() as uow:
        since = database.clock.now() - timedelta(days=days)
        cases = asked(uow.session, since)
        decisions = said(uow.session, since, MOST)
        shown = canaries(uow.session, since)
    if not cases and not decisions:
        typer.echo(f"Nobody was asked for an approval within {many(days, 'day')}.")
        return
    _show_measures(cases, days)
    _show_signs(decisions)
    if any(shown.values()):
        typer.echo(_canaries(shown, len({one.person for one in decisions})))


def _show_measures(cases: list[Asked], days: int) -> None:
    title = f"Approvals of {many(days, 'day')}"
    table = Table("Act", "Grade", title=title, title_justify="left")
    for name in ("n", "Half within", "Expired", "Changed", "Rejected", "Overridden"):
        table.add_column(name, justify="right")
    measured = measure(cases)
    for one in measured:
        table.add_row(*(Text(cell) for cell in _cells(one)))
    console = Console()
    console.print(table)
    console.print(EXPLAINED, highlight=False)
    ended = sum(one.n for one in measured)
    typer.echo(f"Of {len(cases):,} in all {len(cases) - ended:,} still wait or were withdrawn.")


def _cells(one: Measured) -> tuple[str, ...]:
    shares = (one.expired, one.changed, one.rejected, one.overridden)
    return one.kind, one.grade, f"{one.n:,}", _time(one.time), *(share.told for share in shares)


def _time(time: Median) -> str:
    if time.between is None:
        return f"{lasting(time.half)} (too few for an interval)"
    low, high = time.between
    return f"{lasting(time.half)} ({lasting(low)} to {lasting(high)})"


def _show_signs(decisions: list[Said]) -> None:
    shown, too_few = by_gate(decisions)
    typer.echo("")
    for gate, signs in shown.items():
        runs = many(signs.long_runs, "long run")
        typer.echo(f"{gate}: {signs.people} people, {in_words(signs)}; {runs}.")
    if too_few:
        typer.echo(f"Not shown, with fewer than {PEOPLE_AT_LEAST} people: {', '.join(too_few)}.")
    if shown:
        Console().print(SIGNS, highlight=False)


def _canaries(shown: Mapping[CanaryState, int], people: int) -> str:
    """Of few people a figure would be a name."""
    told = f"Canaries: {sum(shown.values())}"
    if people < PEOPLE_AT_LEAST:
        return f"{told}. Not told of fewer than {PEOPLE_AT_LEAST} people: how they were answered."
    yes, doubt = shown[CanaryState.GRANTED], shown[CanaryState.DOUBTED]
    late = shown[CanaryState.OVER]
    return (
        f"{told}. Approved of {yes + doubt} answered: {Share(yes, yes + doubt).told}; late: {late}."
    )
