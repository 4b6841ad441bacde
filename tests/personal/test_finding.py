"""Personal data is found however it is written, and nothing else is lost."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.personal_data import card, core_of, items
from bot.agent.redaction import Redaction
from bot.personal import find, masked
from bot.personal.cards import luhn
from bot.words import clean

CARD = "4242 4242 4242 4242"


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "4242-4242-4242-4242",
        "4242\n4242 4242\n4242",
        "4242\u00a04242\u200b4242‑4242",
        "４２４２ ４２４２ ４２４２ ４２４２",
        "٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢",
        "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
        "3782 822463 10005",
        "<b>4242</b> 4242 4242 4242",
        "{'card': '4242424242424242'}",
        "my card 4242 4242 4242 4241 (a digit wrong)",
        "4242 4242 4242 4242 12/26 123",
        "4242424242424242, exp. 01/2027, CVV 0123",
    ],
)
def test_a_card_is_found_in_whatever_groups_it_is_written(text: str) -> None:
    """Law: blanks, dashes, line ends, other scripts' digits and a typing error hide no card."""
    assert [each.kind for each in find(text)] == ["card"]


@pytest.mark.parametrize("between", [" (then) ", "\nand then ", " and the second half is "])
def test_two_halves_of_a_card_are_a_card(between: str) -> None:
    """Law: half a number is neither a telephone's nor shown; two dates are no card."""
    assert masked(f"4242 4242{between}4242 4242") == f"[card]{between}[card]"
    assert masked(f"20250101{between}20250202") == f"20250101{between}20250202"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("iban", "DE89 3704 0044 0532 0130 00"),
        ("iban", "de89370400440532013000"),
        ("iban", "FR76-3000-6000-0112-3456-7890-189"),
        ("iban", "DE89 3704 0044 0532 0130 02"),
        ("email", "joe.smith+x@mail.example"),
        ("email", "joe [at] mail [dot] example"),
        ("email", "käthe@büro-nord.example"),
        ("phone", "+49 (0)30 1234567"),
        ("phone", "06 12 34 56 78"),
        ("phone", "(555) 123-4567 ext. 89"),
        ("token", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
        ("token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jV"),
        ("token", "MTA4Njk4NTI0NzY0MzQ1MzQ3.GhTk2x.aVeryLongPartOfLetters123456"),
        ("token", "sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
        ("token", "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----"),
    ],
)
def test_by_its_form(kind: str, text: str) -> None:
    """Law: what has a form of its own needs no word before it."""
    assert [(each.kind, each.end - each.start) for each in find(text)] == [(kind, len(text))]


@pytest.mark.parametrize(
    ("told", "secret"),
    [
        ("password: hunter2", "hunter2"),
        ("My password is sunshine.", "sunshine"),
        ("Password: purple horse battery staple", "purple horse battery staple"),
        ("Das Passwort lautet Sommer2024!", "Sommer2024!"),
        ("La contraseña es perro", "perro"),
        ("mot de passe : soleil", "soleil"),
        ("A minha senha é abacaxi", "abacaxi"),
        ("user/pass: joe / hunter2", "hunter2"),
        ("password\nhunter2", "hunter2"),
        ("I use hunter2 as my password", "hunter2"),
        ("I changed my password from Blau99 to Rot88", "Rot88"),
        ("DB_PASSWORD=hunter2", "hunter2"),
        ("PIN 4711", "4711"),
        ("api key: 1234abcd", "1234abcd"),
        ("Mein API-Schlüssel lautet x9y8z7w6", "x9y8z7w6"),
        ("https://joe:pa55@shop.example/?token=abcdef12", "pa55"),
    ],
)
def test_by_the_words_before_it(told: str, secret: str) -> None:
    """Law: what is told as a password, key or code in five languages is shown to nobody."""
    assert secret not in Redaction().hide(told)
    assert secret not in clean(told)


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "I forgot my password: how do I reset it?",
        "A password-protected file and the password reset link",
        "Mein Passwort ist abgelaufen",
        "token expired, and the key is broken",
        "Shortcut key: F5",
        "invoice 20418 of 2024-11-22 at 10:15, 1.783,50 EUR, version 1.2.3.4",
        "Refund ch_3MmlLrLkdIwHu7ix0snN0B15, 49 USD, order number 123456789012",
        "https://help.example/articles/how-to-reset-your-password-on-firefox-for-android",
        "at 10 people waiting",
    ],
)
def test_what_is_only_spoken_of_stays(text: str) -> None:
    """Law: an agent that is shown nothing can answer nothing."""
    assert find(text) == []
    assert clean(text) == text


@pytest.mark.parametrize("before", ["My card is ", "my card no ", "DE ", "it", "At "])
@pytest.mark.parametrize("seed", range(40))
def test_no_word_before_a_card_makes_an_account_of_it(before: str, seed: int) -> None:
    """Law: a word that is also a country's code leaves a card a card, which nobody is shown."""
    number = card(Random(seed))
    text = f"{before}{number} and it was charged twice.\nCall me on 0171 2345678."
    assert core_of(number) not in core_of(masked(text))
    redaction = Redaction()
    assert core_of(number) not in core_of(redaction.restore(redaction.hide(text)))


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    """Law: what is found stands in order, within the text, and never overlaps."""
    places = [(each.start, each.end) for each in find(text)]
    assert all(start < end for start, end in places)
    assert [at for place in places for at in place] == sorted(at for p in places for at in p)
    assert not places or places[-1][1] <= len(text)


@given(st.text(max_size=60), st.randoms(use_true_random=False), st.text(max_size=60))
def test_no_text_around_a_card_hides_it(before: str, dice: Random, after: str) -> None:
    """Law: of a card between words of any kind nothing is left that could be charged."""
    number = card(dice)
    shown = core_of(masked(f"{before}, {number} {after}"))
    assert core_of(number) not in shown


def test_the_sum_of_luhn() -> None:
    """Law: one digit changed, and it is none any more."""
    assert luhn("4242424242424242") and luhn("378282246310005")
    assert not luhn("4242424242424241")


def test_two_hundred_of_each_kind() -> None:
    """Law: seeded data in many forms leaves no card, token or password, and no address."""
    for item in items(1_200, seed=7):
        hidden = core_of(Redaction().hide(item.text))
        assert item.secret not in hidden, item
