"""What is to happen outside, written down with its key before anything is called."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import events, gates
from bot.config import Settings
from bot.ports import Clock
from storage.models import Approval, Message, Ticket
from storage.unit_of_work import UnitOfWork

# Words for a customer leave only after somebody consented; notes and states stay inside.
INTERNAL = frozenset({"note", "status"})
IN_DESK = INTERNAL | {"reply"}
# In a word for people: the other side has not been reached.
UNREACHED = "unreached"
# A status that comes behind words is brought forward when these have left; if nobody does, it
# looks again by itself.
BEHIND = timedelta(seconds=30)


def status_key(ticket: int) -> str:
    """Of the deliveries that set a ticket's status one waits at a time."""
    return f"status:{ticket}"


def is_drawn(key: str, rate: float) -> bool:
    """Whether the act with this effect key is in the sample. The key alone says so: nobody can
    draw again until it suits them, and anybody can check it."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) < rate * 2**64


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

        They go one at a time behind the replies before them, and of those that wait the newest
        stands for all.
        """
        if not self.reaches(ticket):
            return False
        now = self.clock.now()
        is_behind = any(
            not e.is_status and e.is_under_way for e in uow.effects.status_way(ticket.id)
        )
        stamp = int(now.timestamp() * 1_000_000)
        return self._intend(
            uow,
            "status",
            f"s{ticket.id}-{stamp}",
            authority,
            ticket.id,
            {"status": status},
            delivery=status_key(ticket.id),
            due=now + BEHIND if is_behind else None,
        )

    def redeem(
        self, uow: UnitOfWork, approval: Approval, payload: Mapping[str, Any], authority: str
    ) -> bool:
        """Consent becomes an effect; False when it has become one before.

        What a gate consents to by itself may be drawn for review, at that gate's rate.
        """
        # Keys are kept in the audit and by others, where the digest itself could be guessed from.
        key = f"a{approval.id}-{uow.keyed_hash(approval.customer_id, approval.digest)[:16]}"
        return self._intend(
            uow,
            approval.kind,
            key,
            authority,
            approval.ticket_id,
            payload,
            message=approval.message_id,
            approval=approval.id,
            urgent=0,
            rate=self._rate(authority),
        )

    def _rate(self, authority: str) -> float | None:
        """None for what a person consented to."""
        kind, _, gate = authority.partition(":")
        gated, held = self.settings.gates, self.settings.held_gates
        return gates.share_reviewed(gate, gated, held) if kind == "policy" else None

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
        due: datetime | None = None,
        urgent: int = 1,
        rate: float | None = None,
    ) -> bool:
        whole = f"{self.settings.installation}-{key}"
        sampled = rate is not None and is_drawn(whole, rate)
        effect = uow.effects.add(
            kind=kind,
            key=whole,
            authority=authority,
            approval_id=approval,
            ticket_id=ticket,
            message_id=message,
            payload=dict(payload),
            sampled=sampled,
            sample_rate=rate,
            created_at=self.clock.now(),
        )
        if effect is None:
            return False
        if sampled:
            about = {"kind": kind, "rate": str(rate)}
            uow.record(self.clock.now(), "act sampled", authority, f"effect:{effect}", about)
        ready = events.DeskEffectReady if kind in IN_DESK else events.EffectReady
        uow.emit(ready(effect), due=due, key=delivery, urgent=urgent)
        return True
