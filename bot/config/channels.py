"""Where in Slack each thing is posted."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.config.values import ChannelId, Frozen, Function, Slug


class EscalationRoute(Frozen):
    """A channel and the conditions an escalation must all meet to go there."""

    channel: Annotated[ChannelId, Field(examples=["C0BILLING"])]
    category: Annotated[Slug | None, Field(examples=["billing"])] = None
    tier: Annotated[Slug | None, Field(examples=["enterprise"])] = None
    region: Annotated[Slug | None, Field(examples=["eu"])] = None

    def takes(self, category: str, tier: str, region: str) -> bool:
        asked = ((self.category, category), (self.tier, tier), (self.region, region))
        return all(wanted is None or wanted == is_.lower() for wanted, is_ in asked)


class Channels(Frozen):
    """Slack channel ids by what is posted there."""

    escalations: Annotated[
        tuple[EscalationRoute, ...], Field(examples=[[{"channel": "C0ESCALATIONS"}]])
    ] = ()
    approvals: Annotated[ChannelId | None, Field(examples=["C0APPROVALS"])] = None
    handoffs: Annotated[
        Mapping[Function, ChannelId], Field(examples=[{"engineering": "C0ENGINEERING"}])
    ] = Field(default_factory=dict)
    quality: Annotated[ChannelId | None, Field(examples=["C0QUALITY"])] = None
    knowledge: Annotated[ChannelId | None, Field(examples=["C0KNOWLEDGE"])] = None
    reports: Annotated[ChannelId | None, Field(examples=["C0REPORTS"])] = None
    trial: Annotated[ChannelId | None, Field(examples=["C0TRIAL"])] = None
    admin: Annotated[ChannelId | None, Field(examples=["C0ADMIN"])] = None
