"""Who needs to prove themselves here, and until when a new authenticator may be finished; pure."""

from datetime import datetime, timedelta

from bot.config import Settings
from bot.config.directory import Directory
from bot.config.team import DECIDING_ROLES
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.people import Account, Person

# Long enough to install an app on the way.
SHOWN_FOR = timedelta(minutes=30)
NONE_TAKEN = "No approval here takes a code: app.yaml has no approvals.step_up."


def check_approver(by: Account, directory: Directory, settings: Settings) -> Person:
    person = check_account(by, directory.find(by))
    if settings.approvals.step_up is None:
        raise NotAllowed(NONE_TAKEN)
    if not person.roles & DECIDING_ROLES:
        raise NotAllowed("Codes are for those who approve, which you do not.")
    return person


def is_fresh(begun: datetime, now: datetime) -> bool:
    return now <= begun + SHOWN_FOR
