"""Which articles are shown for a question."""

from bot.flows.knowledge.rules import worth_showing
from storage.search import Found

QUESTION = "How do I reset my password?"


def found(ref: str, score: float, text: str = "Reset the password in your profile.") -> Found:
    return Found(1, ref, ref.title(), text, "en", "", score)


def shown(*articles: Found) -> list[str]:
    return [passage.ref for passage in worth_showing(QUESTION, articles)]


def test_further_articles_must_come_close_to_the_best() -> None:
    """Law: one that merely uses the same words is not put beside the answer."""
    assert shown(found("best", 7.6), found("near", 5.0), found("far", 4.5)) == ["best", "near"]


def test_an_article_about_something_else_is_not_shown() -> None:
    assert shown(found("other", 9.0, "Invoices are sent on the first of the month.")) == []


def test_a_passage_is_words_and_no_markup() -> None:
    """Law: what an article marks for a page is read in a chat as plain words."""
    text = (
        "# Reset\n\nTo **reset** your *password* press `Reset`, or see [Undo it](#undo), 2*3:\n"
        "- *Team* first\n* then __you__"
    )
    [passage] = worth_showing(QUESTION, [found("best", 9.0, text)])
    said = "To reset your password press Reset, or see Undo it, 2*3:\n• Team first\n• then you"
    assert passage.passage == said
