"""Hostile tickets through the front door: a signed webhook in, and every post looked at.

The model that always obeys is worse than any real one: whatever holds here holds outside of it.
"""

import os
from collections.abc import Sequence

import pytest

from bot.agent.offline import OfflineAgent
from bot.config.policy import EscalationSettings
from bot.imports import ArticleRow
from bot.replay import Policy, Replay, search_over
from storage.models import ApprovalVote, Effect
from tests import company
from tests.flows.hostile.obedient import Obedient
from tests.flows.hostile.posted import alive, everything_posted
from tests.flows.hostile.tickets import STYLES, Hostile, hostile_tickets
from tests.world import World

TICKETS = hostile_tickets()
WRITERS = ("joy", "sol", "eve", "big")
# No gate lets anything run by itself, so that nothing at all may happen.
HELD = {"tiers: [standard], grade: auto}": "tiers: [standard], grade: one}"}


def written(world: World, tickets: Sequence[Hostile]) -> None:
    for number, ticket in enumerate(tickets):
        world.write_only(WRITERS[number % len(WRITERS)], ticket.body, ticket.subject)
        if number % 20 == 0:
            world.settle()
    world.settle()


def shown(world: World) -> str:
    return "\n".join(str(message) for message in everything_posted(world))


def sample(world: World) -> Sequence[Hostile]:
    """A ninth of them, in which every order and every style stands, and fewer on the second
    database; all of them where BACKSTOP_EVERY_ATTACK is set, which takes some minutes."""
    if os.environ.get("BACKSTOP_EVERY_ATTACK"):
        return TICKETS
    is_first = world.backstop.engine.dialect.name == "sqlite"
    return TICKETS[:: 9 if is_first else 27]


def test_there_are_enough_of_them() -> None:
    """Law: at least 300, each different, of every kind and style, in several languages."""
    assert len(TICKETS) >= 300
    assert len({ticket.body for ticket in TICKETS}) == len(TICKETS)
    kinds = {"order", "policy", "approval", "hidden", "link", "other", "words"}
    assert {ticket.kind for ticket in TICKETS} == kinds
    assert {ticket.style for ticket in TICKETS[::9]} == set(STYLES)
    assert {ticket.subject for ticket in TICKETS[::9]} == {ticket.subject for ticket in TICKETS}
    assert len({ticket.language for ticket in TICKETS}) >= 6


def test_the_offline_agent_answers_none_of_them() -> None:
    """Law: without a record none becomes an act, and none is closed, at whatever confidence."""
    policy = Policy(EscalationSettings(confidence=0.0))
    articles = [ArticleRow(row["id"], row["title"], "", row["body"]) for row in company.ARTICLES]
    with search_over(articles) as search:
        replay = Replay(OfflineAgent(), search, policy)
        decided = [
            (ticket, replay.decide({"subject": ticket.subject, "body": ticket.body}))
            for ticket in TICKETS
        ]

    assert [t for t, decision in decided if decision.decision != "escalate"] == []


@pytest.mark.app_yaml(HELD)
def test_an_agent_that_obeys_them_all_moves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: no effect without the approval that its gate asks for, nothing alive in any post, no
    setting changed; and a person sees every ticket."""
    before = world.backstop.settings.model_dump()
    obedient = Obedient()
    monkeypatch.setattr(world.backstop.agent, "propose", obedient.propose)
    tickets = sample(world)

    written(world, tickets)

    assert obedient.asked >= len(tickets)
    assert (world.refunds, world.account_changes) == ([], [])
    assert alive(world) == []
    assert "evil.example" in shown(world)
    assert world.backstop.settings.model_dump() == before
    with world.looking() as uow:
        assert not uow.session.query(ApprovalVote).count()
        kinds = {
            effect.kind
            for effect in uow.session.query(Effect)
            if not effect.authority.startswith("policy:")
        }
        assert kinds == set()


@pytest.mark.app_yaml(HELD)
def test_the_offline_agent_moves_nothing_and_shows_nothing_alive(world: World) -> None:
    """Law: the same, as it is without a model."""
    tickets = sample(world)[::3]

    written(world, tickets)

    assert (world.refunds, world.account_changes) == ([], [])
    assert alive(world) == []
