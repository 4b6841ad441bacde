"""Answers that are written while somebody waits."""

from collections.abc import Callable, Sequence

import pytest

from bot.agent.briefing import Citation, Sentence
from bot.config.agent import AgentSettings, Budget
from bot.errors import Refused, TryLater
from sandbox.model import say
from tests.agent.claude.conftest import Stage
from tests.agent.tickets import RESET

TOLD = "Choose Forgot password. [1] The link is good for 60 minutes.[1][9]\nAsk an Admin. [2]"


def test_the_text_grows_by_whole_sentences_that_cite(scripted: Callable[..., Stage]) -> None:
    """Law: half a sentence, or one whose citations are still to come, is heard by nobody, and a
    number that stands for nothing cites nothing."""
    heard: list[Sequence[Sentence]] = []
    spoken = scripted([say(TOLD)]).speaker().answer("How?", (RESET,), heard.append)

    assert [(each.text, each.cites) for each in spoken.sentences] == [
        ("Choose Forgot password.", (Citation(RESET.article, 1),)),
        ("The link is good for 60 minutes.", (Citation(RESET.article, 1),)),
        ("Ask an Admin.", (Citation(RESET.article, 2),)),
    ]
    assert heard[0] == spoken.sentences[:1] and heard[-1] == spoken.sentences[:2]


def test_where_no_passage_says_it_nothing_is_said(scripted: Callable[..., Stage]) -> None:
    """Law: "no article covers this" is an answer, and no word of it is streamed."""
    heard: list[Sequence[Sentence]] = []
    assert scripted([say("NOTHING")]).speaker().answer("?", (RESET,), heard.append).sentences == ()
    assert heard == []


def test_a_colleague_sees_what_the_model_does_not(scripted: Callable[..., Stage]) -> None:
    """Law: personal data of the question goes out as a mark and comes back as it was."""
    built = scripted([say("Write to [EMAIL_1]. [1] Yes. [1]")])
    heard: list[Sequence[Sentence]] = []
    spoken = built.speaker().answer("Is joe@mail.example right?", (RESET,), heard.append)

    assert "joe@mail.example" not in str(built.server.requests)
    assert spoken.text == "Write to joe@mail.example. Yes."
    assert heard[-1] == spoken.sentences[:1]


def test_a_stream_that_ends_early_is_no_answer(scripted: Callable[..., Stage]) -> None:
    """Law: what was heard by then is taken back by an error, never kept as an answer."""
    built = scripted(*[[say(TOLD)]] * 3)
    built.server.faults.end_after = 8
    heard: list[Sequence[Sentence]] = []
    with pytest.raises(TryLater):
        built.speaker().answer("How?", (RESET,), heard.append)
    assert heard


def test_an_answer_that_grew_too_long_is_none(scripted: Callable[..., Stage]) -> None:
    """Law: half an answer may say the opposite of the whole."""
    built = scripted([say("Choose Forgot password, and then this. [1] " * 200)])
    with pytest.raises(TryLater, match="max_tokens"):
        built.speaker().answer("How?", (RESET,), lambda said: None)


def test_a_listener_that_fails_is_not_the_models_failure(scripted: Callable[..., Stage]) -> None:
    """Law: a card that cannot be redrawn costs no second request, and rests no model."""

    def deaf(said: Sequence[Sentence]) -> None:
        raise ValueError("no card")

    built = scripted([say(TOLD)])
    assert built.speaker().answer("How?", (RESET,), deaf).sentences
    assert len(built.server.requests) == 1


def test_over_its_budget_it_is_silent(scripted: Callable[..., Stage]) -> None:
    """Law: questions of colleagues are paid from the same day's budget."""
    built = scripted()
    settings = AgentSettings(kind="claude", budget=Budget(day_money=0))
    with pytest.raises(Refused):
        built.speaker(settings).answer("How?", (RESET,), lambda said: None)
    assert built.server.requests == []
