"""Fills a database with pending approvals whose cards have been posted."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from bot import acts
from bot.bootstrap import Backstop, build
from bot.config import load
from bot.flows import DRAWINGS
from bot.handlers.slack.render import card_message
from storage.engine import open_engine
from storage.models import (
    Account,
    Approval,
    ApprovalState,
    CardPost,
    Customer,
    CustomerKey,
    Decision,
    Mark,
    Message,
    PostState,
    Ticket,
)
from storage.models.base import Base

CHANNEL = "C0APPROVE1"
AMOUNT, CURRENCY = 4_900, "USD"
CHUNK = 1_000
# The number the sandbox's help desk begins with.
FIRST_TICKET = 1_001
WORDS = "I was charged twice for the same invoice."
Row = dict[str, Any]


@dataclass(frozen=True)
class Seeded:
    """Approval n + 1 has the n-th digest; `blocks` are the first one's card as Slack takes it."""

    digests: Sequence[str]
    blocks: list[dict[str, Any]]


def stamp(n: int) -> str:
    """The message that shows approval n + 1."""
    return f"{1_700_000_000 + n}.000100"


def comment(n: int) -> str:
    """The help desk's id of the customer's words; it numbers what happened to tickets alike."""
    return str(50_002 + 2 * n)


def charge(n: int) -> Mapping[str, Any]:
    """What approval n + 1 gives back, as the payment provider knows it."""
    return {
        "charge_id": f"ch_bench_{n}",
        "amount": AMOUNT,
        "currency": CURRENCY,
        "customer": f"cus_bench_{n}",
    }


def seed(config: Path, environ: Mapping[str, str], count: int) -> Seeded:
    """Migrate the database that `environ` names and put `count` pending approvals into it."""
    backstop = build(load(config, environ), {**os.environ, **environ})
    try:
        digests = _fill(backstop.engine, count)
        return Seeded(digests, _card(backstop))
    finally:
        backstop.close()


def approved(url: str) -> int:
    """How many approvals of that database have been granted."""
    engine = open_engine(url)
    with engine.connect() as connection:
        query = select(func.count()).where(Approval.state == ApprovalState.APPROVED)
        count = connection.scalar(query) or 0
    engine.dispose()
    return count


def _fill(engine: Engine, count: int) -> list[str]:
    now = datetime.now(UTC)
    digests: list[str] = []
    with engine.begin() as connection:
        account = {"ref": "acc_bench", "name": "Bench", "tier": "standard", "region": "eu"}
        connection.execute(insert(Account), [{"id": 1, **account, "products": []}])
        # As after an hour's work: polling has seen all that is open, and looks for changes alone.
        seen = [{"name": name, "at": now} for name in ("unsolved:zendesk", "poll:zendesk")]
        connection.execute(insert(Mark), seen)
        for first in range(0, count, CHUNK):
            numbers = range(first, min(count, first + CHUNK))
            rows = [_rows(n, now) for n in numbers]
            for model in (Customer, CustomerKey, Ticket, Message, Decision, Approval, CardPost):
                connection.execute(insert(model), [row[model] for row in rows])
            digests += [row[Approval]["digest"] for row in rows]
        _count_on(connection)
    return digests


def _count_on(connection: Connection) -> None:
    """PostgreSQL's own counters do not look at ids that were given: what comes next would clash."""
    if connection.dialect.name != "postgresql":
        return
    for model in (Account, Customer, Ticket, Message, Decision, Approval, CardPost):
        counter = func.pg_get_serial_sequence(model.__tablename__, "id")
        connection.execute(select(func.setval(counter, func.max(model.id))))


def _rows(n: int, now: datetime) -> dict[type[Base], Row]:
    ident = n + 1
    paid = charge(n)
    payload = acts.canonical(
        acts.Refund(
            charge=paid["charge_id"],
            amount=AMOUNT,
            currency=CURRENCY,
            ticket=ident,
            customer=ident,
            reason="The invoice was charged twice.",
        )
    )
    return {
        Customer: {
            "id": ident,
            "source": "zendesk",
            "ref": f"customer-{n}",
            "account_id": 1,
            "payment_ref": paid["customer"],
            "created_at": now,
        },
        # Made when the approval was requested: the audit has it by then.
        CustomerKey: {"customer_id": ident, "key": f"{n:032x}"},
        Ticket: {
            "id": ident,
            "source": "zendesk",
            "ref": str(FIRST_TICKET + n),
            "customer_id": ident,
            "category": "billing",
            "tags": [],
            "created_at": now,
            "desk_updated_at": now,
        },
        # What the help desk has told before and would tell again.
        Message: {
            "ticket_id": ident,
            "customer_id": ident,
            "ref": comment(n),
            "author": "customer",
            "public": True,
            "body": WORDS,
            "taken_up": True,
            "created_at": now,
        },
        Decision: _decision(ident, now),
        Approval: _approval(ident, payload, now),
        CardPost: {
            "id": ident,
            "card_key": f"approval-{ident}",
            "surface": "slack",
            "channel": CHANNEL,
            "marker": f"{n:032x}",
            "state": PostState.SHOWN,
            "place": CHANNEL,
            "message": stamp(n),
            "created_at": now,
        },
    }


def _decision(ident: int, now: datetime) -> Row:
    return {
        "id": ident,
        "ticket_id": ident,
        "decision": "act",
        "mode": "live",
        "category": "billing",
        "severity": 2,
        "impact": 2,
        "priority": 3,
        "sentiment": 0,
        "confidence": 0.9,
        "rule": "proposed act",
        "reasons": ["The same invoice was paid twice within an hour.", "The charge is not old."],
        "stakes": [],
        "signals": [],
        "cites": [],
        "found": [],
        "acts": [],
        "agent": "offline",
        "playbook": "1",
        "created_at": now,
    }


def _approval(ident: int, payload: str, now: datetime) -> Row:
    return {
        "id": ident,
        "kind": "refund",
        "payload": payload,
        "digest": acts.digest(payload),
        "ticket_id": ident,
        "customer_id": ident,
        "decision_id": ident,
        "requester": "offline",
        "grade": "one",
        "gate": "refunds",
        "roles": ["approver"],
        "partners": [],
        "needed": 1,
        "amount": AMOUNT,
        "currency": CURRENCY,
        "expires_at": now + timedelta(hours=4),
        "created_at": now,
    }


def _card(backstop: Backstop) -> list[dict[str, Any]]:
    with backstop.reading() as uow:
        card = backstop.bus.dependencies.call(DRAWINGS["approval"], 1, uow=uow)
    blocks: list[dict[str, Any]] = card_message(card)["blocks"]
    return blocks
