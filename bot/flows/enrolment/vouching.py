"""An administrator says whether an authenticator is its person's, and takes one away."""

from bot import enrolment_commands as commands
from bot.administrators import SETUP, Administrators
from bot.cards import Answer, Notice
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import AlreadyDecided, NotAllowed
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Authenticator
from storage.unit_of_work import UnitOfWork


def confirm(
    command: commands.ConfirmAuthenticator,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    now, asked = clock.now(), uow.authenticators.get(command.authenticator)
    admin = _other_administrator(command.by, asked, directory)
    person = directory.get(asked.person)
    if person is None:
        raise NotAllowed("Whoever set this up is not on the team's list any more. Refuse it.")
    if not uow.authenticators.confirm(asked.id, asked.person, admin.id, now):
        raise AlreadyDecided("This is decided already, or they have set up another since.")
    uow.record(
        now, "authenticator confirmed", admin.id, f"authenticator:{asked.id}", {"of": person.id}
    )
    publisher.redraw(uow, f"authenticator-{asked.id}", urgent=0)
    publisher.redraw(uow, SETUP)
    publisher.tell(uow, person, "Your authenticator is confirmed: from now on its codes count.")
    return None


def refuse(
    command: commands.RefuseAuthenticator,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    administrators: Administrators,
    clock: Clock,
) -> Answer:
    now, asked = clock.now(), uow.authenticators.get(command.authenticator)
    admin = _other_administrator(command.by, asked, directory)
    if not uow.authenticators.refuse(asked.id, asked.person, admin.id, now):
        raise AlreadyDecided("This is decided already, or they have set up another since.")
    about = {"of": asked.person}
    uow.record(now, "authenticator refused", admin.id, f"authenticator:{asked.id}", about)
    publisher.redraw(uow, f"authenticator-{asked.id}", urgent=0)
    if person := directory.get(asked.person):
        publisher.tell(uow, person, "The authenticator set up in your name was refused.")
        administrators.announce(
            uow,
            f"An authenticator set up as {person.name} was refused. If it was not they, somebody "
            "else is in their account: close it, and have its password changed.",
            nameless="An authenticator was refused.",
        )
    return None


def revoke(
    command: commands.RevokeAuthenticator,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    by = check_account(command.by, directory.find(command.by))
    person = directory.called(command.typed) if command.typed.strip() else by
    if person != by and not _is_administrator(by):
        raise NotAllowed("Another's authenticator is taken away by an administrator.")
    now, asked = clock.now(), uow.authenticators.asked_for(person.id)
    if not uow.authenticators.revoke(person.id, by.id, now):
        raise NotAllowed(f"{person.name} has no authenticator.")
    uow.record(now, "authenticator revoked", by.id, f"person:{person.id}", {})
    publisher.redraw(uow, SETUP)
    if asked is not None:
        publisher.redraw(uow, f"authenticator-{asked.id}", urgent=0)
    if person != by:
        publisher.tell(uow, person, f"{by.name} took your authenticator away; its codes are void.")
    whose = "Yours" if person == by else f"That of {person.name}"
    return Notice(f"{whose} is void from now on, and so is what it approved and has not run yet.")


def _other_administrator(by: Account, asked: Authenticator, directory: Directory) -> Person:
    person = check_account(by, directory.find(by))
    if not _is_administrator(person):
        raise NotAllowed("Whether it was they is for an administrator to say.")
    if person.id == asked.person:
        raise NotAllowed("This is your own, so another administrator has to confirm it.")
    return person


def _is_administrator(person: Person) -> bool:
    return "admin" in person.roles and not person.is_partner
