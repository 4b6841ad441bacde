"""One bot and everything around it; what is done to it returns once everything it caused is over,
or is left to whoever carries it delivery by delivery."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
from cryptography.fernet import Fernet

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.outside import Chat, Crash, Desk, Register, Till, Weather
from bot import events
from bot.authenticators import STEP_S
from bot.bootstrap import Backstop, Outside, build
from bot.bus import Origin, Reply
from bot.cards import Answer, Form, FormErrors
from bot.commands import Command
from bot.config import Settings
from bot.people import Account
from bot.steps import Lane
from storage.models import (
    Authenticator,
    AuthenticatorState,
    Customer,
    Decision,
    Delivery,
    DeliveryState,
    PostState,
    ProofKind,
    Ticket,
)
from storage.unit_of_work import UnitOfWork
from tests.clock import START, SteerableClock
from tests.databases import clear

# So long after a death nobody holds what the dead one held.
LEASES_LAPSE = timedelta(seconds=11)
SECRETS = {name: f"{name.upper():A<8}"[:8] * 4 for name in staff.PEOPLE}


@dataclass(frozen=True)
class Card:
    """A copy of an approval's card, as it was shown once."""

    approval: int
    version: int
    digest: str
    message: str


@dataclass
class Room:
    """`lost` are people whose right to approve was taken from them; a right that is gone stays so,
    because to give it back would take two administrators."""

    url: str
    folder: Path
    weather: Weather = field(default_factory=Weather)
    lost: set[str] = field(default_factory=set)
    clock: SteerableClock = field(default_factory=SteerableClock)
    _settings: dict[frozenset[str], Settings] = field(default_factory=dict)
    _taken: int = 0

    def __post_init__(self) -> None:
        self.till = Till(self.weather, self.now)
        self.desk, self.chat = Desk(self.weather), Chat(self.weather)
        self.register = Register({staff.user(staff.GUEST)})
        self.bot = self.another()

    def clear(self) -> None:
        """As if nothing had happened yet."""
        self._taken = 0
        self.clock.set(START)
        for place in (self.till, self.desk, self.chat, self.register):
            place.empty()
        clear(self.bot.engine)
        if self.lost:
            self.lost.clear()
            self.restart(timedelta(0))
        self.bot.writer.run(_enrol)

    def restart(self, after: timedelta = LEASES_LAPSE) -> None:
        """Another process on the same database; what the last one held lapses."""
        self.bot.close()
        self.clock.advance(seconds=after.total_seconds())
        self.bot = self.another()

    def now(self) -> datetime:
        return self.clock.now()

    def account(self, person: str) -> Account:
        name = staff.user(person)
        return Account("slack", name, staff.HOME, self.register.of(name))

    def propose(self, amount: int, is_ours: bool = False) -> None:
        """As triage does when a customer wants money back; each customer has a charge of their
        own."""
        self.bot.writer.run(lambda uow: self._propose(uow, amount, is_ours))

    def ask(self, command: Command, event_id: str | None = None) -> Answer:
        """What a click or a form becomes; the same id again is the same click again."""
        self._taken += 1
        by = command.by.user if hasattr(command, "by") else ""
        message = getattr(command, "message", None)
        channel = getattr(command, "channel", staff.APPROVALS)
        reply = Reply("slack", channel, by, message=message)
        return self.bot.bus.handle(command, Origin("slack", event_id or f"e{self._taken}", reply))

    def settle(self) -> int:
        """Carry everything that is due; how often the bot died over it."""
        deaths = 0
        while lanes := self._due():
            try:
                for lane in lanes:
                    self.bot.worker.run_due(lane)
            except Crash:
                deaths += 1
                self.restart()
        return deaths

    def code(self, person: str, ago: int = 0) -> str:
        at = int(self.now().timestamp()) - ago * STEP_S
        return pyotp.TOTP(SECRETS[person]).at(at)

    def wrong_code(self, person: str) -> str:
        near = {self.code(person, ago) for ago in (-2, -1, 0, 1, 2)}
        return next(f"{number:06}" for number in range(9) if f"{number:06}" not in near)

    def card(self, approval: int) -> Card | None:
        """Its card as the rows have it; None where none was put up."""
        with self.bot.reading() as uow:
            row = uow.approvals.get(approval)
            copies = uow.card_posts.of(f"approval-{approval}")
            shown = [one for one in copies if one.state is PostState.SHOWN and one.message]
            place = shown[0].message if shown else None
            return Card(approval, row.version, row.digest, place) if place else None

    def close(self) -> None:
        self.bot.close()

    def _due(self) -> list[Lane]:
        """Lanes with something to carry; to ask each of five for nothing takes longest."""
        with self.bot.reading() as uow:
            waits = Delivery.state.in_((DeliveryState.WAITING, DeliveryState.LEASED))
            due = uow.session.query(Delivery.lane).filter(waits, Delivery.due <= self.now())
            found = {lane for (lane,) in due.distinct()}
        return [lane for lane in Lane if lane in found]

    def another(self) -> Backstop:
        """One more process on this database, in the same world."""
        lost = frozenset(self.lost)
        if lost not in self._settings:
            self._settings[lost] = staff.settings(lost, self.folder / "app.yaml")
        environ = staff.ENVIRON | {"BACKSTOP_DATABASE_URL": self.url}
        outside = Outside(
            {"slack": self.chat},
            help_desk=self.desk,
            payments=self.till,
            standings=self.register,
        )
        bot = build(self._settings[lost], environ, self.clock, outside)
        bot.writer.run(_enrol)
        return bot

    def _propose(self, uow: UnitOfWork, amount: int, is_ours: bool) -> None:
        now = self.now()
        number = uow.session.query(Customer).count() + 1
        customer = Customer(
            source="zendesk",
            ref=f"z{number}",
            account_id=None,
            payment_ref=f"cus_{number}",
            created_at=now,
        )
        email = f"{staff.IS_OURS}@indoors.example" if is_ours else f"c{number}@home.example"
        uow.customers.add(customer, f"Customer {number}", email)
        ticket = Ticket(
            source="zendesk",
            ref=str(number),
            customer_id=customer.id,
            created_at=now,
            desk_updated_at=now,
        )
        uow.tickets.add(ticket, "Money back")
        args = {"kind": "refund", "charge": f"ch_{number}", "amount": amount, "currency": "USD"}
        args |= {"ticket": ticket.id, "customer": customer.id, "reason": "As asked."}
        decision = uow.escalations.decide(_decision(ticket, args, now))
        uow.emit(events.ActProposed(decision.id, 0))
        self.bot.bus.dispatch(uow)


def outcome(answer: Answer) -> str:
    """An answer in a word."""
    if answer is None:
        return "done"
    if isinstance(answer, Form):
        return "asked"
    return "corrected" if isinstance(answer, FormErrors) else "told"


def _decision(ticket: Ticket, args: dict[str, Any], now: datetime) -> Decision:
    lists: dict[str, list[str]] = {name: [] for name in ("reasons", "stakes", "cites", "found")}
    levels = dict.fromkeys(("severity", "impact", "priority", "sentiment"), 0)
    return Decision(
        ticket_id=ticket.id,
        decision="act",
        mode="live",
        category="billing",
        confidence=0.9,
        rule="",
        acts=[{"kind": "refund", "args": args, "basis": {}}],
        agent="offline",
        playbook="",
        created_at=now,
        **lists,
        **levels,
    )


def _enrol(uow: UnitOfWork) -> None:
    """Whoever approves much has an authenticator; once for each database."""
    seal = Fernet(staff.SEAL)
    for name, member in staff.PEOPLE.items():
        if member.has_code and uow.authenticators.of(name, ProofKind.CODES) is None:
            sealed = seal.encrypt(SECRETS[name].encode()).decode()
            made = Authenticator(person=name, sealed=sealed, created_at=START)
            made.state = AuthenticatorState.CONFIRMED
            uow.session.add(made)
    uow.session.flush()
