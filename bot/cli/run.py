"""`backstop run` and what prints what the bot is made of."""

import json
import logging
import os
from typing import Annotated

import typer

from bot.bootstrap import build
from bot.cli.opening import CONFIG, Config, no_answer, said, stop
from bot.config import ConfigError
from bot.handlers.slack.manifest import manifest as slack_manifest
from bot.service import Service
from storage.alone import InUse
from storage.errors import Trouble


def run(config: Config = CONFIG) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM)."""
    logging.basicConfig(
        level=os.environ.get("BACKSTOP_LOG_LEVEL", "INFO"),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for noisy in ("slack_bolt", "slack_sdk", "httpx", "alembic", "stripe"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = said(config)
    try:
        backstop = build(settings)
        backstop.take_over()
    except ConfigError as error:
        stop(str(error), 2)
    except Trouble as error:
        stop(no_answer(error), 2)
    except InUse as error:
        stop(f"{error}; stop it first, or use PostgreSQL for several.", 2)
    Service(backstop).run()


def manifest(
    surface: Annotated[str, typer.Argument(help="slack")] = "slack",
    config: Config = CONFIG,
) -> None:
    """Print the app manifest: paste it at api.slack.com/apps, "From a manifest"."""
    settings = said(config)
    if surface != "slack" or settings.slack is None:
        stop("app.yaml has no `slack:` section to make a manifest of.", 2)
    typer.echo(json.dumps(slack_manifest(settings), indent=2))
