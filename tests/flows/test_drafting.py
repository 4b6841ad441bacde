"""An article begun out of what somebody wrote in chat, and what keeps it from being published."""

import pytest

from storage.unit_of_work import UnitOfWork
from tests.company import ANA, BEN, GENERAL, Json
from tests.flows.screen import fill, refused, words_of
from tests.flows.test_articles import WRITTEN, article, begin, look, press, versions
from tests.flows.test_asking_in_threads import use
from tests.world import World

TOLD = "The Bluebird scanner shows code E47. Fix: hold both buttons, then pair it again."


def drafted(world: World, words: str) -> Json:
    posted = world.do(ANA, "post", channel=GENERAL, text=words)
    view: Json = use(world, ANA, "article.write", GENERAL, posted["ts"])["view"]
    return view


def test_one_message_tells_the_problem_and_what_helped(world: World) -> None:
    """Law: of a message that nobody answered the rest is what to do."""
    assert fill(world, ANA, drafted(world, TOLD))["ok"]
    assert versions(world)[-1].body == (
        "## The Bluebird scanner shows code E47.\n\nFix: hold both buttons, then pair it again."
    )


def test_where_nobody_said_what_helps_somebody_has_to(world: World) -> None:
    """Law: an article that says nothing is neither kept, reviewed nor published."""
    view = drafted(world, "The Bluebird scanner shows code E47.")
    assert "Say what helps" in refused(fill(world, ANA, view))
    assert article(world).title != "The Bluebird scanner shows code E47."


def test_what_was_kept_with_nothing_said_is_not_published(world: World) -> None:
    """Law: whoever reviews it is told so, and finds no button."""
    assert fill(world, ANA, begin(world), **WRITTEN)["ok"]

    def as_before(uow: UnitOfWork) -> None:
        uow.articles.versions(article(world).id)[0].body = "## The llama\n\n…"

    world.backstop.writer.run(as_before)
    view = look(world, BEN)
    assert "does not say yet what helps" in words_of(view)
    with pytest.raises(AssertionError, match="no 'Publish'"):
        press(world, BEN, view, "Publish")


@pytest.mark.parametrize("name", ["title", "body"])
def test_nothing_is_left_out_of_an_article_unsaid(world: World, name: str) -> None:
    """Law: where a password seems to stand its author is told, and changes it."""
    typed = WRITTEN | {name: "The vault code is 4711 blue."}
    assert "no article holds one" in refused(fill(world, ANA, begin(world), **typed))
    assert "4711" not in str([one.body for one in versions(world)])


def test_what_only_speaks_of_passwords_is_kept(world: World) -> None:
    """Law: letter by letter."""
    body = "Choose a password of at least 12 characters. The password is yours alone."
    assert fill(world, ANA, begin(world), **WRITTEN | {"body": body})["ok"]
    assert versions(world)[-1].body == body
