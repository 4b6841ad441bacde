"""Troubles that monitors told of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.errors import Missing
from storage.models import Signal
from storage.repositories.base import Repository


class Signals(Repository):
    def add(self, signal: Signal) -> Signal:
        self.session.add(signal)
        self.session.flush()
        return signal

    def get(self, signal_id: int) -> Signal:
        signal = self.session.get(Signal, signal_id)
        if signal is None:
            raise Missing(f"signal {signal_id}")
        return signal

    def last_of(self, source: str, ref: str) -> Signal | None:
        """The one that is on, else the one that ended last."""
        return self.session.scalar(
            select(Signal)
            .where(Signal.source == source, Signal.ref == ref)
            .order_by(Signal.ended_at.is_(None).desc(), Signal.id.desc())
            .limit(1)
        )

    def on(self, since: datetime | None = None) -> Sequence[Signal]:
        """Those that are not over and were told of since then, the oldest first."""
        found = select(Signal).where(Signal.ended_at.is_(None)).order_by(Signal.id)
        if since is not None:
            found = found.where(Signal.told_at >= since)
        return self.session.scalars(found).all()

    def forget(self, signal: Signal) -> Signal:
        """It ends when it was last told of."""
        signal.ended_at = signal.told_at
        # Before another of its source and ref begins: of those that are on there is one.
        self.session.flush()
        return signal

    def of_incident(self, incident: int) -> Sequence[Signal]:
        return self.session.scalars(
            select(Signal).where(Signal.incident == incident).order_by(Signal.id)
        ).all()
