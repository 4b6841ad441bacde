"""An article in the language of a region is written from like any other."""

import pytest

from bot.agent.briefing import Citation, Sentence
from storage.unit_of_work import UnitOfWork
from tests.flows.test_speaking import Voice, have_written, shown
from tests.world import World

OTHERWISE = "You can choose Export in Roster and pick CSV."


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_an_article_of_a_region_is_written_from(world: World, language: str) -> None:
    """Law: what is known of a language is known of it in every country."""

    def spell(uow: UnitOfWork) -> None:
        for article in uow.articles.all():
            article.language = language

    world.backstop.writer.run(spell)
    voice = Voice(world, (Sentence(OTHERWISE, (Citation("export-roster", 1),)),))
    world.backstop.bus.dependencies.know(speaker=voice)

    have_written(world)

    assert "You can choose Export in Roster" in shown(world)
    world.backstop.bus.dependencies.know(speaker=None)
