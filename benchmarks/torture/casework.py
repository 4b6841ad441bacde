"""Customers who want a person, and the specialists who claim, answer and resolve."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.torture.company import ESCALATIONS, PEOPLE, WORKERS, Json, address
from benchmarks.torture.seat import PATIENCE, Seats, has_button
from benchmarks.torture.stage import Stage
from sandbox.helpdesk.desk import Change
from sandbox.helpdesk.records import Ticket

CARD_WITHIN_S = 180.0
CLAIMS = 12
LOOK_S = 0.25
_CLAIM, _REPLY, _RESOLVE = "escalation.claim", "escalation.open_reply", "escalation.open_resolution"


@dataclass(frozen=True)
class Talk:
    """One escalation: what its customer writes carries `token`, the answer carries `answer`."""

    number: int

    @property
    def customer(self) -> str:
        return f"cus_talk{self.number:04d}"

    @property
    def token(self) -> str:
        return f"case-{self.number:04d}"

    @property
    def answer(self) -> str:
        return f"Answer {self.number:04d}: it is done."


class Casework:
    """`answered` are the talks whose reply a person has sent, so the customer must get it once."""

    def __init__(self, stage: Stage, seats: Seats, done: Callable[[], None]) -> None:
        self._stage, self._seats, self._done = stage, seats, done
        self._dice = random.Random(f"casework {stage.script.load.seed}")
        self.answered: set[Talk] = set()

    async def play(self, talks: Sequence[Talk]) -> None:
        for talk in talks:
            await self._play(talk)
            self._done()

    async def _play(self, talk: Talk) -> None:
        ticket = self._open(talk)
        try:
            picture = await self._seats.card(ESCALATIONS, talk.token, CARD_WITHIN_S)
        except TimeoutError:
            return
        users = [PEOPLE[self._dice.choice(WORKERS)].user for _ in range(CLAIMS)]
        await asyncio.gather(
            *(self._seats.press(user, ESCALATIONS, picture, _CLAIM, repeat=2) for user in users)
        )
        desk = self._stage.world.helpdesk
        if await self._by_its_owner(talk, _REPLY, {"text": talk.answer}):
            self.answered.add(talk)
        desk.customer_writes(ticket, f"One more thing about {talk.token}.", ticket.requester)
        await self._by_its_owner(talk, _RESOLVE, {})

    def _open(self, talk: Talk) -> Ticket:
        desk = self._stage.world.helpdesk
        words = f"I want to talk to a human being about {talk.token}. Please call a person."
        return desk.open_ticket(
            desk.directory.customer(address(talk.customer)),
            f"Help {talk.token}",
            Change(text=words),
        )

    async def _by_its_owner(self, talk: Talk, action: str, values: Json) -> bool:
        """Whoever holds it does it; the card says who, once it has been redrawn."""
        for _ in range(PATIENCE * 10):
            picture = await self._seats.card(ESCALATIONS, talk.token, 1.0)
            owner = next(
                (n for n in WORKERS if f"{n.title()} has it" in str(picture.get("blocks"))), None
            )
            if owner and has_button(picture, action):
                user = PEOPLE[owner].user
                if await self._seats.fill(user, ESCALATIONS, picture, action, values):
                    return True
            await asyncio.sleep(LOOK_S)
        return False
