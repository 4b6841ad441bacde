"""One approval as the model has it."""

from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.torture.indoors.money_model import Payment


@dataclass(frozen=True)
class Vote:
    person: str
    step: int
    at: datetime


@dataclass
class Code:
    """Somebody's authenticator: the newest number that counted, and guesses since."""

    used: int = 0
    wrong: int = 0
    locked: datetime | None = None


@dataclass
class Wish:
    """One approval; `steps` are the role of each yes it takes, in order."""

    amount: int
    steps: tuple[str, ...]
    requester: str
    asked: datetime
    expires: datetime
    most: int
    charge: int
    state: str = "pending"
    version: int = 1
    votes: list[Vote] = field(default_factory=list)
    editors: set[str] = field(default_factory=set)
    returned: bool = False
    runs: datetime | None = None
    payment: Payment | None = None

    @property
    def is_undecided(self) -> bool:
        return self.state == "pending" and self.runs is None and not self.returned

    @property
    def step(self) -> int:
        given = [vote.step for vote in self.votes]
        ends = [
            index for index in range(len(self.steps)) if self._needs(index) > given.count(index)
        ]
        return ends[0] if ends else len(self._roles) - 1

    @property
    def _roles(self) -> list[str]:
        """Each role once: two of the same role are one step."""
        return list(dict.fromkeys(self.steps))

    def _needs(self, index: int) -> int:
        return self.steps.count(self._roles[index]) if index < len(self._roles) else 0

    def role(self, step: int) -> str:
        return self._roles[step]
