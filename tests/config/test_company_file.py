"""The sample company's app.yaml fits the sample company."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings, load
from bot.config.problems import problems
from bot.config.quorum import approvers
from sandbox.world import SECRETS

COMPANY = Path(__file__).parents[2] / "sandbox" / "company"
VARIABLES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "ZENDESK_TOKEN",
    "ZENDESK_WEBHOOK_SECRET",
    "STRIPE_API_KEY",
    "ACCOUNT_ACTION_SECRET",
)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(COMPANY / "app.yaml", {})


@pytest.fixture(scope="module")
def workspace() -> Any:
    return json.loads((COMPANY / "workspace.json").read_text(encoding="utf-8"))


def test_nothing_is_closed_and_nothing_is_missing(settings: Settings) -> None:
    """The demo shows a company that has everything, notes included."""
    assert problems(settings, dict.fromkeys(VARIABLES, "x")) == ()


def test_the_readme_names_what_check_needs_beside_the_demo(settings: Settings) -> None:
    """Whoever copies the command is told what the demo's bot is told: nothing is closed."""
    readme = (COMPANY.parents[1] / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"([A-Z_]+)=(\S+)", readme.partition("\nenv ")[2].partition("```")[0]))

    assert problems(settings, named) == ()
    assert {value for value in named.values() if value != "x"} < set(SECRETS.values())


def test_its_people_are_those_of_the_workspace(settings: Settings, workspace: Any) -> None:
    """Twelve work here; strangers, closed accounts and other apps are nobody."""
    real = {
        one["id"]: (one["real_name"], one["tz"], one["languages"])
        for one in workspace["people"]
        if one["roles"]
    }

    assert len(settings.people) == 12
    assert real == {
        one.slack: (one.name, one.time_zone, list(one.languages)) for one in settings.people
    }


def test_its_partners_are_the_guests_of_the_workspace(settings: Settings, workspace: Any) -> None:
    """Both work for the same organisation and approve nothing."""
    guests = {one["id"] for one in workspace["people"] if one["is_restricted"] and one["roles"]}
    (partner,) = settings.partners
    accounts = (COMPANY / "accounts.jsonl").read_text(encoding="utf-8").splitlines()

    assert set(partner.people) == guests
    assert set(partner.accounts) <= {json.loads(line)["id"] for line in accounts}
    assert not [one for one in settings.people if one.is_partner and "approver" in one.roles]


def test_its_channels_and_groups_are_those_of_the_workspace(
    settings: Settings, workspace: Any
) -> None:
    """Backstop is a member of each channel it posts to, and of the one where everybody asks it."""
    joined = {
        one["id"]
        for one in workspace["channels"]
        if workspace["app"]["bot_user_id"] in one["members"]
    }
    channels = settings.channels
    named = {route.channel for route in channels.escalations} | set(channels.handoffs.values())
    named |= {value for _, value in channels if isinstance(value, str)}

    [general] = [one["id"] for one in workspace["channels"] if one["name"] == "general"]

    assert named | {general} == joined
    assert settings.directory.user_groups.keys() <= {one["id"] for one in workspace["usergroups"]}


@pytest.mark.parametrize(("amount", "gate"), [(50000, "refunds"), (500000, "big refunds")])
def test_its_leads_can_approve_up_to_the_end_of_each_gate(
    settings: Settings, amount: int, gate: str
) -> None:
    """Two people are enough for both grades."""
    found = next(one for one in settings.gates if one.name == gate)

    assert [one.id for one in approvers(found, settings.people, amount)] == ["ruth", "jonas"]
