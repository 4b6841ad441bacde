"""What approvals by e-mail lack: where to send from, where a link leads, and to whom."""

from collections.abc import Iterator, Sequence

from bot.config.problem import Problem
from bot.config.settings import Settings
from bot.config.team import DECIDING_ROLES
from bot.people import Person

CLOSES = "approvals by e-mail"


def mail_problems(settings: Settings, people: Sequence[Person]) -> Iterator[Problem]:
    if settings.approvals.by_mail is None:
        return
    if settings.mail is None:
        remedy = "Add mail: {host: ..., from: ...}."
        yield Problem("closed", "mail", "mail", "is missing", CLOSES, remedy)
    if settings.server.public_url is None:
        path, remedy = "server.public_url", "Add the address under which people reach the bot."
        yield Problem("closed", "mail", path, "is missing", CLOSES, remedy)
    told = {entry.id for entry in settings.staff if entry.email}
    for person in people:
        if person.roles & DECIDING_ROLES and person.has_account and person.id not in told:
            closes = f"while chat is down {person.name} decides nothing"
            path, wrong = f"people, {person.id}", "has no e-mail address"
            yield Problem("note", f"person:{person.id}", path, wrong, closes, "Add email: ...")
