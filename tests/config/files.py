"""Small app.yaml files to start from."""

from pathlib import Path
from textwrap import dedent

import pytest

from bot.config import ConfigError, Settings, load

TWO_PEOPLE = """\
company: {name: Acme, time_zone: Europe/Berlin}
slack: {workspace: T0ACME}
channels:
  escalations: [{channel: C0SUPPORT}]
  approvals: C0APPROVALS
  admin: C0ADMIN
  trial: C0TRIAL
people:
  - {id: ana, name: Ana, roles: [approver, admin], slack: U0ANA, limits: {refund: 50000}}
  - {id: bo, name: Bo, roles: [approver, lead], slack: U0BO, limits: {refund: 500000}}
"""
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def load_text(folder: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    file = folder / "app.yaml"
    file.write_text(dedent(text), encoding="utf-8")
    return load(file, environ or {})


def refusal(folder: Path, text: str, environ: dict[str, str] | None = None) -> list[str]:
    """Return the lines of the message with which the file is refused."""
    with pytest.raises(ConfigError) as caught:
        load_text(folder, text, environ)
    return str(caught.value).splitlines()
