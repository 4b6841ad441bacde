"""The private answer to a question, and what is shown of it to others."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.cards import Block, Button, Buttons, Card, Link, Quote, Span, Strong, Text
from bot.config.directory import Directory
from bot.flows.knowledge.contents import of_article
from bot.flows.knowledge.freshness import age
from bot.flows.knowledge.rules import passage_of
from bot.sight import reads
from bot.words import label
from storage.models import Article, ArticleState, Audience, Question
from storage.unit_of_work import UnitOfWork

_TITLE = 40
UNANSWERED = (
    "It stands on the list of what is missing, without your name. Report it to have the people who "
    "write the articles told: they see that you asked."
)
GONE = "What was found has changed since, or is for others now. Please ask again."


def answer(
    question: Question,
    uow: UnitOfWork,
    directory: Directory,
    now: datetime,
    can_write: bool = False,
) -> Card:
    """`can_write` when a model is connected that writes an answer out of what was found."""
    asker = directory.get(question.asked_by)
    told = shown(question, uow, lambda article: asker is not None and reads(asker, article))
    if not told:
        return _gone(question) if question.shown else _nothing(question)
    blocks: list[Block] = [_asked(question)]
    for article, passage in told:
        blocks += cited(article, passage, directory, now)
    return Card(
        key=f"question-{question.id}",
        title="From the knowledge base",
        summary=f"{len(told)} article{'s' if len(told) > 1 else ''} found.",
        blocks=(*blocks, _buttons(question, [article for article, _ in told], can_write)),
    )


def being_written(card: Card, text: str) -> Card:
    """The answer as far as it is written, above what it is written from."""
    return replace(card, blocks=(Quote(f"{text} …", by="Writing an answer"), *card.blocks))


def written(
    card: Card,
    sentences: Sequence[tuple[str, Sequence[tuple[int, int]]]],
    left_out: int,
    trouble: str,
) -> Card:
    """The whole of it, each sentence with the numbers of the articles that say so."""
    blocks: list[Block] = []
    order = list(dict.fromkeys(article for _, cites in sentences for article, _ in cites))
    said = [_numbered(text, [order.index(a) + 1 for a, _ in cites]) for text, cites in sentences]
    if said:
        blocks.append(Quote(" ".join(said), by="Written by an AI, from the articles below"))
    if left_out:
        plural = (
            "sentence that nothing here supports was"
            if left_out == 1
            else ("sentences that nothing here supports were")
        )
        blocks.append(Text((f"{left_out} {plural} left out.",), "context"))
    elif not said:
        blocks.append(Text((trouble or "The articles say nothing to it.",)))
    return replace(card, blocks=(*blocks, *card.blocks))


def _numbered(text: str, numbers: Sequence[int]) -> str:
    return " ".join((text, *(f"[{number}]" for number in dict.fromkeys(numbers))))


def shown(
    question: Question, uow: UnitOfWork, may: Callable[[Article], bool]
) -> list[tuple[Article, str]]:
    """The articles with the passages that were found, as far as they are published, `may` be read,
    and say what they said then: a card is drawn long after its question."""
    told = []
    for article_id, number, *words in question.shown:
        article = uow.articles.get(article_id)
        is_same = words == [of_article(article).words]
        if is_same and article.state is ArticleState.PUBLISHED and may(article):
            told.append((article, passage_of(text_of(article), number, question.text)))
    return told


def text_of(article: Article) -> str:
    """As the search has it, whose passages are counted."""
    return f"{article.summary}\n{article.body}"


def cited(article: Article, passage: str, directory: Directory, now: datetime) -> tuple[Block, ...]:
    """With its article, which it leads to where that has an address, and how far to trust it."""
    return (
        Text((titled(article),)),
        Quote(passage, by=""),
        Text((standing(article, directory, now),), "context"),
    )


def titled(article: Article) -> Span:
    return Link(article.url, article.title) if article.url else Strong(article.title)


def standing(article: Article, directory: Directory, now: datetime) -> str:
    owner = directory.get(article.owner) if article.owner else None
    host = urlsplit(article.url).hostname if article.url else ""
    parts = (
        f"May be out of date: {article.stale}" if article.stale else "",
        age(article.reviewed_on, now.date()).capitalize(),
        f"{owner.name} looks after it" if owner else "nobody looks after it",
        ""
        if article.audience is Audience.PUBLIC
        else f"{article.audience.value}, not for customers",
        host or "",
    )
    return " · ".join(part for part in parts if part)


def _asked(question: Question) -> Text:
    """Of two answers in a row nobody can tell otherwise which is which."""
    return Text((f"You asked: {question.text}",), "context")


def _buttons(question: Question, articles: Sequence[Article], can_write: bool) -> Buttons:
    args = {"question": question.id}
    writing = (Button("Write me an answer", "knowledge.answer", args),) if can_write else ()
    where = "thread" if question.thread else "channel"
    return Buttons(
        (
            Button("Helpful", "knowledge.helpful", args, "good"),
            Button("Not helpful", "knowledge.missed", args),
            Button(f"Share in {where}", "knowledge.share", args),
        ),
        (
            *writing,
            *(
                Button(f"Open: {label(one.title, _TITLE)}", "article.open", {"article": one.id})
                for one in articles
            ),
            Button("Write the article", "article.write", args),
            Button("Report the gap", "knowledge.report_gap", args),
        ),
    )


def _gone(question: Question) -> Card:
    return Card(
        key=f"question-{question.id}",
        title="From the knowledge base",
        summary="What was found is no longer there.",
        blocks=(_asked(question), Text((GONE,))),
    )


def _nothing(question: Question) -> Card:
    args = {"question": question.id}
    return Card(
        key=f"question-{question.id}",
        title="No article covers this",
        summary="No article covers this question.",
        blocks=(
            _asked(question),
            Text((UNANSWERED,)),
            Buttons(
                (
                    Button("Report the gap", "knowledge.report_gap", args),
                    Button("Write the article", "article.write", args),
                )
            ),
        ),
    )
