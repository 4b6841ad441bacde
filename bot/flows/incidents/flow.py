"""Signals in; one card for each incident, which ends when all of its signals have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot import commands
from bot.administrators import Administrators
from bot.cards import Answer
from bot.config import Settings
from bot.incidents import BELIEVED, in_region, place_of
from bot.ports import Clock, StatusSignal
from bot.publisher import Publisher
from storage.models import Signal
from storage.unit_of_work import UnitOfWork

# Where trouble of the whole service goes.
CATEGORY = "outage"


def note(
    command: commands.NoteSignals,
    uow: UnitOfWork,
    settings: Settings,
    clock: Clock,
    publisher: Publisher,
    administrators: Administrators,
) -> Answer:
    """What was told before, or comes late, changes nothing and is answered like the rest: a
    monitor would only send it again."""
    now = clock.now()
    known = _Known(uow, now - BELIEVED)
    changed: dict[int, str] = {}
    for told in _placed(command.signals, uow):
        for signal in _noted(command.source, told, known):
            about = {"source": signal.source, "over": signal.ended_at is not None}
            uow.record(now, "signal noted", signal.source, f"signal:{signal.id}", about)
            changed[signal.incident or signal.id] = signal.region
    for incident, region in changed.items():
        _show(incident, region, uow, settings, publisher, administrators)
    return None


def _placed(signals: Iterable[StatusSignal], uow: UnitOfWork) -> Iterator[StatusSignal]:
    """Where each is, as accounts name their region."""
    regions: Sequence[str] | None = None
    for told in signals:
        if told.region:
            yield told
            continue
        if regions is None:
            regions = uow.customers.regions()
        yield replace(told, region=place_of(told.products, told.name, regions))


class _Known:
    """The troubles that are believed to be on, those that this call adds included."""

    def __init__(self, uow: UnitOfWork, since: datetime) -> None:
        self.signals = uow.signals
        self._posts = uow.card_posts
        self.since = since
        self._on = [(_named(signal), signal) for signal in uow.signals.on(since)]

    def incident_of(self, signal: Signal) -> int:
        """The trouble of the same product in the same place is one incident, whoever tells of it;
        but on a card that scrolled away days ago nobody would see that more is broken now."""
        mine = _named(signal)
        for theirs, other in self._on:
            is_same = mine & theirs and in_region(signal.region, other.region)
            incident = other.incident or other.id
            if is_same and self._is_in_view(incident):
                return incident
        return signal.id

    def add(self, signal: Signal) -> Signal:
        self.signals.add(signal)
        if signal.ended_at is None:
            signal.incident = self.incident_of(signal)
            self._on.append((_named(signal), signal))
        return signal

    def _is_in_view(self, incident: int) -> bool:
        posts = self._posts.of(f"incident-{incident}")
        return not posts or max(post.created_at for post in posts) >= self.since


def _named(signal: Signal) -> set[str]:
    return {product.casefold() for product in signal.products}


def _noted(source: str, told: StatusSignal, known: _Known) -> Iterator[Signal]:
    """The rows that are different now. A beginning that is older than the last end is late; an end
    that comes before its beginning is kept, so that this will be late too. What was on and not
    told of for long is taken for over: its end was lost, and what is told now begins anew."""
    last = known.signals.last_of(source, told.ref)
    if last is not None and last.ended_at is None:
        if told.ended is not None or last.told_at >= known.since:
            if _went_on(last, told):
                yield last
            return
        yield known.signals.forget(last)
    elif last is not None and last.ended_at is not None and told.started <= last.ended_at:
        return
    signal = known.add(
        Signal(
            source=source,
            ref=told.ref,
            name=told.name,
            products=list(told.products),
            region=told.region,
            severity=told.severity,
            started_at=told.started,
            told_at=told.told,
            ended_at=told.ended,
        )
    )
    if told.ended is None:
        yield signal


def _went_on(known: Signal, told: StatusSignal) -> bool:
    """Whether the card is different now; older news than we have is no news. An end may be told
    without what an earlier call told of it."""
    if told.told < known.told_at or (told.ended is not None and told.ended < known.started_at):
        return False
    before = (known.name, known.severity, list(known.products), known.region, known.ended_at)
    known.told_at, known.ended_at = told.told, told.ended
    if told.ended is None:
        known.name, known.severity = told.name, told.severity
        if told.products:
            known.products, known.region = list(told.products), told.region
    return before != (
        known.name,
        known.severity,
        list(known.products),
        known.region,
        known.ended_at,
    )


def _show(
    incident: int,
    region: str,
    uow: UnitOfWork,
    settings: Settings,
    publisher: Publisher,
    administrators: Administrators,
) -> None:
    key = f"incident-{incident}"
    if uow.card_posts.of(key):
        publisher.redraw(uow, key)
        return
    # Routes name regions as accounts have them: what hits `eu-west-1` is told where `eu` is.
    place = region.lower().replace("_", "-").split("-")[0]
    channel = settings.route(CATEGORY, "", place)
    if channel:
        publisher.place(uow, key, "slack", channel, urgent=0)
    else:
        administrators.show(uow, key)
