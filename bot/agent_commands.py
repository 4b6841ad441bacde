"""What other agents ask for, through their own door; frozen, beside `bot.commands`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FromAgent:
    """`ticket` is SOURCE:REF or #NUMBER; `request` is the hash of what was asked, so that a key
    that comes again with something else is noticed."""

    agent: str
    request: str
    ticket: str


@dataclass(frozen=True)
class EscalateTicket(FromAgent):
    reason: str
    summary: str
    tried: str


@dataclass(frozen=True)
class ProposeAct(FromAgent):
    """`args` without ticket and customer: those are the ticket's own."""

    kind: str
    args: Mapping[str, Any]
    category: str


@dataclass(frozen=True)
class ReportResolution(FromAgent):
    answer: str
    cites: tuple[str, ...]
    category: str


@dataclass(frozen=True)
class ShowAct:
    agent: str
    act: int


AgentCommand = EscalateTicket | ProposeAct | ReportResolution | ShowAct


_PREFIX = "agent:"


def author(name: str) -> str:
    """Who decided, as decisions and the audit name another agent."""
    return f"{_PREFIX}{name}"


def is_anothers(decided_by: str) -> bool:
    return decided_by.startswith(_PREFIX)
