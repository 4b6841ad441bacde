"""Who is away until when, and who is asked instead.

A delegate is asked, and gets no right by it: their own role and limit decide. Whoever stands in for
somebody who asked for an act themselves does not approve it either.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import approval_commands as commands
from bot import approval_events
from bot.cards import Answer, Notice
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.wording.times import read_time
from storage.unit_of_work import UnitOfWork

LONGEST = timedelta(days=90)
_FOR = re.compile(r"^(?P<until>.*?)(?:\s+for\s+(?P<who>\S.*))?$", re.IGNORECASE | re.DOTALL)
_HOW = "Say until when, such as “away Monday 9:00” or “away 2026-12-24 17:00 for Max”."


def go_away(
    command: commands.GoAway,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    found = _FOR.match(command.typed.strip())
    until_typed = re.sub(r"^until\s+", "", found["until"], flags=re.IGNORECASE) if found else ""
    now = clock.now()
    until = read_time(until_typed, now, person.time_zone) if until_typed else None
    if until is None:
        raise NotAllowed(_HOW)
    if until - now > LONGEST:
        raise NotAllowed(f"At most {LONGEST.days} days at once; then say it again.")
    who = found["who"] if found else None
    delegate = _delegate(who, person, uow, directory) if who else None
    uow.absences.begin(person.id, now, until, delegate.id if delegate else None)
    over = approval_events.AbsenceOver(person.id, until.isoformat())
    uow.emit(over, due=until, key=f"absence:{person.id}:{over.until}")
    uow.record(
        now,
        "went away",
        person.id,
        f"person:{person.id}",
        {"until": over.until, "delegate": delegate.id if delegate else None},
    )
    told = f"You are away until {_local(until, person)}. You are reminded of nothing before."
    if delegate is None:
        return Notice(told)
    publisher.tell(
        uow,
        delegate,
        f"{person.name} is away until {_local(until, delegate)}, and you are reminded of what "
        "waits for their approval. You approve with your own role and limit.",
        nameless="A colleague is away, and you are reminded of what waits for their approval.",
    )
    return Notice(
        f"{told} {delegate.name} is reminded instead, of what they may approve themselves."
    )


def come_back(
    command: commands.ComeBack, uow: UnitOfWork, directory: Directory, clock: Clock
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    if not uow.absences.end(person.id):
        return Notice("You were not away.")
    uow.record(clock.now(), "came back", person.id, f"person:{person.id}", {})
    return Notice("Welcome back. You are reminded again of what waits for you.")


def return_in_time(event: approval_events.AbsenceOver, uow: UnitOfWork, clock: Clock) -> None:
    if uow.absences.end(event.person, datetime.fromisoformat(event.until)):
        uow.record(clock.now(), "came back", "clock", f"person:{event.person}", {})


def _delegate(typed: str, person: Person, uow: UnitOfWork, directory: Directory) -> Person:
    """Raises NotAllowed for nobody, for several, and for whoever could not stand in."""
    delegate = directory.called(typed)
    if delegate.id == person.id:
        raise NotAllowed("Name somebody else: you are the one who is away.")
    if delegate.organisation != person.organisation or not delegate.has_account:
        raise NotAllowed(f"{delegate.name} cannot stand in for you.")
    if uow.absences.of(delegate.id) is not None:
        raise NotAllowed(f"{delegate.name} is away too.")
    return delegate


def _local(at: datetime, person: Person) -> str:
    return f"{at.astimezone(ZoneInfo(person.time_zone)):%A %d %B, %H:%M} ({person.time_zone})"
