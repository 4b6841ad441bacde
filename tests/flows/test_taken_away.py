"""What customers find in the help centre no more, though nobody here took it away."""

from collections.abc import Iterator

import pytest

from storage.models import ArticleState
from tests.company import BEN, KNOWLEDGE, LEA
from tests.flows.centres import (
    MIRRORED,
    UNVOUCHED,
    connected,
    edit,
    in_step,
    pull,
    theirs,
    told_there,
    zendesk,
)
from tests.flows.screen import Seen, fill, messages
from tests.flows.test_articles import BODY, QUESTION, article, look, press, versions
from tests.flows.test_asking import ask
from tests.world import World

pytestmark = pytest.mark.app_yaml(MIRRORED)
ALPACA = "when is the alpaca shorn?"
WAYS = ("draft", "removed")


@pytest.fixture(autouse=True)
def centre(world: World) -> Iterator[None]:
    with connected(world, zendesk(world)):
        yield


def take_away(world: World, way: str) -> None:
    [there] = theirs(world)
    if way == "draft":
        there.is_draft = True
    else:
        del world.desk.directory.articles[there.id]


def choices(world: World) -> list[Seen]:
    return [one for one in messages(world, LEA, KNOWLEDGE) if "Retire ours" in one.labels]


@pytest.mark.parametrize("way", WAYS)
def test_what_came_from_there_is_found_here_no_more(world: World, way: str) -> None:
    """Law: and again once it is back there, with no word changed."""
    there = told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    assert "shorn in spring" in ask(world, LEA, "/kb", ALPACA).text
    take_away(world, way)
    pull(world)
    assert "No article covers this" in ask(world, LEA, "/kb", ALPACA).text
    there.is_draft, world.desk.directory.articles[there.id] = False, there
    pull(world)
    assert "shorn in spring" in ask(world, LEA, "/kb", ALPACA).text


@pytest.mark.parametrize("way", WAYS)
def test_what_came_from_there_and_is_published_here_waits_for_a_person(
    world: World, way: str
) -> None:
    """Law: who took it away there is not overruled by whoever edits here."""
    told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    found = ask(world, LEA, "/kb", ALPACA).press("Open: Shear the alpaca")["view"]
    view = press(world, LEA, found, "Edit")["view"]
    answer = fill(world, LEA, view, body="Alpacas are shorn twice.", owner="lea")
    assert answer["ok"], answer
    take_away(world, way)
    pull(world)
    assert choices(world) == []
    press(world, BEN, look(world, BEN), "Publish")
    assert [one.is_draft for one in theirs(world)] == ([True] if way == "draft" else [])
    choices(world)[0].press("Keep ours")
    assert ["shorn twice" in one.html for one in theirs(world)] == [True]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_reviewed_here_waits_for_a_person(world: World, way: str) -> None:
    """Law: until then it is answered with here, and not put back there; asked for once."""
    in_step(world)
    take_away(world, way)
    for _ in range(2):
        pull(world)
    [seen] = choices(world)
    assert {"draft": "not for everybody", "removed": "removed"}[way] in seen.text
    assert BODY in ask(world, LEA, "/kb", QUESTION).text
    assert [one.is_draft for one in theirs(world)] == ([True] if way == "draft" else [])


@pytest.mark.parametrize("way", WAYS)
def test_who_keeps_ours_puts_it_back(world: World, way: str) -> None:
    """Law: once, and nothing is asked again."""
    in_step(world)
    take_away(world, way)
    pull(world)
    choices(world)[0].press("Keep ours")
    pull(world)
    assert [one.is_draft for one in theirs(world)] == [False]
    assert BODY in theirs(world)[0].html
    assert choices(world) == []


@pytest.mark.parametrize("way", WAYS)
def test_who_retires_ours_ends_it_on_both_sides(world: World, way: str) -> None:
    in_step(world)
    take_away(world, way)
    pull(world)
    choices(world)[0].press("Retire ours")
    pull(world)
    assert article(world).state is ArticleState.RETIRED
    assert [one for one in theirs(world) if not one.is_draft] == []
    assert choices(world) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_is_back_there_needs_no_choice(world: World, way: str) -> None:
    there = in_step(world)
    take_away(world, way)
    pull(world)
    older = choices(world)[0]
    there.is_draft, world.desk.directory.articles[there.id] = False, there
    pull(world)
    assert choices(world) == []
    older.press("Retire ours")
    assert article(world).state is ArticleState.PUBLISHED


@pytest.mark.parametrize("way", WAYS)
def test_a_new_version_is_not_put_back_unasked(world: World, way: str) -> None:
    """Law: who took it away there is not overruled by whoever edits here."""
    in_step(world)
    take_away(world, way)
    pull(world)
    edit(world, "Press thrice.")
    assert [one.is_draft for one in theirs(world)] == ([True] if way == "draft" else [])
    choices(world)[0].press("Keep ours")
    assert ["Press thrice." in one.html for one in theirs(world)] == [True]


def test_one_that_was_removed_a_moment_ago_is_not_added_unasked(world: World) -> None:
    """Law: also when nobody has looked since."""
    in_step(world)
    take_away(world, "removed")
    edit(world, "Press thrice.")
    assert theirs(world) == [] and len(choices(world)) == 1


@pytest.mark.app_yaml(UNVOUCHED)
def test_what_was_given_back_here_is_asked_for_once(world: World) -> None:
    """Law: that it still stands there is nothing new."""
    told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    mine = ask(world, LEA, "/kb", "mine")
    view = mine.press("Open: Shear the alpaca")["view"]
    returned = press(world, LEA, view, "Ask for changes")["view"]
    assert fill(world, LEA, returned, reason="Who shears?")["ok"]
    pull(world)
    assert len(versions(world)) == 1
    assert article(world).state is ArticleState.DRAFT


def test_an_edit_there_keeps_its_links_and_numbers(world: World) -> None:
    """Law: what is taken over says what customers read, not less."""
    there = in_step(world)
    there.html = '<ol><li>Open <a href="https://llama.example/up">it</a></li><li>Press</li></ol>'
    pull(world)
    press(world, LEA, look(world, LEA), "Publish")
    assert article(world).body == "1. Open [it](https://llama.example/up)\n2. Press"
    before = there.html
    pull(world)
    assert there.html == before and len(versions(world)) == 2


def test_an_exchanged_link_is_noticed(world: World) -> None:
    there = told_there(world, "Shear the alpaca", "")
    there.html = '<p>Read <a href="https://llama.example/1">this</a>.</p>'
    pull(world)
    there.html = there.html.replace("llama.example/1", "llama.example/2")
    pull(world)
    assert "llama.example/2" in article(world).body


def test_what_is_hidden_there_by_its_looks_alone_is_noticed(world: World) -> None:
    """Law: the words are the same, and nobody sees them; shown again they are answered with."""
    shown = "<p>Alpacas are shorn in spring.</p>"
    there = told_there(world, "Shear the alpaca", "")
    for html, is_found in (
        (shown, True),
        (shown.replace("<p>", '<p style="display:none">'), False),
    ):
        for _ in range(2):
            there.html = html
            pull(world)
            assert ("shorn in spring" in ask(world, LEA, "/kb", ALPACA).text) is is_found
    there.html = shown
    pull(world)
    assert "shorn in spring" in ask(world, LEA, "/kb", ALPACA).text
