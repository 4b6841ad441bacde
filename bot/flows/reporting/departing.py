"""Whose account was closed while the bot runs, and what has nobody to decide it since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import commands
from bot.administrators import Administrators
from bot.cards import Answer
from bot.config import Settings
from bot.config.directory import Directory
from bot.config.problems import Problem
from bot.flows.reporting.setup import missing, show_setup
from bot.flows.reporting.unproven import PART
from bot.labels import heading
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import gated, is_satisfiable
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

NAMED = 5


def note_departed(
    command: commands.NoteDeparted,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
    clock: Clock,
    publisher: Publisher,
    administrators: Administrators,
) -> Answer:
    now = clock.now()
    departed, back = uow.departures.become(command.people, now)
    for ids, kind in ((departed, "account closed"), (back, "account open again")):
        for ident in sorted(ids):
            uow.record(now, kind, "slack", f"person:{ident}", {})
    if not departed and not back:
        return None
    show_setup(uow, settings, directory, environ, publisher, administrators)
    for approval in uow.approvals.pending():
        publisher.redraw(uow, f"approval-{approval.id}")
    if departed:
        who = [person for ident in sorted(departed) if (person := directory.get(ident))]
        shut = _newly_shut(departed, uow, settings, directory, environ)
        stuck = _without_anybody(uow, directory)
        administrators.announce(
            uow, _told(who, shut, stuck), "Somebody’s account in Slack was closed."
        )
    return None


def _newly_shut(
    departed: set[str],
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    environ: Mapping[str, str],
) -> list[Problem]:
    before = [
        replace(one, departed=False) if one.id in departed else one for one in directory.people
    ]
    known = {problem.part for problem in missing(uow, settings, before, environ)}
    found = missing(uow, settings, directory.people, environ)
    gates = [
        one
        for one in found
        if one.part.startswith(PART) or (one.part.startswith("gate") and one.severity == "closed")
    ]
    return [problem for problem in gates if problem.part not in known]


def _without_anybody(uow: UnitOfWork, directory: Directory) -> list[Approval]:
    waiting = uow.approvals.pending()
    return [one for one in waiting if not is_satisfiable(one, gated(one, uow), directory)]


def _told(who: Sequence[Person], shut: Sequence[Problem], stuck: Sequence[Approval]) -> str:
    names = " and ".join(person.name for person in who) or "Somebody"
    lines = [f"{names}: Slack lets this account do nothing here any more."]
    lines += [f"• Closed by it: {one.closes}; it {one.wrong}. {one.remedy}" for one in shut]
    lines += [
        f"• {heading(one)} for ticket #{one.ticket_id} waits, and too few are left to decide it: "
        "reject it, or give somebody the role."
        for one in stuck[:NAMED]
    ]
    if len(stuck) > NAMED:
        lines.append(f"• and {len(stuck) - NAMED} more that wait")
    return "\n".join(lines)
