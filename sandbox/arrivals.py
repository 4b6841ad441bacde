"""The company's tickets on their way into the help desk: one by one, or as a stream."""

import asyncio
from typing import Any

from sandbox.helpdesk.desk import Change, HelpDesk
from sandbox.helpdesk.records import Ticket
from sandbox.world import Company

FASTEST_PER_MINUTE = 600


class Arrivals:
    """Sends each ticket of the company at most once; those of the tour wait for their step."""

    def __init__(self, company: Company, helpdesk: HelpDesk) -> None:
        self._company = company
        self._helpdesk = helpdesk
        self._sent: dict[str, Ticket] = {}
        kept = set(company.tour.values())
        self._waiting = [one["id"] for one in company.tickets if one["id"] not in kept]
        self.per_minute = 0.0
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def find(self, ident: str) -> Ticket | None:
        """The help desk's ticket for one of the company's, once it has been sent."""
        return self._sent.get(ident)

    def send(self, ident: str) -> Ticket:
        """Let this ticket arrive; a second time changes nothing."""
        if ident in self._sent:
            return self._sent[ident]
        facts = self._company.ticket(ident)
        writer = self._company.writer(facts)
        requester = self._helpdesk.directory.customer(
            writer["email"], writer["name"], writer.get("account")
        )
        change = Change(text=facts["body"], tags=facts.get("tags", ()), via=facts["channel"])
        ticket = self._helpdesk.open_ticket(
            requester, facts["subject"], change, channel=facts["channel"], external_id=ident
        )
        self._sent[ident] = ticket
        return ticket

    def send_next(self) -> Ticket | None:
        """Let the next ticket arrive, if one is left."""
        while self._waiting:
            ident = self._waiting.pop(0)
            if ident not in self._sent:
                return self.send(ident)
        return None

    def stream(self, per_minute: float) -> None:
        """Let tickets arrive at this rate; 0 stops."""
        self.per_minute = min(max(per_minute, 0.0), FASTEST_PER_MINUTE)
        self._changed.set()

    def state(self) -> dict[str, Any]:
        total = len(self._company.tickets)
        return {"sent": len(self._sent), "total": total, "per_minute": self.per_minute}

    async def start(self) -> None:
        self._task = asyncio.create_task(self._keep_sending())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_sending(self) -> None:
        while True:
            self._changed.clear()
            if not self.per_minute:
                await self._changed.wait()
                continue
            if self.send_next() is None:
                self.per_minute = 0.0
                continue
            try:
                await asyncio.wait_for(self._changed.wait(), 60 / self.per_minute)
            except TimeoutError:
                continue
