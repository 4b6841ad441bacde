"""Secrets: named in app.yaml, read from the environment, never shown."""

import base64
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from bot.config.document import Mistake
from bot.config.load import ConfigError
from bot.config.settings import Settings

# Of letters, in what another agent proves itself with: a word would be guessed.
AGENT_KEY_AT_LEAST = 32


@dataclass(frozen=True)
class Named:
    """Variables that app.yaml names at `path`; the `part` is closed when none of them is set."""

    path: str
    variables: tuple[str, ...]
    part: str


@dataclass(frozen=True, repr=False)
class Secrets:
    """What the environment holds of the named variables; None or empty where it holds nothing."""

    slack_bot_token: str | None = None
    slack_app_token: str | None = None
    slack_signing_secrets: tuple[str, ...] = ()
    help_desk_token: str | None = None
    help_desk_webhook_secrets: tuple[str, ...] = ()
    payments_key: str | None = None
    account_action_secret: str | None = None
    model_key: str | None = None
    step_up_keys: tuple[str, ...] = ()
    mail_password: str | None = None
    audit_key: str | None = None
    agent_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agent_hooks: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        given = (
            f"{one.name}={'set' if getattr(self, one.name) else 'unset'}" for one in fields(self)
        )
        return f"Secrets({', '.join(given)})"


def read_secrets(settings: Settings, environ: Mapping[str, str] = os.environ) -> Secrets:
    """Return the secrets that the settings name; a missing one is for `problems` to tell."""
    slack, desk, action = settings.slack, settings.help_desk, settings.account_actions
    step_up = settings.approvals.step_up
    return Secrets(
        slack_bot_token=_one(environ, slack.bot_token if slack else None),
        slack_app_token=_one(environ, slack.app_token if slack else None),
        slack_signing_secrets=_all(environ, slack.signing_secrets if slack else ()),
        help_desk_token=_one(environ, desk.token),
        help_desk_webhook_secrets=_all(environ, desk.webhook_secrets),
        payments_key=_one(environ, settings.payments.key),
        account_action_secret=_one(environ, action.secret if action else None),
        model_key=_one(environ, settings.agent.key),
        step_up_keys=_all(environ, step_up.keys if step_up else ()),
        mail_password=_one(environ, settings.mail.password if settings.mail else None),
        audit_key=_one(environ, settings.audit.key if settings.audit else None),
        agent_keys={name: _long(environ, one.keys) for name, one in settings.agent.others.items()},
        agent_hooks={
            name: told
            for name, one in settings.agent.others.items()
            if one.webhook and (told := _one(environ, one.webhook.secret))
        },
        sources={name: _all(environ, one.secrets) for name, one in settings.sources.items()},
    )


def database_url(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """Return where the database is; it may hold a password, so it belongs in no log.

    Raises ConfigError when the settings name a variable that is not set.
    """
    if not settings.database.startswith("env:"):
        return settings.database
    variable = settings.database.removeprefix("env:")
    if not environ.get(variable):
        remedy = f"Set {variable} to a sqlite or postgresql URL."
        raise ConfigError("environment", [Mistake((variable,), 1, "is not set", remedy)])
    return environ[variable].strip()


def needed(settings: Settings) -> Iterator[Named]:
    """Yield the variables that what is switched on cannot do without."""
    yield from _chat(settings)
    desk, action = settings.help_desk, settings.account_actions
    if desk.kind != "none" and desk.token:
        yield Named("help_desk.token", (desk.token,), "help_desk")
    if desk.kind != "none" and desk.intake == "webhook" and desk.webhook_secrets:
        yield Named("help_desk.webhook_secrets", desk.webhook_secrets, "intake")
    if settings.payments.kind != "none":
        yield Named("payments.key", (settings.payments.key,), "payments")
    if action:
        yield Named("account_actions.secret", (action.secret,), "account_actions")
    if settings.approvals.step_up:
        yield Named("approvals.step_up.keys", settings.approvals.step_up.keys, "step_up")
    if settings.mail and settings.mail.password:
        yield Named("mail.password", (settings.mail.password,), "mail")
    yield from _told_by(settings)
    yield from _own(settings)


def _own(settings: Settings) -> Iterator[Named]:
    if settings.audit:
        yield Named("audit.key", (settings.audit.key,), "audit")
    for name, one in settings.agent.others.items():
        yield Named(f"agent.others.{name}.keys", one.keys, f"agent:{name}")
        if one.webhook:
            yield Named(f"agent.others.{name}.webhook.secret", (one.webhook.secret,), "agent_hooks")
    if settings.agent.kind == "claude":
        yield Named("agent.key", (settings.agent.key,), "agent")


def _told_by(settings: Settings) -> Iterator[Named]:
    for name, source in settings.sources.items():
        yield Named(f"sources.{name}.secrets", source.secrets, f"source:{name}")
    for name, monitor in settings.monitors.items():
        yield Named(f"monitors.{name}.secrets", monitor.secrets, f"monitor:{name}")


def _chat(settings: Settings) -> Iterator[Named]:
    slack = settings.slack
    if slack:
        yield Named("slack.bot_token", (slack.bot_token,), "slack")
        if slack.delivery == "socket":
            yield Named("slack.app_token", (slack.app_token,), "slack")
        else:
            yield Named("slack.signing_secrets", slack.signing_secrets, "slack")


def is_sealing_key(value: str) -> bool:
    """Say whether it is a Fernet key: 32 bytes, in base64 for addresses."""
    try:
        return len(base64.b64decode(value, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def slack_quota_scale(environ: Mapping[str, str] = os.environ) -> float:
    """How many times Slack's usual quotas this workspace has; 1 unless Slack agreed to more."""
    return float(environ.get("BACKSTOP_SLACK_QUOTA_SCALE") or 1)


def _one(environ: Mapping[str, str], variable: str | None) -> str | None:
    return next(iter(_all(environ, (variable,))), None) if variable else None


def _long(environ: Mapping[str, str], variables: tuple[str, ...]) -> tuple[str, ...]:
    """What is too short opens nothing."""
    return tuple(key for key in _all(environ, variables) if len(key) >= AGENT_KEY_AT_LEAST)


def _all(environ: Mapping[str, str], variables: tuple[str, ...]) -> tuple[str, ...]:
    # A secret mounted as a file tends to end in a newline that is no part of it.
    values = (environ.get(variable, "").strip() for variable in variables)
    return tuple(value for value in values if value)
