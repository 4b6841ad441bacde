"""How much of anger, fear and abuse the agent notices, and how often it sees some that is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.triage.sets import rows
from bot.agent.briefing import Briefing, Said
from bot.agent.reading import read
from bot.agent.signals import find_signals, hits, sentiment_of

_AT = datetime(2026, 1, 1, tzinfo=UTC)
# Each way of noticing, the strictest first.
WAYS: Mapping[str, Callable[[Mapping[str, str], int], bool]] = {
    "distress": lambda signals, mood: "distress" in signals,
    "distress or alarm": lambda signals, mood: bool(
        {"distress", "safety", "threat", "legal"} & set(signals)
    ),
    "sour or worse": lambda signals, mood: mood < 0,
}


@dataclass(frozen=True)
class Noticed:
    """`found` of `there` that are distressed, `wrongly` of `absent` that are not."""

    name: str
    way: str
    there: int
    found: int
    absent: int
    wrongly: int


def moods_in(folder: Path, told: Callable[[int], None]) -> list[Noticed]:
    comments = [
        (row["text"], row["labels"]["distress"])
        for row in rows(folder / "distress-goemotions-dev/comments.jsonl")
        if not row["labels"]["borderline"]
    ]
    turns = [
        (row["user"], row["labels"]["abusive"])
        for row in rows(folder / "distress-convabuse-dev/turns.jsonl")
    ]
    found = []
    for name, said in (("goemotions", comments), ("convabuse", turns)):
        noticed = [(_noticed(text, told), is_there) for text, is_there in said]
        found += [_noticed_by(way, name, noticed) for way in WAYS] if noticed else []
    return found


def _noticed(text: str, told: Callable[[int], None]) -> frozenset[str]:
    """The ways by which these words were noticed."""
    reading = read(Briefing(0, "", (Said("customer", text, _AT),)))
    places = hits(reading)
    signals = find_signals(reading, places)
    mood = sentiment_of(reading, places, signals)
    told(1)
    return frozenset(way for way, is_noticed in WAYS.items() if is_noticed(signals, mood))


def _noticed_by(way: str, name: str, noticed: Sequence[tuple[frozenset[str], bool]]) -> Noticed:
    there = [way in ways for ways, is_there in noticed if is_there]
    absent = [way in ways for ways, is_there in noticed if not is_there]
    return Noticed(name, way, len(there), sum(there), len(absent), sum(absent))
