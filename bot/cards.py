"""The neutral words of a card; a renderer each spells them, nobody else knows a platform.

Every `str` in a card is plain text and is escaped by the renderer: a customer's words cannot
become a mention, a link or markup. Emphasis, links, people and times are spans of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Tone = Literal["neutral", "good", "warning", "bad"]


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """Only for addresses of our own making; never for one that a customer wrote."""

    url: str
    label: str


@dataclass(frozen=True)
class Mention:
    """Notifies the person where the surface knows them; elsewhere the bare name."""

    name: str
    slack: str | None = None
    teams: str | None = None


@dataclass(frozen=True)
class Moment:
    """A UTC time, shown in each reader's own time zone."""

    at: datetime


@dataclass(frozen=True)
class Jump:
    """To a message on the surface that shows it; the bare label where that knows no address."""

    channel: str
    message: str
    label: str


Span = str | Strong | Code | Link | Mention | Moment | Jump


def marked(text: str) -> tuple[Span, ...]:
    """Our own words, in which backticks set apart what is typed letter by letter."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return (text,)
    return tuple(Code(part) if place % 2 else part for place, part in enumerate(parts) if part)


@dataclass(frozen=True)
class Text:
    spans: tuple[Span, ...]
    style: Literal["body", "context"] = "body"


@dataclass(frozen=True)
class Quote:
    """Words of somebody outside, set apart; `by` says whose they are."""

    text: str
    by: str


@dataclass(frozen=True)
class Facts:
    pairs: tuple[tuple[str, Span], ...]


@dataclass(frozen=True)
class Divider:
    pass


@dataclass(frozen=True)
class Confirm:
    title: str
    text: str
    yes: str
    no: str = "Back"


@dataclass(frozen=True)
class Button:
    """`action` names a line of `bot.actions`; `args` (JSON values) come back with the click."""

    label: str
    action: str
    args: Mapping[str, Any] = field(default_factory=dict)
    tone: Tone = "neutral"
    confirm: Confirm | None = None


@dataclass(frozen=True)
class Buttons:
    """At most three in sight; the rest open from a menu, where nothing can ask for a confirm."""

    items: tuple[Button, ...]
    more: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        if len(self.items) > 3:
            raise ValueError("a card shows at most three buttons; move the rest to `more`")
        if any(button.confirm for button in self.more):
            raise ValueError("a menu entry cannot ask for a confirm; show it as a button")


Block = Text | Quote | Facts | Divider | Buttons


@dataclass(frozen=True)
class Card:
    """`key` is the card's identity on every surface; `summary` alone says what, amount and
    deadline without personal data: it is what lock screens and screen readers get. `partners` are
    the organisations that may read along where a card otherwise stays among ourselves."""

    key: str
    title: str
    summary: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = "neutral"
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Input:
    """`previewed` shows what is typed as its reader will see it, where the surface can."""

    name: str
    label: str
    multiline: bool = False
    required: bool = True
    max_length: int = 3000
    hint: str = ""
    initial: str = ""
    previewed: bool = False


@dataclass(frozen=True)
class Choice:
    """`options` are (value, label) pairs."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    initial: str = ""
    required: bool = True


@dataclass(frozen=True)
class Form:
    """A modal; submitting it is `action` with `args` and the typed words by input name. A button in
    it brings them too, and the form stays open."""

    title: str
    submit: str
    action: str
    args: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[Block | Input | Choice, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A private word to the asker."""

    text: str


@dataclass(frozen=True)
class FormErrors:
    """The form stays open; `fields` maps input names to what to correct."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What a program is told; plain JSON."""

    facts: Mapping[str, Any]


Answer = Card | Form | Notice | FormErrors | Told | None
