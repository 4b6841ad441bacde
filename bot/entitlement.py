"""Who may act here at all, for which customers, and whose decision counts; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.config import Settings
from bot.config.quorum import Bar, barred
from bot.errors import NotAllowed
from bot.people import Account, Person, Standing

_STANDINGS: Mapping[Standing, str] = {
    Standing.UNKNOWN: (
        "I could not check your account just now, so nothing was decided. "
        "Please try again in a moment."
    ),
    Standing.DEACTIVATED: "This account is deactivated, so it cannot decide anything.",
    Standing.BOT: "Bots cannot decide anything.",
}


MAY_WORK = frozenset({"specialist", "lead", "admin", "approver"})


@dataclass(frozen=True)
class Gated:
    """What of an approval matters for who may decide it; `partners` are those whom its gate names
    and whose customer it is about; `stands_in` acts for the requester, who is away."""

    kind: str
    amount: int | None
    currency: str | None
    roles: frozenset[str]
    partners: frozenset[str]
    requester: str
    editors: frozenset[str] = frozenset()
    stands_in: str | None = None


def check_account(account: Account, person: Person | None) -> Person:
    """The person behind the account; raises `NotAllowed` when it cannot act here at all."""
    if account.standing in _STANDINGS:
        raise NotAllowed(_STANDINGS[account.standing])
    if person is None:
        raise NotAllowed(
            "You are not on this team's list, so nothing was done or shown for you. "
            "An administrator can add you under `people:` in app.yaml."
        )
    if account.standing is not Standing.MEMBER and not person.is_partner:
        raise NotAllowed("Guests and people of other workspaces cannot act here.")
    return person


def is_shut_out(account: Account, person: Person) -> bool:
    """Whether an account of theirs that its platform knows may do nothing here."""
    try:
        check_account(account, person)
    except NotAllowed:
        return True
    return False


def looks_after(person: Person, account: str | None, settings: Settings) -> bool:
    """Whether a customer's account is this person's to serve; a partner has listed ones only."""
    return person.organisation is None or serves(person.organisation, account, settings)


def serves(organisation: str, account: str | None, settings: Settings) -> bool:
    """Whether a partner has the customer's account among its own."""
    return any(
        account in partner.accounts
        for partner in settings.partners
        if partner.organisation == organisation
    )


def check_may_work(
    account: Account, person: Person | None, settings: Settings, customer_account: str | None
) -> Person:
    """The person, when they may claim, read and answer this customer's tickets."""
    person = check_account(account, person)
    if person.is_partner:
        if not looks_after(person, customer_account, settings):
            raise NotAllowed("Your organisation does not look after this customer's account.")
        return person
    if not person.roles & MAY_WORK:
        raise NotAllowed("Working on escalations takes the role specialist or lead.")
    return person


def check_may_decide(
    account: Account, person: Person | None, gated: Gated, voted: Sequence[str] = ()
) -> Person:
    """The person, when their yes or no counts; otherwise `NotAllowed` with the reason."""
    person = check_account(account, person)
    match barred(person, gated.kind, gated.amount, gated.currency, gated.roles, gated.partners):
        case Bar.ACCOUNT:
            raise NotAllowed(
                "app.yaml names no account that you decide with, or Slack has closed it. "
                "Where it is open again, please try again in ten minutes."
            )
        case Bar.PARTNER:
            raise NotAllowed("This gate does not let your organisation decide.")
        case Bar.ROLE:
            wanted = " or ".join(sorted(gated.roles))
            raise NotAllowed(f"Deciding this takes the role {wanted}, which you do not have.")
        case Bar.LIMIT:
            limit = person.limits[gated.kind]
            raise NotAllowed(
                f"You may decide up to {limit}; this needs somebody with a higher limit."
            )
    _check_is_anothers(person, gated, voted)
    return person


def _check_is_anothers(person: Person, gated: Gated, voted: Sequence[str]) -> None:
    if person.id == gated.requester:
        raise NotAllowed("You asked for this yourself, so somebody else has to decide.")
    if person.id == gated.stands_in:
        raise NotAllowed("You stand in for whoever asked for this, so somebody else has to decide.")
    if person.id in gated.editors:
        raise NotAllowed("You changed this yourself, so somebody else has to approve it.")
    if person.id in voted:
        raise NotAllowed("You have approved this already; a second person is needed.")


def who_may(people: Sequence[Person], gated: Gated, voted: Sequence[str] = ()) -> list[Person]:
    """Everybody whose decision would count, for the card and for reminders."""
    able = []
    for person in people:
        account = Account("any", person.id, "", Standing.MEMBER)
        try:
            able.append(check_may_decide(account, person, gated, voted))
        except NotAllowed:
            continue
    return able
