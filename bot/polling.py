"""What the help desk is asked for by itself: everything open once, then whatever changed."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot import commands
from bot.bootstrap import Backstop
from bot.errors import OutsideError
from bot.ports import Changed
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

# Two looks overlap, because clocks differ and help desks index late; repetition is harmless.
OVERLAP = timedelta(minutes=5)
# Each takes some three requests: even of the smallest limit enough is left for replies.
FETCHES_A_MINUTE = 60


async def look(backstop: Backstop) -> None:
    """Have fetched what changed since the last look, also when that was another process; the first
    look has everything open fetched, however old.

    A ticket may change twice in the second that help desks count in, so its time does not tell
    one state from the next; taking the same in again changes nothing. Raises `OutsideError`; what
    was told before stays told.
    """
    desk = backstop.outside.help_desk
    if desk is None:
        return
    started, until, opened = backstop.clock.now(), _until(desk.name), _opened(desk.name)
    # Written down before the first question, or whatever changes until one succeeds is lost.
    since = await _write(backstop, lambda uow: uow.marks.begin(until, started))
    if await _write(backstop, lambda uow: uow.marks.get(opened)) is None:
        await _tell(backstop, desk.name, desk.unsolved())
        await _write(backstop, partial(_advance, opened, started))
    await _tell(backstop, desk.name, desk.changed(since - OVERLAP), until)
    await _write(backstop, partial(_advance, until, started))


def begin_anew(uow: UnitOfWork, desk: str, at: datetime) -> None:
    """Let the next look take in what is open then, and what has changed since `at` at the least."""
    uow.marks.begin(_until(desk), at)
    uow.marks.drop(_opened(desk))


def _until(desk: str) -> str:
    """The mark until which every change is known."""
    return f"poll:{desk}"


def _opened(desk: str) -> str:
    """The mark of when everything open was asked for."""
    return f"unsolved:{desk}"


async def _tell(
    backstop: Backstop, source: str, told: Iterator[Changed], mark: str | None = None
) -> None:
    now = due = backstop.clock.now()
    pages = _pages(told)
    while page := await asyncio.to_thread(next, pages, None):
        tickets = tuple(changed.ticket for changed in page if not changed.is_gone)
        gone = tuple(changed.ticket for changed in page if changed.is_gone)
        command = commands.FetchTickets(source, tickets, due, gone)
        await asyncio.wrap_future(backstop.bus.submit(command))
        due += timedelta(minutes=1)
        if mark is not None:
            reached = min(now, max(changed.at for changed in page))
            await _write(backstop, partial(_advance, mark, reached))


def _pages(told: Iterator[Changed]) -> Iterator[list[Changed]]:
    """An error comes after what was told before it."""
    page: list[Changed] = []
    try:
        for changed in told:
            page.append(changed)
            if len(page) == FETCHES_A_MINUTE:
                yield page
                page = []
    except OutsideError:
        if page:
            yield page
        raise
    if page:
        yield page


def _advance(mark: str, at: datetime, uow: UnitOfWork) -> None:
    uow.marks.advance(mark, at)


async def _write(backstop: Backstop, job: Callable[[UnitOfWork], T]) -> T:
    return await asyncio.wrap_future(backstop.writer.submit(job))
