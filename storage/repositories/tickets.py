"""Tickets and what was said in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from storage.errors import Missing
from storage.models import (
    OUTSIDE,
    Approval,
    ApprovalState,
    Effect,
    EffectState,
    Escalation,
    EscalationState,
    Message,
    Ticket,
    TicketStatus,
    TicketText,
)
from storage.repositories.base import Repository, table_of

_M, _X, _A, _E = (table_of(model) for model in (Message, Escalation, Approval, Effect))
_OF: BindParameter[int] = bindparam("ticket")
_UNDER_WAY = (EffectState.READY, EffectState.CALLING)
_IS_OPEN = exists().where(_X.c.ticket_id == _OF, _X.c.state != EscalationState.RESOLVED)
_IS_ASKED = exists().where(_A.c.ticket_id == _OF, _A.c.state == ApprovalState.PENDING)
_IS_OUT = exists().where(
    _E.c.ticket_id == _OF, _E.c.approval_id.is_not(None), _E.c.state.in_(_UNDER_WAY)
)
_IS_UNHEARD = exists().where(
    _M.c.ticket_id == _OF, _M.c.author.in_(OUTSIDE), _M.c.taken_up.is_(False)
)
_BUSY = select(
    _IS_OPEN.label("escalated"),
    _IS_ASKED.label("deciding"),
    _IS_OUT.label("acting"),
    _IS_UNHEARD.label("waiting"),
)


@dataclass(frozen=True)
class Busy:
    """What is still open about a ticket: it is before a person, an act waits for a decision or is
    being carried out, words of the customer have not been taken up."""

    escalated: bool
    deciding: bool
    acting: bool
    waiting: bool


class Tickets(Repository):
    def add(self, ticket: Ticket, subject: str) -> Ticket:
        self.session.add(ticket)
        self.session.flush()
        self.session.add(
            TicketText(ticket_id=ticket.id, customer_id=ticket.customer_id, subject=subject)
        )
        self.session.flush()
        return ticket

    def get(self, ticket_id: int) -> Ticket:
        ticket = self.fresh(Ticket, ticket_id)
        if ticket is None:
            raise Missing(f"ticket {ticket_id}")
        return ticket

    def hand_to(self, ticket_id: int, owner: str | None) -> None:
        """Written whatever was read before: on PostgreSQL another process may have handed it to
        somebody since, while this transaction waited for the escalation."""
        self.session.execute(update(Ticket).where(Ticket.id == ticket_id).values(owner=owner))

    def by_ref(self, source: str, ref: str) -> Ticket | None:
        """For whoever is going to write: of two tellings at a time on PostgreSQL the second waits
        here for the first, and reads what that has written. (SQLite has one writer.)"""
        self.session.flush()
        wanted = select(Ticket).where(Ticket.source == source, Ticket.ref == ref)
        return self.session.scalar(
            wanted.with_for_update(), execution_options={"populate_existing": True}
        )

    def find(self, typed: str) -> Sequence[Ticket]:
        """What a person means by `#17` (ours), `zendesk 17` (that help desk's) or `17` (any)."""
        word = typed.strip()
        number = word.removeprefix("#")
        is_number = number.isdecimal() and len(number) < 18
        wanted = Ticket.id == int(number) if is_number else false()
        if not word.startswith("#"):
            source, _, ref = word.replace(":", " ").rpartition(" ")
            of_source = Ticket.source == source.strip().lower() if source else true()
            wanted = or_(wanted, and_(Ticket.ref == ref, of_source))
        return self.session.scalars(select(Ticket).where(wanted).order_by(Ticket.id)).all()

    def text(self, ticket_id: int) -> TicketText | None:
        """None once the customer has been erased."""
        return self.session.get(TicketText, ticket_id)

    def say(self, message: Message) -> Message:
        self.session.add(message)
        self.session.flush()
        return message

    def message(self, message_id: int) -> Message | None:
        """None once the customer has been erased."""
        return self.session.get(Message, message_id)

    def leaving(self, ticket_id: int) -> Sequence[Message]:
        """What whoever wrote it may still take back, oldest first."""
        here = Message.ticket_id == ticket_id, Message.leaves_at.is_not(None)
        return self.session.scalars(select(Message).where(*here).order_by(Message.id)).all()

    def let_leave(self, message_id: int) -> bool:
        """End the time to take it back, once: True for whoever was first."""
        held = Message.id == message_id, Message.leaves_at.is_not(None)
        return self.change(update(Message).where(*held).values(leaves_at=None)) > 0

    def unsay(self, message_id: int) -> None:
        """Take out words that were never anybody's message."""
        self.session.execute(delete(Message).where(Message.id == message_id))

    def adopt(self, message: Message, ref: str) -> None:
        """Give our message the help desk's id; its echo, when that was faster, goes."""
        self.session.execute(
            delete(Message).where(
                Message.ticket_id == message.ticket_id,
                Message.ref == ref,
                Message.id != message.id,
            )
        )
        message.ref = ref

    def heard(self, ticket_id: int) -> set[str]:
        """The help desk's ids of the messages already known."""
        rows = self.session.scalars(
            select(Message.ref).where(Message.ticket_id == ticket_id, Message.ref.is_not(None))
        )
        return {ref for ref in rows if ref is not None}

    def conversation(
        self, ticket_id: int, public_only: bool = False, drafts: bool = False
    ) -> Sequence[Message]:
        query = select(Message).where(Message.ticket_id == ticket_id)
        if not drafts:
            query = query.where(Message.draft.is_(False))
        if public_only:
            query = query.where(Message.public.is_(True))
        return self.session.scalars(query.order_by(Message.created_at, Message.id)).all()

    def last_words(self, ticket_id: int) -> Message | None:
        """The newest message of the customer, or of somebody who writes along."""
        return self.session.scalar(
            select(Message)
            .where(Message.ticket_id == ticket_id, Message.author.in_(OUTSIDE))
            .order_by(Message.created_at.desc(), Message.id.desc())
            .limit(1)
        )

    def busy(self, ticket_id: int) -> Busy:
        return Busy(**self.run(_BUSY, {"ticket": ticket_id}).mappings().one())

    def waiting(self, ticket_id: int) -> Sequence[Message]:
        """What was written from outside and nobody has taken up, oldest first."""
        return self.session.scalars(
            select(Message)
            .where(
                Message.ticket_id == ticket_id,
                Message.author.in_(OUTSIDE),
                Message.taken_up.is_(False),
            )
            .order_by(Message.created_at, Message.id)
        ).all()

    def take_up(
        self,
        ticket_id: int,
        messages: Sequence[int] | None = None,
        until: datetime | None = None,
    ) -> None:
        """Somebody answers for these words of the customer; without ids, for all `until` then."""
        self.session.flush()
        query = update(Message).where(Message.ticket_id == ticket_id)
        if until is not None:
            query = query.where(Message.created_at <= until)
        if messages is not None:
            query = query.where(Message.id.in_(messages))
        self.session.execute(query.values(taken_up=True))

    def count_of(self, customer_id: int, since: datetime | None = None) -> int:
        query = select(func.count()).select_from(Ticket).where(Ticket.customer_id == customer_id)
        if since is not None:
            query = query.where(Ticket.created_at >= since)
        return self.session.scalar(query) or 0

    def open_in(self, category: str, since: datetime) -> int:
        """Open tickets of a category that arrived since then: how incidents show."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Ticket)
                .where(
                    Ticket.category == category,
                    Ticket.created_at >= since,
                    Ticket.status.not_in((TicketStatus.RESOLVED, TicketStatus.GONE)),
                )
            )
            or 0
        )

    def count_in(self, category: str, since: datetime, until: datetime) -> int:
        """Tickets of a category that arrived in a span of time."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Ticket)
                .where(
                    Ticket.category == category,
                    Ticket.created_at >= since,
                    Ticket.created_at < until,
                )
            )
            or 0
        )

    def had_any(self, until: datetime) -> bool:
        """Whether any ticket arrived before then."""
        return bool(self.session.scalar(select(exists().where(Ticket.created_at < until))))

    def of_customer(self, customer_id: int) -> list[int]:
        """Those they have, and those they wrote in before these became another customer's."""
        wrote = select(Message.ticket_id).where(Message.customer_id == customer_id)
        asked = select(TicketText.ticket_id).where(TicketText.customer_id == customer_id)
        theirs = or_(Ticket.customer_id == customer_id, Ticket.id.in_(wrote), Ticket.id.in_(asked))
        return list(self.session.scalars(select(Ticket.id).where(theirs).order_by(Ticket.id)))

    def erase(self, customer_id: int) -> list[int]:
        """Delete every word of this customer's tickets; the ids of the tickets concerned."""
        ids = self.of_customer(customer_id)
        self.session.execute(delete(Message).where(Message.customer_id == customer_id))
        self.session.execute(delete(TicketText).where(TicketText.customer_id == customer_id))
        return ids
