"""What holds after every event, whatever came before it; read past the bot's own code."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.outside import Refunded
from benchmarks.torture.indoors.room import Room
from storage.models import Approval, ApprovalVote, Delivery, DeliveryState, Effect, Inbound
from storage.models.base import table_of

A, V, E = table_of(Approval), table_of(ApprovalVote), table_of(Effect)
D, I = table_of(Delivery), table_of(Inbound)  # noqa: E741 - as the others are called
Row = Mapping[str, Any]
_TOLD = ("id", "state", "version", "amount", "digest", "granted", "step", "runs_at", "expires_at")
SETTLED = ("approved", "rejected", "expired", "withdrawn")


@dataclass(frozen=True)
class Seen:
    """How everything was at one moment."""

    now: datetime
    approvals: Mapping[int, Row] = field(default_factory=dict)
    votes: Mapping[int, Row] = field(default_factory=dict)
    effects: Mapping[int, Row] = field(default_factory=dict)
    refunds: Sequence[Refunded] = ()

    def given(self, approval: Row) -> list[Row]:
        """The votes for what stands."""
        stands = (approval["id"], approval["version"])
        return [v for v in self.votes.values() if (v["approval_id"], v["version"]) == stands]

    def told(self) -> str:
        """The same for the same day: without what is drawn anew in each database."""
        approvals = [[f"{row[name]}" for name in _TOLD] for row in self.approvals.values()]
        votes = [
            (v["approval_id"], v["version"], v["person"], v["step"]) for v in self.votes.values()
        ]
        effects = [(number, str(e["state"]), e["n"]) for number, e in self.effects.items()]
        refunds = [(one.charge, one.amount, f"{one.at}") for one in self.refunds]
        return repr((approvals, sorted(votes), sorted(effects), refunds))


def look(room: Room) -> Seen:
    with room.bot.reading() as uow:
        run = uow.session.execute
        approvals = {row["id"]: dict(row) for row in run(select(A).order_by(A.c.id)).mappings()}
        votes = {row["id"]: dict(row) for row in run(select(V).order_by(V.c.id)).mappings()}
        refunds = run(select(E).where(E.c.kind == "refund")).mappings()
        effects = {row["approval_id"]: dict(row) for row in refunds}
    return Seen(room.now(), approvals, votes, effects, tuple(room.till.refunds))


def broken(before: Seen, after: Seen, room: Room) -> list[str]:
    """Every law that does not hold."""
    return [
        *_money(after),
        *(why for row in after.approvals.values() for why in _approval(before, row, after)),
        *(
            why
            for ident, row in after.votes.items()
            if ident not in before.votes
            for why in _vote(before, row, after, room)
        ),
        *_proofs(after),
        *_posts(room),
    ]


def unentitled(before: Seen, after: Seen, room: Room) -> list[str]:
    """Of money that moved just now, while nothing else happened: enough of those who said yes may
    still do so."""
    made = {one.charge for one in after.refunds[len(before.refunds) :]}
    wrong = []
    for number, effect in after.effects.items():
        approval = after.approvals[number]
        able = [v for v in after.given(approval) if _may_still(v["person"], room)]
        if effect["payload"]["charge"] in made and len(able) < approval["needed"]:
            wrong.append(f"approval {number} was paid on the word of {len(able)}")
    return wrong


def _may_still(who: str, room: Room) -> bool:
    is_open = not room.register.is_down and staff.user(who) not in room.register.closed
    return is_open and who not in room.lost


def _money(seen: Seen) -> Iterator[str]:
    by_charge = Counter(one.charge for one in seen.refunds)
    yield from (f"{charge} is refunded {n} times" for charge, n in by_charge.items() if n > 1)
    charges = {one.charge: one for one in seen.refunds}
    for number, effect in seen.effects.items():
        made = charges.pop(effect["payload"]["charge"], None)
        approval = seen.approvals[number]
        if made is None:
            continue
        if approval["state"].value != "approved":
            yield f"approval {number} was paid and is {approval['state'].value}"
        if made.amount != approval["amount"]:
            yield f"approval {number} was paid with {made.amount}"
        if effect["state"].value == "refused":
            yield f"approval {number} was paid and told as refused"
    yield from (f"{charge} was paid without an effect" for charge in charges)


def _approval(before: Seen, row: Row, after: Seen) -> Iterator[str]:
    number, state, votes = row["id"], row["state"].value, after.given(row)
    was = before.approvals.get(number)
    if len({vote["person"] for vote in votes}) != len(votes) or len(votes) != row["granted"]:
        yield f"approval {number} counts {row['granted']} of {len(votes)} votes"
    if state == "approved" and row["granted"] != row["needed"]:
        yield f"approval {number} is approved by {row['granted']} of {row['needed']}"
    if state == "expired" and after.now < row["expires_at"]:
        yield f"approval {number} expired before its time"
    effect = after.effects.get(number)
    if effect and votes and effect["created_at"] < max(v["at"] for v in votes) + staff.GRACE:
        yield f"approval {number} left before it could be taken back"
    if was and was["state"].value in SETTLED and was["state"] != row["state"]:
        yield f"approval {number} was {was['state'].value} and is {state}"
    if was and row["version"] < was["version"]:
        yield f"approval {number} went back to version {row['version']}"


def _vote(before: Seen, vote: Row, after: Seen, room: Room) -> Iterator[str]:
    """Of a vote that has just been given."""
    approval, who = after.approvals[vote["approval_id"]], vote["person"]
    said = f"{who}'s yes to approval {approval['id']}"
    member = staff.PEOPLE.get(who)
    asks = [set(step["roles"]) for step in approval["steps"]]
    if member is None or who in room.lost or not member.roles & asks[vote["step"]]:
        yield f"{said} is of no such role"
    elif member.limit is not None and approval["amount"] > member.limit:
        yield f"{said} is above their limit"
    yield from _standing(vote, approval, said, room)
    if vote["step"] != before.approvals[approval["id"]]["step"]:
        yield f"{said} is of another step than the one whose turn it was"
    if (vote["version"], vote["digest"]) != (approval["version"], approval["digest"]):
        yield f"{said} is to another version"
    if vote["at"] >= approval["expires_at"]:
        yield f"{said} came too late"
    if approval["amount"] > staff.CODE_ABOVE and not vote["proof"]:
        yield f"{said} has no code"


def _standing(vote: Row, approval: Row, said: str, room: Room) -> Iterator[str]:
    who = vote["person"]
    if who in (approval["requester"], staff.GUEST) or who in approval["editors"]:
        yield f"{said} is their own, or a guest's"
    if room.register.is_down or staff.user(who) in room.register.closed:
        yield f"{said} came from an account that may not act"


def _proofs(seen: Seen) -> Iterator[str]:
    proofs = Counter(vote["proof"] for vote in seen.votes.values() if vote["proof"])
    yield from (f"code {proof} counted {n} times" for proof, n in proofs.items() if n > 1)


def _posts(room: Room) -> Iterator[str]:
    markers = Counter((one.channel, one.marker) for one in room.chat.posts.values())
    yield from (f"{marker} was posted {n} times" for marker, n in markers.items() if n > 1)
    said = Counter((ticket, text) for ticket, text, _ in room.desk.said)
    yield from (f"ticket {key[0]} was told twice: {key[1]}" for key, n in said.items() if n > 1)


def unfinished(room: Room, inputs: set[str]) -> list[str]:
    """What is not as it must be once everything has come to rest."""
    seen = look(room)
    paid = {one.charge for one in seen.refunds}
    with room.bot.reading() as uow:
        known = set(uow.session.scalars(select(I.c.event_id)))
        dead = uow.session.execute(
            select(D.c.step, D.c.error).where(D.c.state == DeliveryState.DEAD)
        ).all()
        due = uow.session.scalar(
            select(func.count()).where(D.c.state == DeliveryState.LEASED).select_from(D)
        )
    offers = {
        one.card.key: "approval.grant" in one.actions
        for one in room.chat.posts.values()
        if one.channel == staff.APPROVALS and one.card.key.startswith("approval-")
    }
    return [
        *(f"input {one} was answered and not stored" for one in sorted(inputs - known)),
        *(f"{step} is dead: {error}" for step, error in dead if step != "carry out"),
        *([f"{due} deliveries are held by nobody"] if due else []),
        *(why for number, row in seen.approvals.items() for why in _rest(number, row, seen, paid)),
        *(
            f"the card of approval {number} is missing or not as it stands"
            for number, row in seen.approvals.items()
            if row["needed"] and offers.get(f"approval-{number}") != _is_undecided(row)
        ),
    ]


def _rest(number: int, row: Row, seen: Seen, paid: set[str]) -> Iterator[str]:
    effect = seen.effects.get(number)
    if row["state"].value == "approved" and effect is None:
        yield f"approval {number} has no effect"
    if effect is None:
        return
    state = effect["state"].value
    if state not in ("done", "refused", "stuck"):
        yield f"approval {number} is {state} at rest"
    if (state == "done") != (effect["payload"]["charge"] in paid) and state != "stuck":
        yield f"approval {number} is {state}, which the provider does not say"


def _is_undecided(row: Row) -> bool:
    is_open = row["runs_at"] is None and row["returned_at"] is None
    return bool(row["state"].value == "pending" and is_open)
