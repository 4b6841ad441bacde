"""Who the asker is here, what their approval counts for, and whether effects run."""

from collections.abc import Iterator, Mapping

from bot import commands
from bot.cards import Answer, Card, Moment, Span, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.config.quorum import UNMATCHED, approvers
from bot.entitlement import check_account
from bot.languages import language_name
from bot.people import Person
from storage.models import Switch
from storage.unit_of_work import UnitOfWork

_ACTS: Mapping[str, str] = {
    "refund": "refunds",
    "account_change": "account changes",
    "reply": "replies",
}


def show_me(
    command: commands.ShowMe, uow: UnitOfWork, directory: Directory, settings: Settings
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    title = f"You are {person.name}"
    languages = ", ".join(language_name(code) for code in person.languages)
    lines: tuple[tuple[Span, ...], ...] = (
        (f"Roles: {', '.join(sorted(person.roles)) or 'none'}.",),
        (f"Languages: {languages}.",),
        (_approves(person, settings),),
        *_away(person, uow, directory),
        stopped(uow, directory) or ("Effects run: what is approved is paid and sent.",),
    )
    return Card("me-0", title, "Who you are here.", tuple(Text(line) for line in lines))


def _away(person: Person, uow: UnitOfWork, directory: Directory) -> Iterator[tuple[Span, ...]]:
    absence = uow.absences.of(person.id)
    if absence is not None:
        stand_in = directory.get(absence.delegate or "")
        instead = f"; {stand_in.name} is reminded instead" if stand_in else ""
        yield "You are away until ", Moment(absence.until), f"{instead}."


def _approves(person: Person, settings: Settings) -> str:
    kinds = list(_kinds(person, settings))
    if not kinds:
        return "You approve nothing: no gate asks for you."
    return f"You may approve {', '.join(kinds)}."


def _kinds(person: Person, settings: Settings) -> Iterator[str]:
    for act, words in _ACTS.items():
        gates = [gate for gate in settings.gates if gate.act == act and gate.asks]
        if any(approvers(gate, [person], None) for gate in gates):
            limit = person.limits.get(act)
            yield f"{words} up to {limit}" if limit else words
    if approvers(UNMATCHED, [person], None):
        yield "what no gate covers"


def stopped(uow: UnitOfWork, directory: Directory) -> tuple[Span, ...]:
    """Since when effects are stopped and by whom; nothing while they run."""
    stop = uow.switches.get(Switch.EFFECTS)
    if stop is None:
        return ()
    by = directory.get(stop.stopped_by)
    name = by.name if by else stop.stopped_by
    return ("Effects are stopped since ", Moment(stop.stopped_at), f", by {name}.")
