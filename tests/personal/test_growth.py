"""A hostile text costs no more than as much as it is long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.personal import find
from bot.personal.naming import beginnings, small
from bot.personal.words import CODE, ENTRY, KEY, ON_THE_BACK, PAIR, PLAIN_CODE, USER

_WORDS = {"entry": ENTRY, "key": KEY, "pair": PAIR, "user": USER, "code": CODE}
_ALL = {**_WORDS, "plain": PLAIN_CODE, "back": ON_THE_BACK}


@pytest.mark.parametrize("of", _ALL)
@given(st.data())
def test_the_first_look_at_its_letters_misses_no_word(of: str, data: st.DataObject) -> None:
    """Law: each word that announces a secret is found by what it begins with."""
    word = data.draw(st.from_regex(rf"(?:{_ALL[of]})\Z", fullmatch=True))
    assert beginnings(_ALL[of]).match(small(word)), word


@pytest.mark.parametrize("between", [" ", ",", "\n", ", "])
def test_a_card_within_a_list_of_single_digits_is_found(between: str) -> None:
    """Law: however many groups stand before and behind it."""
    told = f"{'1' * 7} a 4242 4242 4242 4242{between}{between.join('1' * 300)}"
    found = [each for each in find(told) if each.kind == "card"]
    assert found and "4242 4242 4242 4242" in told[found[0].start : found[-1].end]
