"""Carries deliveries: claims them under a lease, runs their steps, settles or postpones them."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, get_args
from uuid import uuid4

from bot import events
from bot.bell import Bell
from bot.bus import Bus
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.steps import Again, Lane, Park, Step, Verdict, later
from storage.errors import Away, may_pass
from storage.jobs import Haste
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

THREADS: Mapping[Lane, int] = {
    Lane.EFFECTS: 3,
    Lane.DESK: 3,
    Lane.POSTS: 4,
    Lane.MODEL: 2,
    Lane.INNER: 1,
}
EVENTS = {kind.__name__: kind for kind in get_args(events.Event)}
LEASE = timedelta(seconds=10)
HEARTBEAT = 3.0
POLL = 0.5
PAUSE = 0.5
MAX_ATTEMPTS = 12
MAX_ANSWERED = 5
FIRST_WAIT, LONGEST_WAIT, LONGEST_HOLD = 0.5, 300.0, 60.0
UPGRADED_WITHIN, UNKNOWN_WAIT = timedelta(days=1), 60.0


@dataclass(frozen=True)
class Underway:
    delivery: Claimed
    step: Step
    event: Any
    intent: Any


class Worker:
    """Threads per lane. Each claim has an owner's name of its own. Its lease lasts 10 seconds and
    is renewed while a thread carries it, so that somebody takes over soon after a death; whoever
    has lost a lease settles nothing."""

    def __init__(
        self, bus: Bus, threads: Mapping[Lane, int] = THREADS, heartbeat: float = HEARTBEAT
    ) -> None:
        self._bus = bus
        self._threads_of = threads
        self._heartbeat = heartbeat
        self._owners: set[str] = set()
        self._owners_lock = threading.Lock()
        self._bells = {lane: Bell(POLL) for lane in Lane}
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._renewal = threading.Thread(target=self._renew, name="leases", daemon=True)
        self._threads: list[threading.Thread] = []
        bus.wake = self._wake

    def start(self) -> None:
        for lane, count in self._threads_of.items():
            for n in range(count):
                name = f"{lane}-{n}"
                thread = threading.Thread(target=self._carry, args=(lane,), name=name, daemon=True)
                thread.start()
                self._threads.append(thread)
        self._renewal.start()

    def stop(self, timeout: float = 20.0) -> None:
        """Claim nothing more, finish what is underway, let go of the rest; within so many seconds
        in all."""
        until = time.monotonic() + timeout
        self._stopping.set()
        for lane, bell in self._bells.items():
            bell.ring(self._threads_of.get(lane, 0))
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        # Not before: a call that takes long must not be done again elsewhere meanwhile.
        self._stopped.set()
        if self._renewal.is_alive():
            self._renewal.join(max(0.0, until - time.monotonic()))

    def run_due(self, lane: Lane | None = None) -> int:
        """Carry all that is due now on this thread; how many there were. For one-off commands."""
        count, before = 0, -1
        while count > before:
            before, due = count, self._due()
            for each in [lane] if lane else Lane:
                if each in due:
                    count += self._drain(each)
                    due = self._due()
        return count

    def _due(self) -> set[str]:
        return self._bus.writer.run(lambda uow: uow.deliveries.lanes_due(self._bus.clock.now()))

    def _drain(self, lane: Lane) -> int:
        count = 0
        while self._carry_one(lane):
            count += 1
        return count

    def _wake(self, lane: Lane, count: int) -> None:
        self._bells[lane].ring(count)

    def _carry(self, lane: Lane) -> None:
        bell = self._bells[lane]
        while not self._stopping.is_set():
            since = bell.since
            try:
                if self._carry_one(lane):
                    continue
            except Exception:
                # The database itself is away: nothing is lost, the rows are still there.
                log.exception("lane %s pauses", lane)
                self._stopping.wait(1.0)
            bell.wait(since)

    def _carry_one(self, lane: Lane) -> bool:
        with self._owner() as owner:
            started = self._bus.writer.run(lambda uow: self._start(uow, lane, owner), _haste(lane))
            if isinstance(started, Underway):
                self._finish(started, self._act(started))
        return started is not None

    @contextmanager
    def _owner(self) -> Iterator[str]:
        """Whose leases are renewed until the end of the block, however it ends."""
        owner = uuid4().hex
        with self._owners_lock:
            self._owners.add(owner)
        try:
            yield owner
        finally:
            with self._owners_lock:
                self._owners.remove(owner)

    def _start(self, uow: UnitOfWork, lane: Lane, owner: str) -> Underway | bool | None:
        claimed = uow.deliveries.claim(lane.value, owner, self._bus.clock.now(), LEASE, 1)
        if not claimed:
            return None
        delivery = claimed[0]
        step, event = self._bus.steps.get(delivery.step), _event_of(delivery)
        if step is None or event is None:
            self._conclude(uow, delivery, self._unknown(delivery))
            return True
        try:
            with uow.nested():
                intent = self._bus.dependencies.call(step.plan, event, uow=uow, delivery=delivery)
                self._bus.dispatch(uow)
        except Exception as error:
            self._conclude(uow, delivery, _verdict_on(error))
            return True
        if step.act is None or intent is None or isinstance(intent, Again | Park):
            verdict = intent if isinstance(intent, Again | Park) else None
            self._conclude(uow, delivery, verdict)
            return True
        return Underway(delivery, step, event, intent)

    def _unknown(self, delivery: Claimed) -> Verdict:
        """While processes are upgraded one after another, the older ones leave alone what the
        newer ones put down; after a day there is no such process."""
        reason = "unknown to this version"
        if self._bus.clock.now() - delivery.created_at > UPGRADED_WITHIN:
            return Park(reason)
        return Again(UNKNOWN_WAIT, reason, held=True)

    def _act(self, underway: Underway) -> Any:
        if underway.step.act is None:
            return None
        try:
            return self._bus.dependencies.call(underway.step.act, underway.intent)
        except OutsideError as error:
            return error
        except Exception as error:
            # A bug or a surprise of a library, after which nobody knows what happened outside.
            log.exception("step %s broke", underway.step.name)
            return OutcomeUnknown(f"{type(error).__name__} in {underway.step.name}")

    def _finish(self, underway: Underway, outcome: Any) -> None:
        """What happened outside is known only here, so this waits until the database answers."""
        try:
            self._persist(underway, lambda uow: self._verdict(uow, underway, outcome))
        except Exception as error:
            log.exception("settling %s broke", underway.step.name)
            verdict = Again(reason=type(error).__name__)
            self._persist(underway, lambda uow: verdict)

    def _persist(self, underway: Underway, decide: Callable[[UnitOfWork], Verdict]) -> None:
        answered, haste = 0, _haste(underway.step.lane)
        while True:
            try:
                return self._bus.writer.run(lambda uow: self._settle(uow, underway, decide), haste)
            except Away as error:
                log.warning("the database is away: %s", type(error).__name__)
                answered += self._is_answering()
                if answered == MAX_ANSWERED or self._stopped.wait(PAUSE):
                    raise

    def _is_answering(self) -> bool:
        """A database that runs anything else is not away: what it refuses will not get better."""
        try:
            self._bus.writer.run(lambda uow: uow.marks.get(""))
        except Away:
            return False
        return True

    def _settle(
        self, uow: UnitOfWork, underway: Underway, decide: Callable[[UnitOfWork], Verdict]
    ) -> None:
        delivery = underway.delivery
        if uow.deliveries.holds(delivery.id, delivery.owner):
            self._conclude(uow, delivery, decide(uow))
        else:
            log.warning("lease of delivery %s has passed on", delivery.id)

    def _verdict(self, uow: UnitOfWork, underway: Underway, outcome: Any) -> Verdict:
        if underway.step.settle is None:
            return _verdict_on(outcome)
        verdict: Verdict = self._bus.dependencies.call(
            underway.step.settle, underway.event, underway.intent, outcome, uow=uow
        )
        return verdict

    def _conclude(self, uow: UnitOfWork, delivery: Claimed, verdict: Verdict) -> None:
        now, owner = self._bus.clock.now(), delivery.owner
        if isinstance(verdict, Again) and not verdict.held and delivery.attempts >= MAX_ATTEMPTS:
            verdict = Park(verdict.reason or "gave up")
        if verdict is None:
            uow.deliveries.finish(delivery.id, owner, now)
        elif isinstance(verdict, Again):
            wait = _back_off(delivery, verdict.held) if verdict.after is None else verdict.after
            due = now + timedelta(seconds=wait)
            uow.deliveries.postpone(delivery.id, owner, due, verdict.reason, verdict.held)
        else:
            log.error("delivery %s of %s is parked", delivery.id, delivery.step)
            uow.deliveries.park(delivery.id, owner, now, verdict.reason)
            uow.emit(events.DeliveryParked(delivery.id, delivery.step))
        self._bus.dispatch(uow)

    def _renew(self) -> None:
        while not self._stopped.wait(self._heartbeat):
            with self._owners_lock:
                owners = tuple(self._owners)
            keep = partial(_keep, owners, self._bus.clock.now() + LEASE)
            try:
                # A lease that lapses in a queue would let the work be done twice.
                if owners:
                    self._bus.writer.submit(keep, Haste.ANSWER).result()
            except Exception:
                log.exception("leases were not renewed")


def _haste(lane: Lane) -> Haste:
    return Haste.EFFECT if lane is Lane.EFFECTS else Haste.NONE


def _keep(owners: Sequence[str], until: datetime, uow: UnitOfWork) -> None:
    uow.deliveries.renew(owners, until)


def _event_of(delivery: Claimed) -> Any | None:
    """None when another version of the bot has put it down and this one cannot read it."""
    kind = EVENTS.get(delivery.event)
    try:
        return kind and kind(**delivery.payload)
    except TypeError:
        return None


def _back_off(delivery: Claimed, held: bool) -> float:
    """An outage may end at any moment, and what it held up is looked at again within a minute."""
    tries = min(delivery.attempts + (delivery.held if held else 0), MAX_ATTEMPTS)
    return float(min(LONGEST_HOLD if held else LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, tries - 1)))


def _verdict_on(outcome: Any) -> Verdict:
    match outcome:
        case TryLater():
            return later(str(outcome), outcome.retry_after)
        case Refused():
            return Park(outcome.code)
        case BaseException():
            # Two processes in each other's way: one of them is done again.
            if not isinstance(outcome, OutsideError) and not may_pass(outcome):
                log.error("a plan broke", exc_info=outcome)
            return Again(reason=f"{type(outcome).__name__}: {outcome}"[:300])
    return None
