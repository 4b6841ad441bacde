"""How the demo starts the bot."""

from pathlib import Path

from bot.config import load
from bot.config.secrets import database_url
from sandbox.demo import Plan, launch

SECRET = "postgresql://ana:hunter2@127.0.0.1/demo"


def test_the_bots_own_commands_find_the_demos_database(tmp_path: Path) -> None:
    """
    With `--config` alone: what the demo shows can be looked up in the audit.
    """
    plan = launch(Plan(folder=tmp_path))

    assert database_url(load(plan.config, {}), {}) == f"sqlite:///{tmp_path / 'backstop.db'}"


def test_a_database_that_was_asked_for_is_not_written_down(tmp_path: Path) -> None:
    """
    Its address may hold a password.
    """
    plan = launch(Plan(folder=tmp_path, database=SECRET))

    assert "hunter2" not in plan.config.read_text(encoding="utf-8")
    assert database_url(load(plan.config, {}), plan.environment) == SECRET
