"""What somebody asks of the knowledge base; frozen, verb first, like all of `bot.commands`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.centre import CentreArticle
from bot.people import Account


@dataclass(frozen=True)
class AskKnowledge:
    """`channel` and `thread` are where it was asked, `words` what stands in that thread, the
    oldest first."""

    by: Account
    question: str
    channel: str = ""
    thread: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteAnswer:
    """What a search found for a question is to be shown: `passages` name an article, the number of
    a passage, and a digest of the article's words. `ticket` is whose thread it was asked in, 0 for
    none; `is_typed` when the words are the asker's own, and not the thread's."""

    by: Account
    question: str
    passages: tuple[tuple[int, int, str], ...]
    channel: str
    thread: str
    ticket: int
    is_typed: bool = True


@dataclass(frozen=True)
class WriteAnswer:
    """Have a model write it; `where` is the address of the card that was clicked."""

    by: Account
    question: int
    where: str


@dataclass(frozen=True)
class JudgeAnswer:
    by: Account
    question: int
    verdict: Literal["helpful", "missed"]


@dataclass(frozen=True)
class ShareAnswer:
    """Show it to everybody where it was asked, as far as everybody there may read it."""

    by: Account
    question: int


@dataclass(frozen=True)
class ReportGap:
    by: Account
    question: int


@dataclass(frozen=True)
class ListGaps:
    by: Account


@dataclass(frozen=True)
class ListArticles:
    """Those that are mine, and those that wait for my review."""

    by: Account


@dataclass(frozen=True)
class ShowGap:
    """What was asked, to whoever serves those who asked."""

    by: Account
    gap: int


@dataclass(frozen=True)
class ClaimGap:
    by: Account
    gap: int


@dataclass(frozen=True)
class ReleaseGap:
    by: Account
    gap: int


@dataclass(frozen=True)
class OpenArticle:
    by: Account
    article: int


@dataclass(frozen=True)
class ShowVersions:
    by: Account
    article: int


@dataclass(frozen=True)
class OpenWriting:
    """A form for a new article, drafted from what is given: a gap, a ticket, a question, or the
    `words` of a thread."""

    by: Account
    gap: int = 0
    ticket: int = 0
    question: int = 0
    channel: str = ""
    thread: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenEditing:
    by: Account
    article: int


@dataclass(frozen=True)
class SaveArticle:
    """A form comes back: `article` is 0 for a new one, `base` the version that was edited."""

    by: Account
    article: int
    base: int
    ticket: int
    gap: int
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SubmitArticle:
    by: Account
    article: int
    number: int
    digest: str


@dataclass(frozen=True)
class PublishArticle:
    by: Account
    article: int
    number: int
    digest: str


@dataclass(frozen=True)
class OpenReturning:
    by: Account
    article: int
    number: int
    digest: str


@dataclass(frozen=True)
class ReturnArticle:
    by: Account
    article: int
    number: int
    digest: str
    reason: str


@dataclass(frozen=True)
class RetireArticle:
    """`number` is the published version that was shown."""

    by: Account
    article: int
    number: int


@dataclass(frozen=True)
class ConfirmArticle:
    """Somebody has read it and finds it still true."""

    by: Account
    article: int
    number: int


@dataclass(frozen=True)
class SettleLikeness:
    """`article` is the one that it was settled beside, where somebody looked privately."""

    by: Account
    likeness: int
    article: int | None = None


@dataclass(frozen=True)
class NoteReleases:
    """Versions of products that nobody knew of until now."""

    releases: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PullArticles:
    """What the help centre held when the listing `began`; `is_last` when there is no more of it.
    `gone` are the ids there of what it held before, and holds no more; `missing` counts them where
    they are so many that nobody believes it."""

    desk: str
    articles: tuple[CentreArticle, ...]
    began: datetime
    gone: tuple[str, ...] = ()
    is_last: bool = False
    missing: int = 0


@dataclass(frozen=True)
class SettleMirror:
    """An article changed on both sides, and a person has seen both."""

    by: Account
    article: int
    number: int
    digest: str
    keep: Literal["ours", "theirs"]


KnowledgeCommand = (
    AskKnowledge
    | NoteAnswer
    | WriteAnswer
    | JudgeAnswer
    | ShareAnswer
    | ReportGap
    | ListGaps
    | ListArticles
    | ShowGap
    | ClaimGap
    | ReleaseGap
    | OpenArticle
    | ShowVersions
    | OpenWriting
    | OpenEditing
    | SaveArticle
    | SubmitArticle
    | PublishArticle
    | OpenReturning
    | ReturnArticle
    | RetireArticle
    | ConfirmArticle
    | SettleLikeness
    | NoteReleases
    | PullArticles
    | SettleMirror
)
