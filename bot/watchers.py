"""What has to be looked after now and then: the directory, polling, what may be forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot import approval_commands, commands, knowledge_commands, polling
from bot.bootstrap import Backstop
from bot.centre import HelpCentre
from bot.clock import SteadyClock
from bot.config.secrets import is_sealing_key
from bot.entitlement import is_shut_out
from bot.errors import OutsideError, Refused
from bot.head_keeper import HeadKeeper
from bot.people import Account, Person, Standing
from bot.signed_heads import Signer

log = logging.getLogger(__name__)

CLOCK_EVERY = timedelta(minutes=1)
COMPARE_EVERY = timedelta(hours=1)
TOLERATED_S = 2.0
PULL_EVERY = timedelta(minutes=10)
PULLED_AT_ONCE = 20
RELEASES_EVERY = timedelta(minutes=10)
READ_EVERY = timedelta(seconds=20)
HEADS_EVERY = timedelta(minutes=1)
DEPARTED_EVERY = timedelta(minutes=10)
CANARIES_EVERY = timedelta(hours=1)
FORGET_EVERY = timedelta(hours=1)
DONE_KEPT = timedelta(days=3)
AT_ONCE = 500
# Webhooks get lost, and some help desks give them up for good: what they told is checked.
RECONCILE_EVERY = timedelta(minutes=5)


class Watchers:
    """Each watcher runs by itself; one that fails tries again at its next turn."""

    def __init__(self, backstop: Backstop) -> None:
        self._backstop = backstop

    async def run(self) -> None:
        settings = self._backstop.settings
        watchers = [
            self._every(CLOCK_EVERY, self.adjust_clock),
            self._every(COMPARE_EVERY, self.compare_clocks),
            self._every(FORGET_EVERY, self.forget),
            self._every(RELEASES_EVERY, self.look_for_releases),
        ]
        if self._backstop.outside.standings:
            watchers.append(self._every(DEPARTED_EVERY, self.look_for_departed))
        if settings.approvals.canaries:
            watchers.append(self._every(CANARIES_EVERY, self.show_canaries))
        if keeper := self._head_keeper():
            watchers.append(self._every(HEADS_EVERY, keeper.write))
        if settings.directory.user_groups and self._backstop.outside.groups:
            watchers.append(self._every(settings.directory.refresh, self.refresh_directory))
        if self._backstop.outside.help_desk:
            polls = settings.help_desk.intake == "polling"
            pause = settings.help_desk.every if polls else RECONCILE_EVERY
            watchers.append(self._every(pause, self.poll))
        if self._backstop.nearest:
            watchers.append(self._every(READ_EVERY, self.read_articles))
        if self._backstop.outside.help_centre:
            watchers.append(self._every(PULL_EVERY, self.pull_articles))
        await asyncio.gather(*watchers)

    async def _every(self, pause: timedelta, watch: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await watch()
            except OutsideError as error:
                log.warning("%s: %s", watch.__name__, type(error).__name__)
            except Exception:
                log.exception("%s failed", watch.__name__)
            await asyncio.sleep(pause.total_seconds())

    def _head_keeper(self) -> HeadKeeper | None:
        audit, key = self._backstop.settings.audit, self._backstop.secrets.audit_key
        if audit is None or key is None or not is_sealing_key(key):
            return None
        signer = Signer(key, self._backstop.settings.installation)
        return HeadKeeper(
            signer, Path(audit.heads), self._backstop.reading, self._backstop.clock, self._tell
        )

    def _tell(self, words: str) -> None:
        self._backstop.bus.submit(commands.TellAdministrators(words))

    async def adjust_clock(self) -> None:
        clock = self._backstop.clock
        if isinstance(clock, SteadyClock):
            await asyncio.to_thread(clock.adjust)

    async def compare_clocks(self) -> None:
        """Say when this machine's clock, or what was written before, tells quite another time."""
        written = await asyncio.to_thread(self._backstop.written_last)
        now = self._backstop.clock.now()
        ahead = (datetime.now(UTC) - now).total_seconds()
        if abs(ahead) > TOLERATED_S:
            log.warning("this machine's clock is %+.0f s off the database's, which counts", ahead)
        if written is not None and (left := (written - now).total_seconds()) > TOLERATED_S:
            log.warning("the clock was set back: what was due then waits up to %.0f s", left)

    async def forget(self) -> None:
        """Answered inputs and finished deliveries go when their time is over, a few at a time: who
        clicks meanwhile waits for no more than these."""
        now = self._backstop.clock.now()
        kept = timedelta(days=self._backstop.settings.retention.inbound_days)
        await self._all(lambda uow: uow.inbox.forget(now - kept, AT_ONCE))
        await self._all(lambda uow: uow.deliveries.forget(now - DONE_KEPT, AT_ONCE))

    async def look_for_releases(self) -> None:
        """A version of a product that some account has, and nobody has heard of."""
        new = await asyncio.to_thread(self._new_releases)
        if new:
            command = knowledge_commands.NoteReleases(new)
            await asyncio.wrap_future(self._backstop.bus.submit(command))

    def _new_releases(self) -> tuple[tuple[str, str], ...]:
        with self._backstop.reading() as uow:
            return tuple(sorted(uow.health.releases_in_use() - uow.health.releases()))

    async def pull_articles(self) -> None:
        """Everything that stands in the help centre, a page at a time."""
        centre = self._backstop.outside.help_centre
        if centre is None:
            return
        began = self._backstop.clock.now()
        rows = await asyncio.to_thread(lambda: tuple(centre.articles()))
        for start in range(0, len(rows), PULLED_AT_ONCE):
            page = rows[start : start + PULLED_AT_ONCE]
            command = knowledge_commands.PullArticles(centre.name, page, began)
            await asyncio.wrap_future(self._backstop.bus.submit(command))
        gone, missing = await asyncio.to_thread(self._gone, centre, {row.id for row in rows})
        for start in range(0, len(gone), PULLED_AT_ONCE):
            some = gone[start : start + PULLED_AT_ONCE]
            command = knowledge_commands.PullArticles(centre.name, (), began, some)
            await asyncio.wrap_future(self._backstop.bus.submit(command))
        end = partial(knowledge_commands.PullArticles, is_last=True, missing=missing)
        await asyncio.wrap_future(self._backstop.bus.submit(end(centre.name, (), began)))

    def _gone(self, centre: HelpCentre, listed: Set[str]) -> tuple[tuple[str, ...], int]:
        """A listing may miss one that was moved meanwhile: each is asked for. When most are gone,
        the key or the help centre was changed rather than the articles: then how many."""
        with self._backstop.reading() as uow:
            known = uow.mirrors.found_by_customers(centre.name)
        gone = tuple(ref for ref in sorted(known - listed) if _is_gone(centre, ref))
        if len(gone) > PULLED_AT_ONCE and 2 * len(gone) > len(known):
            log.error(
                "%d of %d articles are not in the help centre: none is taken away, please look"
                " at its key and section",
                len(gone),
                len(known),
            )
            return (), len(gone)
        return gone, 0

    async def read_articles(self) -> None:
        """What was published, changed or brought in since: until it is read, it is found by its
        words. Who clicks meanwhile waits for one row at most."""
        nearest = self._backstop.nearest
        while nearest and (unread := await asyncio.to_thread(nearest.next, self._backstop.reading)):
            vector = await asyncio.to_thread(nearest.read, unread)
            put = partial(nearest.put, unread, vector)
            await asyncio.wrap_future(self._backstop.writer.submit(put))

    async def _all(self, forget: Callable[..., int]) -> None:
        while await asyncio.wrap_future(self._backstop.writer.submit(forget)) == AT_ONCE:
            pass

    async def refresh_directory(self) -> None:
        groups = self._backstop.outside.groups
        if groups is None:
            return
        wanted = tuple(self._backstop.settings.directory.user_groups)
        self._backstop.directory.refresh(await asyncio.to_thread(groups.members, wanted))
        await asyncio.wrap_future(self._backstop.bus.submit(commands.NotePeople()))

    async def show_canaries(self) -> None:
        await asyncio.wrap_future(self._backstop.bus.submit(approval_commands.ShowCanary()))

    async def look_for_departed(self) -> None:
        """Whose account was closed decides nothing: what waits for them must not seem to have
        somebody. Who is not known just now stays as they were; what is known is kept, since while
        chat is down its last word counts."""
        directory, bus = self._backstop.directory, self._backstop.bus
        told = await asyncio.to_thread(self._accounts)
        everybody = tuple(one for _, theirs in told for one in theirs)
        await asyncio.wrap_future(bus.submit(approval_commands.NoteStandings(everybody)))
        with self._backstop.reading() as uow:
            before = uow.departures.all()
        departed = frozenset(
            person.id for person, theirs in told if _has_left(person, theirs, before)
        )
        directory.part(departed)
        command = commands.NoteDeparted(tuple(sorted(departed)))
        await asyncio.wrap_future(bus.submit(command))

    def _accounts(self) -> Sequence[tuple[Person, Sequence[Account]]]:
        """Everybody's, with what their platform says of each."""
        standings, directory = self._backstop.outside.standings, self._backstop.directory
        if standings is None:
            return ()
        return [
            (
                person,
                [
                    replace(one, standing=standings.of(one.user, one.workspace))
                    for one in directory.accounts_of(person.id)
                ],
            )
            for person in directory.people
        ]

    async def poll(self) -> None:
        """Ask the help desk what is open and what changed."""
        await polling.look(self._backstop)


def _has_left(person: Person, accounts: Sequence[Account], before: Set[str]) -> bool:
    """Whether each of their accounts may do nothing."""
    if any(one.standing is Standing.UNKNOWN for one in accounts):
        return person.id in before
    return bool(accounts) and all(is_shut_out(one, person) for one in accounts)


def _is_gone(centre: HelpCentre, ref: str) -> bool:
    """What may not be looked at is not known to be gone."""
    try:
        return centre.article(ref) is None
    except Refused:
        return False
