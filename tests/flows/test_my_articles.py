"""What `/kb mine` says to whoever writes articles, or looks after some."""

from typing import Any

from sqlalchemy import event

from tests.company import ANA, BEN, LEA
from tests.flows.screen import fill
from tests.flows.test_articles import WRITTEN, begin, look, press, write
from tests.flows.test_asking import ask
from tests.world import World


def test_my_list_says_what_has_become_of_my_words(world: World) -> None:
    """Law: what waits, was given back or is not handed in yet is no article that nobody looked at;
    whoever looks after it is told whose words they are."""
    assert fill(world, ANA, begin(world), **WRITTEN, owner="lea", next="draft")["ok"]
    mine = ask(world, ANA, "/kb", "mine")
    assert "\n  a draft\n" in mine.text
    assert "\n  a draft, by Ana Ruiz\n" in ask(world, LEA, "/kb", "mine").text
    view = mine.press("Open: Recalibrate the llama", by=ANA)["view"]
    press(world, ANA, view, "Ask for a review")
    assert "\n  waits for a review\n" in ask(world, ANA, "/kb", "mine").text
    view = press(world, BEN, look(world, BEN), "Ask for changes")["view"]
    assert fill(world, BEN, view, reason="Which llama?")["ok"]
    assert "\n  was given back\n" in ask(world, ANA, "/kb", "mine").text


def test_my_list_asks_once_for_the_versions_of_all(world: World) -> None:
    """Law: what a list costs does not grow with the articles that are not on it."""
    write(world)
    asked: list[str] = []

    def hear(*told: Any) -> None:
        asked.append(told[2])

    event.listen(world.backstop.engine, "before_cursor_execute", hear)
    assert "asks for a review" in ask(world, BEN, "/kb", "mine").text
    event.remove(world.backstop.engine, "before_cursor_execute", hear)
    assert sum("FROM article_version" in " ".join(one.split()) for one in asked) == 1
