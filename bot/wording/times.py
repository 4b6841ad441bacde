"""Times to come as people write them, in five languages, by the clock of whoever writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.agent.phrases import plain
from bot.agent.words.opposites import NUMBERS, OPPOSITES

# Who names a day and no hour means its working hours.
END_OF_DAY = time(17)
_UNITS = {
    "second": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_WITHIN = (
    "within|in|for|after|innerhalb von|innerhalb|binnen|en|dentro de|sous|d'ici|em|dentro de|em ate"
)
_BY = "by|until|till|before|bis zum|bis|spätestens|antes del|antes de|para el|hasta|avant|d'ici|até"
_SPAN = re.compile(
    rf"\b(?P<within>{_WITHIN})\s+(?:the\s+next\s+|the\s+|den\s+nächsten\s+|las\s+próximas\s+)?"
    r"(?P<count>\d{1,3}|[^\W\d_]{2,12})\s+(?P<work>business\s+|working\s+|werk|arbeits)?"
    r"(?P<unit>[^\W\d_]{3,10})(?P<working>\s+(?:hábiles|laborables|ouvrés|úteis))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2}))?\b")
_CLOCK = re.compile(
    r"(?:\b(?:at|by|um|bis|a las|à|às|as|before|until)\s+)?\b(\d{1,2})(?:[:.h](\d{2}))?"
    r"\s?(am|pm|a\.m\.|p\.m\.|uhr|h|o'clock)?(?![\d\w])",
    re.IGNORECASE,
)
_TODAY = "today|heute|hoy|aujourd'hui|hoje|tonight"
_TOMORROW = "tomorrow|morgen|mañana|demain|amanhã"
_END = "end of (?:the )?day|eod|close of business|cob|feierabend|fin del día|fin de journée"
_DAY = re.compile(
    rf"\b(?:(?:{_BY}|on|am|el|le|na|no)\s+)?(?:the\s+)?(?P<name>{_TODAY}|{_TOMORROW}|{_END}|"
    r"(?:next\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|"
    r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|"
    r"(?:segunda|terça|quarta|quinta|sexta)-feira)\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEIRA = {"segundafeira": 0, "tercafeira": 1, "quartafeira": 2, "quintafeira": 3, "sextafeira": 4}


@dataclass(frozen=True)
class Told:
    """`words` of the text that begin at `start`, and the moment in UTC that they mean."""

    words: str
    start: int
    at: datetime


def times_in(text: str, now: datetime, zone: str) -> list[Told]:
    """Every time ahead of now that the text names, in its order."""
    local = now.astimezone(ZoneInfo(zone))
    found = [*_dates(text, local), *_days(text, local), *_spans(text, local)]
    ahead = [one for one in found if one.at > now]
    return sorted(ahead, key=lambda one: one.start)


def read_time(typed: str, now: datetime, zone: str) -> datetime | None:
    """The moment that somebody typed into a field of its own, where `2h` and `17:30` do too."""
    short = re.fullmatch(r"\s*(\d{1,3})\s*(m|min|h|d)\s*", typed, re.IGNORECASE)
    if short:
        unit = {"m": "minute", "h": "hour", "d": "day"}[short[2][0].lower()]
        return now + int(short[1]) * _UNITS[unit]
    found = times_in(typed, now, zone)
    if found:
        return found[0].at
    local = now.astimezone(ZoneInfo(zone))
    at = _clock(typed, local, None) if re.search(r"\d", typed) else None
    return at.astimezone(now.tzinfo) if at and at > now else None


def _dates(text: str, local: datetime) -> Iterator[Told]:
    for found in _ISO.finditer(text):
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        try:
            at = datetime(
                year or 0,
                month or 0,
                day or 0,
                END_OF_DAY.hour if hour is None else hour,
                minute or 0,
                tzinfo=local.tzinfo,
            )
        except ValueError:
            continue
        yield _told(found, at)


def _days(text: str, local: datetime) -> Iterator[Told]:
    for found in _DAY.finditer(text):
        day = _day(found["name"], local)
        if day is None:
            continue
        clock = _clock(text[found.end() : found.end() + 14], local, day)
        before = _clock(text[max(0, found.start() - 9) : found.start()], local, day, True)
        at = clock or before or datetime.combine(day, END_OF_DAY, local.tzinfo)
        yield _told(found, at)


def _day(name: str, local: datetime) -> datetime | None:
    word = plain(name.lower().removeprefix("next "))
    if re.fullmatch(f"{_TODAY}|{_END}", name, re.IGNORECASE):
        return local
    if re.fullmatch(_TOMORROW, name, re.IGNORECASE):
        return local + timedelta(days=1)
    known = OPPOSITES.get(word, (0, ""))[1]
    number = _WEEKDAYS.index(known) if known in _WEEKDAYS else _FEIRA.get(word)
    if number is None:
        return None
    return local + timedelta(days=(number - local.weekday() - 1) % 7 + 1)


def _clock(
    text: str, local: datetime, day: datetime | None, at_end: bool = False
) -> datetime | None:
    """The first time of day in the words beside a day; a bare number is none."""
    for found in _CLOCK.finditer(text):
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not (found[2] or half) or (at_end and text[found.end() :].strip()):
            continue
        if half.startswith("p") and hour < 12:
            hour += 12
        if hour > 23 or minute > 59:
            continue
        return datetime.combine(day or local, time(hour, minute), local.tzinfo)
    return None


def _spans(text: str, local: datetime) -> Iterator[Told]:
    for found in _SPAN.finditer(text):
        unit = _UNITS.get(OPPOSITES.get(plain(found["unit"]), (0, ""))[1])
        count = found["count"]
        number = count if count.isdigit() else NUMBERS.get(plain(count), "")
        if count.lower() in ("a", "an", "one", "einer", "eine", "un", "una", "une", "um", "uma"):
            number = "1"
        if unit is None or not number.isdigit():
            continue
        is_work = found["work"] or found["working"]
        yield _told(found, _later(local, int(number), unit, bool(is_work)))


def _later(local: datetime, number: int, unit: timedelta, is_work: bool) -> datetime:
    if not is_work:
        return local + number * unit
    at = local
    while number:
        at += timedelta(days=1)
        number -= at.weekday() < 5
    return at


def _told(found: re.Match[str], at: datetime) -> Told:
    utc = at.astimezone(ZoneInfo("UTC"))
    return Told(" ".join(found[0].split()), found.start(), utc)
