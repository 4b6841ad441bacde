"""Who answers, speaks and reads over, on one connection, as app.yaml wants it; loads the SDK."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from bot.agent.briefing import Agent
from bot.agent.claude.agent import MOST_WRITTEN, ClaudeAgent
from bot.agent.claude.breaker import Breaker
from bot.agent.claude.model import Asking, Model
from bot.agent.claude.prompt import INSTRUCTIONS, SPEAKING, WORDING, system
from bot.agent.claude.speaker import ClaudeSpeaker
from bot.agent.claude.tools import schemas, wording_schemas
from bot.agent.claude.wording import ClaudeWording
from bot.agent.looking import Records, Spending
from bot.agent.topics import OTHER
from bot.agent.words.topics import TOPICS
from bot.config.agent import AgentSettings

MOST_SPOKEN = 1_000
MOST_REPORTED = 1_000


@dataclass(frozen=True)
class Connected:
    agent: ClaudeAgent
    speaker: ClaudeSpeaker
    wording: ClaudeWording
    close: Callable[[], None]


def connected(
    settings: AgentSettings,
    key: str,
    playbook: str,
    own_categories: Iterable[str],
    offline: Agent,
    records: Records,
    spending: Spending,
) -> Connected:
    """They share one breaker: a model that is away for one is away for all."""
    model = model_of(settings, key)
    categories = tuple(dict.fromkeys([*TOPICS, *own_categories, OTHER]))
    told = system(INSTRUCTIONS, playbook, settings.playbook, categories)
    asking = Asking(settings.model, told, schemas(), settings.effort, MOST_WRITTEN)
    speaking = Asking(settings.model, system(SPEAKING), [], settings.effort, MOST_SPOKEN)
    agent = ClaudeAgent(model, asking, settings, offline, records, spending, categories)
    reading = Asking(
        settings.model, system(WORDING), wording_schemas(), settings.effort, MOST_REPORTED
    )
    return Connected(
        agent,
        ClaudeSpeaker(model, speaking, settings, spending),
        ClaudeWording(model, reading, settings, spending),
        model.close,
    )


def model_of(settings: AgentSettings, key: str) -> Model:
    breaker = Breaker(monotonic, settings.timeout.total_seconds())
    return Model(key, settings.api_url, breaker)
