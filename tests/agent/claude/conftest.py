"""The agent on the real SDK before a stand-in on loopback, with a clock that does not wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette

from bot.agent.briefing import Agent, Passage
from bot.agent.claude.agent import MOST_WRITTEN, ClaudeAgent
from bot.agent.claude.breaker import Breaker
from bot.agent.claude.model import Asking, Model
from bot.agent.claude.prompt import INSTRUCTIONS, SPEAKING, system
from bot.agent.claude.speaker import ClaudeSpeaker
from bot.agent.claude.tools import schemas
from bot.agent.looking import PastTicket
from bot.agent.offline import OfflineAgent
from bot.config.agent import AgentSettings
from bot.replay_records import ReplaySpending
from sandbox.model import KEY, ModelServer, Scripted, routes
from sandbox.model.minds import Mind
from tests.agent.tickets import RESET
from tests.loopback import Loopback

CATEGORIES = ("billing", "sign_in", "other")


class Time:
    """Moves when somebody pauses, and while nobody looks a little."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.paused: list[float] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.now += seconds


@dataclass
class Shelf:
    """One article and one old ticket."""

    past: tuple[PastTicket, ...] = ()
    asked: list[str] = field(default_factory=list)

    def articles(self, words: str) -> tuple[Passage, ...]:
        self.asked.append(words)
        return (RESET,)

    def article(self, ref: str) -> Passage | None:
        return RESET if ref == RESET.article else None

    def resolved_like(self, words: str, ticket: int) -> tuple[PastTicket, ...]:
        return self.past


@dataclass
class Stage:
    server: ModelServer
    url: str
    time: Time
    shelf: Shelf
    purse: ReplaySpending
    models: list[Model] = field(default_factory=list)

    def model(self, key: str = KEY) -> Model:
        breaker = Breaker(self.time, 60)
        built = Model(key, f"{self.url}/anthropic", breaker, self.time, self.time.pause)
        self.models.append(built)
        return built

    def close(self) -> None:
        for model in self.models:
            model.close()

    def agent(
        self, settings: AgentSettings | None = None, offline: Agent | None = None
    ) -> ClaudeAgent:
        told = settings or AgentSettings(kind="claude")
        instructions = system(INSTRUCTIONS, "Be brief.", told.playbook, CATEGORIES)
        asking = Asking(told.model, instructions, schemas(), told.effort, MOST_WRITTEN)
        return ClaudeAgent(
            self.model(),
            asking,
            told,
            offline or OfflineAgent(),
            self.shelf,
            self.purse,
            CATEGORIES,
        )

    def speaker(self, settings: AgentSettings | None = None) -> ClaudeSpeaker:
        told = settings or AgentSettings(kind="claude")
        asking = Asking(told.model, system(SPEAKING), [], told.effort, 500)
        return ClaudeSpeaker(self.model(), asking, told, self.purse)


@pytest.fixture(scope="session")
def loopback() -> Iterator[Loopback]:
    server = Loopback()
    yield server
    server.close()


@pytest.fixture
def stage(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Mind], Stage]]:
    """A stage whose model has the given mind."""
    # A machine that others use too is no server that is away.
    monkeypatch.setattr("bot.agent.claude.model.CONNECT_S", 60.0)
    stages: list[Stage] = []

    def build(mind: Mind) -> Stage:
        server = ModelServer(mind)
        loopback.app = Starlette(routes=routes(server))
        stages.append(Stage(server, loopback.url, Time(), Shelf(), ReplaySpending()))
        return stages[-1]

    yield build
    for each in stages:
        each.close()


@pytest.fixture
def scripted(stage: Callable[[Mind], Stage]) -> Callable[..., Stage]:
    """A stage whose model says these answers, one after another."""
    return lambda *answers: stage(Scripted(list(answers)))
