"""The outside world as the core sees it; every implementation is an edge.

All calls block, are made with no transaction open, and raise `bot.errors.OutsideError`:
`Refused` (a definite no), `TryLater` (nothing happened) or `OutcomeUnknown` (look first).
A `marker` is our own id of one outgoing thing; what was sent can be found by it afterwards.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol

from bot.cards import Card, Form
from bot.money import Money
from bot.people import Standing


class Clock(Protocol):
    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        ...


@dataclass(frozen=True)
class Place:
    """One shown copy: `message` is the surface's id of it within `channel`."""

    surface: str
    channel: str
    message: str


@dataclass(frozen=True)
class Readers:
    """Who reads along in a channel: `users` of any kind but us, whether anybody of the workspace
    can come in, and whether another workspace reads along."""

    users: tuple[str, ...]
    is_open: bool
    is_shared: bool


class ChatSurface(Protocol):
    """Slack or Teams, outward."""

    name: str

    def post(self, channel: str, card: Card, marker: str, thread: str | None = None) -> Place: ...

    def find(
        self, channel: str, marker: str, since: datetime, thread: str | None = None
    ) -> Place | None:
        """The post that carries the marker, or None when the channel certainly has none."""
        ...

    def update(self, place: Place, card: Card, via: str | None = None) -> None:
        """Redraw a copy; `via` is the click's own reply address, which no quota limits."""
        ...

    def whisper(
        self, channel: str, user: str, text: str, via: str | None = None, thread: str | None = None
    ) -> None:
        """Tell one person privately, in place; falls back to a direct message."""
        ...

    def shared_with(self, channel: str) -> frozenset[str]:
        """The workspaces whose people read along there, ours too; none where it is ours alone, and
        "" among them where the surface does not name them."""
        ...

    def readers_of(self, channel: str) -> Readers: ...

    def amend(self, via: str, shown: Card | Form) -> None:
        """Redraw a private card or an open form through the address that came with a click on it;
        a form keeps what is typed in it."""
        ...

    def direct(self, user: str) -> str:
        """The channel for private messages with this user, opened when needed."""
        ...

    def show_home(self, user: str, card: Card) -> None: ...


@dataclass(frozen=True)
class DeskMessage:
    """`author` is who wrote it: the ticket's customer, some other outsider, a person of ours (then
    `email` is their address, if told), or an automatic agent."""

    id: str
    author: Literal["customer", "other", "person", "agent"]
    text: str
    public: bool
    at: datetime
    email: str = ""


@dataclass(frozen=True)
class DeskCustomer:
    """Not `vouched`: the help desk says that the address is only what somebody typed or sent."""

    id: str
    name: str = ""
    email: str = ""
    language: str = ""
    organisation: str | None = None
    vouched: bool = True


@dataclass(frozen=True)
class DeskTicket:
    """A ticket as the help desk tells it; `updated` orders two tellings of the same ticket, and
    `tags` are None where it does not say.

    Only a fetched one says whether the assignee `is_ours`, the account we ourselves work through.
    """

    id: str
    subject: str
    status: Literal["open", "waiting", "resolved"]
    updated: datetime
    customer: DeskCustomer
    messages: tuple[DeskMessage, ...] = ()
    priority: str = ""
    tags: tuple[str, ...] | None = None
    channel: str = ""
    assignee: str | None = None
    assignee_email: str = ""
    is_ours: bool = False


@dataclass(frozen=True)
class StatusSignal:
    """One trouble as a monitor tells of it, under its own `ref`; at `told` it was so. One that is
    over says when it `ended`."""

    ref: str
    name: str
    products: tuple[str, ...]
    region: str
    severity: str
    started: datetime
    told: datetime
    ended: datetime | None = None


@dataclass(frozen=True)
class Changed:
    """The help desk says that a ticket changed at that time, and not what it holds now; or that
    it was deleted."""

    ticket: str
    at: datetime
    is_gone: bool = False


class Standings(Protocol):
    """What a chat platform says of an account, asked at most a minute ago; raises nothing."""

    def of(self, user: str, workspace: str = "") -> Standing:
        """UNKNOWN when the platform does not say; asking again later may help."""
        ...

    def forget(self, user: str) -> None:
        """Something about the user has changed: ask again, however short ago it was."""
        ...


class HelpDesk(Protocol):
    """`lands_within`: so long after its sending a message may still arrive there whose answer never
    came; zero where a late one is turned away once another stands in its place."""

    name: str
    lands_within: timedelta

    def ticket(self, ticket: str) -> DeskTicket: ...

    def reply(self, ticket: str, text: str, marker: str) -> str:
        """Say this to the customer; returns the help desk's id of the message."""
        ...

    def note(self, ticket: str, text: str, marker: str) -> str:
        """An internal note, invisible to the customer."""
        ...

    def set_status(self, ticket: str, status: Literal["open", "waiting", "resolved"]) -> None: ...

    def find(
        self,
        ticket: str,
        marker: str,
        text: str,
        since: datetime,
        others: Collection[str] = (),
    ) -> str | None:
        """The id of a reply or note sent under this marker, None when there certainly is none.

        `text`, `since` and the ids of `others`, known to be something else that we sent, serve help
        desks that keep no marker of ours.
        """
        ...

    def changed(self, since: datetime) -> Iterator[Changed]:
        """Every ticket changed since then, oldest change first (for polling and imports)."""
        ...

    def unsolved(self) -> Iterator[Changed]:
        """Every ticket that is open now and waits for nobody outside, however old."""
        ...

    def customers(self) -> Iterator[Mapping[str, Any]]:
        """Rows for `backstop import customers`."""
        ...

    def articles(self) -> Iterator[Mapping[str, Any]]:
        """Rows for `backstop import articles`."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True)
class Charge:
    """`refundable` is captured minus refunded, from the provider's own record; `on` the day in
    UTC."""

    id: str
    customer: str | None
    captured: Money
    refunded: Money
    on: date | None = None

    @property
    def refundable(self) -> Money:
        return Money(self.captured.amount - self.refunded.amount, self.captured.currency)


@dataclass(frozen=True)
class Receipt:
    """The outside system's own id of what was done. What is `pending` there may still fail."""

    id: str
    detail: str = ""
    outcome: Literal["done", "pending", "failed"] = "done"


class Payments(Protocol):
    def charge(self, charge: str) -> Charge: ...

    def charges_of(self, customer: str) -> tuple[Charge, ...]:
        """The customer's charges, newest first, at most 20; `customer` is the provider's id."""
        ...

    def refund(self, charge: str, amount: Money, key: str) -> Receipt:
        """Refund once per `key`; the key also stands in the refund's metadata."""
        ...

    def find_refund(self, charge: str, key: str) -> Receipt | None:
        """The refund made under this key according to the provider's record of the charge."""
        ...

    def follow(self, refund: str) -> Receipt:
        """How the refund of this receipt stands by now."""
        ...


class AgentHooks(Protocol):
    def tell(self, agent: str, ident: str, facts: Mapping[str, Any]) -> None:
        """Send it to the agent of this name, signed; `ident` is the same each time. Nothing where
        it has no address."""
        ...


class Mail(Protocol):
    def send(self, to: str, subject: str, text: str, marker: str) -> None:
        """One e-mail to one person; `marker` is its id."""
        ...


class AccountActions(Protocol):
    def change(self, account: str, change: Mapping[str, Any], key: str) -> Receipt: ...

    def find(self, key: str) -> Receipt | None: ...

    def values(self, account: str) -> Mapping[str, str]:
        """What stands there now, by the name of the change that would replace it; empty where the
        system does not tell."""
        ...
