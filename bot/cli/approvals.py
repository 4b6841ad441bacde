"""`backstop approvals`: have one decided by e-mail, when somebody knows that chat is down."""

from functools import partial
from typing import Annotated

import typer

from bot import approval_events
from bot.bootstrap import reading
from bot.bus import Bus
from bot.cli.opening import CONFIG, STYLE, Config, Opened, opened, stop, who
from bot.config.directory import Directory
from bot.flows import SUBSCRIBERS
from bot.flows.approval.mailing import Addressees, addressees
from bot.governing import governed
from bot.steps import Dependencies
from storage.errors import Missing
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="What waits for a decision.", **STYLE)


@app.callback()
def approvals() -> None:
    """What waits for a decision."""


@app.command()
def mail(
    approval: Annotated[int, typer.Argument(help="The id of an approval that waits.")],
    config: Config = CONFIG,
) -> None:
    """Send everybody who may decide about it a link by e-mail, without waiting for chat to fail."""
    with opened(config) as database:
        if database.settings.approvals.by_mail is None:
            stop("app.yaml has no approvals.by_mail.")
        found = database.writer.run(partial(_mail, approval, database))
    for person in found.able:
        typer.echo(f"{person.name}: a link is on its way.")
    for person, why in found.left_out:
        typer.echo(f"{person.name}: none, {why}.")
    if not found.able:
        stop("Nobody can decide about it by e-mail.")


def _mail(ident: int, database: Opened, uow: UnitOfWork) -> Addressees:
    try:
        approval = uow.approvals.get(ident)
    except Missing:
        stop(f"There is no approval {ident}.")
    if not approval.is_undecided:
        stop(f"Approval {ident} waits for nobody.")
    now, settings = database.clock.now(), governed(database.settings, uow)
    found = addressees(approval, uow, Directory(settings), settings, now)
    if found.able:
        uow.emit(approval_events.LinksWanted(ident, approval.version, who()))
    read = partial(reading, database.engine)
    Bus({}, {}, SUBSCRIBERS, database.writer, read, database.clock, Dependencies()).dispatch(uow)
    return found
