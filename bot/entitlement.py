"""Whether an account may act here at all; what it may decide is each flow's own rule."""

from collections.abc import Mapping

from bot.config import Settings
from bot.errors import NotAllowed
from bot.people import Account, Person, Standing

_STANDINGS: Mapping[Standing, str] = {
    Standing.UNKNOWN: (
        "I could not check your account just now, so nothing was decided. "
        "Please press the button again in a moment."
    ),
    Standing.DEACTIVATED: "This account is deactivated, so it cannot decide anything.",
    Standing.BOT: "Bots cannot decide anything.",
}


def check_account(account: Account, person: Person | None) -> Person:
    """The person behind the account; raises `NotAllowed` when it cannot act here at all."""
    if account.standing in _STANDINGS:
        raise NotAllowed(_STANDINGS[account.standing])
    if person is None:
        raise NotAllowed(
            "You are not on this team's list, so this button does nothing for you. "
            "An administrator can add you under `people:` in app.yaml."
        )
    if account.standing is not Standing.MEMBER and not person.is_partner:
        raise NotAllowed("Guests and people of other workspaces cannot act here.")
    return person


def looks_after(person: Person, account: str | None, settings: Settings) -> bool:
    """Whether a customer's account is this person's to serve; a partner has listed ones only."""
    if not person.is_partner:
        return True
    return any(
        account in partner.accounts
        for partner in settings.partners
        if partner.organisation == person.organisation
    )
