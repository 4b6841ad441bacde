"""An agent that is loaded when it is first asked, so that the bot is ready before it."""

import threading
from collections.abc import Callable

from bot.agent.briefing import Agent, Briefing, Proposal


class LateAgent:
    """Loading happens once, on whichever thread asks first or by `load`, never at a start."""

    def __init__(self, make: Callable[[], Agent]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._agent: Agent | None = None

    def load(self) -> Agent:
        with self._lock:
            if self._agent is None:
                self._agent = self._make()
            return self._agent

    def propose(self, briefing: Briefing) -> Proposal:
        return self.load().propose(briefing)
