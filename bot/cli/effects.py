"""`backstop effects`: what a person found out about an effect of which nobody could tell."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from bot.bootstrap import reading
from bot.bus import Bus
from bot.cli.opening import CONFIG, STYLE, Config, Opened, opened, stop, who
from bot.flows import SUBSCRIBERS
from bot.flows.approval.ending import close_stuck
from bot.publisher import Publisher
from bot.steps import Dependencies
from storage.errors import Missing
from storage.models import Delivery, DeliveryState, EffectState
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="What was to happen outside.", **STYLE)


@app.callback()
def effects() -> None:
    """What was to happen outside."""


@app.command()
def close(
    effect: Annotated[int, typer.Argument(help="The id of a stuck effect.")],
    happened: Annotated[
        bool | None,
        typer.Option("--happened/--did-not-happen", help="What the other side's record shows."),
    ] = None,
    config: Config = CONFIG,
) -> None:
    """Say what became of a stuck effect, after looking on the other side; nothing is sent or paid
    for it any more."""
    if happened is None:
        stop("Say --happened or --did-not-happen.", 2)
    with opened(config) as database:
        wrong = database.writer.run(partial(_close, effect, happened, database))
    if wrong:
        stop(wrong)
    typer.echo(f"Effect {effect} is closed: it {'happened' if happened else 'did not happen'}.")


def _close(ident: int, happened: bool, database: Opened, uow: UnitOfWork) -> str:
    """In words why it cannot be closed, or nothing."""
    carrying = uow.deliveries.of_effect(ident)
    try:
        effect = uow.effects.get(ident)
    except Missing:
        return f"There is no effect {ident}."
    if effect.state is not EffectState.STUCK or _is_on_its_way(carrying):
        return f"Effect {ident} is not stuck: its state is {effect.state.value}, or it is replayed."
    now = database.clock.now()
    for delivery in carrying:
        delivery.state, delivery.error, delivery.done_at = DeliveryState.DONE, "closed", now
    close_stuck(effect, happened, who(), uow, now, Publisher(database.clock))
    read = partial(reading, database.engine)
    Bus({}, {}, SUBSCRIBERS, database.writer, read, database.clock, Dependencies()).dispatch(uow)
    return ""


def _is_on_its_way(carrying: Sequence[Delivery]) -> bool:
    return any(one.state is not DeliveryState.DEAD for one in carrying)
