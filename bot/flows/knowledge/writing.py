"""Articles are written and edited in a form; each time it is sent off is a version of its own."""

from uuid import uuid4

from bot import knowledge_commands as commands
from bot.cards import Card, Form
from bot.errors import NotAllowed, Outdated
from bot.flows.knowledge import article_cards
from bot.flows.knowledge.contents import Content, of_article, of_version, sees
from bot.flows.knowledge.context import asked_in, serves, ticket_at
from bot.flows.knowledge.deciding import authors
from bot.flows.knowledge.drafting import Draft, Spoken, draft_of
from bot.flows.knowledge.forms import read_form, writing_form
from bot.flows.knowledge.gaps import check_writes
from bot.flows.knowledge.keeping import Keeping
from bot.people import Person
from storage.models import (
    Article,
    ArticleState,
    ArticleVersion,
    Audience,
    Gap,
    Ticket,
    VersionState,
)
from storage.unit_of_work import UnitOfWork

# What the next version takes the place of.
_REPLACED = (VersionState.DRAFT, VersionState.IN_REVIEW)


def open_writing(command: commands.OpenWriting, uow: UnitOfWork, keeping: Keeping) -> Form:
    """A form with a draft of what the ticket, the thread, the gap or the question is about."""
    person = keeping.keeper(command.by)
    question = uow.questions.get(command.question) if command.question else None
    if question is not None and question.asked_by != person.id:
        raise NotAllowed("This was somebody else's question.")
    gap = uow.gaps.get(command.gap) if command.gap else None
    if gap is not None:
        check_writes(person, gap, uow, keeping)
    if gap is None and question is not None:
        gap = uow.gaps.of_question(question)
    ticket = _ticket(command, person, gap, uow, keeping)
    if ticket is None and question and question.ticket_id:
        ticket = uow.tickets.get(question.ticket_id)
    if ticket is not None:
        draft = _of_ticket(ticket, uow, keeping)
    elif command.words:
        said = [Spoken(words, at > 0) for at, words in enumerate(command.words)]
        if len(said) == 1:
            # Whoever tells of it in one message has told what helped in the same.
            said.append(Spoken(command.words[0], True))
        draft = draft_of("", said, [p.name for p in keeping.directory.people])
    else:
        asked = question.text if question else gap.question if gap else ""
        draft = Draft(" ".join(asked.split())[:200], "")
    content = Content(
        title=draft.title,
        body=draft.body,
        language=keeping.settings.company.language,
        category=(ticket.category if ticket else gap.category if gap else "") or "other",
        owner=person.id,
        # Whose words it began with is for the author to see before customers do.
        audience="internal" if draft.body else "public",
        review_days=180,
    )
    args = {
        "article": 0,
        "base": 0,
        "ticket": ticket.id if ticket else 0,
        "gap": gap.cluster if gap else 0,
    }
    return writing_form("Write an article", content, args, keeping.directory.people)


def _ticket(
    command: commands.OpenWriting,
    person: Person,
    gap: Gap | None,
    uow: UnitOfWork,
    keeping: Keeping,
) -> Ticket | None:
    """Whose conversation it is drafted from; somebody else's customer's is not for this person."""
    settings = keeping.settings
    number = command.ticket or (gap.ticket_id or 0 if gap else 0)
    if number:
        ticket = uow.tickets.get(number)
        if serves(person, ticket, uow, settings):
            return ticket
        if command.ticket:
            raise NotAllowed("This customer is somebody else's to look after.")
        return None
    by = command.by
    return ticket_at(by.surface, command.channel, command.thread, person, uow, settings)


def _of_ticket(ticket: Ticket, uow: UnitOfWork, keeping: Keeping) -> Draft:
    """What we say among ourselves solves nothing for a customer, and stays among us."""
    text, customer = uow.tickets.text(ticket.id), uow.customers.get(ticket.customer_id)
    said = [
        Spoken(message.body, not message.author.is_outside)
        for message in uow.tickets.conversation(ticket.id, public_only=True)
    ]
    named, account = uow.customers.text(customer.id), uow.customers.account(customer.account_id)
    names = [person.name for person in (named, *keeping.directory.people) if person]
    subject = text.subject if text else asked_in(ticket, uow)
    return draft_of(subject, said, names, account.name if account else "")


def open_editing(command: commands.OpenEditing, uow: UnitOfWork, keeping: Keeping) -> Form:
    person, article = keeping.editor(command.by, command.article, uow)
    newest = uow.articles.newest(article.id)
    _check_replaces(newest, person)
    waiting = (*_REPLACED, VersionState.RETURNED)
    is_ahead = newest is not None and newest.state in waiting and sees(person, newest)
    content = of_version(newest) if newest and is_ahead else of_article(article)
    args = {
        "article": article.id,
        "base": newest.number if newest else 0,
        "ticket": 0,
        "gap": 0,
    }
    return writing_form("Edit the article", content, args, keeping.directory.people)


def _check_replaces(newest: ArticleVersion | None, person: Person) -> None:
    """Nobody puts their words in the place of some that they may not read."""
    if newest is not None and newest.state in _REPLACED and not sees(person, newest):
        raise NotAllowed("Somebody is changing it for readers to whom you do not belong.")


def save(command: commands.SaveArticle, uow: UnitOfWork, keeping: Keeping) -> Card:
    """A version of its own, so that nobody's words are lost; over somebody else's newer one it is
    refused, and what was typed stays in the form."""
    person = keeping.keeper(command.by)
    before, article = Content("", "", language=keeping.settings.company.language), None
    if command.article:
        _, article = keeping.editor(command.by, command.article, uow)
        before = of_article(article)
        newest = uow.articles.newest(article.id)
        _check_replaces(newest, person)
        if newest is not None and newest.number != command.base:
            raise Outdated(
                f"{keeping.name(newest.author)} has changed it meanwhile. Copy what you typed, "
                "look at the article again, and edit that."
            )
    known = [f"partner:{partner.organisation}" for partner in keeping.settings.partners]
    known += [f"person:{one.id}" for one in keeping.directory.people]
    content = read_form(command.typed, before, known)
    article = article or _begun(content, uow)
    origin = _origin(command, person, uow, keeping)
    version = uow.articles.write(
        ArticleVersion(
            article_id=article.id,
            number=0,
            title=content.title,
            body=content.body,
            facts=content.facts,
            note=command.typed.get("note", ""),
            author=person.id,
            digest=content.digest,
            ticket_id=origin.id if origin else None,
            customer_id=origin.customer_id if origin else None,
            created_at=keeping.clock.now(),
        )
    )
    _fill(command.gap, origin, article, uow)
    _set_readers(article, content)
    keeping.record(uow, "article written", person.id, article.id, number=version.number)
    if command.typed.get("next") == "review":
        hand_in(article, version, uow, keeping)
    return article_cards.whole(article, version, person, uow, keeping)


def _begun(content: Content, uow: UnitOfWork) -> Article:
    """Its own words stay empty until a version is published: nobody finds it before."""
    article = Article(
        ref=uuid4().hex[:12],
        title="",
        state=ArticleState.DRAFT,
        audience=Audience(content.audience),
        readers=list(content.readers),
        owner=content.owner,
        category=content.category,
        language=content.language,
    )
    return uow.articles.add(article)


def _origin(
    command: commands.SaveArticle, person: Person, uow: UnitOfWork, keeping: Keeping
) -> Ticket | None:
    """The numbers in a form come back from outside, so they are looked at again."""
    ticket = uow.tickets.get(command.ticket) if command.ticket else None
    return ticket if ticket and serves(person, ticket, uow, keeping.settings) else None


def _fill(cluster: int, origin: Ticket | None, article: Article, uow: UnitOfWork) -> None:
    """The gap it fills knows of it, and is closed when it is published; so does the gap that its
    ticket opened."""
    opened = uow.gaps.of_ticket(origin.id) if origin else None
    for first in {cluster, opened.cluster if opened else 0} - {0}:
        for gap in uow.gaps.cluster(first):
            gap.article_id = article.id


def submit(command: commands.SubmitArticle, uow: UnitOfWork, keeping: Keeping) -> Card:
    person, article = keeping.editor(command.by, command.article, uow)
    version = uow.articles.version(article.id, command.number)
    is_theirs = version is not None and sees(person, version)
    if version is None or not is_theirs or not uow.articles.submit(version, command.digest):
        raise Outdated("It has changed since. Please open the article again.")
    fresh = uow.articles.version(article.id, command.number) or version
    _announce(article, fresh, uow, keeping)
    return article_cards.whole(article, fresh, person, uow, keeping)


def hand_in(article: Article, version: ArticleVersion, uow: UnitOfWork, keeping: Keeping) -> None:
    version.state = VersionState.IN_REVIEW
    uow.session.flush()
    _announce(article, version, uow, keeping)


def _announce(article: Article, version: ArticleVersion, uow: UnitOfWork, keeping: Keeping) -> None:
    """A later version that asks for other readers is shown to those who may read both."""
    if article.number == 0 and article.state is not ArticleState.PUBLISHED:
        article.state = ArticleState.IN_REVIEW
        _set_readers(article, of_version(version))
    uow.session.flush()
    keeping.show_article(uow, article, but=authors(article, uow))
    keeping.record(uow, "review asked for", version.author, article.id, number=version.number)


def _set_readers(article: Article, content: Content) -> None:
    """Before it has words of its own, who may read it is as its newest version has it."""
    if article.number == 0 and not article.title and not article.body:
        article.audience = Audience(content.audience)
        article.readers, article.owner = list(content.readers), content.owner
