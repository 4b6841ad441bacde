"""Chat, help desk and payment provider in memory, which fail when they are told to."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from bot.cards import Buttons, Card, Form
from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.money import Money
from bot.people import Standing
from bot.ports import Changed, Charge, DeskTicket, Place, Readers, Receipt

T = TypeVar("T")
CAPTURED = 1_000_000
# later: not taken. unknown: no answer, and nothing done. lost: done, and no answer. settled: failed
# for good under this key. refused: a no. crash: the bot is gone, before it was done or after.
Fault = Literal["", "later", "unknown", "lost", "settled", "refused", "crash", "crash after"]
BEFORE: Mapping[Fault, Callable[[], BaseException]] = {
    "later": lambda: TryLater("busy"),
    "unknown": lambda: OutcomeUnknown("no answer"),
    "settled": lambda: OutcomeUnknown("failed", is_settled=True),
    "refused": lambda: Refused("said_no"),
    "crash": lambda: Crash(),
}


class Crash(BaseException):
    """The bot is gone at this very moment, as after kill -9."""


@dataclass
class Weather:
    """`strike` says what goes wrong with a call, by its name; `meanwhile` is what else happens
    while it is under way."""

    strike: Callable[[str], Fault] = lambda call: ""
    meanwhile: Callable[[str], None] = lambda call: None

    def carry(
        self, call: str, do: Callable[[], T], settled: Callable[[], None] = lambda: None
    ) -> T:
        self.meanwhile(call)
        fault = self.strike(call)
        if fault == "settled":
            settled()
        if fault in BEFORE:
            raise BEFORE[fault]()
        done = do()
        if fault == "lost":
            raise OutcomeUnknown("no answer")
        if fault == "crash after":
            raise Crash
        return done


@dataclass(frozen=True)
class Refunded:
    charge: str
    amount: int
    key: str
    at: datetime


@dataclass
class Till:
    """A payment provider; `refunds` is its own record, the judge of what money did."""

    weather: Weather
    now: Callable[[], datetime]
    refunds: list[Refunded] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)

    def charge(self, charge: str) -> Charge:
        return self.weather.carry("charge", lambda: self._charge(charge))

    def charges_of(self, customer: str) -> tuple[Charge, ...]:
        return ()

    def refund(self, charge: str, amount: Money, key: str) -> Receipt:
        def do() -> Receipt:
            for number, made in enumerate(self.refunds):
                if made.key == key:
                    return Receipt(f"re_{number}")
            self.refunds.append(Refunded(charge, amount.amount, key, self.now()))
            return Receipt(f"re_{len(self.refunds) - 1}")

        if key in self.dead:
            raise OutcomeUnknown("failed", is_settled=True)
        return self.weather.carry(f"refund {charge}", do, lambda: self.dead.add(key))

    def find_refund(self, charge: str, key: str) -> Receipt | None:
        def look() -> Receipt | None:
            found = [number for number, one in enumerate(self.refunds) if one.key == key]
            return Receipt(f"re_{found[0]}") if found else None

        return self.weather.carry("look", look)

    def empty(self) -> None:
        self.refunds.clear()
        self.dead.clear()

    def follow(self, refund: str) -> Receipt:
        return Receipt(refund)

    def _charge(self, charge: str) -> Charge:
        given = sum(one.amount for one in self.refunds if one.charge == charge)
        customer = charge.replace("ch_", "cus_")
        return Charge(charge, customer, Money(CAPTURED, "USD"), Money(given, "USD"))


@dataclass
class Desk:
    weather: Weather
    said: list[tuple[str, str, str]] = field(default_factory=list)
    name: str = "zendesk"
    lands_within: timedelta = timedelta(0)

    def ticket(self, ticket: str) -> DeskTicket:
        raise TryLater("nobody looks here")

    def reply(self, ticket: str, text: str, marker: str) -> str:
        return self.weather.carry("reply", lambda: self._say(ticket, text, marker))

    def note(self, ticket: str, text: str, marker: str) -> str:
        return self.weather.carry("note", lambda: self._say(ticket, text, marker))

    def set_status(self, ticket: str, status: str) -> None:
        self.weather.carry("status", lambda: None)

    def find(
        self, ticket: str, marker: str, text: str, since: datetime, others: Collection[str] = ()
    ) -> str | None:
        found = [number for number, one in enumerate(self.said) if one[2] == marker]
        return str(found[0]) if found else None

    def changed(self, since: datetime) -> Iterator[Changed]:
        return iter(())

    def unsolved(self) -> Iterator[Changed]:
        return iter(())

    def customers(self) -> Iterator[Mapping[str, Any]]:
        return iter(())

    def articles(self) -> Iterator[Mapping[str, Any]]:
        return iter(())

    def close(self) -> None:
        """Nothing is open."""

    def empty(self) -> None:
        self.said.clear()

    def _say(self, ticket: str, text: str, marker: str) -> str:
        self.said.append((ticket, text, marker))
        return str(len(self.said) - 1)


@dataclass
class Post:
    channel: str
    marker: str
    card: Card

    @property
    def actions(self) -> set[str]:
        """What its buttons would ask for."""
        return {
            button.action
            for block in self.card.blocks
            if isinstance(block, Buttons)
            for button in (*block.items, *block.more)
        }


@dataclass
class Chat:
    weather: Weather
    posts: dict[str, Post] = field(default_factory=dict)
    name: str = "slack"

    def post(self, channel: str, card: Card, marker: str, thread: str | None = None) -> Place:
        return self.weather.carry("post", lambda: self._post(channel, card, marker))

    def find(
        self, channel: str, marker: str, since: datetime, thread: str | None = None
    ) -> Place | None:
        found = (
            ts for ts, one in self.posts.items() if (one.channel, one.marker) == (channel, marker)
        )
        return next((Place("slack", channel, ts) for ts in found), None)

    def update(self, place: Place, card: Card, via: str | None = None) -> None:
        def redraw() -> None:
            self.posts[place.message].card = card

        self.weather.carry("update", redraw)

    def whisper(
        self, channel: str, user: str, text: str, via: str | None = None, thread: str | None = None
    ) -> None:
        self.weather.carry("whisper", lambda: None)

    def shared_with(self, channel: str) -> frozenset[str]:
        return frozenset()

    def readers_of(self, channel: str) -> Readers:
        return Readers((), False, False)

    def amend(self, via: str, shown: Card | Form) -> None:
        """Nobody has a form open here."""

    def direct(self, user: str) -> str:
        return f"D{user}"

    def show_home(self, user: str, card: Card) -> None:
        """Nobody looks at it here."""

    def empty(self) -> None:
        self.posts.clear()

    def _post(self, channel: str, card: Card, marker: str) -> Place:
        ts = f"{len(self.posts) + 1}.0"
        self.posts[ts] = Post(channel, marker, card)
        return Place("slack", channel, ts)


@dataclass
class Register:
    """What the chat platform says of people; `is_down` while it says nothing."""

    guests: Collection[str]
    closed: set[str] = field(default_factory=set)
    is_down: bool = False

    def of(self, user: str, workspace: str = "") -> Standing:
        if self.is_down:
            return Standing.UNKNOWN
        if user in self.closed:
            return Standing.DEACTIVATED
        return Standing.GUEST if user in self.guests else Standing.MEMBER

    def forget(self, user: str) -> None:
        """Nothing is kept that could be old."""

    def empty(self) -> None:
        self.closed.clear()
        self.is_down = False
