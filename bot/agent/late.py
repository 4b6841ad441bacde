"""An agent that is loaded when it is first asked, so that the bot is ready before it."""

import threading
from collections.abc import Callable, Sequence

from bot.agent.briefing import Agent, Briefing, Passage, Proposal, Sentence
from bot.agent.noticing import Heard, Letter, Wording
from bot.agent.speaking import Speaker, Spoken


class LateAgent:
    """Loading happens once, on whichever thread asks first or by `load`, never at a start."""

    def __init__(self, make: Callable[[], Agent], close: Callable[[], None] = lambda: None) -> None:
        self._make = make
        self.close = close
        self._lock = threading.Lock()
        self._agent: Agent | None = None

    def load(self) -> Agent:
        with self._lock:
            if self._agent is None:
                self._agent = self._make()
            return self._agent

    def propose(self, briefing: Briefing) -> Proposal:
        return self.load().propose(briefing)


class LateSpeaker:
    """The same for answers while somebody waits."""

    def __init__(self, load: Callable[[], Speaker]) -> None:
        self._load = load

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        said: Callable[[Sequence[Sentence]], None],
    ) -> Spoken:
        return self._load().answer(question, passages, said)


class LateWording:
    """And for a second look at what leaves."""

    def __init__(self, load: Callable[[], Wording]) -> None:
        self._load = load

    def read(self, letter: Letter, ticket: int) -> Heard:
        return self._load().read(letter, ticket)
