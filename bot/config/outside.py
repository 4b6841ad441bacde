"""What Backstop is connected to; secrets are named here and live in the environment."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from bot.config.values import (
    CommandName,
    Duration,
    Email,
    EnvName,
    Frozen,
    Language,
    Slug,
    Url,
    Workspace,
)


class Commands(Frozen):
    """What the slash commands are called in this workspace."""

    kb: Annotated[CommandName, Field(examples=["/kb"])] = "/kb"
    ticket: Annotated[CommandName, Field(examples=["/ticket"])] = "/ticket"
    approvals: Annotated[CommandName, Field(examples=["/approvals"])] = "/approvals"
    backstop: Annotated[CommandName, Field(examples=["/backstop"])] = "/backstop"


class Slack(Frozen):
    """The home workspace and the names of its secrets; two signing secrets while one is rotated."""

    delivery: Annotated[Literal["socket", "http"], Field(examples=["socket"])] = "socket"
    workspace: Annotated[Workspace, Field(examples=["T0ACME"])]
    bot_token: Annotated[EnvName, Field(examples=["SLACK_BOT_TOKEN"])] = "SLACK_BOT_TOKEN"  # noqa: S105 - a name
    app_token: Annotated[EnvName, Field(examples=["SLACK_APP_TOKEN"])] = "SLACK_APP_TOKEN"  # noqa: S105 - a name
    signing_secrets: Annotated[
        tuple[EnvName, ...],
        Field(min_length=1, max_length=2, examples=[["SLACK_SIGNING_SECRET"]]),
    ] = ("SLACK_SIGNING_SECRET",)
    api_url: Annotated[Url, Field(examples=["https://slack.com/api/"])] = "https://slack.com/api/"
    commands: Annotated[Commands, Field(examples=[{"kb": "/help-kb"}])] = Commands()


class CentreSettings(Frozen):
    """Where in the help centre public articles go, in the help centre's own ids."""

    section: Annotated[str | None, Field(pattern=r"^[0-9]{1,20}$", examples=["360001"])] = None
    permission_group: Annotated[
        str | None, Field(pattern=r"^[0-9]{1,20}$", examples=["360002"])
    ] = None
    author: Annotated[str | None, Field(pattern=r"^[0-9]{1,20}$", examples=["360003"])] = None
    locales: Annotated[Mapping[Language, str], Field(examples=[{"en": "en-us"}])] = Field(
        default_factory=dict
    )


class KnowledgeSettings(Frozen):
    """Articles that come from elsewhere."""

    reviewed_by: Annotated[Slug | None, Field(examples=["ana"])] = None


class HelpDeskSettings(Frozen):
    """Where tickets live; `polling` needs no open port."""

    kind: Annotated[Literal["zendesk", "intercom", "none"], Field(examples=["zendesk"])] = "none"
    url: Annotated[Url | None, Field(examples=["https://acme.zendesk.com"])] = None
    user: Annotated[str | None, Field(examples=["bot@acme.example"])] = None
    token: Annotated[EnvName | None, Field(examples=["ZENDESK_TOKEN"])] = None
    webhook_secrets: Annotated[
        tuple[EnvName, ...], Field(max_length=2, examples=[["ZENDESK_WEBHOOK_SECRET"]])
    ] = ()
    intake: Annotated[Literal["webhook", "polling"], Field(examples=["webhook"])] = "webhook"
    every: Annotated[Duration, Field(examples=["60s"])] = timedelta(seconds=60)
    centre: Annotated[CentreSettings | None, Field(examples=[{"section": "360001"}])] = None

    def ticket_url(self, ref: str) -> str | None:
        """Where people open the ticket; Intercom's pages are under ids that it alone knows."""
        if self.kind != "zendesk" or self.url is None:
            return None
        return f"{self.url.rstrip('/')}/agent/tickets/{ref}"


class Source(Frozen):
    """A sender of Standard Webhooks, known by its name in the address `/hooks/NAME`."""

    secrets: Annotated[
        tuple[EnvName, ...], Field(min_length=1, max_length=2, examples=[["SHOP_WEBHOOK_SECRET"]])
    ]


class Monitor(Frozen):
    """Who tells of outages, known by its name in the address `/hooks/NAME`."""

    kind: Annotated[Literal["alertmanager", "statuspage"], Field(examples=["alertmanager"])]
    secrets: Annotated[
        tuple[EnvName, ...], Field(min_length=1, max_length=2, examples=[["ALERTMANAGER_TOKEN"]])
    ]


class PaymentsSettings(Frozen):
    """Who pays refunds out."""

    kind: Annotated[Literal["stripe", "none"], Field(examples=["stripe"])] = "none"
    key: Annotated[EnvName, Field(examples=["STRIPE_API_KEY"])] = "STRIPE_API_KEY"
    api_url: Annotated[Url, Field(examples=["https://api.stripe.com"])] = "https://api.stripe.com"


class AccountActionSettings(Frozen):
    """The signed HTTP call that changes accounts in the company's own system."""

    url: Annotated[Url, Field(examples=["https://shop.acme.example/backstop/changes"])]
    secret: Annotated[EnvName, Field(examples=["ACCOUNT_ACTION_SECRET"])]


class MailSettings(Frozen):
    """The mail server that takes our e-mails; `user` and `password` where it asks for them."""

    host: Annotated[str, Field(min_length=1, examples=["smtp.acme.example"])]
    port: Annotated[int, Field(ge=1, le=65535, examples=[587])] = 587
    tls: Annotated[Literal["starttls", "implicit", "none"], Field(examples=["starttls"])] = (
        "starttls"
    )
    sender: Annotated[Email, Field(alias="from", examples=["backstop@acme.example"])]
    user: Annotated[str | None, Field(examples=["backstop"])] = None
    password: Annotated[EnvName | None, Field(examples=["SMTP_PASSWORD"])] = None


class Server(Frozen):
    """Where the bot listens; `public_url` is how the outside reaches it."""

    host: Annotated[str, Field(examples=["127.0.0.1"])] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, examples=[8710])] = 8710
    public_url: Annotated[Url | None, Field(examples=["https://backstop.acme.example"])] = None


class AuditSettings(Frozen):
    """Where signed heads of the audit go, outside the database; `key` names what signs them."""

    heads: Annotated[str, Field(min_length=1, examples=["/var/log/backstop/heads.jsonl"])]
    key: Annotated[EnvName, Field(examples=["BACKSTOP_AUDIT_KEY"])] = "BACKSTOP_AUDIT_KEY"
