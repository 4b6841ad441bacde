"""A passkey is made on our own page, since no chat asks a device for one."""

import re

from bot import enrolment_commands as commands
from bot.administrators import Administrators
from bot.authenticators import Authenticators
from bot.cards import Answer, Card, Form, FormErrors, Link, Notice, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import NotAllowed, Outdated
from bot.flows.enrolment.rules import check_approver, is_fresh
from bot.people import Person
from bot.ports import Clock
from storage.models import Authenticator
from storage.unit_of_work import UnitOfWork

# Within what a database counts to.
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def page_of(made: Authenticator, secret: str, settings: Settings) -> Card:
    """Where it is made; its address is shown once."""
    base = settings.server.public_url
    if base is None:
        raise NotAllowed("Passkeys are made on a page of mine, and app.yaml has no public_url.")
    url = f"{base.rstrip('/')}/passkey/{made.id}.{secret}"
    return Card(
        key="authenticator-0",
        title="Set up a passkey",
        summary="Set up a passkey.",
        blocks=(
            Text((Link(url, "Open the page and make it"),)),
            Text(
                (
                    "Use the device that you approve on, or a security key. The address is yours "
                    "alone, counts once, and is open for 30 minutes: give it to nobody.",
                ),
                "context",
            ),
        ),
    )


def follow(
    command: commands.FollowPasskeyLink,
    uow: UnitOfWork,
    directory: Directory,
    authenticators: Authenticators,
    clock: Clock,
) -> Answer:
    """It only looks, since programs follow links by themselves; None for what is no link of ours,
    or of one that was made."""
    made = _begun(command.token, uow, authenticators)
    if made is None:
        return None
    person, accounts = directory.get(made.person), directory.accounts_of(made.person)
    if person is None or not accounts:
        return Notice("You may not decide here any more, so you need no passkey.")
    if not is_fresh(made.created_at, clock.now()):
        return Notice("The time of this page is over. Ask for another in chat.")
    return _form(command.token, authenticators.to_make(made, person), person, directory)


def make(
    command: commands.MakePasskey,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    authenticators: Authenticators,
    administrators: Administrators,
    clock: Clock,
) -> Answer:
    now = clock.now()
    person = check_approver(command.by, directory, settings)
    made = _begun(command.token, uow, authenticators)
    if made is None or not is_fresh(made.created_at, now):
        raise Outdated("This page is from earlier. Close it, and ask for another in chat.")
    if made.person != person.id:
        raise NotAllowed("This is somebody else's.")
    if not authenticators.make(made, command.answer, uow):
        return FormErrors({"code": "Your device has made no passkey for this page. Try again."})
    uow.record(now, "authenticator proved", person.id, f"authenticator:{made.id}", {})
    administrators.show(uow, f"authenticator-{made.id}")
    return None


def _begun(token: str, uow: UnitOfWork, authenticators: Authenticators) -> Authenticator | None:
    ident, _, secret = token.partition(".")
    if not _NUMBER.fullmatch(ident):
        return None
    made = uow.authenticators.find(int(ident))
    return made if made is not None and authenticators.is_begun(made, secret) else None


def _form(token: str, asked: str, person: Person, directory: Directory) -> Form:
    account = directory.accounts_of(person.id)[0]
    who = {"user": account.user, "workspace": account.workspace, "surface": account.surface}
    return Form(
        title="Make a passkey",
        submit="Make it",
        action="passkey.make",
        args={
            **who,
            "token": token,
            "time_zone": person.time_zone,
            "sign": {"passkey.make": asked},
        },
        blocks=(
            Text(
                (f"It will stand for {person.name}, and sign what a click alone does not decide.",)
            ),
            Text(("Your device asks for your finger, your face or its PIN.",), "context"),
        ),
    )
