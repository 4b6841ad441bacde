"""What administrators decide about a looser approval policy; frozen, beside `bot.commands`."""

from dataclasses import dataclass

from bot.people import Account


@dataclass(frozen=True)
class AgreeToPolicy:
    """To this very one: `digest` is of what the card shows."""

    by: Account
    policy: int
    digest: str


@dataclass(frozen=True)
class RefusePolicy:
    by: Account
    policy: int
    digest: str


GovernanceCommand = AgreeToPolicy | RefusePolicy
