"""Puts the parts together; the only module that sees edges, flows and storage at once."""

import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from bot.administrators import Administrators
from bot.agent.late import LateAgent
from bot.agents import agents
from bot.authenticators import authenticators_of
from bot.bus import Bus
from bot.centre import HelpCentre
from bot.clock import SteadyClock
from bot.config import Settings
from bot.config.directory import Directory, UserGroups
from bot.config.extras import has_embeddings
from bot.config.secrets import (
    Secrets,
    database_url,
    is_sealing_key,
    read_secrets,
    slack_quota_scale,
)
from bot.flows import COMMANDS, DRAWINGS, QUESTIONS, SUBSCRIBERS
from bot.flows.approval.proving import Proving
from bot.flows.casework.holding import Casework
from bot.flows.knowledge.keeping import Keeping
from bot.flows.triage.escalating import Escalating
from bot.flows.triage.records import TriageRecords
from bot.governing import Governed, governed
from bot.outgoing import Outgoing
from bot.ports import (
    AccountActions,
    AgentHooks,
    ChatSurface,
    Clock,
    HelpDesk,
    Mail,
    Payments,
    Standings,
)
from bot.publisher import Publisher
from bot.spending import StoredSpending
from bot.steps import Dependencies
from bot.worker import Worker
from storage import alone, audit
from storage.engine import open_engine, told_time
from storage.schema import migrate
from storage.search import Nearest
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer


@dataclass(frozen=True)
class Outside:
    """The adapters that app.yaml names and the environment holds secrets for; the rest are None
    and whatever needs them is refused in words."""

    surfaces: Mapping[str, ChatSurface]
    help_desk: HelpDesk | None = None
    help_centre: HelpCentre | None = None
    payments: Payments | None = None
    account_actions: AccountActions | None = None
    groups: UserGroups | None = None
    standings: Standings | None = None
    mail: Mail | None = None
    agent_hooks: AgentHooks | None = None


@dataclass(frozen=True)
class Backstop:
    """Everything of one process, wired and not yet running."""

    settings: Settings
    secrets: Secrets
    directory: Directory
    engine: Engine
    writer: Writer
    bus: Bus
    worker: Worker
    outside: Outside
    clock: Clock
    agent: LateAgent
    nearest: Nearest | None

    def reading(self) -> UnitOfWork:
        return reading(self.engine)

    def take_over(self) -> None:
        """Be the one bot of a SQLite file: whatever is leased there was left by a dead one.

        Raises `storage.alone.InUse` when another bot lives on the file.
        """
        if alone.take(self.engine) is not None:
            self.writer.run(lambda uow: uow.deliveries.release_all())

    def written_last(self) -> datetime | None:
        """The time of the newest entry of the audit."""
        with self.reading() as uow:
            found = audit.entries(uow.session.connection(), None, 1)
        return datetime.fromisoformat(found[-1].at) if found else None

    def close(self) -> None:
        """Readers first: what they refuse is still written down."""
        self.bus.close()
        self.agent.close()
        self.writer.close()
        self.engine.dispose()


def reading(engine: Engine) -> UnitOfWork:
    """A unit of work that only looks: it takes no write lock, and nobody waits for it."""
    return UnitOfWork(engine.execution_options(reading=True))


def build(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    clock: Clock | None = None,
    outside: Outside | None = None,
) -> Backstop:
    """Open and migrate the database and wire the parts; nothing runs yet."""
    secrets = read_secrets(settings, environ)
    engine = open_engine(database_url(settings, environ))
    migrate(engine)
    clock = clock or SteadyClock(partial(told_time, engine))
    writer = Writer(engine)
    outside = outside or connect(settings, secrets, clock, slack_quota_scale(environ))
    look, file = partial(reading, engine), settings
    with look() as uow:
        settings = governed(file, uow)
    directory = Directory(settings)
    zone = settings.company.time_zone
    nearest = Nearest() if settings.search.embeddings and has_embeddings() else None
    records = TriageRecords(look, nearest)
    answering = agents(settings, secrets, records, StoredSpending(writer.run, clock, zone))
    outgoing, publisher = Outgoing(settings, clock), Publisher(clock)
    administrators = Administrators(settings, directory, publisher)
    sealing = [key for key in secrets.step_up_keys if is_sealing_key(key)]
    authenticators = authenticators_of(settings, sealing)
    known: dict[str, Any] = {
        "settings": settings,
        "governed": Governed(file),
        "environ": environ,
        "directory": directory,
        "clock": clock,
        "publisher": publisher,
        "outgoing": outgoing,
        "administrators": administrators,
        "authenticators": authenticators,
        "proving": Proving(settings, authenticators, administrators, publisher, clock),
        "keeping": Keeping(settings, directory, clock, publisher, administrators),
        "casework": Casework(settings, directory, clock, publisher, outgoing),
        "escalating": Escalating(settings, directory, clock, outgoing),
        "drawings": DRAWINGS,
        "reading": look,
        "nearest": nearest,
        "agent": answering.first,
        "speaker": answering.speaker,
        "wording": answering.wording,
        "surfaces": outside.surfaces,
        "help_desk": outside.help_desk,
        "help_centre": outside.help_centre,
        "payments": outside.payments,
        "account_actions": outside.account_actions,
        "standings": outside.standings,
        "mail": outside.mail,
        "agent_hooks": outside.agent_hooks,
    }
    dependencies = Dependencies(**known)
    dependencies.know(dependencies=dependencies)
    bus = Bus(
        COMMANDS,
        QUESTIONS,
        SUBSCRIBERS,
        writer,
        look,
        clock,
        dependencies,
    )
    return Backstop(
        settings,
        secrets,
        directory,
        engine,
        writer,
        bus,
        Worker(bus),
        outside,
        clock,
        answering.first,
        nearest,
    )


def connect(
    settings: Settings, secrets: Secrets, clock: Clock, quota_scale: float = 1.0
) -> Outside:
    """Load and build the adapters that are named; a library that nobody needs stays unloaded."""
    surfaces: dict[str, ChatSurface] = {}
    groups: UserGroups | None = None
    standings: Standings | None = None
    if settings.slack and secrets.slack_bot_token:
        surface = _load("bot.handlers.slack.surface", "connected")
        surfaces["slack"] = surface(secrets.slack_bot_token, settings.slack.api_url, quota_scale)
        groups = _load("bot.handlers.slack.groups", "connected")(
            secrets.slack_bot_token, settings.slack.api_url, settings.slack.workspace
        )
        standings = _load("bot.handlers.slack.standings", "connected")(
            secrets.slack_bot_token, settings.slack.api_url, settings.slack.workspace
        )
    return Outside(
        surfaces,
        _help_desk(settings, secrets, clock),
        _help_centre(settings, secrets),
        _payments(settings, secrets),
        _account_actions(settings, secrets, clock),
        groups,
        standings,
        mailing(settings, secrets, clock),
        agent_hooks(settings, secrets, clock),
    )


def agent_hooks(settings: Settings, secrets: Secrets, clock: Clock) -> AgentHooks | None:
    told = {
        name: (str(one.webhook.url), secrets.agent_hooks[name])
        for name, one in settings.agent.others.items()
        if one.webhook and name in secrets.agent_hooks
    }
    if not told:
        return None
    adapter: AgentHooks = _load("bot.handlers.http.agent_hooks", "SignedHooks")(told, clock)
    return adapter


def mailing(settings: Settings, secrets: Secrets, clock: Clock) -> Mail | None:
    if settings.mail is None:
        return None
    adapter: Mail = _load("bot.handlers.smtp", "SmtpMail")(
        settings.mail, secrets.mail_password, clock
    )
    return adapter


def _help_desk(settings: Settings, secrets: Secrets, clock: Clock) -> HelpDesk | None:
    desk, token = settings.help_desk, secrets.help_desk_token
    if desk.url is None or token is None:
        return None
    adapter: HelpDesk | None = None
    match desk.kind:
        case "zendesk":
            adapter = _load("bot.handlers.http.zendesk", "Zendesk")(desk.url, token, desk.user)
        case "intercom":
            adapter = _load("bot.handlers.http.intercom", "Intercom")(desk.url, token, clock)
    return adapter


def _help_centre(settings: Settings, secrets: Secrets) -> HelpCentre | None:
    desk, token = settings.help_desk, secrets.help_desk_token
    if desk.url is None or token is None or desk.centre is None:
        return None
    centre: HelpCentre | None = None
    match desk.kind:
        case "zendesk":
            adapter = _load("bot.handlers.http.zendesk_centre", "ZendeskCentre")
            centre = adapter(desk.url, token, desk.user, desk.centre)
        case "intercom":
            adapter = _load("bot.handlers.http.intercom_centre", "IntercomCentre")
            centre = adapter(desk.url, token, desk.centre)
    return centre


def _payments(settings: Settings, secrets: Secrets) -> Payments | None:
    if settings.payments.kind != "stripe" or secrets.payments_key is None:
        return None
    stripe = _load("bot.handlers.http.stripe_payments", "StripePayments")
    adapter: Payments = stripe(secrets.payments_key, settings.payments.api_url)
    return adapter


def _account_actions(settings: Settings, secrets: Secrets, clock: Clock) -> AccountActions | None:
    action = settings.account_actions
    if action is None or secrets.account_action_secret is None:
        return None
    signed = _load("bot.handlers.http.account_action", "AccountAction")
    adapter: AccountActions = signed(action.url, secrets.account_action_secret, clock)
    return adapter


def _load(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)
