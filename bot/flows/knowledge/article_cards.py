"""An article as its readers and reviewers see it privately, and what a channel is told of it."""

from collections.abc import Sequence

from bot.cards import Block, Button, Buttons, Card, Facts, Moment, Quote, Span, Strong, Text, Tone
from bot.flows.knowledge.answer_cards import standing
from bot.flows.knowledge.beside import blocks_of
from bot.flows.knowledge.contents import Content, of_article, of_version, sees
from bot.flows.knowledge.deciding import hindrance, unfit
from bot.flows.knowledge.diffs import changed_lines, difference
from bot.flows.knowledge.effect import effect_lines
from bot.flows.knowledge.keeping import Keeping, card_key
from bot.flows.knowledge.links import linked_hosts
from bot.flows.knowledge.rules import plain
from bot.people import Person
from storage.models import Article, ArticleState, ArticleVersion, Audience, VersionState
from storage.unit_of_work import UnitOfWork

WAITING = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.RETURNED)
STATES = {
    VersionState.DRAFT: "a draft",
    VersionState.IN_REVIEW: "waits for a review",
    VersionState.RETURNED: "was given back",
    VersionState.PUBLISHED: "published",
    VersionState.REPLACED: "replaced before it was reviewed",
}
_KEPT = "Somebody is changing it for readers to whom you do not belong."
_FOR = {
    Audience.PUBLIC: "everybody, customers too",
    Audience.INTERNAL: "our own people",
    Audience.RESTRICTED: "some alone",
}


def draw_article(article_id: int, uow: UnitOfWork, keeping: Keeping) -> Card | None:
    """What a channel sees: that there is something to look at, and of what is restricted, or is
    to be, nothing that somebody wrote. The words themselves are for those who look."""
    article = uow.articles.get(article_id)
    newest = uow.articles.newest(article_id)
    headline, tone = _headline(article, newest, keeping)
    blocks: list[Block] = [Text((Strong(_called(article, newest)),)), Text((headline,))]
    if newest is not None and newest.state in WAITING:
        is_told = newest.note and not _is_kept(article, newest)
        published, note = _published(article), f" · {newest.note}" if is_told else ""
        size = "new"
        if published is not None:
            came, went = changed_lines(published, of_version(newest))
            size = f"{came} lines came, {went} went"
        blocks.append(Text((f"{size}{note}",), "context"))
    label = "Look and decide" if _in_review(newest) else "Open"
    blocks.append(Buttons((Button(label, "article.open", {"article": article.id}, "good"),)))
    return Card(card_key(article.id), "Article", f"Article: {headline}", tuple(blocks), tone)


def _called(article: Article, newest: ArticleVersion | None) -> str:
    if _is_kept(article, newest):
        return f"Restricted article #{article.id}"
    return (newest.title if newest else article.title) or "An article whose words were erased"


def _is_kept(article: Article, newest: ArticleVersion | None) -> bool:
    """Also while a version that is to be restricted waits: its readers alone learn what it says."""
    to_be = of_version(newest).audience if newest is not None else ""
    return Audience.RESTRICTED in (article.audience, to_be)


def _headline(
    article: Article, newest: ArticleVersion | None, keeping: Keeping
) -> tuple[str, Tone]:
    if article.state is ArticleState.RETIRED:
        return "Retired: nobody finds it any more.", "neutral"
    if newest is not None and newest.state in WAITING:
        who = keeping.name(newest.author)
        match newest.state:
            case VersionState.IN_REVIEW:
                return f"{who} asks for a review, by somebody else.", "warning"
            case VersionState.RETURNED:
                by = keeping.name(newest.decided_by or "")
                why = "." if _is_kept(article, newest) else f": {newest.reason}"
                return f"{by} asks {who} for changes{why}", "neutral"
        return f"{who} is writing it.", "neutral"
    if article.stale:
        return f"May be out of date: {article.stale}.", "warning"
    by = keeping.name(newest.decided_by) if newest and newest.decided_by else ""
    return f"Published{f', reviewed by {by}' if by else ''}.", "good"


def whole(
    article: Article,
    newest: ArticleVersion | None,
    person: Person,
    uow: UnitOfWork,
    keeping: Keeping,
) -> Card:
    """For one person's eyes: what is found now, and what is new in what waits for a review."""
    is_others = newest is not None and not sees(person, newest)
    is_kept = is_others and newest is not None and newest.state in WAITING
    newest = None if is_others else newest
    is_ahead = newest is not None and newest.state in WAITING and not person.is_partner
    content = of_version(newest) if newest and is_ahead else of_article(article)
    now = keeping.clock.now()
    blocks: list[Block] = [Text((Strong(content.title or "Its words were erased."),))]
    if newest and is_ahead:
        blocks += _ahead(article, newest, keeping)
    else:
        blocks.append(Text((standing(article, keeping.directory, now),), "context"))
        blocks.append(Quote(plain(content.body), by=""))
    blocks += _links(content)
    if not person.is_partner:
        blocks.append(Facts(_facts(content, newest, keeping)))
        blocks += [Text((line,), "context") for line in effect_lines(article, uow, now)]
        blocks += blocks_of(article, person, uow)
        if is_kept:
            blocks.append(Text((_KEPT,), "context"))
        why_not = hindrance(person, article, newest, uow) if newest and _in_review(newest) else ""
        if why_not:
            blocks.append(Text((why_not,), "context"))
        blocks += _buttons(article, newest, not is_kept, not why_not)
    return Card(
        key=card_key(article.id),
        title="",
        summary=STATES[newest.state].capitalize() if newest and is_ahead else "Article",
        blocks=tuple(blocks),
    )


def _ahead(article: Article, newest: ArticleVersion, keeping: Keeping) -> list[Block]:
    content, published = of_version(newest), _published(article)
    who = Text(
        (f"Version {newest.number} by {keeping.name(newest.author)} ", Moment(newest.created_at)),
        "context",
    )
    blocks: list[Block] = [who]
    if newest.reason:
        blocks.append(Quote(newest.reason, by=keeping.name(newest.decided_by or "")))
    blocks += [Text((Strong(wrong), " It cannot be published so.")) for wrong in unfit(content)]
    if published is None:
        blocks.append(Quote(plain(content.body), by=""))
    else:
        told = difference(published, content) or "Nothing is different from what is published."
        blocks.append(Quote(told, by="what is new (+) and what goes (−)"))
    return blocks


def _published(article: Article) -> Content | None:
    return of_article(article) if article.state is ArticleState.PUBLISHED else None


def _links(content: Content) -> list[Block]:
    hosts = linked_hosts(content.body)
    return [Text((f"Leads to: {', '.join(hosts)}",), "context")] if hosts else []


def _facts(
    content: Content, newest: ArticleVersion | None, keeping: Keeping
) -> tuple[tuple[str, Span], ...]:
    whom = _FOR[Audience(content.audience)]
    named = f": {', '.join(content.readers)}" if content.readers else ""
    days = f"every {content.review_days} days" if content.review_days else "when something changes"
    pairs: list[tuple[str, Span]] = [
        ("For", f"{whom}{named}"),
        ("Kind of ticket", content.category.replace("_", " ") or "none named"),
        ("Products", ", ".join((*content.products, *content.releases)) or "none named"),
        ("Looked after by", keeping.name(content.owner) if content.owner else "nobody"),
        ("Looked at again", days),
    ]
    if newest is not None:
        pairs.append(("State", f"version {newest.number} {STATES[newest.state]}"))
    return tuple(pairs)


def _in_review(newest: ArticleVersion | None) -> bool:
    return newest is not None and newest.state is VersionState.IN_REVIEW


def _buttons(
    article: Article, newest: ArticleVersion | None, may_edit: bool, may_decide: bool
) -> Sequence[Block]:
    """Only what this person may do."""
    at = {"article": article.id}
    edit = Button("Edit", "article.edit", at)
    history = Button("Versions", "article.versions", at)
    shown = {"number": article.number}
    still = Button("Still true", "article.confirm", at | shown, "good")
    retire = Button("Retire", "article.retire", at | shown)
    is_published = article.state is ArticleState.PUBLISHED
    if newest is None or newest.state not in WAITING:
        items = (*([still] if is_published else []), *([edit] if may_edit else []))
        return (Buttons(items, (history, retire) if is_published else (history,)),)
    this = at | {"number": newest.number, "digest": newest.digest}
    first: tuple[Button, ...] = ()
    if newest.state is VersionState.IN_REVIEW and may_decide:
        good = (Button("Publish", "article.publish", this, "good"),)
        back = Button("Ask for changes", "article.open_return", this)
        first = (*(() if unfit(of_version(newest)) else good), back)
    elif newest.state is VersionState.DRAFT:
        first = (Button("Ask for a review", "article.submit", this, "good"),)
    more = (history, still, retire) if is_published else (history,)
    return (Buttons((*first, edit), more),)


def history(
    article: Article, versions: Sequence[ArticleVersion], person: Person, keeping: Keeping
) -> Card:
    """Every version for this person with its author and what it changed, the newest first."""
    versions = [version for version in versions if sees(person, version)]
    blocks: list[Block] = []
    for at, version in enumerate(versions):
        before = versions[at + 1] if at + 1 < len(versions) else None
        who = f"Version {version.number} by {keeping.name(version.author)}, "
        by = f" by {keeping.name(version.decided_by)}" if version.decided_by else ""
        blocks += [
            Text((Strong(who), Moment(version.created_at), f": {STATES[version.state]}{by}")),
            *([Text((version.note,), "context")] if version.note else []),
        ]
        told = difference(of_version(before) if before else None, of_version(version))
        if told:
            blocks.append(Quote(told, by=""))
    if not versions:
        blocks.append(Text(("It came from elsewhere, and nobody has edited it here.",)))
    return Card(card_key(article.id), article.title, "Versions", tuple(blocks))
