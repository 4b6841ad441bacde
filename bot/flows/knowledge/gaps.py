"""Questions that no article answers: gathered, claimed, and closed by an article."""

from collections import Counter
from dataclasses import dataclass

from bot import events
from bot import knowledge_commands as commands
from bot.cards import Answer, Card, Notice
from bot.errors import AlreadyDecided, NotAllowed
from bot.flows.knowledge import gap_cards
from bot.flows.knowledge.clusters import nearest
from bot.flows.knowledge.context import asked_in, stake_of
from bot.flows.knowledge.flow import asker
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.rules import stems_of
from bot.knowledge_events import ArticlePublished
from bot.money import Money
from storage.models import Gap, GapState
from storage.unit_of_work import UnitOfWork

# What is long tells of many things; the beginning tells what is missing.
LONGEST = 400
LISTED = 12
# No article, or none that was near enough to be trusted.
_WITHOUT = frozenset({"no_article", "low_confidence"})


@dataclass(frozen=True)
class Cluster:
    """Gaps that ask for the same; `stakes` count each customer once, by currency."""

    first: Gap
    gaps: tuple[Gap, ...]
    tickets: int
    stakes: tuple[Money, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """What most tickets ask for is the heaviest, then what most is at stake for. Currencies are
        not converted: a rank is no account."""
        return self.tickets, sum(stake.amount for stake in self.stakes), len(self.gaps)


def report(command: commands.ReportGap, uow: UnitOfWork, keeping: Keeping) -> Answer:
    """Where no channel looks after the articles, the gap is before the administrators."""
    person, question = asker(command.by, command.question, uow, keeping.directory)
    ticket = uow.tickets.get(question.ticket_id) if question.ticket_id else None
    gap = Gap(
        question=question.text.strip(),
        asked_by=person.id,
        ticket_id=question.ticket_id,
        customer_id=question.customer_id,
        category=ticket.category if ticket else "",
        created_at=keeping.clock.now(),
    )
    _open(gap, uow, keeping)
    uow.record(keeping.clock.now(), "gap reported", person.id, f"gap:{gap.id}", {})
    if keeping.settings.channels.knowledge:
        return Notice("Thank you. The gap is with the people who look after the articles.")
    return Notice("Thank you. The gap is with the administrators.")


def from_escalation(event: events.EscalationRaised, uow: UnitOfWork, keeping: Keeping) -> None:
    """A ticket that came to a person for want of an article asks for one."""
    escalation = uow.escalations.get(event.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    if escalation.rule not in _WITHOUT or uow.gaps.of_ticket(ticket.id) is not None:
        return
    asked = asked_in(ticket, uow)[:LONGEST]
    if not stems_of(asked):
        return
    gap = Gap(
        question=asked,
        asked_by="",
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        category=ticket.category,
        created_at=keeping.clock.now(),
    )
    _open(gap, uow, keeping)


def _open(gap: Gap, uow: UnitOfWork, keeping: Keeping) -> None:
    """It joins those that ask for the same, whose one card then counts it."""
    others = {one.cluster: frozenset(stems_of(one.question)) for one in uow.gaps.unclosed()}
    known = nearest(frozenset(stems_of(gap.question)), others)
    gap.cluster = known or 0
    ticket = uow.tickets.get(gap.ticket_id) if gap.ticket_id else None
    if ticket and (stake := stake_of(ticket, uow, keeping.clock)):
        gap.stake, gap.currency = stake.amount, stake.currency
    if known is not None:
        gap.state = uow.gaps.get(known).state
    gap = uow.gaps.add(gap)
    keeping.show(uow, f"gap-{gap.cluster}")


def cluster_of(first: int, uow: UnitOfWork) -> Cluster | None:
    gaps = tuple(uow.gaps.cluster(first))
    if not gaps:
        return None
    worth = {gap.customer_id: gap for gap in gaps if gap.customer_id and gap.currency}
    sums: Counter[str] = Counter()
    for gap in worth.values():
        sums[gap.currency] += gap.stake
    stakes = tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
    tickets = {gap.ticket_id for gap in gaps if gap.ticket_id}
    return Cluster(gaps[0], gaps, len(tickets), stakes)


def listed(command: commands.ListGaps, uow: UnitOfWork, keeping: Keeping) -> Card:
    """The heaviest first, and of equals the oldest."""
    keeping.keeper(command.by)
    firsts = sorted({gap.cluster for gap in uow.gaps.unclosed()})
    found = [cluster for first in firsts if (cluster := cluster_of(first, uow))]
    found.sort(key=lambda one: one.weight, reverse=True)
    return gap_cards.ranked(found[:LISTED], len(found), keeping)


def draw_gap(gap_id: int, uow: UnitOfWork, keeping: Keeping) -> Card | None:
    cluster = cluster_of(gap_id, uow)
    return gap_cards.gap(cluster, uow, keeping) if cluster else None


def claim(command: commands.ClaimGap, uow: UnitOfWork, keeping: Keeping) -> Answer:
    person = keeping.keeper(command.by)
    gap = uow.gaps.get(command.gap)
    if not uow.gaps.claim(gap.cluster, person.id):
        first = uow.gaps.get(gap.cluster)
        if first.state is GapState.CLOSED:
            raise AlreadyDecided("An article covers this by now.")
        if first.claimed_by != person.id:
            raise AlreadyDecided(f"{keeping.name(first.claimed_by)} writes it already.")
    uow.record(keeping.clock.now(), "gap claimed", person.id, f"gap:{gap.cluster}", {})
    keeping.publisher.redraw(uow, f"gap-{gap.cluster}", urgent=0)
    return Notice("It is yours. Press “Write the article” when you are ready.")


def release(command: commands.ReleaseGap, uow: UnitOfWork, keeping: Keeping) -> Answer:
    person = keeping.keeper(command.by)
    gap = uow.gaps.get(command.gap)
    if not uow.gaps.release(gap.cluster, person.id):
        raise NotAllowed("It is not yours to give back.")
    keeping.publisher.redraw(uow, f"gap-{gap.cluster}", urgent=0)
    return None


def close(event: ArticlePublished, uow: UnitOfWork, keeping: Keeping) -> None:
    """What the article was written for is covered."""
    for first in {gap.cluster for gap in uow.gaps.unclosed() if gap.article_id == event.article}:
        if uow.gaps.close(first, event.article):
            keeping.publisher.redraw(uow, f"gap-{first}")
