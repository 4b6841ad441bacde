"""Which articles are shown for a question, and which passage of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.agent.passages import passages_of
from bot.flows.knowledge.rules import passage_of, worth_showing
from storage.search import Found

QUESTION = "How do I reset my password?"


def found(
    ident: int,
    score: float,
    text: str = "Reset the password in your profile.",
    near: float = 0.0,
) -> Found:
    return Found(ident, str(ident), f"Article {ident}", text, "en", "", score, near=near)


def shown(*articles: Found) -> list[int]:
    return [telling.article for telling in worth_showing(QUESTION, articles)]


def test_further_articles_must_come_close_to_the_best() -> None:
    """Law: one that merely uses the same words is not put beside the answer."""
    assert shown(found(1, 7.6), found(2, 5.0), found(3, 4.5)) == [1, 2]


def test_an_article_about_something_else_is_not_shown() -> None:
    assert shown(found(1, 9.0, "Invoices are sent on the first of the month.")) == []


def test_a_german_verb_that_comes_apart_is_the_same_verb() -> None:
    """Law: "setze … zurück" asks for what an article calls "zurücksetzen"; in English one word
    that begins another is another."""
    told = Found(1, "1", "Passwort zurücksetzen", "Wähle Vergessen.", "de", "", 9.0)
    assert worth_showing("Wie setze ich mein Passwort zurück?", [told])
    english = Found(2, "2", "Portals", "A portal of printers.", "en", "", 9.0)
    assert not worth_showing("Which ports does print use?", [english])


def test_of_passages_as_near_the_steps_answer() -> None:
    """Law: what to do stands before what is said about it."""
    text = "About passwords.\n\n1. Choose a password.\n2. Save it.\n\nA password is kept safe."
    [told] = worth_showing(QUESTION, [found(1, 9.0, text)])
    assert told.number == 2


def test_an_article_that_means_the_same_is_shown_whatever_its_words() -> None:
    """Law: it has to be near: what is a little so only happens to be of the same kind."""
    other = "Open the sign-in page and press Forgot."
    assert shown(found(1, 19.0, other, near=0.6), found(2, 18.0, other, near=0.4)) == [1]


def test_a_passage_is_words_and_no_markup() -> None:
    """Law: what an article marks for a page is read in a chat as plain words."""
    text = (
        "Some other paragraph.\n\n"
        "# Reset\n\nTo **reset** your *password* press `Reset`, or see [Undo it](#undo), 2*3:\n"
        "- *Team* first\n* then __you__"
    )
    [telling] = worth_showing(QUESTION, [found(1, 9.0, text)])
    said = (
        "Reset\nTo reset your password press Reset, or see Undo it, 2*3:\n• Team first\n• then you"
    )
    assert (telling.number, passage_of(text, telling.number)) == (2, said)


def test_a_heading_right_behind_other_words_begins_what_follows_it() -> None:
    """Law: the sentence that answers is quoted with its heading, and no heading without it."""
    text = "Passwords and how to reset them.\n## Reset\n\nPress **Forgot** to set a new password."
    asked = "How do I reset it to set a new password?"
    [telling] = worth_showing(asked, [found(1, 9.0, text)])
    assert passage_of(text, 1) == "Passwords and how to reset them."
    assert passage_of(text, telling.number) == "Reset\nPress Forgot to set a new password."


def test_a_passage_that_is_no_longer_there_is_no_passage() -> None:
    """Law: an article that was shortened since is not quoted with words it never had."""
    assert [passage_of("One.\n\nTwo.", number) for number in (0, 1, 2, 3)] == [
        "",
        "One.",
        "Two.",
        "",
    ]


CODES = (
    "Codes that stand on the page after a failed sign-in.\n\n| Code | Meaning |\n|:--|--:|\n"
    + "\n".join(
        f"| SSO-{at} | The provider says that this is wrong: {at * 7} |" for at in range(101, 116)
    )
)


def test_of_a_long_table_the_row_is_quoted_that_says_what_was_asked() -> None:
    """Law: a row is read with the names of its columns, and no row of pipes."""
    asked = "SSO-104"
    [telling] = worth_showing(asked, [found(1, 9.0, CODES)])
    told = "Code: SSO-104 · Meaning: The provider says that this is wrong: 728."
    assert passage_of(CODES, telling.number, asked) == told
    assert len(passage_of(CODES, telling.number)) <= 502


def test_a_short_table_is_quoted_as_its_rows() -> None:
    """Law: what stands between the bars is kept, whatever it is."""
    text = "| Plan | |\n|---|---|\n| Free | a \\| b |\n| Team | | more |\n| alone |"
    assert passage_of(text, 1) == "Plan: Free · a | b.\nPlan: Team.\nPlan: alone."


def test_of_equals_the_passage_below_answers() -> None:
    """Law: an article opens with what it is about, and answers further down."""
    text = "Export a list, or everything.\n## One list\n\nIn every list choose Export."
    [telling] = worth_showing("How do I export a list?", [found(1, 9.0, text)])
    assert passage_of(text, telling.number) == "One list\nIn every list choose Export."


@given(st.lists(st.text("ab|-: ", max_size=12), max_size=8))
def test_what_only_looks_like_a_table_is_no_less_read(lines: list[str]) -> None:
    """Law: beside a table, and where bars are drawn without one, no line is lost."""
    told = "\n".join(passages_of("\n".join(lines))).splitlines()
    beside = [line.strip() for line in lines if "|" not in line and line.strip()]
    assert [line for line in told if line in beside][: len(beside)] == beside
