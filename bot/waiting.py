"""What waits for whom, out of the rows and by the rules of `bot.entitlement`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import entitlement
from bot.config import Settings
from bot.config.directory import Directory
from bot.config.quorum import fills
from bot.errors import NotAllowed
from bot.people import Account, Person, Standing
from storage.models import Approval, Escalation
from storage.repositories import Backlog, WithAccount
from storage.unit_of_work import UnitOfWork

LATE = timedelta(seconds=10)


def approvals_for(person: Person, uow: UnitOfWork) -> list[Approval]:
    """Pending approvals this person may decide, soonest deadline first."""
    mine = []
    for approval in uow.approvals.pending():
        voted = uow.approvals.voted(approval)
        try:
            entitlement.check_may_decide(_as_member(person), person, gated(approval, uow), voted)
        except NotAllowed:
            continue
        mine.append(approval)
    return mine


def escalations_for(
    person: Person, escalations: Sequence[WithAccount], settings: Settings
) -> list[Escalation]:
    """Those of customers whom this person looks after."""
    return [
        escalation
        for escalation, account in escalations
        if entitlement.looks_after(person, account, settings)
    ]


def late(uow: UnitOfWork, now: datetime) -> Mapping[str, Backlog]:
    """What is on its way for longer than a busy moment takes, per lane of `bot.steps.Lane`."""
    return uow.deliveries.backlog(now - LATE)


def gated(approval: Approval, uow: UnitOfWork) -> entitlement.Gated:
    away = uow.absences.of(approval.requester)
    return entitlement.Gated(
        kind=approval.kind,
        amount=None if approval.amount is None else approval.amount + approval.together,
        currency=approval.currency,
        roles=frozenset(approval.roles),
        partners=frozenset(approval.partners),
        requester=approval.requester,
        editors=frozenset(approval.editors),
        stands_in=away.delegate if away else None,
    )


def at_any_step(approval: Approval, uow: UnitOfWork) -> entitlement.Gated:
    """Whoever may say yes at one of its steps may say no, or change it, at each; also whoever has
    changed it before."""
    roles = frozenset(role for step in approval.asks for role in step.roles)
    return replace(gated(approval, uow), roles=roles, editors=frozenset())


def is_satisfiable(approval: Approval, asked: entitlement.Gated, directory: Directory) -> bool:
    """Whether there is somebody of their own for each yes that it takes, as `asked`."""
    places = [
        {person.id for person in entitlement.who_may(directory.people, at_step)}
        for step in approval.asks
        for at_step in [replace(asked, roles=frozenset(step.roles))] * step.approvers
    ]
    return fills(places)


def _as_member(person: Person) -> Account:
    return Account("slack", person.slack or "", "", Standing.MEMBER)
