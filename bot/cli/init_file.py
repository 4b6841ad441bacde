"""The file that `backstop init` writes."""

import json
from dataclasses import dataclass

from bot.config.values import short_name

_FILE = """\
# Backstop's settings. docs/app-yaml.md explains every key; `backstop check` says what is closed.
company: {{name: {company}, time_zone: {time_zone}, currency: USD, language: en}}

# Secrets stand in environment variables; here are only the variables' names.
{slack}
# One channel is enough to begin with; give each its own when there is more to read.
{channels}
# Roles: specialist, approver, lead, admin, reviewer, engineer, success, sales, on_call.
# Limits are in minor units (cents). A gate that asks for two approvers needs a second person.
people:
  - {person}

# observe: decisions are rehearsed in the trial channel. draft: a person sends everything. live.
modes: {{default: observe}}

# Where tickets come from. polling needs no open port; webhook is faster.
{help_desk}
# Refunds. The first gate that matches decides; what none covers needs one approver.
# payments: {{kind: stripe, key: STRIPE_API_KEY}}
# gates:
#   - {{name: small refunds, act: refund, up_to: 2000, refunds_90_days_at_most: 0, grade: auto}}
#   - {{name: refunds, act: refund, up_to: 50000, grade: one}}
#   - {{name: larger refunds, act: refund, grade: never}}
"""
_SLACK = """\
slack:
  workspace: {workspace}
  delivery: socket # http needs an address that Slack can reach
  bot_token: SLACK_BOT_TOKEN
  app_token: SLACK_APP_TOKEN
"""
_CHANNELS = """\
channels:
  escalations: [{{channel: {channel}}}]
  approvals: {channel}
  admin: {channel}
  trial: {channel}
"""


@dataclass(frozen=True)
class Answers:
    """What was answered; None for an id that is to come later."""

    company: str
    time_zone: str
    workspace: str | None
    channel: str | None
    you: tuple[str, str | None]
    help_desk: tuple[str, str | None, str | None]


def app_yaml(answers: Answers) -> str:
    """Return the file; what was left for later stands in it as a comment."""
    return _FILE.format(
        company=_quoted(answers.company),
        time_zone=answers.time_zone,
        slack=_section(_SLACK.format(workspace=answers.workspace or "T..."), answers.workspace),
        channels=_section(_CHANNELS.format(channel=answers.channel or "C..."), answers.channel),
        person=_person(*answers.you),
        help_desk=_help_desk(*answers.help_desk),
    )


def _section(text: str, answer: str | None) -> str:
    return text if answer else "".join(f"# {line}\n" for line in text.splitlines())


def _person(name: str, slack: str | None) -> str:
    id = _quoted(short_name(name, "admin"))
    user = f", slack: {slack}" if slack else ""
    roles = "[specialist, approver, lead, admin]"
    return f"{{id: {id}, name: {_quoted(name)}, roles: {roles}{user}, limits: {{refund: 50000}}}}"


def _help_desk(kind: str, url: str | None, user: str | None) -> str:
    if url is None:
        return "help_desk: {kind: none}\n"
    token = f"{kind.upper()}_TOKEN"
    lines = [f"kind: {kind}", f"url: {_quoted(url)}", f"token: {token}", "intake: polling"]
    if kind == "zendesk":
        whose = f"user: {_quoted(user)}" if user else "# user: bot@acme.example"
        lines.insert(2, f"{whose} # the account of an API token; an OAuth token has none")
    return "".join(["help_desk:\n", *(f"  {line}\n" for line in lines)])


def _quoted(text: str) -> str:
    # A JSON string is a YAML string, whatever the name holds.
    return json.dumps(text, ensure_ascii=False)
