"""Phrase tables: a small language that finds phrases in time linear in the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agent.phrases import Phrases, lines, readable, words_of

PHRASES = Phrases(
    {
        "human": lines("speak|talk to [a] human|person"),
        "refund": lines("refund*"),
        "cancel": lines("cancel .. account"),
    }
)


def names(text: str) -> list[str]:
    return [name for name, _, _ in PHRASES.find(words_of(readable(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to TALK to a person", ["human"]),
        ("speak to human", ["human"]),
        ("talk to the human", []),
        ("réfunds? Refunding!", ["refund", "refund"]),
        ("cancel my old account", ["cancel"]),
        ("cancel one two three four account", []),
        ("Please cancel. The account is fine.", []),
        ("re\u200bfund", ["refund"]),
        ("ｒｅｆｕｎｄ", ["refund"]),
        ("", []),
    ],
)
def test_a_phrase_is_found_whatever_its_case_accents_and_hidden_characters(
    text: str, expected: list[str]
) -> None:
    """Law: either words, optional words and gaps match within one sentence and nowhere else."""
    assert names(text) == expected


def test_a_contraction_is_one_word() -> None:
    """Law: don't, don’t and dont are the same word."""
    texts = [words_of(readable(written))[1].text for written in ("I don't", "I don’t", "I dont")]

    assert texts == ["dont", "dont", "dont"]


def test_a_phrase_must_begin_with_a_word() -> None:
    """Law: a table that could match anywhere is refused when it is built."""
    for line in (".. refund", "[a] refund", "re*"):
        with pytest.raises(ValueError, match="must begin"):
            Phrases({"wrong": (line,)})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    """Law: each word's place lies in the readable text, in order and without overlap."""
    shown = readable(text)
    end = 0
    for word in words_of(shown):
        assert end <= word.start < word.end <= len(shown)
        end = word.end
