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
_STOPPED = "Effects were stopped. Nothing is paid or sent."
_STARTED = "Effects run again. What was held is carried out now."
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
            publisher.tell(uow, admin, told, nameless=_STOPPED)
    if settings.channels.admin:
        administrators.announce(uow, told, nameless=_STOPPED)
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
    first = _first_voice(switch.lift_asked_by, directory)
    said = f"{settings.command_names.backstop} start effects"
    if first is not None and first.id == person.id:
        return Notice(f"You have said so. A second person must say `{said}` too.")
    if first is None:
        if not uow.switches.ask_lift(switch, person.id):
            raise Outdated(_CHANGED)
        uow.record(now, "lifting asked", person.id, "switch:effects", {})
        second = f"A second person must say `{said}`."
        administrators.announce(
            uow,
            f"{person.name} wants effects started again. {second}",
            nameless=f"Somebody wants effects started again. {second}",
        )
        return Notice(f"Noted. A second person must say `{said}` too.")
    if not uow.switches.lift(switch):
        raise Outdated(_CHANGED)
    uow.record(now, "effects started", person.id, "switch:effects", {"with": first.id})
    both = f"{first.name} and {person.name}"
    administrators.announce(
        uow,
        f"{both} started effects again. What was held is carried out now.",
        nameless=_STARTED,
    )
    return Notice(_STARTED)


def _first_voice(asked_by: str | None, directory: Directory) -> Person | None:
    """Whoever asked before, while they may still ask: else the next to say so is the first."""
    person = directory.get(asked_by) if asked_by else None
    return person if person is not None and _has_the_role(person) else None


def _may(account: Account, directory: Directory) -> Person:
    person = check_account(account, directory.find(account))
    if not _has_the_role(person):
        raise NotAllowed("Stopping and starting effects takes the role lead, admin or approver.")
    return person


def _has_the_role(person: Person) -> bool:
    return bool(person.roles & MAY_STOP) and not person.is_partner
