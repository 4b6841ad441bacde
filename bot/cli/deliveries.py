"""`backstop deliveries`: what is on its way, and another life for what gave up."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.opening import CONFIG, STYLE, Config, Opened, opened, stop, who
from bot.cli.tables import show
from storage.models import Delivery, DeliveryState
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="What is on its way.", **STYLE)

ALL = 1_000_000


@app.command("list")
def list_(
    state: Annotated[DeliveryState | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(help="The newest so many.", min=1)] = 50,
    config: Config = CONFIG,
) -> None:
    """Show deliveries, newest first; those that gave up are dead and wait for a replay."""
    with opened(config) as database, database.reading() as uow:
        found = uow.deliveries.listed(state, limit)
        behind, dead = uow.deliveries.backlog(database.clock.now()), uow.deliveries.dead()
    table = Table("Id", "State", "Step", "About", "Tries", "Due (UTC)", "Why not yet")
    for delivery in found:
        table.add_row(*(Text(cell) for cell in _cells(delivery)))
    if found:
        show(table)
    waiting = ", ".join(
        f"{lane.count} {name} since {lane.since:%Y-%m-%d %H:%M:%S} UTC"
        for name, lane in behind.items()
    )
    typer.echo(f"Due or under way: {waiting or 'none'}. Dead: {dead}.")


@app.command()
def replay(
    delivery: Annotated[int | None, typer.Argument(help="The id of a dead delivery.")] = None,
    all_dead: Annotated[bool, typer.Option("--all-dead", help="Every dead one.")] = False,
    config: Config = CONFIG,
) -> None:
    """Let dead deliveries run again, under the keys they had, so that nothing happens twice."""
    if (delivery is None) is not all_dead:
        stop("Name one delivery, or say --all-dead.", 2)
    with opened(config) as database:
        wanted = _dead(database) if delivery is None else [delivery]
        replayed = sum(_replay(database, each) for each in wanted)
    if delivery is not None and not replayed:
        stop(f"Delivery {delivery} is not dead, or there is none.")
    typer.echo(f"{replayed} on the way again. A running bot takes them up at once.")


def _dead(database: Opened) -> list[int]:
    with database.reading() as uow:
        # Oldest first: what waited longest goes first, and of one key the first stands for all.
        return sorted(row.id for row in uow.deliveries.listed(DeliveryState.DEAD, ALL))


def _replay(database: Opened, delivery: int) -> bool:
    def job(uow: UnitOfWork) -> bool:
        now = database.clock.now()
        if not uow.deliveries.replay(delivery, now):
            return False
        uow.record(now, "delivery replayed", who(), f"delivery:{delivery}", {})
        return True

    return database.writer.run(job)


def _cells(delivery: Delivery) -> tuple[str, ...]:
    # Of a payload only the ids: the rest is words to somebody.
    ids = (f"{name} {value}" for name, value in delivery.payload.items() if isinstance(value, int))
    return (
        str(delivery.id),
        delivery.state.value,
        delivery.step,
        ", ".join(ids),
        str(delivery.attempts),
        f"{delivery.due:%Y-%m-%d %H:%M:%S}",
        delivery.error or "",
    )
