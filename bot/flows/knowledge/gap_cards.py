"""What no article covers, as those see it who write articles.

Of tickets a card names numbers alone: their words are for whoever serves the customer, who reads
them in a list of their own. Of a question that was asked in private it says the words, and not
whose they are.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.cards import Block, Button, Buttons, Card, Link, Quote, Strong, Text
from bot.flows.knowledge.context import serves
from bot.flows.knowledge.keeping import Keeping
from bot.labels import ticket_link
from bot.money import Money
from bot.people import Person
from bot.personal import masked
from storage.models import Gap, GapState
from storage.unit_of_work import UnitOfWork

ERASED = "(It named a customer who was erased since.)"
_QUOTED, _NAMED, _READ = 3, 6, 8


class Clustered(Protocol):
    """Gaps that ask for the same."""

    @property
    def first(self) -> Gap: ...
    @property
    def gaps(self) -> tuple[Gap, ...]: ...
    @property
    def tickets(self) -> int: ...
    @property
    def stakes(self) -> tuple[Money, ...]: ...


def gap(cluster: Clustered, uow: UnitOfWork, keeping: Keeping) -> Card:
    first = cluster.first
    blocks: list[Block] = []
    for one in _typed(cluster)[:_QUOTED]:
        by = f"asked by {_name(one, keeping) if one.asked_by else 'a colleague'}"
        blocks.append(Quote(one.question or ERASED, by=by))
    blocks.append(Text((weight(cluster),), "context"))
    tickets = [one.ticket_id for one in cluster.gaps if one.ticket_id]
    if tickets:
        told = [ticket_link(uow.tickets.get(t), keeping.settings) for t in tickets[:_NAMED]]
        spans = [span for link in told for span in (link, "  ")]
        blocks.append(Text(("Tickets: ", *spans), "context"))
    look = (Button("Look", "gap.show", {"gap": first.id}),) if tickets else ()
    blocks += _state(first, look, uow, keeping)
    return Card(
        key=f"gap-{first.id}",
        title="No article covers this",
        summary=f"Knowledge gap #{first.id} was reported.",
        blocks=tuple(blocks),
        tone="good" if first.state is GapState.CLOSED else "neutral",
    )


def _of_colleagues(cluster: Clustered) -> list[Gap]:
    return [one for one in cluster.gaps if one.asked_by or not one.ticket_id]


def _typed(cluster: Clustered) -> list[Gap]:
    """Whose words everybody may read: what is asked within a ticket's thread may be what its
    customer wrote there."""
    return [one for one in cluster.gaps if not one.ticket_id]


def _is_theirs(gap: Gap, person: Person, uow: UnitOfWork, keeping: Keeping) -> bool:
    ticket = uow.tickets.get(gap.ticket_id) if gap.ticket_id else None
    return ticket is not None and serves(person, ticket, uow, keeping.settings)


def _name(one: Gap, keeping: Keeping) -> str:
    person = keeping.directory.get(one.asked_by)
    return person.name if person else one.asked_by


def weight(cluster: Clustered) -> str:
    """How many ask for it, and what they are worth."""
    asked = len(_of_colleagues(cluster))
    parts = [f"asked {asked} times by colleagues" if asked > 1 else ""]
    if cluster.tickets:
        parts.append(f"{cluster.tickets} ticket{'s' if cluster.tickets > 1 else ''}")
    if cluster.stakes:
        parts.append(f"customers worth {' and '.join(map(str, cluster.stakes))} a year")
    category = cluster.first.category.replace("_", " ")
    told = " · ".join(part for part in (category, *parts) if part)
    return told or "asked once"


def _state(first: Gap, look: tuple[Button, ...], uow: UnitOfWork, keeping: Keeping) -> list[Block]:
    args = {"gap": first.id}
    match first.state:
        case GapState.CLOSED:
            return _closed(first, uow)
        case GapState.CLAIMED:
            write = Button("Write the article", "gap.write", args, "good")
            back = Button("Give it back", "gap.release", args)
            who = Text((Strong(f"{keeping.name(first.claimed_by)} writes it."),))
            return [who, Buttons((write, back, *look))]
    return [Buttons((Button("I’ll write it", "gap.claim", args, "good"), *look))]


def asked(cluster: Clustered, person: Person, uow: UnitOfWork, keeping: Keeping) -> Card:
    """Before one person alone: each ticket of a customer whom they serve with its words."""
    blocks: list[Block] = [Text((weight(cluster),), "context")]
    tickets = [one for one in cluster.gaps if one.ticket_id]
    theirs = [one for one in tickets if _is_theirs(one, person, uow, keeping)]
    for one in theirs[:_READ]:
        ticket = uow.tickets.get(one.ticket_id or 0)
        blocks.append(Text((ticket_link(ticket, keeping.settings),)))
        blocks.append(Quote(one.question or ERASED, by=""))
    more = len(tickets) - len(theirs[:_READ])
    if more:
        blocks.append(Text((f"{more} more.",), "context"))
    key = f"gap-{cluster.first.id}"
    return Card(key, f"Gap #{cluster.first.id}", "What was asked.", tuple(blocks))


def _closed(first: Gap, uow: UnitOfWork) -> list[Block]:
    article = uow.articles.get(first.article_id) if first.article_id else None
    titles = uow.articles.titles([article.ref]) if article else {}
    if article is None or article.ref not in titles:
        return [Text((Strong("An article covers this now."),))]
    title = Link(article.url, article.title) if article.url else Strong(article.title)
    return [Text((Strong("Covered now: "), title))]


def ranked(
    clusters: Sequence[Clustered], count: int, person: Person, uow: UnitOfWork, keeping: Keeping
) -> Card:
    """Before one person alone: of tickets it says the words to whoever serves their customers."""
    blocks: list[Block] = []
    for one in clusters:
        asked = _typed(one) + [g for g in one.gaps if _is_theirs(g, person, uow, keeping)]
        told = " ".join(masked(next((g.question for g in asked if g.question), "")).split())
        named = told or f"{one.first.category.replace('_', ' ') or 'other'} (only tickets asked)"
        blocks.append(Text((Strong(f"#{one.first.id}  "), named[:200])))
        blocks.append(Text((weight(one),), "context"))
        args = {"gap": one.first.id}
        if one.first.state is GapState.OPEN:
            blocks.append(Buttons((Button("I’ll write it", "gap.claim", args),)))
        elif one.first.claimed_by == person.id:
            blocks.append(Buttons((Button("Write the article", "gap.write", args),)))
        else:
            blocks.append(Text((f"{keeping.name(one.first.claimed_by)} writes it.",), "context"))
    if not clusters:
        blocks.append(Text(("No gap is open.",)))
    if count > len(clusters):
        blocks.append(Text((f"{count - len(clusters)} more that fewer ask for.",), "context"))
    return Card("gaps-0", "Gaps, the heaviest first", "Gaps in the articles.", tuple(blocks))
