"""Takes one defence away for a while, in this very process, to see whether anybody notices."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.bus import Bus, Origin
from bot.flows.approval import consent, effects, flow
from bot.flows.approval.calling import Call, Systems, carry_out
from bot.ports import Receipt
from bot.waiting import at_any_step
from storage.models import ApprovalState
from storage.repositories.approvals import Approvals, Shown
from storage.repositories.authenticators import Authenticators
from storage.unit_of_work import UnitOfWork

Change = tuple[Any, str, Any]
Sabotages = Mapping[str, Callable[[], list[Change]]]


def _deduplication() -> list[Change]:
    """A repeated input counts once more."""

    def never(self: Bus, uow: UnitOfWork, origin: Origin, now: datetime) -> bool:
        uow.inbox.take(origin.source, origin.event_id, now)
        return False

    return [(Bus, "_is_repeated", never)]


def _version_check() -> list[Change]:
    """Whatever version a button carries is taken for the one that stands."""
    return [
        (flow, "check_seen", lambda command, approval: None),
        (Approvals, "grant", whatever_is_seen()),
    ]


def whatever_is_seen() -> Callable[..., bool | None]:
    """`Approvals.grant` for what stands, whatever is before the person."""
    grant = Approvals.grant

    def blind(
        self: Approvals,
        approval_id: int,
        seen: Shown,
        by: str,
        at: datetime,
        until: datetime | None = None,
        step: int = 0,
    ) -> bool | None:
        stands = self.get(approval_id)
        return grant(self, approval_id, Shown(stands.version, stands.digest), by, at, until, step)

    return blind


def _undo() -> list[Change]:
    """What is on its way already is taken back as well."""
    return [(Approvals, "take_back", _too_late)]


def _too_late(self: Approvals, approval_id: int, person: str) -> bool:
    approval = self.get(approval_id)
    approval.granted, approval.runs_at = max(0, approval.granted - 1), None
    approval.state = ApprovalState.PENDING
    self.session.flush()
    return True


def _code_once() -> list[Change]:
    """A code counts as often as it is typed."""
    use = Authenticators.use

    def always(self: Authenticators, ident: int, number: int) -> bool:
        use(self, ident, number)
        return True

    return [(Authenticators, "use", always)]


def _steps() -> list[Change]:
    """Whoever may say yes at some step may say it at each."""
    return [(flow, "gated", at_any_step)]


def _entitled_again() -> list[Change]:
    """Nobody asks whether those who consented still may."""
    return [(consent, "read_again", lambda *given: consent.NONE_ASKED)]


def _effect_key() -> list[Change]:
    """Each try goes out under a key of its own, and nobody looks what the last one did."""
    numbers = count(1)

    def afresh(call: Call, systems: Systems) -> Receipt:
        return carry_out(replace(call, key=f"{call.key}:{next(numbers)}", ground=None), systems)

    return [(effects, "carry_out", afresh), (effects, "look", lambda call, systems: None)]


SABOTAGES: Sabotages = {
    "deduplication": _deduplication,
    "version_check": _version_check,
    "undo_check": _undo,
    "code_once": _code_once,
    "steps": _steps,
    "entitled_again": _entitled_again,
    "effect_key": _effect_key,
}


@contextmanager
def without(name: str, among: Sabotages = SABOTAGES) -> Iterator[None]:
    """The defence is back when the block ends, however it ends."""
    changes = among[name]() if name else []
    kept = [(owner, attribute, vars(owner)[attribute]) for owner, attribute, _ in changes]
    for owner, attribute, value in changes:
        setattr(owner, attribute, value)
    try:
        yield
    finally:
        for owner, attribute, value in kept:
            setattr(owner, attribute, value)
