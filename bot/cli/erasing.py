"""`backstop erase`: forget a customer."""

from functools import partial
from typing import Annotated

import typer

from bot.bootstrap import reading
from bot.bus import Bus
from bot.cli.opening import CONFIG, Config, Opened, many, opened, stop, who
from bot.flows.knowledge import MIRROR
from bot.flows.knowledge.keeping import card_key
from bot.knowledge_events import ArticlePublished
from bot.publisher import Publisher
from bot.showing import SUBSCRIBERS
from bot.steps import Dependencies
from storage import erasure
from storage.models import Customer
from storage.unit_of_work import UnitOfWork

ELSEWHERE = (
    "Erased here. The help desk, the payment provider, backups and what people themselves wrote "
    "in chat have copies of their own. Cards are redrawn as soon as the bot runs."
)
BUSY = (
    "Somebody was reading the database file, so it may still hold traces of what was deleted. "
    "Run this again when the bot is idle."
)


def erase(
    customer: Annotated[
        str, typer.Argument(help="Our id, an e-mail address, or SOURCE:ID as in zendesk:123.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Config = CONFIG,
) -> None:
    """Delete a customer's messages, name, addresses and key; ids, amounts and the audit stay."""
    with opened(config) as database:
        found = _found(database, customer)
        if not yes:
            typer.confirm("Erase for good?", abort=True)
        for each in found:
            erased = database.writer.run(partial(_erase, each, database))
            if isinstance(erased, erasure.InTheWay):
                stop(_in_the_way(each, erased))
            told = f"{many(erased.tickets, 'ticket')}, {many(erased.messages, 'message')}"
            typer.echo(f"Customer {each} is erased: {told}.")
        is_rewritten = erasure.rewrite(database.engine)
    typer.echo(ELSEWHERE)
    if not is_rewritten:
        stop(BUSY)


def _found(database: Opened, typed: str) -> list[int]:
    """Whoever is meant, shown; one address may stand for several contacts, a number never."""
    with database.reading() as uow:
        found = uow.customers.find(typed.strip())
        for customer in found:
            typer.echo(_shown(uow, customer))
    if not found:
        stop(f"There is no customer {typed}.")
    if len(found) > 1 and "@" not in typed:
        stop("More than one customer has this id. Say which, as in customer:17 or zendesk:123.")
    return [customer.id for customer in found]


def _shown(uow: UnitOfWork, customer: Customer) -> str:
    text = uow.customers.text(customer.id)
    account = uow.customers.account(customer.account_id)
    words = [
        f"customer:{customer.id}",
        f"{customer.source}:{customer.ref}",
        *([text.name, text.email] if text else ["erased before"]),
        account.name if account else "",
        many(uow.tickets.count_of(customer.id), "ticket"),
    ]
    return " · ".join(word for word in words if word)


def _erase(customer: int, database: Opened, uow: UnitOfWork) -> erasure.Erased | erasure.InTheWay:
    if obstacle := erasure.in_the_way(uow, customer):
        return obstacle
    now = database.clock.now()
    erased = erasure.erase(uow, customer, now)
    counts = {"tickets": erased.tickets, "messages": erased.messages}
    uow.record(now, "customer erased", who(), f"customer:{customer}", counts)
    _show(erased, database, uow)
    return erased


def _show(erased: erasure.Erased, database: Opened, uow: UnitOfWork) -> None:
    """On every card, and in the help centre."""
    read, steps = partial(reading, database.engine), {**SUBSCRIBERS, ArticlePublished: (MIRROR,)}
    bus = Bus({}, {}, steps, database.writer, read, database.clock, Dependencies())
    for card in erased.cards:
        Publisher(database.clock).redraw(uow, card)
    for article in erased.articles:
        told = ArticlePublished(article, uow.articles.get(article).number)
        uow.emit(told, key=card_key(article))
    bus.dispatch(uow)


def _in_the_way(customer: int, obstacle: erasure.InTheWay) -> str:
    lines = [f"Customer {customer} is not erased, because something is not over yet:"]
    for approval in obstacle.approvals:
        lines.append(f"- approval {approval} is pending: decide it, or let it expire.")
    for effect in obstacle.effects:
        lines.append(
            f"- effect {effect} is on its way: let the bot finish it. When it gave up, see "
            "backstop deliveries list --state dead, and replay it."
        )
    for effect in obstacle.stuck:
        lines.append(
            f"- nobody knows whether effect {effect} happened: replay it (backstop deliveries "
            "replay), so that it is looked up. When a person has looked on the other side, say "
            f"what they found: backstop effects close {effect} --happened, or --did-not-happen."
        )
    return "\n".join([*lines, "Then run this again."])
