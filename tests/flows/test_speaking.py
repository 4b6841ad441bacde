"""An answer that a model writes, while whoever asked reads along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from bot.agent.briefing import Citation, Passage, Sentence
from bot.agent.speaking import Spoken
from bot.errors import TryLater
from bot.flows.knowledge.answer_cards import GONE
from storage.models import Audience, Gap
from tests.company import ANA, GENERAL
from tests.flows.screen import Seen, whispers
from tests.flows.test_asking import ask
from tests.flows.test_sight import store, take_back
from tests.world import World

EXPORT = "how do I export the roster as csv?"
TRUE = Sentence("Open Roster, choose Export and pick CSV.", (Citation("export-roster", 1),))
MORE = Sentence("Choose Export.", (Citation("export-roster", 1),))
FALSE = Sentence("Open Roster, choose Export and pick PDF.", (Citation("export-roster", 1),))
BARE = Sentence("Exports are free of charge for 30 days.", ())


@dataclass
class Voice:
    """A model that says these sentences, one after the other, or breaks off."""

    world: World
    sentences: Sequence[Sentence] = (TRUE,)
    breaks: bool = False
    meanwhile: Callable[[], None] = lambda: None
    given: list[Passage] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        said: Callable[[Sequence[Sentence]], None],
    ) -> Spoken:
        self.given += passages
        for end in (1, 2, 3):
            said(self.sentences[:end])
            self.seen.append(shown(self.world))
            self.world.clock.advance(seconds=3)
        self.meanwhile()
        if self.breaks:
            raise TryLater("the stream was cut")
        return Spoken(tuple(self.sentences))


def shown(world: World) -> str:
    last = next(one for one in world.see(ANA, GENERAL) if one["ephemeral"])
    return Seen(world, ANA, GENERAL, last).text


@pytest.fixture
def voice(world: World) -> Iterator[Voice]:
    known = world.backstop.bus.dependencies
    voice = Voice(world)
    known.know(speaker=voice)
    yield voice
    known.know(speaker=None)


def have_written(world: World) -> None:
    ask(world, ANA, "/kb", EXPORT).press("Write me an answer")


def test_the_asker_reads_along_and_then_the_whole_with_its_articles(
    world: World, voice: Voice
) -> None:
    """Law: the private card grows in place; the passages it is written from stay below it."""
    voice.sentences = (TRUE, MORE)
    have_written(world)
    assert "Writing an answer" in voice.seen[0] and TRUE.text in voice.seen[0]
    assert f"{TRUE.text} {MORE.text}" not in voice.seen[0]
    assert f"{TRUE.text} {MORE.text}" in voice.seen[1]
    text = shown(world)
    assert "Written by an AI" in text and "pick CSV. [1]" in text
    assert "Writing an answer" not in text and "Export the roster as a CSV file" in text


@pytest.mark.parametrize("wrong", [FALSE, BARE])
def test_what_no_cited_passage_supports_is_left_out(
    world: World, voice: Voice, wrong: Sentence
) -> None:
    """Law: a colleague is told no more than the articles say, and that something was left out."""
    voice.sentences = (TRUE, wrong)
    have_written(world)
    text = shown(world)
    assert all(wrong.text not in seen and TRUE.text in seen for seen in voice.seen)
    assert "pick CSV. [1]" in text and wrong.text not in text
    assert "1 sentence that nothing here supports was left out" in text


def test_an_answer_that_broke_off_is_no_answer(world: World, voice: Voice) -> None:
    """Law: what stood there half written goes, and the articles are still there."""
    voice.breaks = True
    have_written(world)
    text = shown(world)
    assert "The model cannot be asked at the moment" in text
    assert "Writing an answer" not in text and "Export the roster as a CSV file" in text


def test_the_model_is_told_nothing_that_the_asker_may_not_read(world: World, voice: Voice) -> None:
    """Law: it sees the articles of the card, and of these what is still theirs to read."""
    ident = store(world, Audience.INTERNAL)
    seen = ask(world, ANA, "/kb", "which discount do zebra fans get?")
    take_back(world, ident, "restrict")
    seen.press("Write me an answer")
    assert voice.given == []


def test_without_a_model_nobody_is_offered_one(world: World) -> None:
    assert "Write me an answer" not in ask(world, ANA, "/kb", EXPORT).labels


def test_a_card_of_before_shows_nothing_that_was_taken_back(world: World, voice: Voice) -> None:
    """Law: what is drawn again is what the asker may read at that moment."""
    ident = store(world, Audience.PUBLIC)
    seen = ask(world, ANA, "/kb", "which discount do zebra fans get?")
    assert "12 %" in seen.text
    take_back(world, ident, "restrict")
    seen.press("Write me an answer")
    assert voice.given == []
    assert all("34 %" not in one for one in whispers(world, ANA, GENERAL))
    assert whispers(world, ANA, GENERAL)[-1] == GONE


def two_found(world: World) -> tuple[int, Seen]:
    """The second of both, and the card that shows both."""
    title, body = "Export the roster as a CSV file for less", "Export a CSV file for 12 % less."
    ident = store(world, Audience.PUBLIC, title=title, body=body)
    seen = ask(world, ANA, "/kb", EXPORT)
    assert "12 %" in seen.text and "pick CSV" in seen.text
    return ident, seen


@pytest.mark.parametrize("how", ["restrict", "retire", "edit"])
def test_of_two_articles_the_one_that_was_taken_back_is_left_out(
    world: World, voice: Voice, how: str
) -> None:
    """Law: the card that stands beside the answer is drawn from what is there now."""
    ident, seen = two_found(world)
    take_back(world, ident, how)
    seen.press("Write me an answer")
    assert [passage.article for passage in voice.given] == ["export-roster"]
    text = shown(world)
    assert "pick CSV. [1]" in text and "12 %" not in text and "34 %" not in text


def test_what_is_taken_back_while_the_model_writes_is_not_told(world: World, voice: Voice) -> None:
    """Law: the whole of it rests on what the asker may read when it is whole."""
    ident, seen = two_found(world)
    less = Sentence("Export a CSV file for 12 % less.", (Citation("secret", 1),))
    voice.sentences = (TRUE, less)
    voice.meanwhile = lambda: take_back(world, ident, "restrict")
    seen.press("Write me an answer")
    text = shown(world)
    assert "pick CSV. [1]" in text and "12 %" not in text and "34 %" not in text


@pytest.mark.parametrize("sentences", [(), (FALSE,)])
def test_where_the_articles_say_nothing_to_it_a_gap_is_counted(
    world: World, voice: Voice, sentences: tuple[Sentence, ...]
) -> None:
    """Law: what was found and answers nothing is as good as no article."""
    voice.sentences = sentences
    have_written(world)
    with world.looking() as uow:
        assert [gap.question for gap in uow.session.query(Gap)] == [EXPORT]


def test_a_model_that_is_away_says_nothing_of_the_articles(world: World, voice: Voice) -> None:
    voice.breaks = True
    have_written(world)
    with world.looking() as uow:
        assert uow.session.query(Gap).all() == []
