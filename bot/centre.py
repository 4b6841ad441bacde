"""The help centre as the core sees it: a port like those of `bot.ports`, under the same rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol


@dataclass(frozen=True)
class CentreArticle:
    """An article as customers find it; `digest` is the same for what we sent and what the help
    centre made of it. `labels` are there where the help centre has any."""

    id: str
    title: str
    markup: str
    digest: str
    language: str
    is_public: bool
    updated: datetime
    url: str = ""
    labels: tuple[str, ...] = ()
    read: Callable[[str], str] = field(default=str, compare=False)
    look: Callable[[str], str] = field(default=str, compare=False)

    @cached_property
    def body(self) -> str:
        """Markdown, read when it is asked for: of thousands that are listed few have changed."""
        return self.read(self.markup)

    @cached_property
    def styling(self) -> str:
        """Its tags without its words: Markdown has no place for what a page does not show."""
        return self.look(self.markup)


class HelpCentre(Protocol):
    """Where customers find articles; `body` is Markdown on its way out."""

    name: str

    def digest(self, title: str, body: str) -> str:
        """What `CentreArticle.digest` is once this is sent; asks nobody."""
        ...

    def article(self, article: str) -> CentreArticle | None:
        """None when it is not there, or no more."""
        ...

    def articles(self) -> Iterator[CentreArticle]: ...

    def find(self, marker: str, title: str, body: str) -> Sequence[CentreArticle]:
        """What was added under this marker; where the help centre keeps none, all that says the
        very same, which may be somebody else's."""
        ...

    def add(self, title: str, body: str, language: str, marker: str) -> CentreArticle: ...

    def change(self, article: str, title: str, body: str, language: str) -> CentreArticle:
        """Customers find it, and these words."""
        ...

    def withdraw(self, article: str) -> CentreArticle:
        """Customers find it no more, in any language; its words stay as they are."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
