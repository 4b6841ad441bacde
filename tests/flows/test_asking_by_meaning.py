"""Questions in other words than an article's, where `search.embeddings` is on."""

import asyncio

import pytest

from bot.config.extras import has_embeddings
from bot.watchers import Watchers
from tests.company import ANA
from tests.flows.test_asking import ask
from tests.world import World

EMBEDDINGS = {"company:": "search: {embeddings: true}\ncompany:"}
QUESTION = "get the schedule into a spreadsheet"


@pytest.mark.skipif(not has_embeddings(), reason="the extra 'embeddings' is not installed")
@pytest.mark.app_yaml(EMBEDDINGS)
def test_an_article_is_found_by_its_meaning_once_it_is_read(world: World) -> None:
    """Law: reading is work beside the articles, and until it is done they are found by words."""
    assert "No article covers this" in ask(world, ANA, "/kb", QUESTION).text
    asyncio.run(Watchers(world.backstop).read_articles())

    assert "Export the roster as a CSV file" in ask(world, ANA, "/kb", QUESTION).text
    assert "No article covers this" in ask(world, ANA, "/kb", "why do llamas hum?").text


def test_without_it_articles_are_found_by_their_words_alone(world: World) -> None:
    """Law: nothing is read and nothing is loaded for what nobody asked for."""
    asyncio.run(Watchers(world.backstop).read_articles())

    assert world.backstop.nearest is None
    assert "No article covers this" in ask(world, ANA, "/kb", QUESTION).text
