"""The people of now: app.yaml's, with what Slack's user groups and profiles add while the bot runs.

A directory is edited by more hands than app.yaml. It may say who is in a team, what they know and
who is on call; the right to approve never comes from it, not even by way of an e-mail address.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.config.settings import Settings
from bot.config.team import DECIDING_ROLES, GroupGives
from bot.config.values import is_time_zone
from bot.errors import NotAllowed
from bot.people import Account, Person, Standing

_MENTION = re.compile(r"<@(?P<user>[A-Z0-9]+)(?:\|[^>]*)?>")
Groups = Mapping[str, Sequence["Profile"]]


class UserGroups(Protocol):
    """Where the members of user groups are asked for; raises `OutsideError` when nobody says."""

    def members(self, groups: Sequence[str]) -> Groups: ...


@dataclass(frozen=True)
class Profile:
    """A member of a Slack user group, as users.info describes them."""

    user: str
    workspace: str
    standing: Standing
    name: str
    email: str | None = None
    time_zone: str = ""


def with_directory(settings: Settings, groups: Groups) -> tuple[Person, ...]:
    """Return app.yaml's people with what the groups add, then those whom only a group names.

    Only full members of the home workspace count. A profile belongs to the person with its Slack
    id, else to the one with its e-mail address; that one loses the right to approve, because an
    address in a profile is a claim, while a Slack id in app.yaml is the operator's word.
    """
    home = settings.slack.workspace if settings.slack else None
    profiles: dict[str, Profile] = {}
    gives: dict[str, list[GroupGives]] = {}
    for group, given in settings.directory.user_groups.items():
        for profile in groups.get(group, ()):
            if profile.workspace == home and profile.standing is Standing.MEMBER:
                profiles[profile.user] = profile
                gives.setdefault(profile.user, []).append(given)
    people = _bound_by_email(settings, profiles)
    known = {person.slack for person in people}
    people += [
        _newcomer(settings, profile) for user, profile in profiles.items() if user not in known
    ]
    return tuple(_given(person, gives.get(person.slack or "", ())) for person in people)


def _bound_by_email(settings: Settings, profiles: Mapping[str, Profile]) -> list[Person]:
    taken = {person.slack for person in settings.people}
    by_email: dict[str, list[str]] = {}
    for user, profile in profiles.items():
        if profile.email and user not in taken:
            by_email.setdefault(profile.email.casefold(), []).append(user)
    emails = {entry.id: entry.email for entry in settings.staff if entry.email}
    people: list[Person] = []
    for person in settings.people:
        users = by_email.get(emails.get(person.id, "").casefold(), [])
        # Two profiles with one address prove neither.
        is_bound = person.slack is None and person.organisation is None and len(users) == 1
        people.append(_without_decisions(person, users[0]) if is_bound else person)
    return people


def _without_decisions(person: Person, user: str) -> Person:
    return replace(person, slack=user, roles=person.roles - DECIDING_ROLES, limits={})


def _newcomer(settings: Settings, profile: Profile) -> Person:
    zone = profile.time_zone
    return Person(
        id=f"slack:{profile.user.lower()}",
        name=profile.name,
        slack=profile.user,
        time_zone=zone if is_time_zone(zone) else settings.company.time_zone,
        languages=(settings.company.language,),
    )


def _given(person: Person, gives: Iterable[GroupGives]) -> Person:
    if person.organisation is not None:
        return person
    roles, skills = set(person.roles), set(person.skills)
    for given in gives:
        # The settings refuse these roles; taking them out again costs nothing and needs no trust.
        roles |= set(given.roles) - DECIDING_ROLES
        skills |= set(given.skills)
    return replace(person, roles=frozenset(roles), skills=frozenset(skills))


@dataclass(frozen=True)
class _Known:
    people: tuple[Person, ...]
    by_id: Mapping[str, Person]
    by_account: Mapping[tuple[str, str, str], Person]


class Directory:
    """Who is who at this moment; any thread may ask while another refreshes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._departed: frozenset[str] = frozenset()
        self._known = _known(settings, settings.people)

    @property
    def people(self) -> tuple[Person, ...]:
        return self._known.people

    def find(self, account: Account) -> Person | None:
        """Return whose account it is, by workspace and user together.

        An id alone proves nothing: other workspaces hand out ids of their own. The account's
        standing is not looked at here, so that a refusal can name both the person and the reason.
        """
        return self._known.by_account.get((account.surface, account.workspace, account.user))

    def get(self, id: str) -> Person | None:
        return self._known.by_id.get(id)

    def with_email(self, email: str) -> Person | None:
        """Whom app.yaml lists under this address."""
        wanted = email.casefold()
        ids = [
            entry.id for entry in self._settings.staff if (entry.email or "").casefold() == wanted
        ]
        return self.get(ids[0]) if wanted and ids else None

    def called(self, typed: str) -> Person:
        """Who is meant by a mention, an id, a name or a first name; NotAllowed for nobody and for
        several."""
        meant = [person for person in self.people if _is_meant(person, typed.strip())]
        if len(meant) != 1:
            which = "Nobody here" if not meant else "More than one person"
            raise NotAllowed(
                f"{which} is called “{typed.strip()[:60]}”. Name them as app.yaml does."
            )
        return meant[0]

    def accounts_of(self, id: str) -> tuple[Account, ...]:
        """Return the accounts the person acts through; what their platform says is not asked."""
        return tuple(
            Account(surface, user, workspace, Standing.UNKNOWN)
            for (surface, workspace, user), person in self._known.by_account.items()
            if person.id == id
        )

    def with_role(self, role: str) -> tuple[Person, ...]:
        return tuple(person for person in self._known.people if role in person.roles)

    @property
    def administrators(self) -> tuple[Person, ...]:
        """Those of our own whom Slack reaches; a partner's people are no administrators."""
        return tuple(
            person for person in self.with_role("admin") if person.slack and not person.is_partner
        )

    def refresh(self, groups: Groups) -> None:
        """Take the groups' present members; a group that is not given has none.

        One assignment replaces everything, so a reader sees the old people or the new, never both.
        """
        people = with_directory(self._settings, groups)
        self._known = _known(self._settings, _parted(people, self._departed))

    def part(self, departed: frozenset[str]) -> None:
        """These ids, and nobody else, are of people whose accounts may do nothing any more."""
        self._departed = departed
        self._known = _known(self._settings, _parted(self._known.people, departed))


def _is_meant(person: Person, typed: str) -> bool:
    mention = _MENTION.fullmatch(typed)
    if mention is not None:
        return person.slack == mention["user"]
    name, whole = typed.removeprefix("@").casefold(), person.name.casefold()
    return name in (person.id.casefold(), whole, whole.split(" ")[0])


def _parted(people: Iterable[Person], departed: frozenset[str]) -> tuple[Person, ...]:
    return tuple(replace(person, departed=person.id in departed) for person in people)


def _known(settings: Settings, people: tuple[Person, ...]) -> _Known:
    accounts: dict[tuple[str, str, str], Person] = {}
    by_slack = {person.slack: person for person in people if person.slack}
    for person in by_slack.values():
        if person.organisation is None and settings.slack and person.slack:
            accounts["slack", settings.slack.workspace, person.slack] = person
    for partner in settings.partners:
        for user in partner.people:
            accounts["slack", partner.workspace, user] = by_slack[user]
    return _Known(people, {person.id: person for person in people}, accounts)
