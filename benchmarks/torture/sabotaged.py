"""Starts the bot with one of its defences taken away, to see whether anybody notices.

`python -m benchmarks.torture.sabotaged NAME run --config FILE`. The product has no such switch:
the defence is replaced in this process, before the bot's own command line takes over. mypy rightly
minds each of these assignments, and each is the point.
"""

import dataclasses
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, update

from benchmarks.torture.indoors.sabotages import whatever_is_seen
from bot import entitlement
from bot.cli import app
from bot.flows.approval import consent, effects, flow
from bot.flows.approval.calling import Call, Systems, carry_out
from bot.handlers import signatures
from bot.handlers.slack.surface import SlackSurface
from bot.people import Account, Person
from bot.ports import Receipt
from storage.models import Approval, ApprovalState
from storage.models.base import table_of
from storage.repositories.approvals import Approvals, Shown
from storage.repositories.inbox import Inbox

A = table_of(Approval)


def _deduplication() -> None:
    """Every input counts as new."""
    take = Inbox.take

    def always(self: Inbox, source: str, event_id: str, at: datetime) -> bool:
        take(self, source, event_id, at)
        return True

    Inbox.take = always  # type: ignore[method-assign]  # the sabotage


def grant_anytime(
    self: Approvals,
    approval_id: int,
    seen: Shown,
    by: str,
    at: datetime,
    until: datetime | None = None,
    step: int = 0,
) -> bool | None:
    """`Approvals.grant`, whatever the approval's state."""
    complete = A.c.granted + 1 >= A.c.needed
    approved, pending = ApprovalState.APPROVED.value, ApprovalState.PENDING.value
    row = self.session.execute(
        update(A)
        .where(A.c.id == approval_id, A.c.digest == seen.digest)
        .values(
            granted=A.c.granted + 1,
            state=case((complete, approved), else_=pending),
            decided_by=by,
            decided_at=at,
        )
        .returning(A.c.granted >= A.c.needed)
    ).first()
    return None if row is None else bool(row[0])


def _conditional_update() -> None:
    """A grant counts whatever the approval's state."""
    Approvals.grant = grant_anytime  # type: ignore[method-assign]  # the sabotage


def _hash_check() -> None:
    """Whatever digest a button carries is taken for the right one."""
    vars(flow).update(check_seen=lambda command, approval: None)
    Approvals.grant = whatever_is_seen()  # type: ignore[method-assign]  # the sabotage
    consent.read_again = lambda *_given: consent.NONE_ASKED


def _effect_key() -> None:
    """Each try goes out under a key of its own, and nobody looks what the last one did: neither
    at its refund nor at what it left of the charge."""

    def afresh(call: Call, systems: Systems) -> Receipt:
        key = f"{call.key}:{uuid.uuid4().hex}"
        return carry_out(dataclasses.replace(call, key=key, ground=None), systems)

    vars(effects).update(carry_out=afresh, look=lambda call, systems: None)


def _look_before_post() -> None:
    """A post whose answer was lost is posted again at once."""

    def blind(*given: Any, **named: Any) -> None:
        return None

    SlackSurface.find = blind  # type: ignore[method-assign]  # the sabotage


def _entitlement() -> None:
    """Anybody's decision counts."""

    def anybody(
        account: Account, person: Person | None, gated: entitlement.Gated, voted: Sequence[str] = ()
    ) -> Person:
        return person or Person(account.user.lower(), account.user)

    entitlement.check_may_decide = anybody


def _signature() -> None:
    """Whoever calls at Slack's door is taken for Slack."""
    signatures.slack = lambda headers, body, secrets, now: signatures.Signed("anybody")


@dataclasses.dataclass(frozen=True)
class Sabotage:
    """How a defence is taken away, and the counter that exists to notice just that; `is_poured`
    by a pouring of letters."""

    do: Callable[[], None]
    noticed_by: str
    is_poured: bool = False


SABOTAGES: Mapping[str, Sabotage] = {
    "deduplication": Sabotage(_deduplication, "unrecorded_decisions"),
    "conditional_update": Sabotage(_conditional_update, "duplicate_decisions"),
    "hash_check": Sabotage(_hash_check, "stale_decisions"),
    "effect_key": Sabotage(_effect_key, "duplicate_refunds"),
    "look_before_post": Sabotage(_look_before_post, "doubled_posts"),
    "entitlement": Sabotage(_entitlement, "unentitled_decisions"),
    "signature": Sabotage(_signature, "unsigned_taken", is_poured=True),
}


def main() -> None:
    SABOTAGES[sys.argv.pop(1)].do()
    app()


if __name__ == "__main__":
    main()
