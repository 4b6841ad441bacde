"""What has happened in the knowledge base; ids only, like all of `bot.events`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerGiven:
    """Triage has answered a customer from articles, with nobody of ours in between."""

    decision: int


@dataclass(frozen=True)
class AnswerWanted:
    """Somebody waits for a model to write it, before the card at this address."""

    question: int
    where: str


@dataclass(frozen=True)
class QuestionUnanswered:
    """No article covers what somebody asked, in the search's eyes or in the model's."""

    question: int


@dataclass(frozen=True)
class AnswerShared:
    """Somebody wants everybody to see it where it was asked."""

    question: int
    by: str


@dataclass(frozen=True)
class ArticlePublished:
    article: int
    number: int


@dataclass(frozen=True)
class ArticleSolved:
    """Whoever resolved a ticket has named the article that solved it."""

    article: int
    ticket: int


@dataclass(frozen=True)
class ArticleWithdrawn:
    """Nobody is to find it any more."""

    article: int


@dataclass(frozen=True)
class ArticleDoubted:
    """Something says that it may no longer be true."""

    article: int


@dataclass(frozen=True)
class ReviewDue:
    """A timer: so long after its last review somebody should look at it again; `reviewed_on` is
    that day."""

    article: int
    reviewed_on: str


KnowledgeEvent = (
    AnswerGiven
    | AnswerWanted
    | QuestionUnanswered
    | AnswerShared
    | ArticlePublished
    | ArticleSolved
    | ArticleWithdrawn
    | ArticleDoubted
    | ReviewDue
)
