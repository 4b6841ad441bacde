"""A Slack workspace to try and test an app against, on loopback.

    workspace = Workspace(team=..., app=..., people=[...], channels=[...])
    workspace.install(manifest)
    app = Starlette(routes=routes(workspace))  # await workspace.start() and stop() around it

The app under test talks to `/api/` with the workspace's `bot_token`, connects to Socket Mode with
its `app_token`, or gets signed POSTs at `events_url`. People act through `/sandbox/slack/do`.
"""

from sandbox.slack.faults import Faults
from sandbox.slack.manifest import ManifestError
from sandbox.slack.routes import routes
from sandbox.slack.timing import Timing
from sandbox.slack.workspace import Workspace

__all__ = ["Faults", "ManifestError", "Timing", "Workspace", "routes"]
