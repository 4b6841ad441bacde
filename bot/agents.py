"""Who answers, writes and reads over, made of app.yaml; a model's library is loaded when first
asked."""

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.agent.briefing import Agent, Briefing, Proposal
from bot.agent.late import LateAgent, LateSpeaker, LateWording
from bot.agent.looking import Records, Spending
from bot.agent.noticing import Wording
from bot.agent.speaking import Speaker
from bot.config import ConfigError, Settings
from bot.config.agent import AgentSettings
from bot.config.document import Mistake
from bot.config.secrets import Secrets
from bot.errors import Refused


@dataclass(frozen=True)
class Agents:
    """Who answers first; and, which only a model does, who writes answers while somebody waits,
    and who reads what leaves a second time."""

    first: LateAgent
    speaker: Speaker | None = None
    wording: Wording | None = None


def agents(settings: Settings, secrets: Secrets, records: Records, spending: Spending) -> Agents:
    """Without a key there is no model: then the deterministic agent answers or, where app.yaml says
    so, a person. Raises ConfigError where the playbook cannot be read.
    """

    def offline() -> Agent:
        agent: Agent = importlib.import_module("bot.agent.offline").OfflineAgent(
            settings.agent.playbook, settings.escalation.categories, settings.company.language
        )
        return agent

    key = secrets.model_key
    if settings.agent.kind == "offline" or (key is None and settings.agent.when_away == "offline"):
        return Agents(LateAgent(offline))
    if key is None:
        return Agents(LateAgent(_Nobody))
    playbook = _playbook(settings.agent.playbook_file)

    def connect() -> Any:
        return importlib.import_module("bot.agent.claude.connected").connected(
            settings.agent,
            key,
            playbook,
            settings.escalation.categories,
            offline(),
            records,
            spending,
        )

    once = _Once(connect)
    is_read_over = settings.agent.wording == "model"
    return Agents(
        LateAgent(lambda: once.get().agent, once.close),
        LateSpeaker(lambda: once.get().speaker),
        LateWording(lambda: once.get().wording) if is_read_over else None,
    )


def model_of(settings: AgentSettings, key: str) -> Any:
    """The model alone, for whoever only looks whether it is there."""
    return importlib.import_module("bot.agent.claude.connected").model_of(settings, key)


class _Nobody:
    """In the place of a model that there is no key for, where a person is to decide instead."""

    def propose(self, briefing: Briefing) -> Proposal:
        raise Refused("no_key")


class _Once:
    """All share a connection and its breaker, whichever is asked first."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._made: Any = None

    def get(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def close(self) -> None:
        with self._lock:
            if self._made is not None:
                self._made.close()


def _playbook(file: str | None) -> str:
    if file is None:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        wrong, remedy = "cannot be read", "Name a Markdown file in UTF-8 that is there."
        mistake = Mistake(("agent", "playbook_file"), 1, wrong, remedy)
        raise ConfigError("app.yaml", [mistake]) from None
