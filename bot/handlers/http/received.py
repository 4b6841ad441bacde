"""What a signed call turns out to be; `Received` is the one kind that goes further."""

from dataclasses import dataclass
from typing import Literal

from bot.ports import DeskTicket, StatusSignal


@dataclass(frozen=True)
class Received:
    """News of one ticket, told once per `event_id` and source.

    `ticket.messages` are the messages this call told, never the whole conversation, and empty
    fields of `ticket.customer` were not told. With `needs_fetch` only `ticket.id` counts: the
    rest is asked of the `HelpDesk` port. A ticket that is not known yet is fetched as well, since
    calls arrive out of order. One that `is_gone` from the help desk cannot be asked for any more.
    """

    source: str
    event_id: str
    ticket: DeskTicket
    needs_fetch: bool = False
    is_gone: bool = False

    @property
    def telling(self) -> Literal["gone", "hint", "news"]:
        if self.is_gone:
            return "gone"
        return "hint" if self.needs_fetch else "news"


@dataclass(frozen=True)
class Signalled:
    """What a monitor told, once per `event_id` and source."""

    source: str
    event_id: str
    signals: tuple[StatusSignal, ...]


@dataclass(frozen=True)
class Ignored:
    """Well signed and well formed, but nothing Backstop uses."""

    reason: str


@dataclass(frozen=True)
class Unreadable:
    """Well signed, but not a body of its kind; `reason` never quotes the body."""

    reason: str


@dataclass(frozen=True)
class Outlived:
    """Well signed, but long ago: the sender never retries that late, so this is a replay."""

    reason: str


Outcome = Received | Signalled | Ignored | Unreadable | Outlived
