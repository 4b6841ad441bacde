"""One transaction, its repositories and its audit entries; leaves nothing unless committed."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage import audit
from storage.repositories import (
    Absences,
    Approvals,
    Articles,
    Authenticators,
    Canaries,
    Caps,
    CardPosts,
    Comments,
    Customers,
    Deliveries,
    Departures,
    Digests,
    Effects,
    Escalations,
    Gaps,
    Health,
    Inbox,
    Links,
    MailLinks,
    Marks,
    Mirrors,
    Policies,
    Promises,
    Questions,
    Signals,
    Spendings,
    Standings,
    Switches,
    Tickets,
    Turns,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Emitted:
    """An event, when it is due (None: now), and the key that folds repetitions into one."""

    event: Any
    due: datetime | None
    key: str | None
    urgent: int


class UnitOfWork:
    """`with UnitOfWork(engine) as uow: …; uow.commit()`.

    Audit entries are gathered and linked at the commit: the head is locked last and briefly.
    `after_commit` functions run once the commit has succeeded (to wake workers, never to write).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        self._begin()
        return self

    def _begin(self) -> None:
        self.session = Session(self._engine, expire_on_commit=False)
        connection = self.session.connection()
        self.absences = Absences(self.session, connection)
        self.approvals = Approvals(self.session, connection)
        self.articles = Articles(self.session, connection)
        self.authenticators = Authenticators(self.session, connection)
        self.canaries = Canaries(self.session, connection)
        self.caps = Caps(self.session, connection)
        self.card_posts = CardPosts(self.session, connection)
        self.customers = Customers(self.session, connection)
        self.deliveries = Deliveries(self.session, connection)
        self.departures = Departures(self.session, connection)
        self.digests = Digests(self.session, connection)
        self.effects = Effects(self.session, connection)
        self.escalations = Escalations(self.session, connection)
        self.gaps = Gaps(self.session, connection)
        self.health = Health(self.session, connection)
        self.inbox = Inbox(self.session, connection)
        self.links = Links(self.session, connection)
        self.comments = Comments(self.session, connection)
        self.mail_links = MailLinks(self.session, connection)
        self.marks = Marks(self.session, connection)
        self.mirrors = Mirrors(self.session, connection)
        self.questions = Questions(self.session, connection)
        self.policies = Policies(self.session, connection)
        self.promises = Promises(self.session, connection)
        self.signals = Signals(self.session, connection)
        self.spendings = Spendings(self.session, connection)
        self.standings = Standings(self.session, connection)
        self.switches = Switches(self.session, connection)
        self.tickets = Tickets(self.session, connection)
        self.turns = Turns(self.session, connection)
        self._entries: list[audit.Entry] = []
        self._after_commit: list[Callable[[], None]] = []
        self.events: list[Emitted] = []
        self._keys: dict[int, str] = {}

    def __exit__(self, *exc_info: object) -> None:
        self.session.close()

    def record(
        self, at: datetime, kind: str, actor: str, subject: str, data: Mapping[str, Any]
    ) -> None:
        """Put an entry on the audit chain; ids, amounts and hashes only."""
        self._entries.append(audit.Entry(at, kind, actor, subject, data))

    def keyed_hash(self, customer_id: int, text: str) -> str:
        """A hash for the audit that says "the same words" only while the customer is known."""
        key = self._keys.get(customer_id)
        if key is None:
            key = self._keys[customer_id] = audit.key_of(self.session, customer_id)
        return audit.keyed_hash(key, text)

    def emit(
        self, event: Any, due: datetime | None = None, key: str | None = None, urgent: int = 1
    ) -> None:
        """Let something be known; a `due` in the future makes a timer, `urgent` 0 goes first."""
        self.events.append(Emitted(event, due, key, urgent))

    def after_commit(self, function: Callable[[], None]) -> None:
        self._after_commit.append(function)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One of several jobs of this transaction: it starts with no events and nothing loaded."""
        self.events, self._keys = [], {}
        yield
        self.session.flush()
        self.session.expunge_all()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A turn that is kept or undone as one."""
        self.events, self._keys = [], {}
        with self.nested():
            yield
        self.session.expunge_all()

    @contextmanager
    def nested(self) -> Iterator[None]:
        """What happens inside is kept or undone as one: rows, audit entries, events, wakes."""
        entries, wakes, events = len(self._entries), len(self._after_commit), len(self.events)
        try:
            with self.session.begin_nested():
                # The session sets the savepoint once it is asked for its connection, and the
                # repositories have asked already.
                self.session.connection()
                yield
        except BaseException:
            del self._entries[entries:], self._after_commit[wakes:], self.events[events:]
            self._keys.clear()
            raise

    def rollback(self) -> None:
        """Leave nothing of all this, and begin anew."""
        self.session.close()
        self._begin()

    def commit(self) -> None:
        self.session.flush()
        audit.append(self.session.connection(), self._entries)
        self.session.commit()
        functions, self._entries, self._after_commit = self._after_commit, [], []
        for function in functions:
            try:
                function()
            except Exception:
                # What is committed is done: whoever hears of a failure would do it again.
                log.exception("committed, and what was to follow broke")
