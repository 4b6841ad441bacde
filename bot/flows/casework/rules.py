"""Who may work on which ticket, and what a reply must look like; no clock, no database."""

from collections.abc import Sequence
from datetime import datetime

from bot.config import Settings
from bot.config.values import Mode
from bot.entitlement import looks_after
from bot.errors import InvalidForm, NotAllowed
from bot.people import Person

REPLY_AT_MOST = 3000


def check_owner(person: Person, owner: Person | None, does: str) -> None:
    """Only whoever holds the escalation, so that the customer hears one voice."""
    if owner is None:
        raise NotAllowed(f"Claim it first, then you can {does}.")
    if owner.id != person.id:
        raise NotAllowed(f"{owner.name} holds this one. Ask them, or let them release it first.")


def check_reaches(source: str, reaches: bool) -> None:
    if not reaches:
        raise NotAllowed(
            f"This ticket came from {source}, where I cannot write to the customer. "
            "Answer there, then resolve it here."
        )


def check_mode(mode: Mode) -> None:
    if mode == "observe":
        raise NotAllowed(
            "The bot only observes tickets like this one again, so nothing is sent from here. "
            "Answer in the help desk."
        )


def check_reply(text: str) -> str:
    """The text as it will be sent: exactly what was typed, less blank ends."""
    words = text.strip()
    if not words:
        raise InvalidForm({"text": "Write what the customer should read."})
    if len(words) > REPLY_AT_MOST:
        raise InvalidForm({"text": f"At most {REPLY_AT_MOST} characters; this has {len(words)}."})
    return words


def idle_since(attended: datetime, asked: Sequence[datetime]) -> datetime:
    """Since when the owner has left the customer alone: since the first words that came after
    the owner's last act, so that neither old words nor a flood of new ones move it."""
    return min((at for at in asked if at > attended), default=attended)


def is_foreign(language: str, home: str) -> bool:
    return language not in ("", home)


def readers_of(
    language: str, people: Sequence[Person], account: str | None, settings: Settings, now: datetime
) -> list[Person]:
    """Who is asked first about a ticket in a foreign language: specialists at work now who list
    it, a partner's for the accounts it serves."""
    return [
        person
        for person in people
        if person.slack
        and language in person.languages
        and "specialist" in person.roles
        and looks_after(person, account, settings)
        and person.is_at_work(now)
    ]
