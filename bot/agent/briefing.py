"""All that an agent sees and all that it returns; it has no database, no chat, no side effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.money import Money


@dataclass(frozen=True)
class Said:
    author: Literal["customer", "person", "agent"]
    text: str
    at: datetime


@dataclass(frozen=True)
class Passage:
    """An article that search found for the ticket; `score` grows with relevance, 0 to 1, and
    `linked` is its share of what people linked for similar past tickets."""

    article: str
    title: str
    text: str
    score: float
    language: str = "en"
    linked: float = 0.0


@dataclass(frozen=True)
class DatedMoment:
    on: date
    kind: str
    label: str


@dataclass(frozen=True)
class CustomerFacts:
    """What the record knows of who writes; ids and figures, no names.

    `account` is the id that account changes are sent under, `releases` are its products with
    their versions, `handoffs` what other functions still owe it.
    """

    id: int
    role: str = "user"
    tier: str = ""
    yearly_value: Money | None = None
    region: str = ""
    products: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    handoffs: tuple[str, ...] = ()
    moments: tuple[DatedMoment, ...] = ()
    earlier_tickets: int = 0
    tickets_30_days: int = 0
    refunds_90_days: int = 0
    refunds_today: int = 0
    account: str = ""


@dataclass(frozen=True)
class ChargeFacts:
    id: str
    captured: Money
    refundable: Money
    on: date | None = None


@dataclass(frozen=True)
class RejectedAct:
    """What an approver said no to for this customer lately, and why; a lesson, not an order."""

    kind: str
    args: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class ChangeWanted:
    """An act that the agent proposed, and what an approver wants to know or to have changed."""

    kind: str
    args: Mapping[str, Any]
    question: str


@dataclass(frozen=True)
class Briefing:
    """One ticket as an agent is shown it.

    `incident` is what monitors tell of trouble that touches this customer, in one sentence.
    `similar_open` counts open tickets that tell of the same kind of trouble, `alike_open` those of
    the same category, whatever it is, and `alike_usually` how many come in the same span of time.
    `account_now` is what stands in the account, by the name of a change; no agent sees it.
    `to_change` is set where it was asked before, and is to propose that same act anew.
    `may_ask`: the customer is asked for what is missing once, and at the beginning.
    """

    ticket: int
    subject: str
    said: tuple[Said, ...]
    channel: str = ""
    tags: tuple[str, ...] = ()
    customer: CustomerFacts | None = None
    passages: tuple[Passage, ...] = ()
    charges: tuple[ChargeFacts, ...] = ()
    account_now: Mapping[str, str] = field(default_factory=dict)
    rejected: tuple[RejectedAct, ...] = ()
    to_change: ChangeWanted | None = None
    incident: str = ""
    similar_open: int = 0
    alike_open: int = 0
    alike_usually: float = 0.0
    known_products: tuple[str, ...] = ()
    today: date | None = None
    may_ask: bool = True


@dataclass(frozen=True)
class ProposedAct:
    """`args` are checked against the act's closed schema before anything else looks at them.
    `basis` is put beside them by us, never by an agent: the record of what the act is out of."""

    kind: str
    args: Mapping[str, Any] = field(default_factory=dict)
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Citation:
    """`passage` counts from 1 among the passages of the article (`bot.agent.passages`)."""

    article: str
    passage: int


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer, and what it rests on; greetings and questions rest on nothing."""

    text: str
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class StepTaken:
    """One call of a tool: what it was told and what came back, both without personal data."""

    tool: str
    told: str
    answer: str = ""


@dataclass(frozen=True)
class Run:
    """How a proposal came about: what the agent saw, did and cost.

    `settings` are those that a model was asked with, `prompt` the hash of its instructions, `cost`
    in millionths of a US dollar. `note` says in a word or two why no model decided where one
    should have.
    """

    seen: str = ""
    steps: tuple[StepTaken, ...] = ()
    model: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    prompt: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    note: str = ""


@dataclass(frozen=True)
class Proposal:
    """What an agent would do. It decides nothing: rules and gates outside it do.

    `signals` are names of things the agent noticed (see `bot.agent.signals`), each with the
    words that show it; `confidence` is 0 to 1; `sentiment` is -2 (distressed) to 2 (delighted).
    `answer` is the whole of an answer, `sentences` the same in parts, each with its citations;
    `read` are articles that it found beside those of its briefing, and may cite as well;
    `questions` are what the customer has to be asked first, at most three.
    """

    agent: str
    playbook: str
    category: str
    language: str
    sentiment: int
    confidence: float
    signals: Mapping[str, str] = field(default_factory=dict)
    severity: int = 1
    answer: str = ""
    sentences: tuple[Sentence, ...] = ()
    questions: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    acts: tuple[ProposedAct, ...] = ()
    summary: str = ""
    read: tuple[Passage, ...] = ()
    run: Run = Run()


class Agent(Protocol):
    def propose(self, briefing: Briefing) -> Proposal: ...
