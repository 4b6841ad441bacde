"""Times to come as people write them, by the clock of whoever writes."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.wording import calendar

# Who names a day and no hour means its working hours.
END_OF_DAY = time(17)
_NOON = time(12)
_FRIDAY = 4
# Of a day without a year the nearest one is meant.
_HALF_A_YEAR = timedelta(days=183)
_BEHIND, _BEFORE = 14, 12
_MONTH_FIRST = "America/"


@dataclass(frozen=True)
class Told:
    """`words` of the text that begin at `start`, and the moment in UTC that they mean."""

    words: str
    start: int
    at: datetime


@dataclass(frozen=True)
class _Found:
    told: Told
    first: int
    after: int


def times_in(text: str, now: datetime, zone: str) -> list[Told]:
    """Every time ahead of now that the text names, in its order."""
    local = now.astimezone(ZoneInfo(zone))
    is_month_first = zone.startswith(_MONTH_FIRST)
    read = (
        _iso(text, local),
        _numeric(text, local, is_month_first),
        _dated(text, local),
        _nth(text, local),
        _days(text, local),
        _spans(text, local),
        _wholes(text, local),
        _alone(text, local),
    )
    found = _apart(one for kind in read for one in kind)
    return sorted((one.told for one in found if one.told.at > now), key=lambda told: told.start)


def vague_in(text: str) -> Iterator[tuple[int, str]]:
    """Where the text says a time that is none, as soon."""
    for found in calendar.VAGUE.finditer(text):
        yield found.start(), found[0]


def read_time(typed: str, now: datetime, zone: str) -> datetime | None:
    """The moment that somebody typed into a field of its own, where `2h` and `17:30` do too."""
    short = re.fullmatch(r"\s*(\d{1,3})\s*(m|min|h|d)\s*", typed, re.IGNORECASE)
    if short:
        unit = {"m": "minute", "h": "hour", "d": "day"}[short[2][0].lower()]
        return now + int(short[1]) * calendar.UNITS[unit]
    found = times_in(typed, now, zone)
    if found:
        return found[0].at
    local = now.astimezone(ZoneInfo(zone))
    at = _clock(typed, local, None) if re.search(r"\d", typed) else None
    return at.astimezone(now.tzinfo) if at and at > now else None


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Without what lies within words that were read as a time before."""
    kept: list[_Found] = []
    starts: list[int] = []
    for one in found:
        at = bisect_right(starts, one.first)
        is_within = at > 0 and kept[at - 1].after > one.first
        if not is_within and (at == len(kept) or kept[at].first >= one.after):
            kept.insert(at, one)
            starts.insert(at, one.first)
    return kept


def _iso(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.ISO.finditer(text):
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        day_of = _date(year or 0, month or 0, day or 0, local)
        at = time(hour or 0, minute or 0) if (hour or 0) < 24 and (minute or 0) < 60 else None
        if day_of is not None and at is not None:
            moment = datetime.combine(day_of, END_OF_DAY if hour is None else at, local.tzinfo)
            yield _told(found, moment)


def _numeric(text: str, local: datetime, is_month_first: bool) -> Iterator[_Found]:
    for found in calendar.NUMERIC.finditer(text):
        day, month, year = int(found["first"]), int(found["second"]), found["year"]
        if not found["by"] and (year is None or len(year) < 4):
            continue
        if (is_month_first and found["mark"] == "/" and day <= 12) or month > 12:
            day, month = month, day
        if found["mark"] != "-" or year is not None:
            full = int(year) + (2000 if len(year) == 2 else 0) if year else None
            yield from _on(text, found, _nearest(day, month, full, local), local)


def _dated(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.DATED.finditer(text):
        month = calendar.MONTHS.get(calendar.key(found["month"] or found["named"]))
        day, year = int(found["day"] or found["number"]), found["year"]
        if month is not None:
            yield from _on(
                text, found, _nearest(day, month, int(year) if year else None, local), local
            )


def _nth(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.NTH.finditer(text):
        day = int(found[1] or found[2])
        on = _date(local.year, local.month, day, local)
        if on is None or on.date() < local.date():
            following = local.replace(day=28) + timedelta(days=4)
            on = _date(following.year, following.month, day, local)
        yield from _on(text, found, on, local)


def _nearest(day: int, month: int, year: int | None, local: datetime) -> datetime | None:
    if year is not None:
        return _date(year, month, day, local)
    years = (_date(local.year + more, month, day, local) for more in (0, 1, -1))
    near = (on for on in years if on is not None and abs(on - local) <= _HALF_A_YEAR)
    return next(near, None)


def _date(year: int, month: int, day: int, local: datetime) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=local.tzinfo)
    except ValueError:
        return None


def _days(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.DAY.finditer(text):
        yield from _on(text, found, _day(found["name"] or found["short"], local), local)


def _day(name: str, local: datetime) -> datetime | None:
    for more, names in enumerate((calendar.TODAY, calendar.TOMORROW, calendar.AFTER)):
        if re.fullmatch(names, name, re.IGNORECASE):
            return local + timedelta(days=more)
    name = re.sub(r"^(?:next|this)\s", "", name, flags=re.IGNORECASE)
    number = calendar.WEEKDAYS.get(calendar.key(name))
    return local + timedelta(days=(number - local.weekday() - 2) % 7 + 1) if number else None


def _on(text: str, found: re.Match[str], day: datetime | None, local: datetime) -> Iterator[_Found]:
    """A day, with the time of day that stands beside it; then that is no time of its own."""
    if day is None:
        return
    start, end = found.span()
    beside = text[end : end + _BEHIND]
    behind = _clock(beside, local, day) or _hour(beside, day)
    before = None if behind else _clock(text[max(0, start - _BEFORE) : start], local, day, True)
    at = behind or before or datetime.combine(day, END_OF_DAY, local.tzinfo)
    told = _told(found, at)
    first = max(0, start - _BEFORE) if before else start
    yield _Found(told.told, first, end + _BEHIND if behind else end)


def _clock(
    text: str, local: datetime, day: datetime | None, at_end: bool = False
) -> datetime | None:
    """The first time of day in the words beside a day; a bare number is none."""
    for found in calendar.CLOCK.finditer(text):
        if not (found[2] or found[3]) or (at_end and text[found.end() :].strip(" ,")):
            continue
        at = _time(int(found[1]), int(found[2] or 0), found[3])
        if at is not None:
            return datetime.combine(day or local, at, local.tzinfo)
    return None


def _hour(text: str, day: datetime) -> datetime | None:
    """A bare hour behind the word that makes it one."""
    found = calendar.ALONE.match(text.lstrip(" ,"))
    at = _time_of(found) if found else None
    return datetime.combine(day, at, day.tzinfo) if at else None


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if (half or "").lower().startswith("p") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _alone(text: str, local: datetime) -> Iterator[_Found]:
    """A time of day without a day is the next that comes."""
    for found in calendar.ALONE.finditer(text):
        at = _time_of(found)
        if at is not None:
            moment = datetime.combine(local, at, local.tzinfo)
            yield _told(found, moment if moment > local else moment + timedelta(days=1))


def _time_of(found: re.Match[str]) -> time | None:
    hour, half = found["hour"] or found["number"], found["behind"] or found["half"]
    minute = found["minute"] or found["dotted"] or found["past"] or 0
    return _time(int(hour), int(minute), half) if hour else _NOON


def _spans(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.SPAN.finditer(text):
        unit = calendar.UNITS.get(calendar.key(found["unit"]))
        number: float | None = float(found["most"] or found["count"] or 0) or None
        if number is None and found["word"]:
            number = calendar.COUNTS.get(calendar.key(found["word"]))
        elif number is None and found["next"]:
            number = calendar.COUNTS["afew"]
        if unit is not None and number is not None:
            is_work = found["work"] or found["working"]
            yield _told(found, _later(local, number, unit, bool(is_work)))


def _later(local: datetime, number: float, unit: timedelta, is_work: bool) -> datetime:
    if not is_work:
        return local + number * unit
    at = local
    while number > 0:
        at += timedelta(days=1)
        number -= at.weekday() < _FRIDAY + 1
    return at


def _wholes(text: str, local: datetime) -> Iterator[_Found]:
    for found in calendar.WHOLE.finditer(text):
        is_next = calendar.IS_NEXT.search(found[0]) is not None
        if calendar.IS_MONTH.search(found[0]):
            day = local.replace(day=monthrange(local.year, local.month)[1])
            if is_next:
                following = day + timedelta(days=1)
                day = day + timedelta(days=monthrange(following.year, following.month)[1])
        else:
            last = _FRIDAY if local.weekday() < _FRIDAY + 1 else 6
            day = local + timedelta(days=last - local.weekday() + 7 * is_next)
        yield _told(found, datetime.combine(day, END_OF_DAY, local.tzinfo))


def _told(found: re.Match[str], at: datetime) -> _Found:
    utc = at.astimezone(ZoneInfo("UTC"))
    told = Told(" ".join(found[0].split()), found.start(), utc)
    return _Found(told, *found.span())
