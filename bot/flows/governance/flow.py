"""Two administrators agree to a looser policy, or one refuses it."""

from collections.abc import Sequence

from bot import governance_commands as commands
from bot.administrators import Administrators
from bot.cards import Answer
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import AlreadyDecided, NotAllowed
from bot.governing import AGREEING
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import PolicyState, StoredPolicy
from storage.unit_of_work import UnitOfWork


def agree(
    command: commands.AgreeToPolicy,
    uow: UnitOfWork,
    directory: Directory,
    administrators: Administrators,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    now = clock.now()
    person = _administrator(command.by, directory)
    asked = _asked(command, uow)
    if person.id in asked.agreed:
        raise NotAllowed("You have agreed to this already; another administrator is needed.")
    uow.policies.agree(asked, [*_still(asked.agreed, directory), person.id])
    about = {"digest": asked.digest, "agreed": list(asked.agreed)}
    uow.record(now, "policy agreed", person.id, f"policy:{asked.id}", about)
    if len(asked.agreed) >= AGREEING:
        uow.policies.put_in_force(asked.id, person.id, now)
        uow.record(now, "policy in force", person.id, f"policy:{asked.id}", about)
        administrators.announce(
            uow,
            "Two administrators have agreed to the looser approval policy. It counts once the bot "
            "is started anew.",
        )
    publisher.redraw(uow, f"policy-{asked.id}", urgent=0)
    return None


def refuse(
    command: commands.RefusePolicy,
    uow: UnitOfWork,
    directory: Directory,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    now = clock.now()
    person = _administrator(command.by, directory)
    asked = _asked(command, uow)
    uow.policies.refuse(asked.id, person.id, now)
    about = {"digest": asked.digest}
    uow.record(now, "policy refused", person.id, f"policy:{asked.id}", about)
    publisher.redraw(uow, f"policy-{asked.id}", urgent=0)
    return None


def _asked(
    command: commands.AgreeToPolicy | commands.RefusePolicy, uow: UnitOfWork
) -> StoredPolicy:
    uow.policies.lock()
    asked = uow.policies.get(command.policy)
    if asked.state is not PolicyState.ASKED or asked.digest != command.digest:
        raise AlreadyDecided("This is decided already, or app.yaml asks for something else since.")
    return asked


def _still(agreed: Sequence[str], directory: Directory) -> list[str]:
    """Whoever could not agree now has not: as with every other yes."""
    people = [person for ident in agreed if (person := directory.get(ident))]
    return [one.id for one in people if one.has_account and _may(one)]


def _administrator(by: Account, directory: Directory) -> Person:
    """Of those who are it by the policy in force: nobody makes themselves one by asking for it."""
    person = check_account(by, directory.find(by))
    if not _may(person):
        raise NotAllowed("The approval policy is for administrators to decide about.")
    return person


def _may(person: Person) -> bool:
    return "admin" in person.roles and not person.is_partner
