"""Which approvals may be decided with one look: the same act for the same amount, at the lowest
grade, untouched, and nothing beside it that somebody should see."""

import json
from collections.abc import Sequence

from bot import acts
from storage.models import Approval, TicketStatus
from storage.unit_of_work import UnitOfWork

FEW = 2


def alike(one: Approval, waiting: Sequence[Approval], uow: UnitOfWork) -> list[Approval]:
    """Those of the waiting that may be decided together with this one, itself among them."""
    sameness = _sameness(one, uow)
    if sameness is None:
        return []
    return [other for other in waiting if _sameness(other, uow) == sameness]


def groups(waiting: Sequence[Approval], uow: UnitOfWork) -> list[list[Approval]]:
    """The largest first."""
    found: dict[object, list[Approval]] = {}
    for approval in waiting:
        if (sameness := _sameness(approval, uow)) is not None:
            found.setdefault(sameness, []).append(approval)
    several = [group for group in found.values() if len(group) >= FEW]
    return sorted(several, key=len, reverse=True)


def _sameness(approval: Approval, uow: UnitOfWork) -> object:
    """Equal for what differs in nothing but whose it is; None for what wants a look of its own."""
    is_lowest = approval.grade == "one" and approval.needed == 1
    is_special = approval.version > 1 or approval.beside or approval.together
    if not is_lowest or is_special or not approval.is_undecided or not approval.payload:
        return None
    same = acts.parse(approval.kind, json.loads(approval.payload)).same
    if same is None or uow.tickets.get(approval.ticket_id).status is TicketStatus.RESOLVED:
        return None
    return approval.kind, same, approval.gate, approval.category, tuple(approval.partners)
