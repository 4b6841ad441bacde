"""`backstop run` and what prints what the bot is made of."""

import json
import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.bootstrap import build
from bot.config import ConfigError, load
from bot.handlers.slack.manifest import manifest as slack_manifest
from bot.service import Service
from storage.alone import InUse

Config = Annotated[Path, typer.Option(help="The settings file.")]


def run(config: Config = Path("app.yaml")) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM)."""
    logging.basicConfig(
        level=os.environ.get("BACKSTOP_LOG_LEVEL", "INFO"),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for noisy in ("slack_bolt", "slack_sdk", "httpx", "alembic", "stripe"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        backstop = build(load(config))
    except ConfigError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    try:
        backstop.take_over()
    except InUse as error:
        typer.echo(f"{error}; stop it first, or use PostgreSQL for several.", err=True)
        raise typer.Exit(2) from None
    Service(backstop).run()


def manifest(
    surface: Annotated[str, typer.Argument(help="slack")] = "slack",
    config: Config = Path("app.yaml"),
) -> None:
    """Print the app manifest: paste it at api.slack.com/apps, "From a manifest"."""
    settings = load(config)
    if surface != "slack" or settings.slack is None:
        typer.echo("app.yaml has no `slack:` section to make a manifest of.", err=True)
        raise typer.Exit(2)
    typer.echo(json.dumps(slack_manifest(settings), indent=2))
