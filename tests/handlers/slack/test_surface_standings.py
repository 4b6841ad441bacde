"""Who an account is, by Slack's own word of the last minute."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.slack.standings import AsyncStandings, Standings, standing_of
from bot.handlers.slack.surface import web_client
from bot.people import Standing
from tests.handlers.slack.test_surface import calls
from tests.handlers.slack.test_surface_pace import Clock
from tests.sandbox.slack.stage import BOT, Stage

KNOWN = {
    "U1": Standing.MEMBER,
    "U3": Standing.GUEST,
    "U4": Standing.STRANGER,
    "U5": Standing.DEACTIVATED,
    BOT: Standing.BOT,
    "U99": Standing.UNKNOWN,
    "": Standing.UNKNOWN,
}


def standings_of(stage: Stage, clock: Clock) -> Standings:
    return Standings(web_client(stage.workspace.bot_token, f"{stage.url}/api/"), "T1", clock)


@pytest.mark.parametrize(("user", "standing"), KNOWN.items())
def test_slack_says_who_an_account_is(stage: Stage, user: str, standing: Standing) -> None:
    """Member, guest, stranger, deactivated, bot; whom it does not know is unknown."""
    assert standings_of(stage, Clock()).of(user) == standing


def test_both_edges_are_told_the_same(stage: Stage) -> None:
    """The asynchronous client reads the same answers."""

    async def ask() -> dict[str, Standing]:
        client = AsyncWebClient(stage.workspace.bot_token, f"{stage.url}/api/")
        standings = AsyncStandings(client, "T1")
        return {user: await standings.of(user) for user in KNOWN}

    assert asyncio.run(ask()) == KNOWN


def test_an_answer_holds_for_a_minute(stage: Stage) -> None:
    """Whoever is deactivated loses everything within sixty seconds."""
    clock = Clock()
    standings = standings_of(stage, clock)
    assert standings.of("U1") == Standing.MEMBER
    stage.workspace.people["U1"].deleted = True
    clock.now += 59
    assert standings.of("U1") == Standing.MEMBER
    clock.now += 2
    assert standings.of("U1") == Standing.DEACTIVATED
    assert len(calls(stage, "users.info")) == 2


def test_a_change_that_slack_tells_is_seen_at_once(stage: Stage) -> None:
    """The event user_change makes the edge forget what it knew."""
    standings = standings_of(stage, Clock())
    standings.of("U1")
    stage.workspace.people["U1"].deleted = True
    standings.forget("U1")
    assert standings.of("U1") == Standing.DEACTIVATED


def test_no_answer_is_not_remembered(stage: Stage) -> None:
    """An account is unknown while Slack is away, and asked about again."""
    standings = standings_of(stage, Clock())
    stage.workspace.faults.down = True
    assert standings.of("U1") == Standing.UNKNOWN
    stage.workspace.faults.down = False
    assert standings.of("U1") == Standing.MEMBER


@pytest.mark.parametrize(
    ("facts", "workspace", "standing"),
    [
        ({"team_id": "T1"}, "T1", Standing.MEMBER),
        ({"team_id": "T1"}, "T9", Standing.STRANGER),
        ({"team_id": "T9"}, "", Standing.STRANGER),
        ({"team_id": "T9"}, "T9", Standing.STRANGER),
        ({"team_id": "T1", "is_stranger": True}, "T1", Standing.STRANGER),
        ({"team_id": "T1", "is_ultra_restricted": True}, "T1", Standing.GUEST),
        ({"team_id": "T1", "deleted": True, "is_bot": True}, "T1", Standing.DEACTIVATED),
        ({"team_id": "T1", "id": "USLACKBOT"}, "T1", Standing.BOT),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, "T2", Standing.MEMBER),
        ({}, "", Standing.STRANGER),
    ],
)
def test_only_the_home_workspace_makes_a_member(
    facts: dict[str, Any], workspace: str, standing: Standing
) -> None:
    """Where the user belongs and where the payload says they acted must both be home."""
    assert standing_of(facts, "T1", workspace) == standing
