"""The workspace of the sandbox's own tests, and the surface under test."""

import pytest

from bot.handlers.slack.pace import Pacer
from bot.handlers.slack.surface import SlackSurface, web_client
from tests.sandbox.slack.conftest import QUICK, server, stage
from tests.sandbox.slack.stage import Stage

__all__ = ["server", "stage"]


def surface_on(stage: Stage, pacer: Pacer) -> SlackSurface:
    return SlackSurface(
        web_client(stage.workspace.bot_token, f"{stage.url}/api/", timeout_s=1), pacer
    )


@pytest.fixture
def surface(stage: Stage) -> SlackSurface:
    """At the pace that Slack itself asks for."""
    return surface_on(stage, Pacer())


@pytest.fixture
def quick_surface(stage: Stage) -> SlackSurface:
    """At the pace of a workspace whose quotas are scaled."""
    return surface_on(stage, Pacer(QUICK))
