"""A sentence that says the contrary of its passage, in words, in seven languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.citing.support import unsupported
from bot.agent.words.numbers import counted


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("seventy", 70),
        ("thirty-one", 31),
        ("thirty one", 31),
        ("einundzwanzig", 21),
        ("siebzig", 70),
        ("veintiún", 21),
        ("treinta y un", 31),
        ("cuarenta", 40),
        ("quarante", 40),
        ("dix-sept", 17),
        ("soixante-dix-sept", 77),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-sept", 97),
        ("ventotto", 28),
        ("quaranta", 40),
        ("vinte e dois", 22),
        ("eenentwintig", 21),
        ("veertig", 40),
        ("5k", 5000),
    ],
)
def test_a_number_in_words_is_that_number_and_no_other(words: str, number: int) -> None:
    """Law: a link that is good for seventy days is not good for thirty."""
    claim = f"The link works: {words} units."
    assert unsupported(claim, [f"The link works: {number} units."]) == ""
    assert unsupported(claim, [f"The link works: {number + 9} units."]) != ""


@pytest.mark.parametrize("said", ["Payment is due once.", "Es sei denn, alles geht.", "One more."])
def test_a_word_that_only_looks_like_a_number_is_none(said: str) -> None:
    """Law: what is a number in one language may be a common word of another."""
    assert unsupported(said, [said]) == ""
    assert all(counted([word.lower()])[1] == 0 for word in said.strip(".").split())


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("it", "Le chiavi non scadono da sole.", "Le chiavi scadono da sole."),
        ("it", "Il link dura 14 mesi.", "Il link dura 14 giorni."),
        ("nl", "De sleutels verlopen niet vanzelf.", "De sleutels verlopen vanzelf."),
        ("nl", "De link werkt 14 weken.", "De link werkt 14 dagen."),
        ("en", "Files of 25 MB are accepted.", "Files of 25 MB are rejected."),
        ("en", "Choose a smaller picture.", "Choose a larger picture."),
    ],
)
def test_the_contrary_is_found(language: str, claim: str, passage: str) -> None:
    """Law: denials and units of time are read in each language that answers are written in."""
    assert unsupported(passage, [passage], language) == ""
    assert unsupported(claim, [passage], language) != ""
    assert unsupported(passage, [claim], language) != ""


@given(st.lists(st.sampled_from(["quatre", "vingt", "dix", "neuf", "thirty", "one", "y", "x"])))
def test_any_words_are_counted_within_their_bounds(words: list[str]) -> None:
    """Law: a number takes no more words than there are, and is one that people write."""
    number, used = counted(words)
    assert 0 <= used <= len(words)
    assert (number == "") == (used == 0)
    assert not number or 0 <= int(number) <= 1_000
