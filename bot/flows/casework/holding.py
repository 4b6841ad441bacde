"""Whose an escalation is, and how it is taken up, given back and ended."""

from dataclasses import dataclass
from datetime import datetime

from bot import events
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.entitlement import check_may_work
from bot.errors import AlreadyDecided
from bot.flows.casework import rules
from bot.outgoing import Outgoing
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Escalation, EscalationState, TicketStatus
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Casework:
    """What the steps of this flow share, each inside its caller's transaction."""

    settings: Settings
    directory: Directory
    clock: Clock
    publisher: Publisher
    outgoing: Outgoing

    def open_to(
        self, by: Account, escalation_id: int, uow: UnitOfWork
    ) -> tuple[Person, Escalation]:
        """Who asks, when they may work for this customer at all; else `NotAllowed`."""
        escalation = uow.escalations.get(escalation_id)
        ticket = uow.tickets.get(escalation.ticket_id)
        who = dossier(uow, ticket.customer_id, self.clock.now())
        found = self.directory.find(by)
        person = check_may_work(by, found, self.settings, who.account_ref)
        return person, escalation

    def held_by(
        self, by: Account, escalation_id: int, does: str, uow: UnitOfWork
    ) -> tuple[Person, Escalation]:
        """Who asks, when it is theirs; `does` completes "then you can …" of the refusal."""
        person, escalation = self.open_to(by, escalation_id, uow)
        if escalation.state is EscalationState.RESOLVED:
            raise self.taken(escalation)
        owner = self.directory.get(escalation.owner) if escalation.owner else None
        rules.check_owner(person, owner, does)
        return person, escalation

    def taken(self, escalation: Escalation) -> AlreadyDecided:
        if escalation.state is EscalationState.RESOLVED:
            by = self.directory.get(escalation.resolved_by or "")
            return AlreadyDecided(f"{by.name if by else 'Somebody'} has resolved this already.")
        owner = self.directory.get(escalation.owner or "")
        name = owner.name if owner else "Somebody"
        return AlreadyDecided(f"{name} was faster and holds this one.")

    def set_status(
        self, escalation: Escalation, status: TicketStatus, by: str, uow: UnitOfWork
    ) -> None:
        """Here and in the help desk; an act of the owner's."""
        ticket = uow.tickets.get(escalation.ticket_id)
        ticket.status = status
        uow.escalations.attend(escalation.id, self.clock.now())
        self.outgoing.set_status(uow, ticket, status.value, f"person:{by}")

    def let_go(self, escalation: Escalation, owner: str, uow: UnitOfWork) -> bool:
        """Back to unclaimed, with a fresh climb from where it stands."""
        if not uow.escalations.release(escalation.id, owner):
            return False
        uow.tickets.hand_to(escalation.ticket_id, None)
        uow.promises.hand_to(escalation.ticket_id, None)
        self.record(uow, "escalation released", owner, escalation.id)
        self.climb_from(escalation.level, escalation.id, uow)
        self.redraw(uow, escalation.id)
        return True

    def climb_from(self, level: int, escalation_id: int, uow: UnitOfWork) -> None:
        """Start the timer of this level; there is none above the last."""
        climb = self.settings.escalation.climb
        if level < len(climb):
            uow.emit(
                events.EscalationUnclaimed(escalation_id, level),
                due=self.clock.now() + climb[level].after,
                key=f"climb:{escalation_id}",
            )

    def end_head_start(
        self, escalation_id: int, uow: UnitOfWork, due: datetime | None = None
    ) -> None:
        """Let the channel see it then: those who read its language are asked before."""
        uow.emit(events.ReadersAsked(escalation_id), due=due, key=f"readers:{escalation_id}")

    def stop_climbing(self, escalation_id: int, uow: UnitOfWork) -> None:
        """What climbs again later begins anew; folded into this climb it would be due too early."""
        uow.deliveries.drop(f"climb:{escalation_id}", "climb")

    def record(
        self, uow: UnitOfWork, what: str, by: str, escalation_id: int, **data: object
    ) -> None:
        uow.record(self.clock.now(), what, by, f"escalation:{escalation_id}", data)

    def redraw(self, uow: UnitOfWork, escalation_id: int) -> None:
        self.publisher.redraw(uow, f"escalation-{escalation_id}", urgent=0)
