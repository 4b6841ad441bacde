"""Situations that many tests begin with."""

from storage.models import Approval, AuditEntry, Effect
from tests.company import ANA, APPROVALS, ESCALATIONS, LEA
from tests.flows.screen import Seen, card, fill, whispers
from tests.world import World

HUMAN = "Please let me speak with a real person about this."
DECIDE = [
    "Approve",
    "Reject",
    "Change before approval",
    "Ask for changes",
    "Comment",
    "Show the conversation",
    "Remind me in an hour",
]
REFUND = "Please refund my last payment of 49.00 USD."


def escalated(world: World, customer: str = "joy", channel: str = ESCALATIONS) -> tuple[int, Seen]:
    """A ticket that wants a person, and its card; the help desk's number first."""
    ticket = world.write(customer, HUMAN, "The rota prints blank")
    return ticket, card(world, ANA, channel)


def claimed(world: World, who: str = ANA) -> tuple[int, Seen]:
    ticket, seen = escalated(world)
    seen.press("Claim", by=who)
    return ticket, card(world, who, ESCALATIONS)


def reply(world: World, seen: Seen, text: str, who: str = ANA) -> None:
    opened = card(world, who, seen.channel).press("Reply to customer")
    assert "view" in opened, whispers(world, who, seen.channel)
    view = opened["view"]
    answer = fill(world, who, view, text=text)
    assert answer["ok"], answer


def refund_asked(world: World, customer: str = "joy", words: str = REFUND) -> tuple[int, Seen]:
    """A refund that waits for a decision, as Lea sees it."""
    ticket = world.write(customer, words, "Money back")
    newest = card(world, LEA, APPROVALS)
    # Where many wait, a list of them stands below the card.
    is_list = "approvals wait for" in newest.fallback
    return ticket, card(world, LEA, APPROVALS, -2) if is_list else newest


def approval_of(world: World, seen: Seen) -> Approval:
    with world.looking() as uow:
        return uow.approvals.get(seen.value("Approve")["approval"])


def audit(world: World, kind: str) -> list[AuditEntry]:
    """The entries of this kind, oldest first."""
    with world.looking() as uow:
        found = uow.session.query(AuditEntry).filter(AuditEntry.kind == kind)
        return found.order_by(AuditEntry.seq).all()


def effects(world: World, kind: str = "refund") -> list[Effect]:
    with world.looking() as uow:
        return uow.session.query(Effect).filter(Effect.kind == kind).order_by(Effect.id).all()
