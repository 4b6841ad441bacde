"""Signals in; one card for each incident, which ends when all of its signals have."""

from datetime import datetime

from bot import commands
from bot.administrators import Administrators
from bot.cards import Answer
from bot.config import Settings
from bot.incidents import BELIEVED, in_region
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
    changed: dict[int, str] = {}
    for told in command.signals:
        known = uow.signals.last_of(command.source, told.ref)
        signal = _noted(command.source, told, known, uow, clock.now())
        if signal is None:
            continue
        about = {"source": signal.source, "over": signal.ended_at is not None}
        uow.record(clock.now(), "signal noted", signal.source, f"signal:{signal.id}", about)
        changed[signal.incident or signal.id] = signal.region
        if known is not None and known.incident:
            changed.setdefault(known.incident, known.region)
    for incident, region in changed.items():
        _show(incident, region, uow, settings, publisher, administrators)
    return None


def _noted(
    source: str, told: StatusSignal, known: Signal | None, uow: UnitOfWork, now: datetime
) -> Signal | None:
    """The row that is different now. A beginning that is older than the last end is late; an end
    that comes before its beginning is kept, so that this will be late too."""
    if known is not None and _is_forgotten(known, told, now):
        # Nobody knows when it ended; it was told of until then.
        known.ended_at = known.told_at
        uow.session.flush()
    if known is not None and known.ended_at is None:
        return _went_on(known, told)
    if known is not None and known.ended_at is not None and told.started <= known.ended_at:
        return None
    signal = uow.signals.add(
        Signal(
            source=source,
            ref=told.ref,
            name=told.name,
            products=list(told.products),
            region=told.region,
            severity=told.severity,
            started_at=told.started,
            told_at=told.told,
            ended_at=told.told if told.is_over else None,
        )
    )
    if told.is_over:
        return None
    signal.incident = _incident_of(signal, uow, now)
    return signal


def _is_forgotten(known: Signal, told: StatusSignal, now: datetime) -> bool:
    """Whether its end was lost: nobody has told of it for long, and it begins anew. What goes on
    is told with its old beginning."""
    is_new = not told.is_over and told.started > max(known.started_at, known.told_at)
    return known.ended_at is None and is_new and known.told_at < now - BELIEVED


def _went_on(known: Signal, told: StatusSignal) -> Signal | None:
    """None when nothing on the card is different; older news than we have is no news. An end may
    be told without what an earlier call told of it."""
    if told.told < known.told_at or (told.is_over and told.told < known.started_at):
        return None
    before = (known.name, known.severity, list(known.products), known.ended_at)
    known.told_at = told.told
    if told.is_over:
        known.ended_at = told.told
    else:
        known.name, known.severity = told.name, told.severity
        known.products = list(told.products) or known.products
    is_same = before == (known.name, known.severity, list(known.products), known.ended_at)
    return None if is_same else known


def _incident_of(signal: Signal, uow: UnitOfWork, now: datetime) -> int:
    """The trouble of the same product in the same place is one incident, whoever tells of it. What
    is no longer believed takes nothing in, nor does an old card, which nobody looks at again."""
    mine = {product.casefold() for product in signal.products}
    for other in uow.signals.on(now - BELIEVED):
        if uow.signals.get(other.incident or other.id).started_at < now - BELIEVED:
            continue
        theirs = {product.casefold() for product in other.products}
        if other.id != signal.id and mine & theirs and in_region(signal.region, other.region):
            return other.incident or other.id
    return signal.id


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
