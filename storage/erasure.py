"""Forget a customer: every word of theirs goes; ids, amounts and the chain stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, or_, select, update

from storage.engine import Engine, is_sqlite
from storage.knowledge_erasure import erase_from_knowledge
from storage.models import (
    Approval,
    ApprovalComment,
    ApprovalState,
    ApprovalVersion,
    ApprovalVote,
    Canary,
    CardPost,
    Certainty,
    Decision,
    DecisionText,
    Delivery,
    Effect,
    EffectState,
    Escalation,
    MailLink,
    Message,
    Ticket,
)
from storage.models.base import Base
from storage.search import Search
from storage.unit_of_work import UnitOfWork

# Of what an act says, only these texts are ids or come from a closed list.
_KEPT = frozenset(
    {"kind", "charge", "currency", "account", "change", "status", "language", "ticket", "customer"}
)
# What such an act is about is named by ids alone; of a message it is a hash of its words.
_ABOUT_IDS = ("refund", "account_change")
_OUT = (EffectState.READY, EffectState.CALLING, EffectState.PENDING)
_WORDY = ("messages", "ticket_texts", "customer_texts", "customer_keys", "gaps", "decisions")
_KNOWN = ("articles", "article_versions", "questions", "mirrors")
_INDEXED = ("ticket_index", "article_index")
_ACTED = (
    "decision_texts",
    "escalations",
    "approvals",
    "approval_versions",
    "approval_comments",
    "effects",
    "deliveries",
)


@dataclass(frozen=True)
class InTheWay:
    """What is not over yet: erased now, it could neither be decided nor looked up any more.

    Of what is `stuck` nobody knows whether it happened.
    """

    approvals: tuple[int, ...]
    effects: tuple[int, ...]
    stuck: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.approvals or self.effects or self.stuck)


@dataclass(frozen=True)
class Erased:
    """How much went, the keys of the cards that showed some of it, and the articles that read
    differently now where customers find them."""

    tickets: int
    messages: int
    cards: tuple[str, ...]
    articles: tuple[int, ...]


def in_the_way(uow: UnitOfWork, customer_id: int) -> InTheWay:
    """Pending approvals of the customer, and effects that are ready or out, or may have been."""
    tickets = uow.tickets.of_customer(customer_id)
    approvals = uow.session.scalars(
        select(Approval.id).where(
            Approval.state == ApprovalState.PENDING,
            or_(Approval.customer_id == customer_id, Approval.ticket_id.in_(tickets)),
        )
    ).all()
    mine = select(Effect.id).where(Effect.ticket_id.in_(tickets)).order_by(Effect.id)
    effects = uow.session.scalars(mine.where(Effect.state.in_(_OUT))).all()
    # What is stuck and was never sent has not happened, and without its words never will.
    is_unknown = Effect.state == EffectState.STUCK, Effect.certainty != Certainty.NEVER_SENT
    stuck = uow.session.scalars(mine.where(*is_unknown)).all()
    return InTheWay(tuple(approvals), tuple(effects), tuple(stuck))


def erase(uow: UnitOfWork, customer_id: int, at: datetime) -> Erased:
    """Delete or blank whatever may hold the customer's words, name or addresses.

    Doing it again does no harm, and finishes what another transaction was writing meanwhile.
    Digests go too: what can be guessed, as an address can, is proved by its plain hash. The audit
    holds keyed ones, whose key is deleted.
    """
    session = uow.session
    customer = uow.customers.get(customer_id)
    tickets = uow.tickets.of_customer(customer_id)
    ids = _concerned(uow, customer_id, tickets)
    uow.tickets.erase(customer_id)
    words = uow.customers.text(customer_id)
    known = erase_from_knowledge(uow, customer_id, tickets, words)
    Search(session).forget(tickets)
    uow.customers.erase(customer, at)
    # Whoever came without an id is known by their address, which is no id to keep.
    at_address = (Ticket.customer_id == customer_id, Ticket.requester.contains("@"))
    session.execute(update(Ticket).where(*at_address).values(requester=""))
    session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(erased_at=at))
    if "@" in customer.ref:
        customer.ref = f"erased:{customer.id}"
    if customer.payment_ref and "@" in customer.payment_ref:
        customer.payment_ref = None
    session.flush()
    told = or_(
        DecisionText.customer_id == customer_id, DecisionText.decision_id.in_(ids["decision"])
    )
    session.execute(delete(DecisionText).where(told))
    for decision in session.scalars(select(Decision).where(Decision.id.in_(ids["decision"]))):
        decision.reasons, decision.stakes = [], []
        decision.acts = [_without_words(act) for act in decision.acts]
    # A ticket may be another customer's by now, whose acts stay whole.
    mine = select(Approval.id).where(Approval.customer_id == customer_id)
    for effect in session.scalars(select(Effect).where(Effect.approval_id.in_(mine))):
        effect.payload = _without_words(effect.payload)
    session.execute(
        update(Escalation).where(Escalation.id.in_(ids["escalation"])).values(reasons=[])
    )
    session.execute(
        update(ApprovalVote).where(ApprovalVote.approval_id.in_(mine)).values(digest="")
    )
    mine_said = ApprovalComment.approval_id.in_(mine)
    session.execute(update(ApprovalComment).where(mine_said).values(body=""))
    session.execute(update(MailLink).where(MailLink.approval_id.in_(mine)).values(digest=""))
    session.execute(
        update(ApprovalVersion)
        .where(ApprovalVersion.approval_id.in_(mine))
        .values(payload="", digest="", note="", question="")
    )
    # The next refund of the same charge is still the second one.
    about = case((Approval.kind.in_(_ABOUT_IDS), Approval.about), else_=None)
    session.execute(
        update(Approval)
        .where(Approval.customer_id == customer_id)
        .values(payload="", digest="", about=about, reason=None, requester="")
    )
    kinds = (
        *("escalation", "approval", "version", "question", "comment", "canary"),
        *("decision", "message"),
    )
    cards = tuple(f"{kind}-{ident}" for kind in kinds for ident in ids[kind])
    cards += known.cards
    posts = session.scalars(select(CardPost.id).where(CardPost.card_key.in_(cards)))
    refs = session.scalars(select(Ticket.ref).where(Ticket.id.in_(tickets)))
    _silence_deliveries(uow, {**ids, "post": list(posts), "ticket_ref": list(refs)})
    return Erased(len(tickets), len(ids["message"]), cards, known.articles)


def rewrite(engine: Engine) -> bool:
    """Take what was deleted out of the file as well; False when somebody else was reading it.

    PostgreSQL only makes the room free for new rows, which then overwrite it.
    """
    if not is_sqlite(engine):
        tables = ", ".join((*_WORDY, *_KNOWN, *_INDEXED, *_ACTED))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM {tables}")
        return True
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        # Merges both indexes, in whose files deleted words stay; outside of the writer's
        # transaction.
        cursor.execute("INSERT INTO ticket_index (ticket_index) VALUES ('optimize')")
        cursor.execute("INSERT INTO article_index (article_index) VALUES ('optimize')")
        held.commit()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        told = cursor.fetchone()
        return told is not None and not told[0]
    finally:
        held.close()


def _concerned(
    uow: UnitOfWork, customer_id: int, tickets: Sequence[int]
) -> Mapping[str, list[int]]:
    """The ids of the customer's rows, by the names that events use for them."""
    by_ticket: Mapping[str, type[Base]] = {
        "message": Message,
        "decision": Decision,
        "escalation": Escalation,
        "approval": Approval,
        "effect": Effect,
    }
    ids = {"ticket": list(tickets), "customer": [customer_id]}
    for name, model in by_ticket.items():
        table: Any = model
        ids[name] = list(uow.session.scalars(select(table.id).where(table.ticket_id.in_(tickets))))
    of_acts = select(ApprovalVersion.id).where(ApprovalVersion.approval_id.in_(ids["approval"]))
    ids["version"] = ids["question"] = list(uow.session.scalars(of_acts))
    said = select(ApprovalComment.id).where(ApprovalComment.approval_id.in_(ids["approval"]))
    ids["comment"] = list(uow.session.scalars(said))
    again = select(Canary.id).where(Canary.approval_id.in_(ids["approval"]))
    ids["canary"] = list(uow.session.scalars(again))
    return ids


def _silence_deliveries(uow: UnitOfWork, ids: Mapping[str, Sequence[int | str]]) -> None:
    """What went wrong was told by outside systems and libraries, which may quote anything."""
    told = select(Delivery).where(Delivery.error.is_not(None))
    known = {(name, value) for name, values in ids.items() for value in values}
    for delivery in uow.session.scalars(told):
        if not known.isdisjoint(delivery.payload.items()):
            delivery.error = None


def _without_words(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {
            name: _without_words(value)
            for name, value in told.items()
            if not isinstance(value, str) or name in _KEPT
        }
    return [_without_words(each) for each in told] if isinstance(told, list) else told
