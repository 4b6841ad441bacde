"""Questions that no article answers: gathered, claimed, and closed by an article."""

from collections import Counter
from dataclasses import dataclass

from bot import events
from bot import knowledge_commands as commands
from bot import knowledge_events as happened
from bot.cards import Answer, Card, Notice
from bot.errors import AlreadyDecided, NotAllowed, Outdated
from bot.flows.knowledge import gap_cards
from bot.flows.knowledge.clusters import nearest
from bot.flows.knowledge.context import asked_in, stake_of
from bot.flows.knowledge.flow import asker
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.rules import stems_of
from bot.money import Money
from bot.people import Person
from storage.models import ArticleState, Escalation, Gap, GapState, Question
from storage.unit_of_work import UnitOfWork

# What is long tells of many things; the beginning tells what is missing.
LONGEST = 400
LISTED = 12
# No article, none that was near enough to be trusted, or none that says what the agent wrote.
_WITHOUT = frozenset({"no_article", "low_confidence", "unsupported"})
# Who asks brought these before a person; whether an article covers it is another question.
_WHOEVER = frozenset(
    {"executive", "high_tier", "first_time", "repeated_contact", "several_products", "integration"}
)


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
    gap = uow.gaps.of_question(question)
    if gap is None:
        gap = _open(_asked(question, uow), uow, keeping)
    gap.asked_by = person.id
    uow.session.flush()
    keeping.show(uow, f"gap-{gap.cluster}")
    uow.record(keeping.clock.now(), "gap reported", person.id, f"gap:{gap.id}", {})
    if keeping.settings.channels.knowledge:
        return Notice("Thank you. The gap is with the people who look after the articles.")
    return Notice("Thank you. The gap is with the administrators.")


def _asked(question: Question, uow: UnitOfWork) -> Gap:
    ticket = uow.tickets.get(question.ticket_id) if question.ticket_id else None
    return Gap(
        question=question.text,
        asked_by="",
        ticket_id=question.ticket_id,
        customer_id=question.customer_id,
        category=ticket.category if ticket else "",
        created_at=question.created_at,
    )


def from_question(event: happened.QuestionUnanswered, uow: UnitOfWork, keeping: Keeping) -> None:
    """It counts by itself, once for each who asks; who that was stays with them until they report
    it. A channel is told of what more than one wants to know."""
    question = uow.questions.get(event.question)
    is_known = uow.gaps.of_question(question) or (
        question.ticket_id and uow.gaps.of_ticket(question.ticket_id)
    )
    if is_known or not stems_of(question.text):
        return
    gap = _open(_asked(question, uow), uow, keeping)
    if gap.cluster != gap.id:
        keeping.show(uow, f"gap-{gap.cluster}")


def from_escalation(event: events.EscalationRaised, uow: UnitOfWork, keeping: Keeping) -> None:
    """A ticket that came to a person for want of an article asks for one."""
    escalation = uow.escalations.get(event.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    if uow.gaps.of_ticket(ticket.id) is not None or not _is_uncovered(escalation, uow, keeping):
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
    gap = _open(gap, uow, keeping)
    # Of one that came for another reason a channel hears when a second asks for the same.
    if escalation.rule in _WITHOUT or gap.cluster != gap.id:
        keeping.show(uow, f"gap-{gap.cluster}")


def _is_uncovered(escalation: Escalation, uow: UnitOfWork, keeping: Keeping) -> bool:
    if escalation.rule in _WITHOUT:
        return True
    if escalation.rule not in _WHOEVER or escalation.decision_id is None:
        return False
    decision = uow.escalations.decision(escalation.decision_id)
    is_sure = decision.confidence >= keeping.settings.escalation.confidence
    return not (decision.cites and is_sure)


def _open(gap: Gap, uow: UnitOfWork, keeping: Keeping) -> Gap:
    """It joins those that ask for the same, whose one card then counts it."""
    others = {ident: frozenset(stems_of(asked)) for ident, asked in uow.gaps.firsts()}
    known = nearest(frozenset(stems_of(gap.question)), others)
    gap.cluster = known or 0
    ticket = uow.tickets.get(gap.ticket_id) if gap.ticket_id else None
    if ticket and (stake := stake_of(ticket, uow, keeping.clock)):
        gap.stake, gap.currency = stake.amount, stake.currency
    if known is not None:
        gap.state = uow.gaps.get(known).state
    return uow.gaps.add(gap)


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
    person = keeping.keeper(command.by)
    firsts = sorted({gap.cluster for gap in uow.gaps.unclosed()})
    found = [cluster for first in firsts if (cluster := cluster_of(first, uow))]
    found.sort(key=lambda one: one.weight, reverse=True)
    return gap_cards.ranked(found[:LISTED], len(found), person, uow, keeping)


def draw_gap(gap_id: int, uow: UnitOfWork, keeping: Keeping) -> Card | None:
    cluster = cluster_of(gap_id, uow)
    return gap_cards.gap(cluster, uow, keeping) if cluster else None


def show(command: commands.ShowGap, uow: UnitOfWork, keeping: Keeping) -> Card:
    person = keeping.keeper(command.by)
    cluster = cluster_of(uow.gaps.get(command.gap).cluster, uow)
    if cluster is None:
        raise Outdated("Nobody asks for it any more.")
    return gap_cards.asked(cluster, person, uow, keeping)


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
    kb = keeping.settings.command_names.kb
    return Notice(
        f"Gap #{gap.cluster} is yours. “Write the article” is on its card and in `{kb} gaps`."
    )


def check_writes(person: Person, gap: Gap, uow: UnitOfWork, keeping: Keeping) -> None:
    """Two people do not write the same article unknowingly."""
    first = uow.gaps.get(gap.cluster)
    writer = keeping.directory.get(first.claimed_by) if first.claimed_by else None
    if first.state is GapState.CLOSED:
        raise AlreadyDecided("An article covers this by now.")
    if first.state is GapState.CLAIMED and writer is not None and writer.id != person.id:
        raise AlreadyDecided(f"{writer.name} writes it already.")


def release(command: commands.ReleaseGap, uow: UnitOfWork, keeping: Keeping) -> Answer:
    person = keeping.keeper(command.by)
    gap = uow.gaps.get(command.gap)
    if not uow.gaps.release(gap.cluster, person.id):
        raise NotAllowed("It is not yours to give back.")
    keeping.publisher.redraw(uow, f"gap-{gap.cluster}", urgent=0)
    return None


def close(event: happened.ArticlePublished, uow: UnitOfWork, keeping: Keeping) -> None:
    """What the article was written for is covered."""
    for first in uow.gaps.written_for(event.article):
        if uow.gaps.close(first, event.article):
            keeping.publisher.redraw(uow, f"gap-{first}")


def close_solved(event: happened.ArticleSolved, uow: UnitOfWork, keeping: Keeping) -> None:
    """Whatever the agent did not find, an article covers it. What somebody writes already stays
    with them: they know whether theirs is wanted still."""
    gap = uow.gaps.of_ticket(event.ticket)
    is_there = uow.articles.get(event.article).state is ArticleState.PUBLISHED
    if gap is None or not is_there or uow.gaps.get(gap.cluster).state is not GapState.OPEN:
        return
    if uow.gaps.close(gap.cluster, event.article):
        keeping.publisher.redraw(uow, f"gap-{gap.cluster}")
