"""The company indoors, in plain facts: the bot reads them as app.yaml, the model as they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import yaml

from bot.config import Settings, load
from sandbox.world import SECRETS

HOME, APPROVALS, ESCALATIONS, ADMIN = "T0INDOORS", "C0APPROVE", "C0ESCALATE", "C0ADMIN"
GRACE, EXPIRES, LONGEST = timedelta(seconds=10), timedelta(hours=4), timedelta(days=7)
CODE_ABOVE, PERSON_A_DAY, UNASKED_AN_HOUR = 100_000, 500_000, 2
SEAL = "YmFja3N0b3AtdGVzdHMtc2VhbC10aGVzZS1rZXlzLi4="
ENVIRON = {**SECRETS, "BACKSTOP_STEP_UP_KEY": SEAL}


@dataclass(frozen=True)
class Member:
    """`limit` is the most they may approve, in minor units."""

    roles: frozenset[str]
    limit: int | None = None
    has_code: bool = False


PEOPLE: Mapping[str, Member] = {
    "ada": Member(frozenset({"approver", "lead", "admin"}), has_code=True),
    "ben": Member(frozenset({"approver", "admin"}), has_code=True),
    "cleo": Member(frozenset({"approver"}), has_code=True),
    "dan": Member(frozenset({"approver"}), limit=10_000),
    "gus": Member(frozenset({"approver", "admin"})),
    "sol": Member(frozenset({"specialist"})),
}
GUEST, VISITOR = "gus", "visitor"
EVERYBODY = (*PEOPLE, VISITOR)
CAN_LOSE = ("ada", "ben", "cleo")
# Of a customer with this person's address: whoever asks for money does not decide about it.
IS_OURS = "ben"


@dataclass(frozen=True)
class Gate:
    """`steps` are the role of each yes that it takes, in their order."""

    up_to: int
    steps: tuple[str, ...]
    grade: str


GATES: Sequence[Gate] = (
    Gate(2_000, (), "auto"),
    Gate(50_000, ("approver",), "one"),
    Gate(200_000, ("approver", "approver"), "two"),
    Gate(400_000, ("approver", "admin"), "steps"),
)
# One for each way through the gates: nobody asked, within a limit, one, two, with codes, in steps.
AMOUNTS = (1_500, 8_000, 30_000, 90_000, 150_000, 300_000)


def user(person: str) -> str:
    return f"U0{person.upper()}"


def settings(lost: Collection[str], file: Any) -> Settings:
    """`lost` have their right to approve taken from them; `file` is where app.yaml is put."""
    people = [_person(name, member, lost) for name, member in PEOPLE.items()]
    document = {
        "company": {"name": "Indoors", "currency": "USD"},
        "database": "env:BACKSTOP_DATABASE_URL",
        "slack": {"workspace": HOME, "delivery": "http", "api_url": "http://127.0.0.1:9/api/"},
        "channels": {
            "escalations": [{"channel": ESCALATIONS}],
            "approvals": APPROVALS,
            "admin": ADMIN,
        },
        "people": people,
        "modes": {"default": "live"},
        "approvals": {"grace": "10s", "step_up": {"above": {"refund": CODE_ABOVE}}},
        "gates": [_gate(number, gate) for number, gate in enumerate(GATES)],
        "limits": {
            "approved_per_person_day": {"refund": PERSON_A_DAY},
            "unasked_per_hour": {"refund": UNASKED_AN_HOUR},
        },
        "help_desk": {"kind": "zendesk", "url": "http://127.0.0.1:9", "user": "b@desk.example"},
        "payments": {"kind": "stripe", "api_url": "http://127.0.0.1:9"},
    }
    file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return load(file, ENVIRON)


def _person(name: str, member: Member, lost: Collection[str]) -> Mapping[str, Any]:
    roles = sorted(member.roles - {"approver", "lead", "admin"} if name in lost else member.roles)
    limits = {} if member.limit is None else {"limits": {"refund": member.limit}}
    told = {"id": name, "name": name.title(), "roles": roles, "slack": user(name)}
    return {**told, "email": f"{name}@indoors.example", **limits}


def _gate(number: int, gate: Gate) -> Mapping[str, Any]:
    told = {"name": f"gate {number}", "act": "refund", "up_to": gate.up_to, "currency": "USD"}
    steps = [{"roles": [role]} for role in gate.steps]
    ordered = {"steps": steps} if gate.grade == "steps" else {}
    return {**told, "grade": gate.grade, "expires": "4h", **ordered}
