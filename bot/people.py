"""Persons and the accounts they act through; platform ids stop here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.money import Money


class Standing(StrEnum):
    """What the platform says of an account, asked at most 60 seconds ago."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Account:
    """Who the platform says acted: verified by the edge, not yet known to be one of ours."""

    surface: str
    user: str
    workspace: str
    standing: Standing


@dataclass(frozen=True)
class WorkingHours:
    """Weekdays (0 = Monday) with the local span that begins on each; one that ends no later than
    it begins goes on into the next day."""

    days: Mapping[int, tuple[time, time]] = field(default_factory=dict)

    def spans(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Of so many days, as naive local times."""
        for day in (first + timedelta(days=offset) for offset in range(days)):
            if (span := self.days.get(day.weekday())) is not None:
                begins, ends = (datetime.combine(day, at) for at in span)
                yield begins, ends if ends > begins else ends + timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """One human being on every surface; `limits` are the most they may approve, per act kind, and
    `backup` is the id of whoever is asked at any hour when they do not decide. Who is `departed`
    has an account that Slack lets do nothing here any more."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    slack: str | None = None
    teams: str | None = None
    time_zone: str = "UTC"
    hours: WorkingHours = WorkingHours()
    languages: tuple[str, ...] = ("en",)
    skills: frozenset[str] = frozenset()
    organisation: str | None = None
    backup: str | None = None
    limits: Mapping[str, Money] = field(default_factory=dict)
    departed: bool = False

    @property
    def has_account(self) -> bool:
        """Whether they can press anything here: Teams is not connected yet."""
        return bool(self.slack) and not self.departed

    @property
    def is_partner(self) -> bool:
        return self.organisation is not None

    def is_at_work(self, now: datetime) -> bool:
        """By their own clock; whoever states no hours may be there at any."""
        if not self.hours.days:
            return True
        local = now.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
        yesterday = local.date() - timedelta(days=1)
        return any(begins <= local < ends for begins, ends in self.hours.spans(yesterday, 2))
