"""The company that is tortured: who works there, who only says so, and who pays it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.world import Company

Json = dict[str, Any]

TEAM, OTHER_TEAM = "T0TORTURE1", "T0ELSEWHE1"
APP = {"id": "A0TORTURE1", "name": "Backstop", "bot_user_id": "U0BOT00001", "bot_id": "B0BOT00001"}
APPROVALS, ESCALATIONS, ADMIN, LOUNGE = "C0APPROVE1", "C0ESCALAT1", "C0BSADMIN1", "C0LOUNGE01"
NO_LIMIT = 10**9


@dataclass(frozen=True)
class Member:
    """A Slack account, and what app.yaml says of it (`roles` None: nothing)."""

    name: str
    roles: tuple[str, ...] | None
    standing: tuple[str, ...] = ()
    limit: int = NO_LIMIT

    @property
    def user(self) -> str:
        return f"U0{self.name.upper():0<8}"

    def to_slack(self) -> Json:
        return {
            "id": self.user,
            "name": self.name,
            "real_name": self.name.title(),
            "team_id": TEAM,
            **dict.fromkeys(self.standing, True),
        }

    def to_settings(self) -> Json:
        limits = {"limits": {"refund": self.limit}} if self.limit != NO_LIMIT else {}
        roles = list(self.roles or ())
        return {
            "id": self.name,
            "name": self.name.title(),
            "roles": roles,
            "slack": self.user,
            **limits,
        }


_APPROVES = ("approver", "lead", "admin")
PEOPLE = {
    member.name: member
    for member in (
        Member("ada", _APPROVES),
        Member("ben", _APPROVES),
        Member("cleo", _APPROVES),
        Member("dan", ("approver",), limit=10_000),
        Member("sol", ("specialist",)),
        Member("tom", ("specialist",)),
        Member("uma", ("specialist",)),
        Member("visitor", None),
        # Listed as approvers, and yet what Slack says of them keeps them from deciding.
        Member("guest", _APPROVES, ("is_restricted",)),
        Member("oneroom", _APPROVES, ("is_restricted", "is_ultra_restricted")),
        Member("robot", _APPROVES, ("is_bot",)),
        Member("former", _APPROVES, ("deleted",)),
    )
}
ENTITLED = ("ada", "ben", "cleo")
LOW_LIMIT = "dan"
WORKERS = ("sol", "tom", "uma")
LISTED_HOSTILE = ("guest", "oneroom")


def may_decide(person: str, amount: int) -> bool:
    """Who may, by this file alone: the judge asks no code of the bot."""
    return person in ENTITLED or (person == LOW_LIMIT and amount <= PEOPLE[LOW_LIMIT].limit)


@dataclass(frozen=True)
class Payer:
    """A customer with one charge, large enough to be refunded from more than twice."""

    customer: str
    charge: str
    amount: int


def company(payers: Sequence[Payer], others: Iterable[str]) -> Company:
    """`others` are customers without a charge, by id."""
    customers = [payer.customer for payer in payers] + list(others)
    # Nobody of another workspace: that would make it a shared channel, where no approval is shown.
    members = [APP["bot_user_id"], *(member.user for member in PEOPLE.values())]
    return Company(
        workspace={
            "team": {"id": TEAM, "name": "Torture", "domain": "torture"},
            "app": APP,
            "people": [member.to_slack() for member in PEOPLE.values()],
            "channels": [
                {"id": channel, "name": channel.lower(), "members": members}
                for channel in (APPROVALS, ESCALATIONS, ADMIN, LOUNGE)
            ],
        },
        accounts=[{"id": "acc_torture", "name": "Torture", "tier": "standard"}],
        customers=[
            {
                "id": ident,
                "account": "acc_torture",
                "name": ident,
                "email": address(ident),
                "role": "user",
                "language": "en",
            }
            for ident in customers
        ],
        charges=[
            {
                "id": payer.charge,
                "customer": payer.customer,
                "amount": payer.amount * 3 + 700,
                "currency": "USD",
                "created_days_ago": 10,
            }
            for payer in payers
        ],
        tickets=[],
        articles=[],
        tour={},
    )


def address(customer: str) -> str:
    return f"{customer}@torture.example"


def write_settings(folder: Path, site: str, delivery: str, port: int, more: Json) -> Path:
    """app.yaml of the bot: everything live, and nobody reminded while the run lasts. `more` takes
    the place of whole parts."""
    settings: Json = {
        "company": {"name": "Torture", "currency": "USD"},
        "slack": {
            "workspace": TEAM,
            "delivery": delivery,
            "bot_token": "SLACK_BOT_TOKEN",
            "app_token": "SLACK_APP_TOKEN",
            "signing_secrets": ["SLACK_SIGNING_SECRET"],
            "api_url": f"{site}/api/",
        },
        "channels": {
            "escalations": [{"channel": ESCALATIONS}],
            "approvals": APPROVALS,
            "admin": ADMIN,
        },
        "people": [one.to_settings() for one in PEOPLE.values() if one.roles is not None],
        "modes": {"default": "live"},
        "approvals": {"grace": "0s"},
        "gates": [
            {
                "name": "refunds",
                "act": "refund",
                "up_to": 50_000,
                "currency": "USD",
                "grade": "one",
            },
            {"name": "big", "act": "refund", "up_to": 500_000, "currency": "USD", "grade": "two"},
        ],
        "help_desk": {
            "kind": "zendesk",
            "url": f"{site}/zendesk",
            "user": "backstop@helpdesk.example",
            "token": "ZENDESK_TOKEN",
            "webhook_secrets": ["ZENDESK_WEBHOOK_SECRET"],
        },
        "payments": {"kind": "stripe", "key": "STRIPE_API_KEY", "api_url": f"{site}/stripe"},
        "database": "env:BACKSTOP_DATABASE_URL",
        "server": {"host": "127.0.0.1", "port": port, "public_url": "https://bot.example"},
        **more,
    }
    file = folder / "app.yaml"
    file.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    return file


def write_rows(folder: Path, facts: Company) -> list[tuple[str, Path]]:
    """What the bot imports before its first start: contacts, each with the account's facts."""
    accounts = {one["id"]: one for one in facts.accounts}
    rows = ({**one, "account": accounts[one["account"]]} for one in facts.customers)
    file = folder / "customers.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return [("customers", file)]
