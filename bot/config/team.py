"""Who is there: people, partner organisations, and what Slack's user groups may add."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.config.hours import read_hours
from bot.config.values import (
    ActKind,
    ChannelId,
    Duration,
    Email,
    Frozen,
    Hours,
    Language,
    MinorUnits,
    Role,
    Slug,
    TimeZone,
    UserGroup,
    UserId,
    Workspace,
)
from bot.money import Money
from bot.people import Person, WorkingHours

# What a directory outside of app.yaml may never give: with these a person decides about money.
DECIDING_ROLES = frozenset({"approver", "lead", "admin"})


class PersonSettings(Frozen):
    """One human being; `limits` are minor units of the company's currency, per kind of act."""

    id: Annotated[Slug, Field(examples=["ana"])]
    name: Annotated[str, Field(min_length=1, max_length=80, examples=["Ana Ruiz"])]
    roles: Annotated[tuple[Role, ...], Field(examples=[["specialist", "approver"]])] = ()
    slack: Annotated[UserId | None, Field(examples=["U0ANA"])] = None
    teams: Annotated[str | None, Field(examples=["29:1abc"])] = None
    email: Annotated[Email | None, Field(examples=["ana@acme.example"])] = None
    time_zone: Annotated[TimeZone | None, Field(examples=["Europe/Madrid"])] = None
    hours: Annotated[Hours | None, Field(examples=["Mon-Fri 09:00-17:30"])] = None
    languages: Annotated[tuple[Language, ...], Field(examples=[["en", "es"]])] = ("en",)
    skills: Annotated[tuple[Slug, ...], Field(examples=[["billing"]])] = ()
    organisation: Annotated[Slug | None, Field(examples=["nightdesk"])] = None
    backup: Annotated[Slug | None, Field(examples=["max"])] = None
    limits: Annotated[Mapping[ActKind, MinorUnits], Field(examples=[{"refund": 50000}])] = Field(
        default_factory=dict
    )

    def person(self, time_zone: str, currency: str) -> Person:
        """Return the person; both are the company's: where who names no zone is, and what limits
        count in."""
        return Person(
            id=self.id,
            name=self.name,
            roles=frozenset(self.roles),
            slack=self.slack,
            teams=self.teams,
            time_zone=self.time_zone or time_zone,
            hours=read_hours(self.hours) if self.hours else WorkingHours(),
            languages=self.languages,
            skills=frozenset(self.skills),
            organisation=self.organisation,
            backup=self.backup,
            limits={str(act): Money(limit, currency) for act, limit in self.limits.items()},
        )


class Partner(Frozen):
    """Guests or Slack Connect people of one organisation, and the accounts they may work on."""

    organisation: Annotated[Slug, Field(examples=["nightdesk"])]
    workspace: Annotated[Workspace, Field(examples=["T0NIGHT"])]
    people: Annotated[tuple[UserId, ...], Field(min_length=1, examples=[["U0NIGHT1"]])]
    accounts: Annotated[tuple[str, ...], Field(examples=[["acc-1"]])] = ()
    channel: Annotated[ChannelId | None, Field(examples=["C0NIGHT"])] = None

    def persons(self, time_zone: str) -> tuple[Person, ...]:
        """Return each listed user as a person who works on tickets and decides nothing."""
        return tuple(
            Person(
                id=f"{self.organisation}:{user.lower()}",
                name=f"{self.organisation} {user}",
                roles=frozenset({"specialist", "reviewer"}),
                slack=user,
                time_zone=time_zone,
                organisation=self.organisation,
            )
            for user in self.people
        )


def _gives(role: str) -> str:
    if role in DECIDING_ROLES:
        raise PydanticCustomError(
            "deciding_role",
            "may not come from a user group: whoever edits the group could approve",
            {"remedy": "Give it to each person under people."},
        )
    return role


class GroupGives(Frozen):
    """What being in one Slack user group gives a person."""

    skills: Annotated[tuple[Slug, ...], Field(examples=[["mobile"]])] = ()
    roles: Annotated[
        tuple[Annotated[Role, AfterValidator(_gives)], ...],
        Field(examples=[["specialist", "on_call"]]),
    ] = ()


class DirectorySettings(Frozen):
    """Slack user groups that people are taken from while the bot runs."""

    user_groups: Annotated[
        Mapping[UserGroup, GroupGives], Field(examples=[{"S0MOBILE": {"skills": ["mobile"]}}])
    ] = Field(default_factory=dict)
    refresh: Annotated[Duration, Field(examples=["5m"])] = timedelta(minutes=5)


def check_backups(staff: Sequence[PersonSettings]) -> None:
    """Refuse somebody who is their own backup, or has one whom nobody knows."""
    known = {entry.id for entry in staff}
    for index, entry in enumerate(staff):
        if entry.backup is not None and entry.backup not in known - {entry.id}:
            raise PydanticCustomError(
                "unknown",
                "names nobody else under people",
                {
                    "at": ("people", index, "backup"),
                    "remedy": "Write the id of somebody who stands there, and not their own.",
                },
            )


def check_partners(staff: Iterable[PersonSettings], partners: Iterable[Partner]) -> None:
    """Refuse a Slack user who would be two persons: a partner's here, somebody else's there."""
    named = {entry.slack: entry.organisation for entry in staff if entry.slack}
    listed: dict[str, str] = {}
    for index, partner in enumerate(partners):
        for place, user in enumerate(partner.people):
            at = ("partners", index, "people", place)
            if user in named and named[user] != partner.organisation:
                remedy = f"Give that person organisation: {partner.organisation}."
                raise _two_persons("is under people without this organisation", at, remedy)
            if user in listed:
                remedy = "List each partner's user once."
                raise _two_persons(f"is also listed for {listed[user]}", at, remedy)
            listed[user] = partner.organisation


def _two_persons(wrong: str, at: tuple[str | int, ...], remedy: str) -> PydanticCustomError:
    return PydanticCustomError("partner", "{wrong}", {"wrong": wrong, "at": at, "remedy": remedy})
