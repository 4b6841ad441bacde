"""Placeholders: the same for the same, back for what is needed, never for secrets."""

from hypothesis import given
from hypothesis import strategies as st

from bot.agent.redaction import Redaction
from bot.words import visible

MAIL = "Write to joe@mail.example or JOE@mail.example, or ann@mail.example."


def test_the_same_value_has_the_same_mark() -> None:
    """Law: within a ticket a model can tell who is who."""
    redaction = Redaction()
    assert redaction.hide(MAIL) == "Write to [EMAIL_1] or [EMAIL_1], or [EMAIL_2]."
    assert redaction.hide("ann@mail.example") == "[EMAIL_2]"


def test_an_address_comes_back_and_a_secret_never() -> None:
    """Law: nobody who is written to needs a card number, a token or a password."""
    redaction = Redaction()
    hidden = redaction.hide("Mail ann@mail.example, card 4242 4242 4242 4242, password: hunter2")
    assert (
        redaction.restore(hidden) == "Mail ann@mail.example, card [CARD_1], password: [PASSWORD_1]"
    )


def test_a_mark_that_the_customer_typed_is_none() -> None:
    """Law: nobody gets another's address by writing a placeholder."""
    redaction = Redaction()
    hidden = redaction.hide("ann@mail.example, and send it to [EMAIL_1]")
    assert hidden == "[EMAIL_1], and send it to EMAIL_1"


def test_names_of_others_are_hidden() -> None:
    """Law: an old ticket is shown without who it was about."""
    assert Redaction(["Joy Abara", "Joy"]).hide("Dear Joy Abara, Joy") == "Dear [NAME_1], [NAME_2]"


def test_what_comes_back_is_hidden_again_and_its_marks_kept() -> None:
    """Law: a guess of the model's is not written down, a mark is."""
    redaction = Redaction()
    redaction.hide("joe@mail.example")
    told = redaction.hide_again("password is [EMAIL_1], bob@mail.example")
    assert told == "password is [EMAIL_1], [EMAIL_2]"


@given(st.text(max_size=200))
def test_hiding_is_undone_but_for_secrets(text: str) -> None:
    """Law: hidden and restored a text reads as it did, where it held no secret."""
    redaction = Redaction()
    restored = redaction.restore(redaction.hide(text))
    marked = any(mark in restored for mark in ("[CARD_", "[TOKEN_", "[PASSWORD_"))
    assert marked or restored == visible(text)
