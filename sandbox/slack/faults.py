"""What can be made to go wrong, and the dice that decide when."""

import random
from dataclasses import dataclass, field


@dataclass
class Faults:
    """Every knob is read at the moment it matters, so all may be set at run time.

    Plain floats are probabilities from 0 to 1; names ending in `_s` are seconds.
    """

    seed: int = 1
    # Deliveries to the bot: events, clicks, submissions, commands.
    lose: float = 0.0
    delay: float = 0.0
    delay_s: float = 1.0
    duplicate: float = 0.0
    reorder: float = 0.0
    # The Web API.
    drop_after_commit: float = 0.0
    error_500: float = 0.0
    hang: float = 0.0
    hang_s: float = 3.0
    ratelimited: bool = False
    retry_after_s: int = 1
    down: bool = False
    missing_scopes: list[str] = field(default_factory=list)
    # Which methods error_500, hang and ratelimited hit; empty means all.
    methods: list[str] = field(default_factory=list)
    # Socket Mode: cut in the middle of a frame; deliver whole and drop before the
    # acknowledgement; tell all connections to refresh (once; falls back to false).
    cut_envelope: float = 0.0
    drop_ack: float = 0.0
    refresh_sockets: bool = False

    def hits(self, method: str) -> bool:
        return not self.methods or method in self.methods


class Dice:
    """Seeded chance: the same seed and the same order of questions give the same answers."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)

    def says(self, probability: float, seed: int) -> bool:
        if seed != self._seed:
            self._seed = seed
            self._random = random.Random(seed)
        return probability > 0 and self._random.random() < probability

    def pick(self, count: int) -> int:
        return self._random.randrange(count)
