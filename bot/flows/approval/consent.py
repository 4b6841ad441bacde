"""Consent, read again when its effect runs: to exactly this act, by people who still count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import acts, entitlement
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed, Refused, TryLater
from bot.flows.approval.links import last_known
from bot.flows.approval.proving import Proving
from bot.people import Account, Person, Standing
from bot.ports import Standings
from bot.waiting import gated
from storage.models import Approval, ApprovalState, ApprovalVote, Effect
from storage.unit_of_work import UnitOfWork

LEFT = "approver_left"


@dataclass(frozen=True)
class Consent:
    """The accounts of those whose yes counts by our own rules, and how many it takes. What their
    platform says of them is asked outside the transaction, by `check_standings`. `lost` says in a
    word why it does not hold where too few of them count."""

    voters: tuple[tuple[Person, tuple[Account, ...]], ...] = ()
    needed: int = 0
    lost: str = LEFT

    @property
    def is_enough(self) -> bool:
        """By our own rules."""
        return len(self.voters) >= self.needed

    @property
    def is_asked(self) -> bool:
        """Whether it takes the word of a platform too."""
        return self.is_enough and self.needed > 0


NONE_ASKED = Consent()


def withdrawn(why: str) -> Consent:
    """What it was given for is gone: what may have happened is looked for, and nothing is sent."""
    return Consent(needed=1, lost=why)


def read_again(
    effect: Effect,
    approval: Approval | None,
    is_out: bool,
    uow: UnitOfWork,
    directory: Directory,
    proving: Proving,
) -> Consent | str:
    """The consent that the effect rests on, or in a word why it may not run.

    What a call did that `is_out` must be found out, whoever has left since: then too few voters
    are no answer here. They let it be looked for, and `check_standings` lets nothing be sent.
    """
    if approval is None:
        return NONE_ASKED
    if approval.state is not ApprovalState.APPROVED:
        return "not_approved"
    if acts.digest_of(effect.kind, effect.payload) != approval.digest:
        return "payload_changed"
    if approval.needed == 0:
        return NONE_ASKED
    stands = (approval.version, approval.digest)
    votes = uow.approvals.votes(approval.id)
    said = [vote for vote in votes if (vote.version, vote.digest) == stands]
    voters = tuple(
        (person, accounts)
        for vote in said
        for person in _still_may(vote, approval, uow, directory, proving)
        if (accounts := _accounts(vote, person, uow, directory, proving))
    )
    agreed = Consent(voters, approval.needed)
    return agreed if agreed.is_enough or is_out else LEFT


def _accounts(
    vote: ApprovalVote,
    person: Person,
    uow: UnitOfWork,
    directory: Directory,
    proving: Proving,
) -> tuple[Account, ...]:
    """With what is known of each, where their yes came by e-mail: it is to run while chat is
    down."""
    accounts, now = directory.accounts_of(person.id), proving.clock.now()
    if vote.link is None or not uow.mail_links.get(vote.link).is_mailed:
        return accounts
    return tuple(
        replace(one, standing=last_known(one, uow, proving.settings, now)) for one in accounts
    )


def _still_may(
    vote: ApprovalVote,
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
    proving: Proving,
) -> Sequence[Person]:
    """The person, where they could give this yes now as well, at the same step."""
    person = directory.get(vote.person)
    if person is None or vote.step >= len(approval.asks):
        return ()
    if not proving.still_holds(vote, approval, person, uow):
        return ()
    asked = replace(gated(approval, uow), roles=frozenset(approval.asks[vote.step].roles))
    return entitlement.who_may([person], asked)


def check_standings(consent: Consent, standings: Standings | None) -> None:
    """Ask the platform about everybody whose consent it takes.

    Raises:
        Refused: Too few of them may still act.
        TryLater: The platform does not say, and it depends on that.

    """
    told = [_standing(person, accounts, standings) for person, accounts in consent.voters]
    if told.count(True) >= consent.needed:
        return
    if len(told) - told.count(False) >= consent.needed:
        raise TryLater("nobody says whether the approver may still act")
    raise Refused(consent.lost)


def _standing(
    person: Person, accounts: tuple[Account, ...], standings: Standings | None
) -> bool | None:
    """Whether one of the accounts may act; None when the platform does not say."""
    if standings is None:
        return None
    unknown = False
    for account in accounts:
        told = standings.of(account.user, account.workspace)
        standing = account.standing if told is Standing.UNKNOWN else told
        if standing is Standing.UNKNOWN:
            unknown = True
            continue
        try:
            check_account(replace(account, standing=standing), person)
        except NotAllowed:
            continue
        return True
    return None if unknown else False
