"""Triage and policy over a file of tickets, without chat and without effects.

Tickets are JSON Lines with an `id` and a `subject` or `body`; other common names are understood
(`title`, `text`, `description`, a list of `messages`, a `transcript`). A `customer` object (`id`,
`role`, `tier`, `yearly_value`, `account`, …) and `charges` make acts possible. A line that is no
ticket is counted and left out; nothing in a line stops the run.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.acts import Act
from bot.agent.briefing import (
    Agent,
    Briefing,
    ChargeFacts,
    CustomerFacts,
    Said,
)
from bot.config import Settings
from bot.config.policy import EscalationSettings, Gate
from bot.flows.triage import gathering
from bot.flows.triage.rules import Decision, decide
from bot.imports import ArticleRow
from bot.imports.files import Unreadable, raw_rows
from bot.money import Money
from storage.engine import open_engine
from storage.models import Article
from storage.schema import migrate
from storage.search import Search
from storage.unit_of_work import UnitOfWork

REMEMBERED = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BODIES = ("body", "text", "description", "message", "content", "question", "comment")
_TALKS = ("messages", "conversation", "comments", "transcript")
# Whoever is none of these is the customer: what a customer wants is never to be taken for ours.
_OURS = ("agent", "assistant", "staff", "bot", "admin", "person", "support", "system", "tool")
_SPEAKER = re.compile(r"^([A-Za-z][\w-]{0,20}):[ \t]*", re.M)
_SUBJECTS = ("subject", "title", "summary")


@dataclass(frozen=True)
class Policy:
    """The part of app.yaml that decides; the defaults are those of an empty file."""

    escalation: EscalationSettings = field(default_factory=EscalationSettings)
    gates: tuple[Gate, ...] = ()
    refunds_per_day: int | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Policy":
        per_day = settings.limits.refunds_per_customer_day
        return cls(settings.escalation, settings.gates, per_day)


@dataclass(frozen=True)
class Replayed:
    """`decision` is None where the line is no ticket; `wrong` then says why."""

    id: str
    decision: Decision | None
    wrong: str = ""


@dataclass
class Replay:
    """Decides ticket after ticket; remembers the last ones to notice an incident."""

    agent: Agent
    search: Search
    policy: Policy = field(default_factory=Policy)
    _recent: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _count: int = 0

    def lines(self, path: Path) -> Iterator[Replayed]:
        """One result per line that is not blank, in the order of the file."""
        for number, _, row in raw_rows(path):
            if isinstance(row, Unreadable):
                yield Replayed(f"line {number}", None, row.reason)
            elif row.get("id") in (None, ""):
                yield Replayed(f"line {number}", None, "has no id")
            else:
                yield Replayed(str(row["id"]), self.decide(row))

    def decide(self, row: Mapping[str, Any]) -> Decision:
        self._count += 1
        briefing = self._briefing(row)
        proposal = self.agent.propose(briefing)
        similar = self._similar(proposal.category, _text(row.get("created"))[:10])
        briefing = replace(briefing, similar_open=similar)
        policy = self.policy
        return decide(briefing, proposal, policy.escalation, policy.gates, policy.refunds_per_day)

    def _similar(self, category: str, day: str) -> int:
        """How many of the last tickets, on the same day where days are told, were like this."""
        alike = self._recent.count((category, day)) if category in gathering.SPREADING else 0
        self._recent.append((category, day))
        return alike

    def _briefing(self, row: Mapping[str, Any]) -> Briefing:
        subject = _first_text(row, _SUBJECTS)
        said = _said(row)
        body = "\n".join(message.text for message in said)
        customer = customer_of(row)
        return Briefing(
            ticket=self._count,
            subject=subject,
            said=said,
            channel=_text(row.get("channel")),
            tags=tuple(tag for tag in _list(row.get("tags")) if isinstance(tag, str)),
            customer=customer,
            passages=gathering.passages(subject, body[:4_000], self.search),
            charges=charges_of(row),
            known_products=customer.products if customer else (),
            today=datetime.now(UTC).date(),
        )


@contextmanager
def search_over(articles: Iterable[ArticleRow]) -> Iterator[Search]:
    """The database's own article search, over a database in memory: of what a customer may be
    sent."""
    engine = open_engine("sqlite://")
    migrate(engine)
    with UnitOfWork(engine) as uow:
        search = Search(uow.session)
        for row in (row for row in articles if row.is_citable):
            article = Article(
                ref=row.id,
                title=row.title,
                summary=row.summary,
                body=row.body,
                language=row.language or "en",
            )
            search.index(uow.articles.add(article))
        yield search


def as_line(id: str, decision: Decision) -> str:
    """A decision as one line of JSON, with what made it; `cost` in millionths of a US dollar."""
    run = decision.run
    told = {
        "id": id,
        "decision": decision.decision,
        "category": decision.category,
        "priority": decision.priority,
        "sentiment": decision.sentiment,
        "reasons": decision.reasons,
        "rule": decision.rule,
        "acts": [
            {"kind": act.kind, "args": _args(act.act), "grade": act.grade.level}
            for act in decision.acts
        ],
        "cites": decision.cites,
        "answer": decision.answer,
        "language": decision.language,
        "confidence": decision.confidence,
        "agent": decision.agent,
        "playbook": decision.playbook,
        "model": run.model,
        "prompt": run.prompt,
        "settings": dict(run.settings),
        "input_tokens": run.input_tokens,
        "output_tokens": run.output_tokens,
        "cost": run.cost,
        "note": run.note,
    }
    return json.dumps(told, ensure_ascii=False)


def customer_of(row: Mapping[str, Any]) -> CustomerFacts | None:
    """The facts of an inline customer object; None when the row has none."""
    told = row.get("customer")
    if not isinstance(told, dict):
        return None
    return CustomerFacts(
        id=_number(told.get("id")) or 1,
        role=_text(told.get("role")) or "user",
        tier=_text(told.get("tier")),
        yearly_value=_money(told.get("yearly_value")),
        region=_text(told.get("region")),
        products=tuple(_text(name) for name in _list(told.get("products"))),
        tickets_30_days=_number(told.get("tickets_30_days")),
        refunds_90_days=_number(told.get("refunds_90_days")),
        account=_text(told.get("account")),
    )


def charges_of(row: Mapping[str, Any]) -> tuple[ChargeFacts, ...]:
    """Inline charges (`id`, `amount`, `currency`, `refunded`); what is no charge is left out."""
    charges = []
    for told in _list(row.get("charges")):
        captured = _money(told)
        if captured is not None and isinstance(told.get("id"), str):
            left = Money(captured.amount - _number(told.get("refunded")), captured.currency)
            charges.append(ChargeFacts(told["id"], captured, left))
    return tuple(charges)


def _said(row: Mapping[str, Any]) -> tuple[Said, ...]:
    body = _first_text(row, _BODIES)
    talk = next((told for name in _TALKS if (told := _talk(row.get(name)))), [])
    is_told = any(text == body for _, text in talk)
    said = [] if is_told or (talk and not body) else [Said("customer", body, _EPOCH)]
    return (*said, *(Said(_speaker(role), text, _EPOCH) for role, text in talk))


def _talk(told: object) -> list[tuple[str, str]]:
    """Roles and words, of a list of messages or of one text whose lines begin with who speaks."""
    if isinstance(told, str):
        parts = _SPEAKER.split(_text(told))
        # What precedes the first speaker has none.
        return [
            pair for pair in zip(["", *parts[1::2]], parts[::2], strict=True) if pair[1].strip()
        ]
    messages = [{"text": one} if isinstance(one, str) else one for one in _list(told)]
    return [
        (_text(one.get("role")), _first_text(one, _BODIES))
        for one in messages
        if isinstance(one, dict)
    ]


def _speaker(role: str) -> Literal["customer", "person"]:
    return "person" if role.lower().startswith(_OURS) else "customer"


def _first_text(row: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((text for name in names if (text := _text(row.get(name)))), "")


def _text(value: object) -> str:
    """A string as it is, except for halves of characters that no file can hold."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _money(value: object) -> Money | None:
    if not isinstance(value, dict) or not _number(value.get("amount")):
        return None
    try:
        return Money(_number(value["amount"]), _text(value.get("currency")))
    except ValueError:
        return None


def _args(act: Act | None) -> dict[str, Any]:
    return {} if act is None else act.model_dump(exclude={"kind"})
