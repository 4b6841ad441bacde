"""Who may be shown which article: one person, or everybody in a room."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.people import Person
from storage.models import Article, Audience
from storage.search import Sight
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Room:
    """Who reads along in a channel: each member as app.yaml knows them, None for somebody it does
    not. `is_open` when anybody of the workspace can come in and read, `is_shared` when another
    workspace reads along."""

    members: tuple[Person | None, ...]
    is_open: bool
    is_shared: bool


def may_read(person: Person, audience: Audience, readers: Sequence[str], owner: str = "") -> bool:
    """A role admits our own people alone: what a partner may read names the partner."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.INTERNAL:
            return not person.is_partner
    if f"person:{person.id}" in readers or (owner and owner == person.id):
        return True
    if person.is_partner:
        return f"partner:{person.organisation}" in readers
    return any(f"role:{role}" in readers for role in person.roles)


def may_be_read_in(room: Room, article: Article) -> bool:
    """Whether everybody who is there, or could come in, may read it."""
    if article.audience is Audience.PUBLIC:
        return True
    if room.is_shared or (room.is_open and article.audience is Audience.RESTRICTED):
        return False
    return all(
        member is not None and may_read(member, article.audience, article.readers, article.owner)
        for member in room.members
    )


def sight_of(person: Person, uow: UnitOfWork) -> Sight:
    named = tuple(
        ident
        for ident, owner, readers in uow.articles.restricted()
        if may_read(person, Audience.RESTRICTED, readers, owner)
    )
    return Sight(internal=not person.is_partner, restricted=named)


def reads(person: Person, article: Article) -> bool:
    return may_read(person, article.audience, article.readers, article.owner)
