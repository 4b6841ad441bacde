"""The real bot before the real sandbox, on one loopback port, with a clock that the test moves.

What a person does goes the whole way: a seat's click is signed and posted to the bot's front
door, bolt reads it, the bus stores it, its deliveries are carried by `settle`, and the bot's Web
API calls change the workspace that the test looks at.
"""

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.bootstrap import Backstop, Outside, build, connect
from bot.config import Settings, load
from bot.config.secrets import read_secrets
from bot.handlers.slack.manifest import manifest
from bot.handlers.slack.pace import Pacer
from bot.handlers.slack.standings import FRESH_S, Standings
from bot.handlers.slack.surface import SlackSurface, web_client
from bot.service import Service
from sandbox import helpdesk, model, payments, slack
from sandbox.helpdesk import HelpDesk, ZendeskHook
from sandbox.model import Librarian, ModelServer
from sandbox.payments import Provider
from sandbox.slack import Workspace
from storage.models import Account, Article, Customer
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests import company
from tests.clock import START, SteerableClock
from tests.company import Json
from tests.databases import PostgresServer, SqliteTemplate, clear
from tests.loopback import Loopback

Databases = SqliteTemplate | PostgresServer

# Quotas have tests of their own; here nobody waits for them.
SCALE = 1000.0
_BOTS = ("/slack/", "/hooks/", "/approve/", "/passkey/", "/v1/", "/healthz", "/readyz")


@dataclass
class World:
    server: Loopback
    clock: SteerableClock
    workspace: Workspace
    desk: HelpDesk
    provider: Provider
    backstop: Backstop
    model: ModelServer = field(default_factory=lambda: ModelServer(Librarian()))

    def settle(self) -> None:
        """Carry what is under way, here and there, until nothing is."""
        while True:
            self.server.wait_for(self._arrived())
            if not self.backstop.worker.run_due():
                return

    def later(self, **by: float) -> None:
        """`later(minutes=15)`: time passes, and what is due then happens."""
        self.clock.advance(**by)
        self.settle()

    def do(self, who: str, act: str, **facts: Any) -> Json:
        """Something a person does in Slack, and everything that follows from it."""
        answer = self.do_only(who, act, **facts)
        self.settle()
        return answer

    def do_only(self, who: str, act: str, **facts: Any) -> Json:
        """The same, while nothing that follows is carried yet."""
        url = "/sandbox/slack/do"
        answer: Json = self.server.http.post(url, json={"as": who, "act": act, **facts}).json()
        return answer

    def see(self, who: str, channel: str, thread: str | None = None) -> list[Json]:
        """The messages of a channel or thread as this person sees them, oldest first."""
        query = {"as": who, "channel": channel} | ({"thread": thread} if thread else {})
        found = self.server.http.get("/sandbox/slack/messages", params=query).json()
        seen: list[Json] = found["messages"]
        return seen

    def write(self, customer: str, body: str, subject: str = "", ticket: int | None = None) -> int:
        """A customer writes; the number of the help desk's ticket."""
        number = self.write_only(customer, body, subject, ticket)
        self.settle()
        return number

    def write_only(
        self, customer: str, body: str, subject: str = "", ticket: int | None = None
    ) -> int:
        """The same, while the bot has stored it and carried nothing yet."""
        told = next(one for one in company.CUSTOMERS if one["id"] == f"cus_{customer}")
        asked = {"email": told["email"], "name": told["name"], "subject": subject, "body": body}
        if ticket is not None:
            asked["ticket"] = ticket
        answer = self.server.http.post("/sandbox/helpdesk/customer", json=asked).json()
        assert answer["ok"], answer
        self.server.wait_for(self._arrived())
        return int(answer["ticket"])

    def work_in_desk(self, ticket: int, **changes: Any) -> None:
        """Somebody changes the ticket in the help desk itself."""
        answer = self.server.http.post(
            "/sandbox/helpdesk/agent", json={"ticket": ticket, **changes}
        ).json()
        assert answer["ok"], answer
        self.settle()

    def customer_reads(self, ticket: int) -> list[str]:
        """What the ticket's customer was told, oldest first."""
        seen = self.server.http.get(f"/sandbox/helpdesk/tickets/{ticket}").json()
        return [message["text"] for message in seen["messages"] if message["is_staff"]]

    @property
    def refunds(self) -> list[Json]:
        rows: list[Json] = self.provider.ledger.rows()["refunds"]
        return rows

    @property
    def account_changes(self) -> list[Json]:
        rows: list[Json] = self.provider.ledger.rows()["account_changes"]
        return rows

    def looking(self) -> UnitOfWork:
        return self.backstop.reading()

    def close(self) -> None:
        self.server.app = Starlette()
        self.server.wait_for(self._stop())

    async def start(self) -> None:
        await self.workspace.start()
        await self.desk.start()

    async def _stop(self) -> None:
        await self.desk.stop()
        await self.workspace.stop()

    async def _arrived(self) -> None:
        while self.workspace.deliveries.pending or self.desk.sender.pending:
            await asyncio.sleep(0)


class Theatre:
    """What the worlds of a run share, because building it takes longer than most tests: the
    server, the clock, and the adapters, which know nothing but an address."""

    def __init__(self, server: Loopback) -> None:
        self.server = server
        self.clock = SteerableClock()
        self._outside: Outside | None = None

    def connected(self, settings: Settings) -> Outside:
        secrets = read_secrets(settings, company.SECRETS)
        if self._outside is None:
            self._outside = connect(settings, secrets, self.clock)
        assert settings.slack is not None
        client = web_client(secrets.slack_bot_token or "", settings.slack.api_url, timeout_s=60)
        # Each question comes a minute after the last: no world knows what another was told.
        minutes = partial(next, count(0.0, FRESH_S))
        return replace(
            self._outside,
            surfaces={"slack": SlackSurface(client, Pacer(SCALE), minutes)},
            standings=Standings(client, company.HOME, minutes),
        )

    def close(self) -> None:
        self.server.close()
        if self._outside is not None:
            desk, payments = self._outside.help_desk, self._outside.payments
            for adapter in (desk, payments, self._outside.account_actions):
                adapter.close()  # type: ignore[union-attr]  # no word of connections in the ports


class Bots:
    """One bot for each app.yaml on this kind of database; its rows are cleared between tests."""

    def __init__(self, theatre: Theatre, databases: Databases) -> None:
        self.theatre, self._databases = theatre, databases
        self._built: dict[str, Backstop] = {}
        self._open = ExitStack()

    def bot(self, folder: Path, changes: Mapping[str, str]) -> Backstop:
        """With what its company imported before its first ticket, and nothing else."""
        text = company.APP_YAML
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        if text in self._built:
            clear(self._built[text].engine)
        else:
            self._built[text] = self._build(text, folder / "app.yaml")
        bot = self._built[text]
        bot.writer.run(_import_articles)
        bot.writer.run(_import_customers)
        return bot

    def _build(self, text: str, file: Path) -> Backstop:
        file.write_text(text.replace("URL", self.theatre.server.url), encoding="utf-8")
        url = self._open.enter_context(self._databases.fresh())
        environ = company.SECRETS | {"BACKSTOP_DATABASE_URL": url}
        settings = load(file, environ)
        built = build(settings, environ, self.theatre.clock, self.theatre.connected(settings))
        built.writer.run(_import_company)
        return built

    def close(self) -> None:
        for bot in self._built.values():
            bot.close()
        self._open.close()


def build_world(theatre: Theatre, backstop: Backstop) -> World:
    server, clock = theatre.server, theatre.clock

    def now() -> float:
        return clock.now().timestamp()

    workspace = Workspace(
        team={"id": company.HOME, "name": "Larkspur", "domain": "larkspur"},
        app={"id": "A0APP", "name": "Backstop", "bot_user_id": company.BOT, "bot_id": "B0BOT"},
        people=company.PEOPLE,
        channels=company.CHANNELS,
        events_url=f"{server.url}/slack/events",
        public_url=server.url,
        quota_scale=SCALE,
        now=now,
    )
    # Slack waits three seconds. How fast the bot answers is for the benchmarks to say: here a
    # machine that others use too would be taken for a bot that hangs.
    workspace.timing.ack_s = workspace.timing.trigger_s = 60.0
    workspace.install(manifest(backstop.settings))
    # A bot that outlives a test may have taken people from that one's user groups.
    backstop.directory.part(frozenset())
    backstop.directory.refresh({})
    for person in company.PEOPLE:
        # Direct messages are there for good: a bot that outlives a test may know some already.
        workspace.direct_message(person["id"])
    hook = ZendeskHook(f"{server.url}/hooks/zendesk", company.SECRETS["ZENDESK_WEBHOOK_SECRET"])
    desk = HelpDesk(
        company.CUSTOMERS, company.ACCOUNTS, hooks=[hook], now=now, quota_scale=SCALE, time_scale=0
    )
    provider = Provider(company.CHARGES, company.CUSTOMERS, now=now)
    world = World(server, clock, workspace, desk, provider, backstop)
    server.app = application(world)
    server.wait_for(world.start())
    return world


def _import_company(uow: UnitOfWork) -> None:
    for row in company.ACCOUNTS:
        facts = {"ref": row["id"], **{name: row[name] for name in ("name", "tier", "region")}}
        uow.customers.add_account(Account(**facts, yearly_amount=1_200_000, yearly_currency="USD"))


def _import_articles(uow: UnitOfWork) -> None:
    for row in company.ARTICLES:
        article = uow.articles.add(Article(ref=row["id"], title=row["title"], body=row["body"]))
        Search(uow.session).index(article)


def _import_customers(uow: UnitOfWork) -> None:
    for row in company.CUSTOMERS:
        account = uow.customers.account_by_ref(row["account"])
        assert account is not None
        customer = Customer(
            source="import",
            ref=row["id"],
            account_id=account.id,
            payment_ref=row["id"],
            created_at=START,
        )
        uow.customers.add(customer, row["name"], row["email"])


def application(world: World) -> ASGIApp:
    outside = Starlette(
        routes=[
            *slack.routes(world.workspace),
            *helpdesk.routes(world.desk),
            *payments.routes(world.provider),
            *model.routes(world.model),
        ]
    )
    bot = Service(world.backstop, company.SECRETS).application()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        is_bots = str(scope.get("path", "")).startswith(_BOTS)
        await (bot if is_bots else outside)(scope, receive, send)

    return serve
