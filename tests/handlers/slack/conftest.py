"""The workspace of the sandbox's own tests, and the surface under test."""

import pytest

from bot.handlers.slack.pace import Pacer
from bot.handlers.slack.surface import SlackSurface, web_client
from tests.sandbox.slack.conftest import server, stage
from tests.sandbox.slack.stage import Stage

__all__ = ["server", "stage"]


@pytest.fixture
def surface(stage: Stage) -> SlackSurface:
    client = web_client(stage.workspace.bot_token, f"{stage.url}/api/", timeout_s=1)
    return SlackSurface(client, Pacer())
