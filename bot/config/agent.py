"""Who answers first: the deterministic agent, or Claude within time and money."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from bot.config.values import Duration, EnvName, Frozen, MinorUnits, Slug, Url

Tokens = Annotated[int, Field(ge=1_000, le=10**12)]


class Prices(Frozen):
    """What a million tokens cost, in US cents; the defaults are those of the default model."""

    input: Annotated[MinorUnits, Field(examples=[200])] = 200
    output: Annotated[MinorUnits, Field(examples=[1000])] = 1_000
    cache_write: Annotated[MinorUnits, Field(examples=[250])] = 250
    cache_read: Annotated[MinorUnits, Field(examples=[10])] = 10


class Budget(Frozen):
    """What may be spent on one ticket and on one day of the company; money in US cents."""

    ticket_tokens: Annotated[Tokens, Field(examples=[100000])] = 100_000
    ticket_money: Annotated[MinorUnits, Field(examples=[25])] = 25
    day_tokens: Annotated[Tokens, Field(examples=[20000000])] = 20_000_000
    day_money: Annotated[MinorUnits, Field(examples=[2000])] = 2_000


class Webhook(Frozen):
    """Where another agent is told what became of its acts, as Standard Webhooks, signed with
    `secret`."""

    url: Annotated[Url, Field(examples=["https://agent.acme.example/decisions"])]
    secret: Annotated[EnvName, Field(examples=["AGENT_HOOK_SECRET"])]


class OtherAgent(Frozen):
    """An agent of the company's own behind the same gates, known by its name; two keys while one
    is changed for another."""

    keys: Annotated[
        tuple[EnvName, ...], Field(min_length=1, max_length=2, examples=[["HELPER_KEY"]])
    ]
    scopes: Annotated[
        tuple[Literal["escalations", "acts", "resolutions"], ...],
        Field(min_length=1, examples=[["escalations", "acts"]]),
    ]
    webhook: Annotated[
        Webhook | None,
        Field(
            examples=[
                {"url": "https://agent.acme.example/decisions", "secret": "AGENT_HOOK_SECRET"}
            ]
        ),
    ] = None


class AgentSettings(Frozen):
    """Who answers first, and by which version of the playbook."""

    kind: Annotated[Literal["offline", "claude", "external"], Field(examples=["offline"])] = (
        "offline"
    )
    others: Annotated[
        Mapping[Slug, OtherAgent],
        Field(examples=[{"helper": {"keys": ["HELPER_KEY"], "scopes": ["acts"]}}]),
    ] = Field(default_factory=dict)
    answers_within: Annotated[Duration, Field(examples=["30m"])] = timedelta(minutes=30)
    playbook: Annotated[str, Field(min_length=1, max_length=40, examples=["1"])] = "1"
    playbook_file: Annotated[str | None, Field(examples=["playbook.md"])] = None
    model: Annotated[str, Field(min_length=1, max_length=80, examples=["claude-sonnet-5-5"])] = (
        "claude-sonnet-5-5"
    )
    effort: Annotated[Literal["low", "medium", "high"] | None, Field(examples=["low"])] = None
    key: Annotated[EnvName, Field(examples=["ANTHROPIC_API_KEY"])] = "ANTHROPIC_API_KEY"
    api_url: Annotated[Url, Field(examples=["https://api.anthropic.com"])] = (
        "https://api.anthropic.com"
    )
    timeout: Annotated[Duration, Field(examples=["60s"])] = timedelta(seconds=60)
    calls: Annotated[int, Field(ge=1, le=30, examples=[10])] = 10
    wording: Annotated[Literal["model", "rules"], Field(examples=["rules"])] = "model"
    when_away: Annotated[Literal["offline", "escalate"], Field(examples=["offline"])] = "offline"
    budget: Annotated[Budget, Field(examples=[{"day_money": 2000}])] = Budget()
    prices: Annotated[Prices, Field(examples=[{"input": 200}])] = Prices()
