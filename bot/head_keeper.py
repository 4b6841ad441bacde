"""Writes the signed head of the audit to its file, again and again."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot import signed_heads
from bot.ports import Clock
from bot.signed_heads import Signer
from storage import audit
from storage.unit_of_work import UnitOfWork

# Also where nothing was decided a line says now and then that nothing was.
BEAT = timedelta(hours=1)

log = logging.getLogger(__name__)


class HeadKeeper:
    """`tell` hears once of a file that cannot be written, until it can again."""

    def __init__(
        self,
        signer: Signer,
        file: Path,
        reading: Callable[[], UnitOfWork],
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._signer, self._file, self._reading = signer, file, reading
        self._clock, self._tell = clock, tell
        self._last: tuple[int, datetime] | None = None
        self._is_failing = False

    async def write(self) -> None:
        await asyncio.to_thread(self.write_now)

    def write_now(self) -> None:
        now = self._clock.now()
        with self._reading() as uow:
            seq, digest = audit.head(uow.session.connection())
        if self._last is not None and self._last[0] == seq and now - self._last[1] < BEAT:
            return
        try:
            signed_heads.append(self._signer.sign(seq, digest, now), self._file)
        except OSError as error:
            log.error("the signed head of the audit is not written: %s", error.strerror)
            if not self._is_failing:
                why = error.strerror or "it does not take it"
                self._tell(f"The signed head of the audit cannot be written to its file: {why}.")
            self._is_failing = True
            return
        self._last, self._is_failing = (seq, now), False
