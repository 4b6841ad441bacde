"""While chat is down whoever may decide is written to, with a link to the same card."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import approval_events, entitlement
from bot.administrators import Administrators
from bot.authenticators import kind_of
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed, OutcomeUnknown, OutsideError, Refused, TryLater
from bot.flows.approval.links import hash_of, last_known
from bot.flows.approval.rules import is_down
from bot.labels import heading
from bot.people import Person
from bot.ports import Clock, Mail
from bot.steps import Again, Park, Verdict, later
from bot.waiting import gated
from storage.models import Approval, PostState
from storage.unit_of_work import UnitOfWork

# What one transaction writes has not quite the same time everywhere.
MOMENT = timedelta(seconds=10)
NOT_CONNECTED_S = 60.0
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Addressees:
    """Who can decide by e-mail, and of the others why they cannot."""

    able: Sequence[Person] = ()
    left_out: Sequence[tuple[Person, str]] = ()


@dataclass(frozen=True)
class Letter:
    link: int
    to: str
    subject: str
    text: str


def check_chat(
    event: approval_events.ChatChecked,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> None:
    approval, now = uow.approvals.get(event.approval), clock.now()
    by_mail = settings.approvals.by_mail
    if by_mail is None or not _waits(approval, event.version):
        return
    voted = uow.approvals.voted(approval)
    able = entitlement.who_may(directory.people, gated(approval, uow), voted)
    before = now - by_mail.after + MOMENT
    stalled = uow.deliveries.stalled("posts", before)
    keys = {one.key for one in stalled if one.key}
    living = [
        copy
        for copy in uow.card_posts.copies(f"approval-{approval.id}")
        if copy.state is not PostState.GONE
    ]
    users = {person.slack for person in able}
    words = [
        one for one in stalled if one.event == "PrivatelyTold" and one.payload["user"] in users
    ]
    told = bool(words) and uow.deliveries.went_through(
        "PrivatelyTold", min(one.created_at for one in words)
    )
    copies = [f"post:{copy.id}/show card" in keys for copy in living]
    if is_down(copies, untold=bool(words), told=told):
        uow.emit(approval_events.LinksWanted(approval.id, approval.version, "clock"))


def write_to_all(
    event: approval_events.LinksWanted,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
    administrators: Administrators,
) -> None:
    approval, now = uow.approvals.get(event.approval), clock.now()
    if not _waits(approval, event.version):
        return
    found = addressees(approval, uow, directory, settings, now)
    # Who asks by hand asks anew; the clock repeats nothing.
    is_clock = event.by == "clock"
    have = uow.mail_links.have(approval.id, approval.version) if is_clock else frozenset()
    sent = [person.id for person in found.able if person.id not in have]
    for person in sent:
        uow.emit(approval_events.LinkWanted(approval.id, approval.version, person))
    if not sent and is_clock and have:
        return
    about = {"sent": sent, "left_out": [person.id for person, _ in found.left_out]}
    uow.record(now, "approval mailed", event.by, f"approval:{approval.id}", about)
    administrators.announce(uow, _announced(approval, found), f"{_waiting(approval)} by e-mail.")


def addressees(
    approval: Approval, uow: UnitOfWork, directory: Directory, settings: Settings, now: datetime
) -> Addressees:
    """Of those whose yes counts at this step."""
    voted, able = uow.approvals.voted(approval), list[Person]()
    left_out = list[tuple[Person, str]]()
    for person in entitlement.who_may(directory.people, gated(approval, uow), voted):
        if why := _why_not(person, uow, directory, settings, now):
            left_out.append((person, why))
        else:
            able.append(person)
    return Addressees(able, left_out)


def plan(
    event: approval_events.LinkWanted,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> Letter | Park | None:
    approval, now = uow.approvals.get(event.approval), clock.now()
    if not _waits(approval, event.version) or approval.expires_at <= now:
        return None
    found = addressees(approval, uow, directory, settings, now)
    if event.person not in {person.id for person in found.able}:
        return None
    base = settings.server.public_url
    if base is None or settings.approvals.by_mail is None:
        return Park("mail_not_set_up")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = uow.mail_links.add(hash_of(token), approval, event.person, now)
    return Letter(
        link.id,
        address_of(event.person, settings) or "",
        f"{heading(approval)} waits for a decision",
        _text(approval, f"{base.rstrip('/')}/approve/{token}"),
    )


def act(letter: Letter, mail: Mail | None) -> None:
    if mail is None:
        raise TryLater("no mail server is connected: see backstop check", NOT_CONNECTED_S)
    mail.send(letter.to, letter.subject, letter.text, f"approval-link-{letter.link}")


def settle(
    event: approval_events.LinkWanted,
    letter: Letter,
    outcome: OutsideError | None,
    uow: UnitOfWork,
    clock: Clock,
) -> Verdict:
    """Where nobody knows, another is sent: of two links to one person one counts."""
    match outcome:
        case OutcomeUnknown():
            return Again(reason=str(outcome))
        case TryLater():
            uow.mail_links.drop(letter.link)
            return later(str(outcome), outcome.retry_after)
        case Refused():
            uow.mail_links.drop(letter.link)
            return Park(outcome.code)
    about = {"person": event.person, "link": letter.link}
    uow.record(clock.now(), "link sent", "clock", f"approval:{event.approval}", about)
    return None


def address_of(person: str, settings: Settings) -> str | None:
    """Of app.yaml; a directory's is anybody's word."""
    return next((entry.email for entry in settings.staff if entry.id == person), None)


def _waits(approval: Approval, version: int) -> bool:
    return approval.is_undecided and approval.version == version


def _why_not(
    person: Person, uow: UnitOfWork, directory: Directory, settings: Settings, now: datetime
) -> str:
    if address_of(person.id, settings) is None:
        return "no e-mail address in app.yaml"
    if uow.authenticators.of(person.id, kind_of(settings)) is None:
        return "no authenticator that is confirmed"
    for account in directory.accounts_of(person.id):
        known = replace(account, standing=last_known(account, uow, settings, now))
        try:
            check_account(known, person)
        except NotAllowed:
            continue
        return ""
    return "Slack has not said lately that the account may act"


def _announced(approval: Approval, found: Addressees) -> str:
    names = ", ".join(person.name for person in found.able) or "nobody"
    others = "".join(f" {person.name} has none: {why}." for person, why in found.left_out)
    return f"{_waiting(approval)} by e-mail: a link went to {names}.{others}"


def _waiting(approval: Approval) -> str:
    return f"{heading(approval)} for ticket #{approval.ticket_id} can be decided"


def _text(approval: Approval, link: str) -> str:
    return (
        f"{heading(approval)} for ticket #{approval.ticket_id} waits for a decision of yours or a "
        f"colleague's, until {approval.expires_at:%Y-%m-%d %H:%M} UTC.\n\n"
        "Chat does not take it at the moment. This page shows the whole act, and takes your yes or "
        f"no:\n\n{link}\n\n"
        "The link is yours alone and counts once. The page asks you to prove that it is you; "
        "nothing is decided before that. If you do not approve anything here, tell an "
        "administrator.\n"
    )
