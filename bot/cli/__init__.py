"""The command line: one module per command, loaded when its command is called."""

import importlib
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperGroup

# Name of each command and where its function lives. Loading them all would make a start of the
# bot wait for libraries that only imports and reports need.
COMMANDS: Mapping[str, str] = {
    "init": "bot.cli.init:init",
    "check": "bot.cli.check:check",
    "run": "bot.cli.run:run",
    "manifest": "bot.cli.run:manifest",
    "import": "bot.cli.importing:app",
    "articles": "bot.cli.articles:app",
    "policy": "bot.cli.policy:app",
    "approvals": "bot.cli.approvals:app",
    "replay": "bot.cli.replay:replay",
    "explain": "bot.cli.explain:explain",
    "search": "bot.cli.search:search",
    "trial": "bot.cli.trial:app",
    "consent": "bot.cli.consent:consent",
    "audit": "bot.cli.audit:app",
    "deliveries": "bot.cli.deliveries:app",
    "effects": "bot.cli.effects:app",
    "backup": "bot.cli.backup:backup",
    "erase": "bot.cli.erasing:erase",
}


class _Lazy(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: Any = getattr(importlib.import_module(module), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            found = alone
        return typer.main.get_command(found)


app = typer.Typer(
    name="backstop",
    cls=_Lazy,
    help="Backstop: escalations, approvals and hand-offs for support teams, in chat.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def backstop() -> None:
    """Backstop: escalations, approvals and hand-offs for support teams, in chat."""
