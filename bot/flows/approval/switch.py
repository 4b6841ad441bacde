"""The kill switch: one entitled person stops effects, two start them again."""

from bot import commands
from bot.administrators import Administrators
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed, Outdated
from bot.flows.approval.holding import SWITCH
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.unit_of_work import UnitOfWork

MAY_STOP = frozenset({"lead", "admin", "approver"})
_CHANGED = "Somebody else stopped or started effects at this moment. Look again, and repeat it."


def stop(
    command: commands.StopEffects,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    administrators: Administrators,
    settings: Settings,
) -> Answer:
    person = _may(command.by, directory)
    now = clock.now()
    uow.switches.stop(SWITCH, person.id, now)
    uow.record(now, "effects stopped", person.id, "switch:effects", {})
    told = f"{person.name} stopped all effects. Nothing is paid or sent."
    for admin in directory.administrators:
        if admin.id != person.id:
            publisher.tell(uow, admin, told)
    if settings.channels.admin:
        administrators.announce(uow, told)
    lifting = (
        "Stopped: nothing is paid, changed or sent until two people lift it with "
        f"`{settings.command_names.backstop} start effects`."
    )
    if any(_has_the_role(other) for other in directory.people if other.id != person.id):
        return Notice(lifting)
    return Notice(
        f"{lifting} Nobody but you may: until app.yaml gives a second person the role lead, admin "
        "or approver, and Backstop is started again, it stays so."
    )


def start(
    command: commands.StartEffects,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    administrators: Administrators,
    settings: Settings,
) -> Answer:
    person = _may(command.by, directory)
    now = clock.now()
    switch = uow.switches.get(SWITCH)
    if switch is None:
        return Notice("Effects are running; nothing to start.")
    if switch.lift_asked_by is None or switch.lift_asked_by == person.id:
        if not uow.switches.ask_lift(switch, person.id):
            raise Outdated(_CHANGED)
        uow.record(now, "lifting asked", person.id, "switch:effects", {})
        said = f"{settings.command_names.backstop} start effects"
        administrators.announce(
            uow, f"{person.name} wants effects started again. A second person must say `{said}`."
        )
        return Notice(f"Noted. A second person must say `{said}` too.")
    if not uow.switches.lift(switch):
        raise Outdated(_CHANGED)
    uow.record(now, "effects started", person.id, "switch:effects", {"with": switch.lift_asked_by})
    first = directory.get(switch.lift_asked_by)
    both = f"{first.name if first else switch.lift_asked_by} and {person.name}"
    administrators.announce(uow, f"{both} started effects again. What was held is carried out now.")
    return Notice("Effects run again. What was held is carried out now.")


def _may(account: Account, directory: Directory) -> Person:
    person = check_account(account, directory.find(account))
    if not _has_the_role(person):
        raise NotAllowed("Stopping and starting effects takes the role lead, admin or approver.")
    return person


def _has_the_role(person: Person) -> bool:
    return bool(person.roles & MAY_STOP) and not person.is_partner
