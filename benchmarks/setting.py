"""The measured bot's settings, and how it and the world around it are started."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from benchmarks.outside import QUOTA_SCALE
from benchmarks.processes import HOST, Running, running
from sandbox.bot_process import DATABASE
from sandbox.demo import with_settings
from sandbox.ports import free_port
from sandbox.world import COMPANY, SECRETS


class Setting:
    """The sample company's bot with a database of ours, and a sandbox that knows the cards."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        self.port, self._outside_port = free_port(), free_port()
        self.config = folder / f"{kind}.yaml"
        self._logs = folder
        home = f"http://{HOST}:{self._outside_port}"
        settings = {
            "slack.delivery": "http",
            "slack.api_url": f"{home}/api/",
            "help_desk.url": f"{home}/zendesk",
            "payments.api_url": f"{home}/stripe",
            "account_actions.url": f"{home}/accounts/changes",
            "database": f"env:{DATABASE}",
            "server.port": str(self.port),
            # What is measured is how fast it goes on.
            "approvals.grace": "0s",
        }
        sample = (COMPANY / "app.yaml").read_text("utf-8")
        self.config.write_text(with_settings(sample, settings), "utf-8")

    def environ(self, database: str) -> Mapping[str, str]:
        return {
            **SECRETS,
            DATABASE: database,
            "BACKSTOP_LOG_LEVEL": "WARNING",
            "BACKSTOP_SLACK_QUOTA_SCALE": str(QUOTA_SCALE),
        }

    @contextmanager
    def outside(self, cards: int) -> Iterator[None]:
        numbers = [str(self._outside_port), str(self.port), str(cards)]
        arguments = [str(self.config), *numbers]
        log = self._logs / "outside.log"
        port, path = self._outside_port, "/sandbox/world"
        with running("benchmarks.outside", arguments, port, log, path=path):
            yield

    def bot(self, database: str) -> AbstractContextManager[Running]:
        """As a company runs it."""
        arguments = ["run", "--config", str(self.config)]
        log = self._logs / "bot.log"
        return running("bot", arguments, self.port, log, self.environ(database))

    def quiet_bot(self, database: str) -> AbstractContextManager[Running]:
        """The same without workers."""
        log = self._logs / "bot.log"
        arguments = [str(self.config)]
        return running("benchmarks.quiet", arguments, self.port, log, self.environ(database))

    def refunded_at(self) -> Mapping[str, float]:
        """Unix time at which each charge was refunded, as the provider's ledger has it."""
        address = f"http://{HOST}:{self._outside_port}/sandbox/payments/ledger"
        with urllib.request.urlopen(address) as answer:
            rows = json.load(answer)["refunds"]
        return {row["charge"]: row["at"] for row in rows if row["charge"].startswith("ch_bench")}
