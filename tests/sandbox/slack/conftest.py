"""The stage every test of the workspace plays on."""

from collections.abc import Iterator

import pytest

from tests.sandbox.slack.stage import RecordingBot, Server, Stage, small_workspace

QUICK = 100.0


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def stage(server: Server) -> Iterator[Stage]:
    workspace, bot = small_workspace(), RecordingBot()
    # Quotas have tests of their own; here nobody waits for them.
    workspace.quota_scale = QUICK
    server.put_on(workspace, bot)
    shown = Stage(workspace, server, bot)
    yield shown
    server.wait_for(workspace.stop())
