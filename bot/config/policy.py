"""What operators decide: how far each act is trusted, who approves it, what is escalated, where."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from bot.config.team import DECIDING_ROLES
from bot.config.values import (
    ActKind,
    Currency,
    Duration,
    EnvName,
    Frozen,
    Grade,
    MinorUnits,
    Mode,
    Pause,
    Role,
    Slug,
)

LONGEST_WAIT = timedelta(days=7)
_STRICTNESS: Mapping[Mode, int] = {"observe": 0, "draft": 1, "live": 2}


def stricter_mode(one: Mode, other: Mode) -> Mode:
    """Return the one that lets less happen by itself."""
    return min(one, other, key=_STRICTNESS.__getitem__)


class Modes(Frozen):
    """How far the bot is trusted; an act or category that is not named follows `default`, and a
    reply its category."""

    default: Annotated[Mode, Field(examples=["observe"])] = "observe"
    categories: Annotated[Mapping[Slug, Mode], Field(examples=[{"billing": "live"}])] = Field(
        default_factory=dict
    )
    acts: Annotated[Mapping[ActKind, Mode], Field(examples=[{"refund": "draft"}])] = Field(
        default_factory=dict
    )

    def mode_for(self, category: str, act: str | None) -> Mode:
        """Return the stricter mode of both, so that money moves only where both say so. An answer
        is what a category is about: not named among the acts, it follows its category."""
        found = [self.categories.get(category, self.default)]
        by_act: dict[str, Mode] = {str(named): mode for named, mode in self.acts.items()}
        if act in by_act:
            found.append(by_act[act])
        elif act not in (None, "reply"):
            found.append(self.default)
        return min(found, key=_STRICTNESS.__getitem__)


def _decides(role: str) -> str:
    if role not in DECIDING_ROLES:
        raise PydanticCustomError(
            "role_of_groups",
            "may not decide: whoever edits a user group could give it to anybody",
            {"remedy": "Allowed: approver, lead, admin."},
        )
    return role


DecidingRole = Annotated[Role, AfterValidator(_decides)]


class ApprovalStep(Frozen):
    """So many different people with one of these roles."""

    roles: Annotated[tuple[DecidingRole, ...], Field(min_length=1, examples=[["approver"]])] = (
        "approver",
    )
    approvers: Annotated[int, Field(ge=1, le=5, examples=[2])] = 1


class Gate(Frozen):
    """One line of the gate policy; `up_to` is minor units of `currency`, both ends included."""

    name: Annotated[str, Field(min_length=1, max_length=60, examples=["small refunds"])]
    act: Annotated[ActKind, Field(examples=["refund"])]
    up_to: Annotated[MinorUnits | None, Field(examples=[2000])] = None
    currency: Annotated[Currency | None, Field(examples=["USD"])] = None
    tiers: Annotated[tuple[Slug, ...], Field(examples=[["standard"]])] = ()
    refunds_90_days_at_most: Annotated[NonNegativeInt | None, Field(examples=[0])] = None
    grade: Annotated[Grade, Field(examples=["one"])]
    roles: Annotated[tuple[DecidingRole, ...], Field(min_length=1, examples=[["approver"]])] = (
        "approver",
    )
    steps: Annotated[
        tuple[ApprovalStep, ...],
        Field(max_length=4, examples=[[{"roles": ["approver"], "approvers": 2}]]),
    ] = ()
    expires: Annotated[Duration, Field(examples=["4h"])] = timedelta(hours=4)
    partners: Annotated[tuple[Slug, ...], Field(examples=[["nightdesk"]])] = ()
    sample_rate: Annotated[float, Field(ge=0, le=1, examples=[0.2])] = 0.1

    @model_validator(mode="after")
    def _nothing_waits_for_ever(self) -> Self:
        # What somebody knew when it was proposed is not what they would know a month later.
        if self.expires > LONGEST_WAIT:
            raise PydanticCustomError(
                "expires",
                "waits longer than a week",
                {"at": ("expires",), "remedy": "Write 7d or less; what expires is escalated."},
            )
        return self

    @model_validator(mode="after")
    def _somebody_reads_a_message(self) -> Self:
        # An answer is held against what it cites; a message is prose that rests on nothing.
        if self.act == "reply" and self.grade == "auto":
            raise PydanticCustomError(
                "unread",
                "sends words that no article bears and nobody has read",
                {"at": ("grade",), "remedy": "A message takes one, two or never."},
            )
        return self

    @model_validator(mode="after")
    def _steps_are_named_where_they_are_asked(self) -> Self:
        if (self.grade == "steps") != bool(self.steps):
            raise PydanticCustomError(
                "steps",
                "names steps and the grade steps, or neither",
                {"at": ("steps",), "remedy": "Write grade: steps, and under steps who approves."},
            )
        return self

    @property
    def asks(self) -> tuple[ApprovalStep, ...]:
        """Who approves, one after the other; empty where nobody does, or nobody can."""
        match self.grade:
            case "one" | "two":
                return (ApprovalStep(roles=self.roles, approvers=1 if self.grade == "one" else 2),)
            case "steps":
                return self.steps
        return ()


Sensitive = Literal["grief", "legal", "security", "outage", "executive", "high_tier"]


class StepUp(Frozen):
    """Where a click is not enough, and takes a code of an authenticator too, or a passkey on our
    own page; `above` is minor units of the company's currency, and `keys` name what people's keys
    are encrypted under."""

    by: Annotated[Literal["codes", "passkeys"], Field(examples=["passkeys"])] = "codes"
    above: Annotated[Mapping[ActKind, MinorUnits], Field(examples=[{"refund": 20000}])] = Field(
        default_factory=dict
    )
    keys: Annotated[
        tuple[EnvName, ...], Field(min_length=1, examples=[["BACKSTOP_STEP_UP_KEY"]])
    ] = ("BACKSTOP_STEP_UP_KEY",)


class ByMail(Frozen):
    """Approvals on a page of our own while chat takes nothing: its links go by e-mail once a card
    has waited so long, and count for whom Slack called a member no longer ago than that."""

    after: Annotated[Duration, Field(examples=["5m"])] = timedelta(minutes=5)
    seen_within: Annotated[Duration, Field(le=timedelta(days=7), examples=["1d"])] = timedelta(
        days=1
    )


class ApprovalSettings(Frozen):
    """How people decide, whatever the gate; `sensitive` is what makes a colleague's own reply wait
    until somebody else has read it, `canaries` about how often what was refused is shown again."""

    grace: Annotated[Pause, Field(le=timedelta(minutes=10), examples=["10s"])] = timedelta(
        seconds=10
    )
    sensitive: Annotated[tuple[Sensitive, ...], Field(examples=[["grief", "legal"]])] = (
        "grief",
        "legal",
        "security",
        "outage",
        "executive",
        "high_tier",
    )
    step_up: Annotated[StepUp | None, Field(examples=[{"above": {"refund": 20000}}])] = None
    by_mail: Annotated[ByMail | None, Field(examples=[{"after": "5m"}])] = None
    canaries: Annotated[
        Duration | None, Field(ge=timedelta(days=7), le=timedelta(days=365), examples=["30d"])
    ] = None

    @property
    def takes_page(self) -> bool:
        """Whether some of it is decided on a page of our own."""
        is_signed = self.step_up is not None and self.step_up.by == "passkeys"
        return is_signed or self.by_mail is not None

    @model_validator(mode="after")
    def _a_link_takes_a_code(self) -> Self:
        if self.by_mail is not None and self.step_up is None:
            raise PydanticCustomError(
                "step_up",
                "lets whoever reads somebody's e-mail approve",
                {
                    "at": ("by_mail",),
                    "remedy": "Add step_up: {} under approvals; whoever follows a link proves "
                    "themselves.",
                },
            )
        return self


class Limits(Frozen):
    """What adds up; amounts are minor units of the company's currency."""

    refunds_per_customer_day: Annotated[PositiveInt | None, Field(examples=[2])] = None
    together_within: Annotated[Pause, Field(examples=["1d"])] = timedelta(days=1)
    approved_per_person_day: Annotated[
        Mapping[ActKind, MinorUnits], Field(examples=[{"refund": 200000}])
    ] = Field(default_factory=dict)
    unasked_per_hour: Annotated[
        Mapping[ActKind, NonNegativeInt], Field(examples=[{"refund": 20}])
    ] = Field(default_factory=dict)


def check_codes(gates: Sequence[Gate], approvals: ApprovalSettings) -> None:
    """Refuse a gate that lets people of other companies approve without a code."""
    for index, gate in enumerate(gates):
        if gate.partners and approvals.step_up is None:
            raise PydanticCustomError(
                "step_up",
                "lets people of other companies approve by a click alone",
                {
                    "at": ("gates", index, "partners"),
                    "remedy": "Add step_up: {} under approvals; partners then type a code.",
                },
            )


class Rules(Frozen):
    """Which escalation rules are on; 0 or an empty list switches a counting rule off."""

    distress: Annotated[bool, Field(examples=[True])] = True
    human_wanted: Annotated[bool, Field(examples=[True])] = True
    first_time: Annotated[bool, Field(examples=[True])] = True
    executive: Annotated[bool, Field(examples=[True])] = True
    high_tier: Annotated[tuple[Slug, ...], Field(examples=[["enterprise"]])] = ("enterprise",)
    legal: Annotated[bool, Field(examples=[True])] = True
    safety: Annotated[bool, Field(examples=[True])] = True
    threat: Annotated[bool, Field(examples=[True])] = True
    repeated_contact: Annotated[NonNegativeInt, Field(examples=[3])] = 3
    several_products: Annotated[bool, Field(examples=[True])] = True
    integration: Annotated[bool, Field(examples=[True])] = True
    incident: Annotated[NonNegativeInt, Field(examples=[8])] = 8
    spike: Annotated[NonNegativeInt, Field(examples=[20])] = 20


class Stakes(Frozen):
    """Whose trouble counts for more, beside tier, yearly value, role and near dates."""

    regions: Annotated[tuple[Slug, ...], Field(examples=[["eu"]])] = ()
    products: Annotated[tuple[str, ...], Field(examples=[["Planner 4"]])] = ()


class Climb(Frozen):
    """Who else is told when nobody has claimed for `after`."""

    after: Annotated[Duration, Field(examples=["15m"])]
    roles: Annotated[tuple[Role, ...], Field(min_length=1, examples=[["lead"]])]


class EscalationSettings(Frozen):
    """When a ticket goes to a person, and what happens when nobody moves."""

    confidence: Annotated[float, Field(ge=0, le=1, examples=[0.5])] = 0.5
    stakes: Annotated[Stakes, Field(examples=[{"regions": ["eu"]}])] = Stakes()
    rules: Annotated[Rules, Field(examples=[{"first_time": False}])] = Rules()
    remind_claimed: Annotated[Duration, Field(examples=["30m"])] = timedelta(minutes=30)
    release_claimed: Annotated[Duration, Field(examples=["2h"])] = timedelta(hours=2)
    climb: Annotated[tuple[Climb, ...], Field(examples=[[{"after": "15m", "roles": ["lead"]}]])] = (
        Climb(after=timedelta(minutes=15), roles=("lead",)),
        Climb(after=timedelta(hours=1), roles=("admin",)),
    )
    categories: Annotated[
        Mapping[Slug, tuple[str, ...]], Field(examples=[{"billing": ["invoice", "charge"]}])
    ] = Field(default_factory=dict)
