"""The sample company and the three outside systems it lives in, put together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.helpdesk import HelpDesk
from sandbox.helpdesk.zendesk_hook import ZendeskHook
from sandbox.payments import Provider
from sandbox.slack import Workspace

Json = dict[str, Any]

COMPANY = Path(__file__).parent / "company"

# The stand-ins' credentials; they open nothing outside this process.
SECRETS: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "xoxb-sandbox",
    "SLACK_APP_TOKEN": "xapp-sandbox",
    "SLACK_SIGNING_SECRET": "sandbox-signing-secret",
    "ZENDESK_TOKEN": "zendesk-token",
    "ZENDESK_WEBHOOK_SECRET": "zendesk-webhook-secret",
    "INTERCOM_TOKEN": "intercom-token",
    "INTERCOM_CLIENT_SECRET": "intercom-client-secret",
    "STRIPE_API_KEY": "sk_test_sandbox",
    "ACCOUNT_ACTION_SECRET": "account-action-secret",
}


@dataclass(frozen=True)
class Company:
    """What `sandbox/company` holds, as plain data."""

    workspace: Json
    accounts: list[Json]
    customers: list[Json]
    charges: list[Json]
    tickets: list[Json]
    articles: list[Json]
    tour: Json

    @property
    def people(self) -> list[Json]:
        people: list[Json] = self.workspace["people"]
        return people

    def customer(self, ident: str) -> Json:
        return next(one for one in self.customers if one["id"] == ident)

    def writer(self, ticket: Json) -> Json:
        """One of the customers, or a stranger who stands in the ticket with name and address."""
        told = ticket["customer"]
        return told if isinstance(told, dict) else self.customer(told)

    def ticket(self, ident: str) -> Json:
        return next(one for one in self.tickets if one["id"] == ident)


def read_company(folder: Path = COMPANY) -> Company:
    """Read the company's files; raise FileNotFoundError for one that is not there."""
    return Company(
        workspace=json.loads((folder / "workspace.json").read_text("utf-8")),
        accounts=_lines(folder / "accounts.jsonl"),
        customers=_lines(folder / "customers.jsonl"),
        charges=_lines(folder / "charges.jsonl"),
        tickets=_lines(folder / "tickets.jsonl"),
        articles=[_article(path) for path in sorted((folder / "articles").glob("*.md"))],
        tour=json.loads((folder / "tour.json").read_text("utf-8")),
    )


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _article(path: Path) -> Json:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return {**yaml.safe_load(front), "body": body.strip()}


@dataclass
class World:
    """One company with its workspace, help desk and payment provider, all in this process."""

    company: Company
    workspace: Workspace
    helpdesk: HelpDesk
    provider: Provider

    @classmethod
    def build(cls, company: Company, *, public_url: str, bot_url: str) -> "World":
        """`public_url` is where this world is reached, `bot_url` where the bot listens."""
        facts = company.workspace
        workspace = Workspace(
            team=facts["team"],
            app=facts["app"],
            people=facts["people"],
            channels=facts["channels"],
            usergroups=facts.get("usergroups", []),
            bot_token=SECRETS["SLACK_BOT_TOKEN"],
            app_token=SECRETS["SLACK_APP_TOKEN"],
            signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
            events_url=f"{bot_url}/slack/events",
            public_url=public_url,
        )
        hook = ZendeskHook(f"{bot_url}/hooks/zendesk", SECRETS["ZENDESK_WEBHOOK_SECRET"])
        helpdesk = HelpDesk(
            company.customers,
            company.accounts,
            company.articles,
            [one for one in facts["people"] if one.get("email")],
            zendesk_token=SECRETS["ZENDESK_TOKEN"],
            intercom_token=SECRETS["INTERCOM_TOKEN"],
            hooks=[hook],
        )
        provider = Provider(
            company.charges,
            company.customers,
            api_key=SECRETS["STRIPE_API_KEY"],
            account_secret=SECRETS["ACCOUNT_ACTION_SECRET"],
            accounts=[one["id"] for one in company.accounts],
        )
        return cls(company, workspace, helpdesk, provider)

    @property
    def faults(self) -> dict[str, Any]:
        """The fault switches of each part."""
        return {
            "slack": self.workspace.faults,
            "helpdesk": self.helpdesk.faults,
            "payments": self.provider.faults,
        }

    async def start(self) -> None:
        await self.workspace.start()
        await self.helpdesk.start()
        await self.provider.start()

    async def stop(self) -> None:
        await self.provider.stop()
        await self.helpdesk.stop()
        await self.workspace.stop()
