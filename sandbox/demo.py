"""Starts the sandbox, alone or with the bot, in a fresh folder, until Ctrl-C."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import uvicorn
import yaml

from sandbox.bot_process import DATABASE, BotProcess, Launch
from sandbox.server import app
from sandbox.world import COMPANY, SECRETS, World, read_company

HOST = "127.0.0.1"
# Open streams of the page would hold the server up for ever.
STREAMS_END_WITHIN_S = 1


@dataclass(frozen=True)
class Plan:
    """What was asked for; an empty `database` means SQLite in `folder`, which is wiped."""

    port: int = 8700
    bot_port: int = 8710
    stream: float = 0
    folder: Path = Path("var/demo")
    delivery: str = "socket"
    database: str = ""

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def bot_url(self) -> str:
        return f"http://{HOST}:{self.bot_port}"


def demo(plan: Plan) -> None:
    """The sandbox and a supervised bot."""
    world = _world(plan)
    bot = BotProcess(launch(plan), world.workspace.install)
    _run(plan, world, bot)


def serve(plan: Plan) -> None:
    """The sandbox alone, for a bot that somebody else starts."""
    _run(plan, _world(plan), None)


def launch(plan: Plan) -> Launch:
    """Write the bot's configuration into the fresh folder and say how to start it."""
    folder = plan.folder.resolve()
    config = folder / "app.yaml"
    database = plan.database or f"sqlite:///{folder / 'backstop.db'}"
    settings = {
        "slack.delivery": plan.delivery,
        "slack.api_url": f"{plan.url}/api/",
        "help_desk.url": f"{plan.url}/zendesk",
        "payments.api_url": f"{plan.url}/stripe",
        "account_actions.url": f"{plan.url}/accounts/changes",
        # One that was asked for may hold a password, so that it stays in the environment.
        "database": f"env:{DATABASE}" if plan.database else database,
        "server.host": HOST,
        "server.port": str(plan.bot_port),
    }
    config.write_text(with_settings((COMPANY / "app.yaml").read_text("utf-8"), settings), "utf-8")
    return Launch(
        config=config,
        url=plan.bot_url,
        log=folder / "bot.log",
        environment={**SECRETS, DATABASE: database},
        imports=[
            ("articles", COMPANY / "articles"),
            ("customers", COMPANY / "accounts.jsonl"),
            ("customers", COMPANY / "customers.jsonl"),
        ],
    )


def with_settings(text: str, settings: Mapping[str, str]) -> str:
    """The same YAML with plain values set at dotted paths, everything else as it is written.

    It is edited as a tree of nodes: loading and dumping would change values whose meaning
    depends on how they are quoted.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("The configuration is not a mapping.")
    for path, value in settings.items():
        _set(root, path.split("."), value)
    return yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True)


def _set(node: yaml.MappingNode, path: list[str], value: str) -> None:
    name, *rest = path
    held = next((item for key, item in node.value if key.value == name), None)
    if rest and isinstance(held, yaml.MappingNode):
        _set(held, rest, value)
        return
    inner: yaml.Node = _word(value)
    if rest:
        inner = yaml.MappingNode("tag:yaml.org,2002:map", [])
        _set(inner, rest, value)
    node.value = [(key, item) for key, item in node.value if key.value != name]
    node.value.append((_word(name), inner))


def _word(text: str) -> yaml.ScalarNode:
    kind = "int" if text.isdecimal() else "str"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", text)


def _world(plan: Plan) -> World:
    for port in (plan.port, plan.bot_port):
        _check_free(port)
    shutil.rmtree(plan.folder, ignore_errors=True)
    plan.folder.mkdir(parents=True)
    return World.build(read_company(), public_url=plan.url, bot_url=plan.bot_url)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise SystemExit(
                f"Port {port} is in use. Stop what listens there, or choose another with "
                "--port or --bot-port."
            ) from None


def _run(plan: Plan, world: World, bot: BotProcess | None) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(plan, world, bot))


class _Server(uvicorn.Server):
    """Lets the bot end first, while everything it talks to still answers."""

    def __init__(self, config: uvicorn.Config, bot: BotProcess | None) -> None:
        super().__init__(config)
        self._bot = bot

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._bot is not None:
            await self._bot.stop()
        await super().shutdown(sockets)


def _told(plan: Plan, bot: BotProcess | None) -> str:
    """Where to look: the page, and the bot's own commands, which need its settings."""
    lines = [f"Open {plan.url}"]
    if bot is not None:
        config = f"--config {plan.folder / 'app.yaml'}"
        variable = f'{DATABASE}="{plan.database}" ' if plan.database else ""
        lines.append(f"Look inside with {variable}.venv/bin/backstop audit show {config}")
    return "\n".join([*lines, "Stop with Ctrl-C."])


async def _serve(plan: Plan, world: World, bot: BotProcess | None) -> None:
    application = app(world, bot)
    config = uvicorn.Config(
        application,
        host=HOST,
        port=plan.port,
        log_level="critical",
        timeout_graceful_shutdown=STREAMS_END_WITHIN_S,
    )
    server = _Server(config, bot)
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started and bot is not None:
        await bot.start()
    if server.started:
        application.state.arrivals.stream(plan.stream)
        print(_told(plan, bot), flush=True)
    await serving
