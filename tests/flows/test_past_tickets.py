"""What a model may look up of tickets that were solved before."""

from pathlib import Path
from typing import Any

import pytest

from sandbox.model import Scripted, use
from sandbox.model.minds import assessed, tool_results
from storage.models import Audience
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import reply
from tests.flows.screen import card, fill
from tests.flows.test_model import CLAUDE
from tests.world import World

BLANK = "Our rota prints blank pages. Please let me speak with a real person, I am Joy Abara."
LETTER = "Hello Joy, we wrote to joy@oak.example: turn on the second factor, then print.\n– Ana"


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def solved(world: World, **resolution: str) -> int:
    """Joy's ticket, answered by Ana and resolved."""
    ticket = world.write("joy", BLANK, "Rota of Joy prints blank pages")
    card(world, ANA, ESCALATIONS).press("Claim")
    reply(world, card(world, ANA, ESCALATIONS), LETTER)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly", **resolution)["ok"]
    return ticket


def looked_up(world: World, words: str = "rota prints blank pages") -> list[dict[str, Any]]:
    """What a model that asks for tickets alike is told about them."""
    over = use("escalate", reason="-", assessment=assessed())
    world.model.mind = Scripted([[use("look_up_similar", query=words)], [over]])
    world.write("sol", "The rota prints blank for us, too.", "Blank rota")
    [found] = tool_results(world.model.requests[-1])
    return list(found)


@pytest.mark.app_yaml(CLAUDE)
def test_a_ticket_alike_comes_with_what_solved_it(world: World) -> None:
    """Law: what it was about, what our people wrote, and the article that somebody named."""
    solved(world, article="two-factor")
    [past] = looked_up(world)

    assert past["subject"] == "Rota of [NAME] prints blank pages"
    assert past["solved_by"] == ["two-factor"]
    assert "turn on the second factor" in past["our_answer"]


@pytest.mark.app_yaml(CLAUDE)
def test_nobody_else_is_told_of_in_it(world: World) -> None:
    """Law: of another customer the model learns neither name nor address nor their own letter."""
    solved(world, article="two-factor")
    told = str(looked_up(world))

    assert not any(word in told for word in ("Joy", "Abara", "joy@oak.example", "real person"))


@pytest.mark.app_yaml(CLAUDE)
def test_who_was_erased_is_alike_to_nobody(world: World, shell: Shell) -> None:
    """Law: the words leave the index with everything else."""
    solved(world, article="two-factor")
    shell.run("erase", "joy@oak.example", "--yes")

    assert shell.code == 0
    assert looked_up(world) == []


@pytest.mark.app_yaml(CLAUDE)
def test_an_article_that_customers_may_not_read_is_not_named(world: World) -> None:
    """Law: what solved it then may be for our own eyes by now."""
    solved(world, article="two-factor")

    def hide(uow: UnitOfWork, audience: Audience = Audience.INTERNAL) -> None:
        article = uow.articles.by_ref("two-factor")
        assert article is not None
        article.audience = audience

    world.backstop.writer.run(hide)
    try:
        assert [past["solved_by"] for past in looked_up(world)] == [[]]
    finally:
        world.backstop.writer.run(lambda uow: hide(uow, Audience.PUBLIC))


@pytest.mark.app_yaml(CLAUDE)
def test_one_that_is_open_again_has_solved_nothing(world: World) -> None:
    """Law: what the customer came back about is no example."""
    ticket = solved(world, article="two-factor")
    world.write("joy", "It is blank again.", ticket=ticket)

    assert looked_up(world) == []
