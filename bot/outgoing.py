"""What is to happen outside, written down with its key before anything is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import events
from bot.config import Settings
from bot.ports import Clock
from storage.models import Approval, Message, Ticket
from storage.unit_of_work import UnitOfWork

# Words for a customer leave only after somebody consented; notes and states stay inside.
INTERNAL = frozenset({"note", "status"})
# Why an effect is stuck of which it is certain that nothing has happened.
UNREACHED = "unreached"


@dataclass(frozen=True)
class Outgoing:
    """What flows call, inside their transaction, to have something done outside, once.

    `authority` says whose consent it rests on: approval:ID, person:ID or policy:RULE.
    """

    settings: Settings
    clock: Clock

    def reaches(self, ticket: Ticket) -> bool:
        """Whether this ticket's customer is on the help desk that is connected."""
        return ticket.source == self.settings.help_desk.kind

    def say(self, uow: UnitOfWork, message: Message, authority: str) -> bool:
        """Send a message of ours: to the customer when it is public, else as an internal note."""
        kind = "reply" if message.public else "note"
        # Our numbers begin anew with a fresh database, and what an earlier one sent under the same
        # number must not be taken for this.
        key = f"m{message.id}-{uow.keyed_hash(message.customer_id, message.body)[:12]}"
        return self._intend(
            uow, kind, key, authority, message.ticket_id, {}, message=message.id, urgent=0
        )

    def set_status(self, uow: UnitOfWork, ticket: Ticket, status: str, authority: str) -> bool:
        """Bring the help desk's status in step; each change of state is an intent of its own.

        They go one at a time, and of those that wait the newest stands for all.
        """
        if not self.reaches(ticket):
            return False
        stamp = int(self.clock.now().timestamp() * 1_000_000)
        return self._intend(
            uow,
            "status",
            f"s{ticket.id}-{stamp}",
            authority,
            ticket.id,
            {"status": status},
            delivery=f"status:{ticket.id}",
        )

    def redeem(
        self, uow: UnitOfWork, approval: Approval, payload: Mapping[str, Any], authority: str
    ) -> bool:
        """Consent becomes an effect; False when it has become one before."""
        # Keys are kept in the audit and by others, where the digest itself could be guessed from.
        key = f"a{approval.id}-{uow.keyed_hash(approval.customer_id, approval.digest)[:16]}"
        return self._intend(
            uow,
            approval.kind,
            key,
            authority,
            approval.ticket_id,
            payload,
            approval=approval.id,
            urgent=0,
        )

    def _intend(
        self,
        uow: UnitOfWork,
        kind: str,
        key: str,
        authority: str,
        ticket: int,
        payload: Mapping[str, Any],
        message: int | None = None,
        approval: int | None = None,
        delivery: str | None = None,
        urgent: int = 1,
    ) -> bool:
        effect = uow.effects.add(
            kind=kind,
            key=f"{self.settings.installation}-{key}",
            authority=authority,
            approval_id=approval,
            ticket_id=ticket,
            message_id=message,
            payload=dict(payload),
            created_at=self.clock.now(),
        )
        if effect is None:
            return False
        uow.emit(events.EffectReady(effect), key=delivery, urgent=urgent)
        return True
