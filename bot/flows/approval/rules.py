"""Who may decide what; no clock, no database, no platform."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.money import Money
from bot.people import Account, Person, Standing


@dataclass(frozen=True)
class Gated:
    """What of an approval matters for who may decide it."""

    kind: str
    amount: int | None
    currency: str | None
    roles: frozenset[str]
    partners: frozenset[str]
    requester: str


def check_may_decide(
    account: Account, person: Person | None, gated: Gated, voted: Sequence[str] = ()
) -> Person:
    """The person, when their yes or no counts; otherwise `NotAllowed` with the reason."""
    person = check_account(account, person)
    if person.is_partner and person.organisation not in gated.partners:
        raise NotAllowed("This gate does not let your organisation decide.")
    if not person.roles & gated.roles:
        wanted = " or ".join(sorted(gated.roles))
        raise NotAllowed(f"Deciding this takes the role {wanted}, which you do not have.")
    if person.id == gated.requester:
        raise NotAllowed("You asked for this yourself, so somebody else has to decide.")
    limit = person.limits.get(gated.kind)
    if limit is not None and gated.amount is not None and gated.amount > limit:
        most = Money(limit, gated.currency or "XXX")
        raise NotAllowed(f"You may decide up to {most}; this needs somebody with a higher limit.")
    if person.id in voted:
        raise NotAllowed("You have approved this already; a second person is needed.")
    return person


def who_may(people: Sequence[Person], gated: Gated) -> list[Person]:
    """Everybody whose decision would count, for the card and for reminders."""
    able = []
    for person in people:
        account = Account("any", person.id, "", Standing.MEMBER)
        try:
            able.append(check_may_decide(account, person, gated))
        except NotAllowed:
            continue
    return able
