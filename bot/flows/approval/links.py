"""Decisions on our own page: whose its link is, what it is bound to, and that it counts once.

While chat is down nobody asks the platform about an account. Then its last word counts, for as long
as app.yaml says; that an account is closed counts for good.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from bot import approval_commands as commands
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import AlreadyDecided, NotAllowed, Outdated
from bot.people import Account, Person, Standing
from bot.ports import Clock
from storage.models import MailLink
from storage.unit_of_work import UnitOfWork

ByLink = commands.GrantApproval | commands.RejectApproval
_FOR_GOOD = frozenset({Standing.DEACTIVATED, Standing.BOT})


def hash_of(token: str) -> str:
    """What is kept of a token: whoever reads the database has no link."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_known(account: Account, uow: UnitOfWork, settings: Settings, now: datetime) -> Standing:
    """What the platform said last of the account; UNKNOWN where that is too long ago."""
    by_mail = settings.approvals.by_mail
    known = uow.standings.of(account.surface, account.workspace, account.user)
    if by_mail is None or known is None:
        return Standing.UNKNOWN
    standing = Standing(known.standing)
    is_fresh = now - known.at <= by_mail.seen_within
    return standing if is_fresh or standing in _FOR_GOOD else Standing.UNKNOWN


def deciding(command: ByLink, uow: UnitOfWork, settings: Settings, now: datetime) -> Account:
    """The account, with what is known of it."""
    if not is_mailed(command, uow) or command.by.standing is not Standing.UNKNOWN:
        return command.by
    return replace(command.by, standing=last_known(command.by, uow, settings, now))


def check_link(command: ByLink, person: Person, uow: UnitOfWork, now: datetime) -> None:
    """In place of the copy of the card that was clicked.

    Raises:
        NotAllowed: The link is somebody else's, or about something else.
        Outdated: Its time is over.

    """
    link = uow.mail_links.get(command.link)
    bound = (link.person, link.approval_id, link.version, link.digest)
    if bound != (person.id, command.approval, command.version, command.digest):
        raise NotAllowed("This link is for somebody else, or for something else.")
    if link.expires_at <= now:
        raise Outdated("The time of this link is over.")


def use(command: ByLink, uow: UnitOfWork, now: datetime) -> None:
    """Raises AlreadyDecided where it was used meanwhile."""
    if command.link and not uow.mail_links.use(uow.mail_links.get(command.link), now):
        raise used()


def used() -> AlreadyDecided:
    return AlreadyDecided("You have decided here already: each link counts once.")


def is_mailed(command: ByLink, uow: UnitOfWork) -> bool:
    """Whether they came by e-mail, and thus chat may be down."""
    return bool(command.link) and uow.mail_links.get(command.link).is_mailed


def provenance(command: ByLink, uow: UnitOfWork) -> dict[str, object]:
    """For the audit."""
    if not command.link:
        return {}
    return {"by": "link" if is_mailed(command, uow) else "page", "link": command.link}


def is_over(link: MailLink, version: int, now: datetime) -> str:
    """Why nothing can be decided by it, whatever its approval; empty while it can."""
    if link.used_at is not None:
        return used().user_message
    if link.version != version:
        return "The act was changed after this link was made: what it showed counts no more."
    if link.expires_at > now:
        return ""
    return "The time to decide is over." if link.is_mailed else "Press in chat again: it took long."


def note_standings(
    command: commands.NoteStandings,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> None:
    """Of people of ours alone; that a platform does not say is no news."""
    if settings.approvals.by_mail is None:
        return
    now = clock.now()
    for one in command.accounts:
        if one.standing is not Standing.UNKNOWN and directory.find(one) is not None:
            uow.standings.note(one.surface, one.workspace, one.user, one.standing.value, now)
