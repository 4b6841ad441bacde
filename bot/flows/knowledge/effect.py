"""What an article brought about: its uses, and what came before and after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.flows.knowledge.rates import ratio_between, share_between
from storage.knowledge_counts import (
    answered_alone,
    escalations_in,
    first_answers,
    not_found,
)
from storage.models import Article, ArticleState, UseKind
from storage.unit_of_work import UnitOfWork

# As long before as after, and no longer: a season is not the article's doing.
SPAN = timedelta(days=90)


@dataclass(frozen=True)
class Effect:
    """`answered` tickets were answered from it with nobody of ours in between, `alone` of these
    never came to a person. `before` and `after` are escalations of its category, in `days` each."""

    shown: int
    helped: int
    missed: int
    shared: int
    answered: int
    alone: int
    category: str = ""
    before: int = 0
    after: int = 0
    days: float = 0.0
    asked: int = 0
    first: int = 0


def effect_of(article: Article, uow: UnitOfWork, now: datetime) -> Effect:
    counts = uow.articles.counts(article.id)
    answered, alone = answered_alone(uow.session, article.id)
    effect = Effect(
        shown=counts.get(UseKind.SHOWN, 0),
        helped=counts.get(UseKind.HELPFUL, 0),
        missed=counts.get(UseKind.MISSED, 0),
        shared=counts.get(UseKind.SHARED, 0),
        answered=answered,
        alone=alone,
    )
    since = article.published_at
    if since is None or not article.category or now <= since:
        return effect
    span = min(SPAN, now - since)
    asked, first = first_answers(uow.session, article.category, since, since + span)
    return Effect(
        **{name: getattr(effect, name) for name in ("shown", "helped", "missed", "shared")},
        answered=answered,
        alone=alone,
        category=article.category,
        before=escalations_in(uow.session, article.category, since - span, since),
        after=escalations_in(uow.session, article.category, since, since + span),
        days=span.total_seconds() / 86_400,
        asked=asked,
        first=first,
    )


def effect_lines(article: Article, uow: UnitOfWork, now: datetime) -> list[str]:
    if article.state is ArticleState.DRAFT or (article.published_at is None and not article.number):
        counts = uow.articles.counts(article.id)
        if not counts:
            return []
    return [*told(effect_of(article, uow, now)), *unfindable(article, uow)]


def unfindable(article: Article, uow: UnitOfWork) -> list[str]:
    """It helps, and nobody comes upon it."""
    solved, missed = not_found(uow.session, article)
    if not missed:
        return []
    return [
        f"Not findable: it was not found for {missed} of the {solved} tickets that it solved. "
        "Give it the words that customers use."
    ]


def told(effect: Effect) -> list[str]:
    """In sentences, each figure with its cases."""
    lines = [
        f"Shown to colleagues: {effect.shown}. Helped: {effect.helped}. Did not help: "
        f"{effect.missed}. Shared: {effect.shared}."
    ]
    if effect.answered:
        lines.append(
            f"Saved {effect.alone} of {effect.answered} tickets an escalation, answered from it "
            f"without a person{_share(effect.alone, effect.answered)}."
        )
    if effect.days >= 1:
        lines += _around(effect)
    return lines


def _around(effect: Effect) -> list[str]:
    category, days = effect.category.replace("_", " "), f"{effect.days:.1f} days"
    ratio = ratio_between(effect.before, effect.days, effect.after, effect.days)
    line = f"Escalations about {category}: {effect.before} in the {days} before, "
    line += f"{effect.after} in the {days} since"
    if ratio is not None:
        low, high = ratio
        most = "unknown" if high == float("inf") else f"{high:.1f}"
        line += f" ({low:.1f} to {most} times as many, 95 % interval)"
    lines = [f"{line}."]
    if effect.asked:
        lines.append(
            f"New questions about {category} since: {effect.first} of {effect.asked} answered "
            f"the first time{_share(effect.first, effect.asked)}."
        )
    return lines


def _share(hits: int, cases: int) -> str:
    low, high = share_between(hits, cases)
    return f" (95 % interval {low:.0%} to {high:.0%})"
