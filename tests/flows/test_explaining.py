"""`backstop explain`: its own figures stand there, and what the agent did and wrote."""

import pytest

from tests.cli.conftest import Shell
from tests.flows.scenes import REFUND
from tests.flows.test_model import CLAUDE, EXPORT, shell
from tests.world import World

__all__ = ["shell"]


@pytest.mark.app_yaml(CLAUDE)
def test_what_a_model_may_use_is_no_secret(world: World, shell: Shell) -> None:
    """Law: a budget of tokens is told in figures."""
    world.write("joy", EXPORT, "Export")
    assert "[password]" not in shell.run("explain", "1")


def test_what_the_deterministic_agent_did_is_told(world: World, shell: Shell) -> None:
    """Law: the answer in its words, and an act with what it would move."""
    world.write("joy", EXPORT, "Export")
    assert "written by an AI" in shell.run("explain", "1")
    world.write("joy", REFUND, "Money back")
    told = shell.run("explain", "2")
    assert "amount 4900" in told and "charge ch_" in told
