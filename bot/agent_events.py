"""What other agents have asked for, and are told; beside `bot.events`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActReceived:
    """Another agent wants this decision's act; what it is out of is to be read first."""

    decision: int


@dataclass(frozen=True)
class AgentEscalated:
    """Another agent leaves the ticket of this decision to a person."""

    decision: int


@dataclass(frozen=True)
class AgentTold:
    """What became of the act of this decision, on its way to whoever asked for it."""

    decision: int
    state: str

    @property
    def key(self) -> str:
        """Of one outcome one is on its way, whoever noticed it."""
        return f"agent:{self.decision}:{self.state}"


AgentEvent = ActReceived | AgentEscalated | AgentTold
