"""app.yaml as one frozen value: read once at start, validated, never changed."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from bot.config.agent import AgentSettings
from bot.config.channels import Channels, EscalationRoute
from bot.config.outside import (
    AccountActionSettings,
    AuditSettings,
    Commands,
    HelpDeskSettings,
    KnowledgeSettings,
    MailSettings,
    Monitor,
    PaymentsSettings,
    Server,
    Slack,
    Source,
)
from bot.config.policy import (
    ApprovalSettings,
    Climb,
    EscalationSettings,
    Gate,
    Limits,
    Modes,
    Rules,
    check_codes,
)
from bot.config.team import (
    DirectorySettings,
    GroupGives,
    Partner,
    PersonSettings,
    check_backups,
    check_partners,
)
from bot.config.values import (
    Cron,
    Currency,
    DatabaseUrl,
    Frozen,
    Language,
    Mode,
    Slug,
    TimeZone,
    short_name,
    unique,
)
from bot.people import Person

__all__ = [
    "AccountActionSettings",
    "AgentSettings",
    "Channels",
    "Climb",
    "Commands",
    "Company",
    "DirectorySettings",
    "EscalationRoute",
    "EscalationSettings",
    "Gate",
    "GroupGives",
    "HelpDeskSettings",
    "Limits",
    "MailSettings",
    "Modes",
    "Monitor",
    "Partner",
    "PaymentsSettings",
    "PersonSettings",
    "Retention",
    "Rules",
    "Schedule",
    "SearchSettings",
    "Server",
    "Settings",
    "Slack",
    "Source",
]


class Company(Frozen):
    """Whose support this is; people who name no time zone of their own are in the company's."""

    name: Annotated[str, Field(min_length=1, max_length=80, examples=["Acme"])]
    time_zone: Annotated[TimeZone, Field(examples=["Europe/Berlin"])] = "UTC"
    currency: Annotated[Currency, Field(examples=["USD"])] = "USD"
    language: Annotated[Language, Field(examples=["en"])] = "en"


class Schedule(Frozen):
    """A command and the times it is given, as a five-field cron line in the company's time zone."""

    cron: Annotated[Cron, Field(examples=["0 8 * * 1-5"])]
    command: Annotated[str, Field(examples=["daily_digest"])]


class Retention(Frozen):
    """How long what came in is remembered; under 7 days a repeated delivery could act twice."""

    inbound_days: Annotated[int, Field(ge=7, le=365, examples=[14])] = 14


class SearchSettings(Frozen):
    """How articles are found beyond their words and what people linked."""

    embeddings: Annotated[bool, Field(examples=[True])] = False


class Settings(Frozen):
    """All of app.yaml; attributes are named like its keys."""

    company: Annotated[Company, Field(examples=[{"name": "Acme"}])]
    installation: Annotated[Slug, Field(examples=["acme"])] = Field(
        default_factory=lambda read: short_name(
            read["company"].name if "company" in read else "", "backstop"
        )
    )
    slack: Annotated[Slack | None, Field(examples=[{"workspace": "T0ACME"}])] = None
    channels: Annotated[Channels, Field(examples=[{"admin": "C0ADMIN"}])] = Channels()
    staff: Annotated[
        tuple[PersonSettings, ...],
        unique("id", "slack", "teams", "email"),
        Field(alias="people", examples=[[{"id": "ana", "name": "Ana Ruiz"}]]),
    ] = ()
    partners: Annotated[
        tuple[Partner, ...],
        Field(
            examples=[
                [{"organisation": "nightdesk", "workspace": "T0NIGHT", "people": ["U0NIGHT1"]}]
            ]
        ),
    ] = ()
    directory: Annotated[DirectorySettings, Field(examples=[{"refresh": "5m"}])] = (
        DirectorySettings()
    )
    modes: Annotated[Modes, Field(examples=[{"default": "observe"}])] = Modes()
    gates: Annotated[
        tuple[Gate, ...],
        unique("name"),
        Field(examples=[[{"name": "all refunds", "act": "refund", "grade": "one"}]]),
    ] = ()
    approvals: Annotated[ApprovalSettings, Field(examples=[{"grace": "10s"}])] = ApprovalSettings()
    escalation: Annotated[EscalationSettings, Field(examples=[{"confidence": 0.5}])] = (
        EscalationSettings()
    )
    knowledge: Annotated[KnowledgeSettings, Field(examples=[{"reviewed_by": "ana"}])] = (
        KnowledgeSettings()
    )
    help_desk: Annotated[HelpDeskSettings, Field(examples=[{"kind": "none"}])] = HelpDeskSettings()
    sources: Annotated[
        Mapping[Slug, Source], Field(examples=[{"shop": {"secrets": ["SHOP_WEBHOOK_SECRET"]}}])
    ] = Field(default_factory=dict)
    monitors: Annotated[
        Mapping[Slug, Monitor],
        Field(examples=[{"alerts": {"kind": "alertmanager", "secrets": ["ALERTMANAGER_TOKEN"]}}]),
    ] = Field(default_factory=dict)
    payments: Annotated[PaymentsSettings, Field(examples=[{"kind": "stripe"}])] = PaymentsSettings()
    account_actions: Annotated[
        AccountActionSettings | None,
        Field(
            examples=[
                {"url": "https://shop.acme.example/changes", "secret": "ACCOUNT_ACTION_SECRET"}
            ]
        ),
    ] = None
    agent: Annotated[AgentSettings, Field(examples=[{"kind": "offline"}])] = AgentSettings()
    schedules: Annotated[
        Mapping[Slug, Schedule],
        Field(examples=[{"digest": {"cron": "0 8 * * 1-5", "command": "daily_digest"}}]),
    ] = Field(default_factory=dict)
    search: Annotated[SearchSettings, Field(examples=[{"embeddings": True}])] = SearchSettings()
    audit: Annotated[
        AuditSettings | None, Field(examples=[{"heads": "/var/log/backstop/heads.jsonl"}])
    ] = None
    retention: Annotated[Retention, Field(examples=[{"inbound_days": 14}])] = Retention()
    limits: Annotated[Limits, Field(examples=[{"refunds_per_customer_day": 2}])] = Limits()
    database: Annotated[DatabaseUrl, Field(examples=["env:BACKSTOP_DATABASE_URL"])] = (
        "sqlite:///var/backstop.db"
    )
    _held: tuple[Gate, ...] | None = PrivateAttr(default=None)
    mail: Annotated[
        MailSettings | None,
        Field(examples=[{"host": "smtp.acme.example", "from": "backstop@acme.example"}]),
    ] = None
    server: Annotated[Server, Field(examples=[{"port": 8710}])] = Server()

    @model_validator(mode="after")
    def _whoever_stands_for_articles_is_known(self) -> Self:
        told = self.knowledge.reviewed_by
        if told is not None and told not in {person.id for person in self.staff}:
            raise PydanticCustomError(
                "unknown",
                "names nobody under people",
                {
                    "at": ("knowledge", "reviewed_by"),
                    "remedy": "Write the id of somebody who stands there.",
                },
            )
        return self

    @model_validator(mode="after")
    def _limits_count_in_the_company_currency(self) -> Self:
        # A gate without a limit stays free of currency, or `never` would not hold for the others.
        gates = tuple(
            gate
            if gate.up_to is None or gate.currency
            else gate.model_copy(update={"currency": self.company.currency})
            for gate in self.gates
        )
        object.__setattr__(self, "gates", gates)
        return self

    @model_validator(mode="after")
    def _people_and_partners_fit_together(self) -> Self:
        check_partners(self.staff, self.partners)
        check_backups(self.staff)
        check_codes(self.gates, self.approvals)
        return self

    @model_validator(mode="after")
    def _an_address_has_one_sender(self) -> Self:
        taken = {*self.sources, "zendesk", "intercom"} & set(self.monitors)
        if taken:
            raise PydanticCustomError(
                "taken",
                f"has {', '.join(sorted(taken))}, whose address belongs to another sender",
                {"at": ("monitors",), "remedy": "Give the monitor another name."},
            )
        return self

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody under `people`, and whoever stands under `partners` alone."""
        company = self.company
        named = tuple(entry.person(company.time_zone, company.currency) for entry in self.staff)
        known = {person.slack for person in named}
        return named + tuple(
            person
            for partner in self.partners
            for person in partner.persons(self.company.time_zone)
            if person.slack not in known
        )

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @property
    def command_names(self) -> Commands:
        """What the slash commands are called; without Slack, what they would be."""
        return self.slack.commands if self.slack else Commands()

    def hold(self, gates: Sequence[Gate]) -> None:
        """Let these gates count beside those of the file, until a looser list is agreed to."""
        self._held = tuple(gates)

    @property
    def held_gates(self) -> tuple[Gate, ...] | None:
        """What every act is graded by too, be it no gate at all; None before anything was agreed
        to."""
        return self._held

    def person(self, id: str) -> Person | None:
        return self._by_id.get(id)

    def workspaces_of(self, organisations: Collection[str]) -> frozenset[str]:
        """Return where the people of these partner organisations are at home, and where we are."""
        ours = {self.slack.workspace} if self.slack else set()
        return frozenset(ours | {one.workspace for one in self._named(organisations)})

    def channels_of(self, organisations: Collection[str]) -> tuple[str, ...]:
        """Return the channels of their own that these partner organisations have."""
        return tuple(one.channel for one in self._named(organisations) if one.channel)

    def _named(self, organisations: Collection[str]) -> tuple[Partner, ...]:
        return tuple(one for one in self.partners if one.organisation in organisations)

    def mode_for(self, category: str, act: str | None = None) -> Mode:
        """Return the stricter of the category's and the act's mode."""
        return self.modes.mode_for(category, act)

    def route(self, category: str, tier: str, region: str) -> str | None:
        """Return the channel an escalation goes to: the first route that takes it, else admin."""
        for route in self.channels.escalations:
            if route.takes(category, tier, region):
                return route.channel
        return self.channels.admin
