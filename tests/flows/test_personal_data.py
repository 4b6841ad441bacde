"""Seeded personal data through the front door: what reaches the model, the posts and the log."""

import json
import logging
import os
from typing import Any

import pytest

from benchmarks.personal_data import Item, core_of, items
from bot.personal import SECRET
from storage.models import DecisionText, Message
from tests.company import ANA, ESCALATIONS
from tests.flows.screen import card
from tests.flows.test_model import CLAUDE
from tests.world import World

A_TICKET = 30
SEEDED = int(os.environ.get("BACKSTOP_PERSONAL_ITEMS", "60"))


def leaked(seeded: list[Item], told: str) -> list[Item]:
    core = core_of(told)
    return [item for item in seeded if item.secret in core]


def said(bodies: list[Any]) -> str:
    """All texts within, one after another, so that no form of JSON hides any."""
    found: list[str] = []

    def walk(told: Any) -> None:
        if isinstance(told, dict):
            walk(list(told.values()))
        elif isinstance(told, list):
            for each in told:
                walk(each)
        elif isinstance(told, str):
            found.append(told)

    walk(bodies)
    return "\n".join(found)


@pytest.mark.app_yaml(CLAUDE)
def test_no_secret_leaves_and_the_rest_is_hidden_from_the_model(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """
    No card, token or password stands in a request to the model, in a post, in what is kept of the
    decision or in the log at its most talkative; no address reaches the model.
    """
    caplog.set_level(logging.DEBUG)
    seeded = list(items(SEEDED, seed=11))
    for begins in range(0, SEEDED, A_TICKET):
        words = "\n\n".join(item.text for item in seeded[begins : begins + A_TICKET])
        world.write("joy", f"Please let me speak with a real person.\n{words}", "Details")
        card(world, ANA, ESCALATIONS).press("Claim")

    secrets = [item for item in seeded if item.kind in SECRET]
    with world.looking() as uow:
        bodies = [row.body for row in uow.session.query(Message)]
        kept = [f"{row.seen}{row.steps}" for row in uow.session.query(DecisionText)]
    assert len(leaked(secrets, "\n".join(bodies))) == len(secrets), "nothing came in"
    assert len(world.model.requests) >= SEEDED / A_TICKET
    asked = said(world.model.requests)
    posted = said([line.get("args") for line in world.workspace.journal.since(0)])
    assert "Details" in posted and "Details" in asked

    assert leaked(seeded, asked) == []
    assert leaked(seeded, "\n".join(kept)) == []
    assert leaked(secrets, posted) == []
    assert leaked(secrets, caplog.text) == []
    assert leaked(secrets, json.dumps(caplog.messages)) == []
