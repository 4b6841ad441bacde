"""The help centre and us, one after the other and at once: what crosses, and what stops nothing."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import Refused
from bot.flows.knowledge.contents import of_article
from bot.flows.knowledge.keeping import card_key
from bot.knowledge_commands import PullArticles
from bot.knowledge_events import ArticlePublished
from bot.steps import Lane
from storage.models import ArticleVersion, VersionState
from storage.unit_of_work import UnitOfWork
from tests.company import BEN, KNOWLEDGE, LEA, MAX
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
from tests.flows.screen import Seen, direct, fill, messages
from tests.flows.test_articles import article, look, press, publish, write
from tests.flows.test_asking import ask
from tests.flows.test_syncing_guards import submitted
from tests.world import World

pytestmark = pytest.mark.app_yaml(MIRRORED)
ALPACA = "when is the alpaca shorn?"


@pytest.fixture(autouse=True)
def centre(world: World) -> Iterator[None]:
    with connected(world, zendesk(world)):
        yield


def choices(world: World) -> list[Seen]:
    return [one for one in messages(world, LEA, KNOWLEDGE) if "Keep ours" in one.labels]


def test_what_was_edited_here_while_it_was_hidden_there_goes_there_once_it_is_back(
    world: World,
) -> None:
    """Law: what was published meanwhile is not forgotten."""
    there = in_step(world)
    there.is_draft = True
    pull(world)
    edit(world, "Press thrice.")
    there.is_draft = False
    pull(world)
    world.later(minutes=30)
    assert there.html == "<p>Press thrice.</p>" or choices(world)


def test_one_made_a_draft_a_moment_ago_is_not_put_back_unasked(world: World) -> None:
    """Law: also when nobody has looked since."""
    there = in_step(world)
    there.is_draft = True
    edit(world, "Press thrice.")
    assert there.is_draft


def test_what_came_from_there_and_was_hidden_there_is_not_put_back_by_an_edit(world: World) -> None:
    """Law: an old answer still opens it; who publishes it is asked as well."""
    there = told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    found = ask(world, BEN, "/kb", ALPACA)
    there.is_draft = True
    pull(world)
    form = press(world, BEN, found.press("Open: Shear the alpaca")["view"], "Edit")["view"]
    assert fill(world, BEN, form, body="Shorn in May.", owner="lea")["ok"]
    press(world, LEA, look(world, LEA), "Publish")
    assert there.is_draft


def test_what_only_some_may_see_there_is_asked_about_once(world: World) -> None:
    """Law: who keeps ours has it before everybody."""
    in_step(world).segment = 5
    pull(world)
    choices(world)[0].press("Keep ours")
    pull(world)
    assert choices(world) == []


@pytest.mark.app_yaml(UNVOUCHED)
def test_one_restored_there_after_ours_was_kept_stops_nothing(world: World) -> None:
    """Law: ours stands there by another id, and nothing is taken in twice."""
    there = told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    mine = ask(world, LEA, "/kb", "mine")
    press(world, LEA, mine.press("Open: Shear the alpaca")["view"], "Publish")
    del world.desk.directory.articles[there.id]
    pull(world)
    choices(world)[0].press("Keep ours")
    world.desk.directory.articles[there.id] = there
    pull(world)


def test_one_that_may_not_be_looked_at_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: what nobody may look at is not known to be gone."""
    there = in_step(world)
    del world.desk.directory.articles[there.id]
    centre: Any = world.backstop.outside.help_centre
    asked = centre.article

    def forbidden(ref: str) -> Any:
        if ref == str(there.id):
            raise Refused("Forbidden")
        return asked(ref)

    monkeypatch.setattr(centre, "article", forbidden)
    told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    assert "shorn in spring" in ask(world, LEA, "/kb", ALPACA).text


@pytest.mark.parametrize("odd", ["<p>{}</p>", '<p><a href="https://a.example/{}">x</a></p>'])
def test_a_reference_of_many_digits_stops_no_other(world: World, odd: str) -> None:
    """Law: no article of theirs keeps the others from being read."""
    told_there(world, "Odd", "").html = odd.format(f"&#{'1' * 5_000};")
    told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)
    assert "shorn in spring" in ask(world, LEA, "/kb", ALPACA).text


def test_two_versions_at_once_are_one_article_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is published while the first is on its way; the lane has three threads."""
    pull(world)
    centre: Any = world.backstop.outside.help_centre
    begun: list[bool] = []
    add = centre.add

    def next_version(uow: UnitOfWork) -> None:
        mine = uow.articles.get(article(world).id)
        version = ArticleVersion(
            article_id=mine.id, number=0, title=mine.title, body="Press thrice.",
            facts=of_article(mine).facts, note="", author="ana", digest="x",
            created_at=world.clock.now(),
        )  # fmt: skip
        version = uow.articles.write(version)
        version.state = VersionState.PUBLISHED
        mine.body, mine.number = version.body, version.number
        uow.emit(ArticlePublished(mine.id, version.number), key=card_key(mine.id))
        world.backstop.bus.dispatch(uow)

    def slow(*told: str) -> Any:
        if not begun:
            begun.append(True)
            world.backstop.writer.run(next_version)
            world.backstop.worker.run_due(Lane.DESK)
        return add(*told)

    monkeypatch.setattr(centre, "add", slow)
    write(world)
    publish(world)
    world.later(minutes=30)
    assert len(theirs(world)) == 1


def test_a_customer_reads_words_and_no_markup(world: World) -> None:
    """Law: nor a code that lost its signs on the way."""
    there = told_there(world, "Shear the alpaca", "")
    there.html = (
        "<p>To shear the alpaca, begin at its neck and dial *21# first.</p>"
        '<p><img src="https://help.example/hc/article_attachments/9/a.png" alt=""></p>'
        '<p>Shear the alpaca in <a href="https://help.example/n" title="When">spring</a>.</p>'
    )
    pull(world)
    words = "How do I shear the alpaca? I want to shear the alpaca."
    [told] = world.customer_reads(world.write("joy", words, "Shear the alpaca"))
    assert "dial *21#" in told
    assert "![" not in told and "](" not in told


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">{}</p>',
        "<p hidden>{}</p>",
        '<span style="font-size:0">{}</span>',
        "<template><p>{}</p></template>",
    ],
)
def test_what_customers_do_not_see_there_nobody_is_told_here(world: World, hidden: str) -> None:
    """Law: whoever stands for the help centre has not read it either."""
    there = told_there(world, "Shear the alpaca", "")
    words = "Shorn alpacas are always refunded in full."
    there.html = f"<p>Alpacas are shorn in spring.</p>{hidden.format(words)}"
    pull(world)
    assert words not in ask(world, LEA, "/kb", "are shorn alpacas always refunded?").text


def test_a_draft_of_theirs_that_is_published_meanwhile_is_another_choice(world: World) -> None:
    """Law: a card shows what there is to choose now."""
    there = in_step(world)
    there.is_draft, there.html = True, "<p>Press it four times.</p>"
    edit(world, "Press thrice.")
    there.is_draft = False
    pull(world)
    assert "Take theirs" in choices(world)[0].labels


def test_a_conflict_with_what_was_removed_shows_nothing_that_stands_there(world: World) -> None:
    """Law: a card shows what there is to choose now."""
    there = in_step(world)
    there.html = "<p>Press it four times.</p>"
    edit(world, "Press thrice.")
    del world.desk.directory.articles[there.id]
    pull(world)
    assert "four times" not in choices(world)[0].text


def test_what_is_gone_is_taken_in_a_page_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: who clicks meanwhile waits for no more than a page."""
    for n in range(60):
        told_there(world, f"Article {n}", f"Words {n}.")
    pull(world)
    kept = list(world.desk.directory.articles.items())[:35]
    bus, sizes = world.backstop.bus, []
    submit = bus.submit

    def seen(command: Any, *more: Any) -> Any:
        if isinstance(command, PullArticles):
            sizes.append(len(command.gone))
        return submit(command, *more)

    monkeypatch.setattr(bus, "submit", seen)
    world.desk.directory.articles = dict(kept)
    pull(world)
    assert sum(sizes) == 25 and max(sizes) <= 20


def test_where_most_is_gone_at_once_nothing_is_taken_away(world: World) -> None:
    """Law: that is another key or another help centre, and no decision about articles; the
    administrators are told so, once."""
    for n in range(30):
        told_there(world, f"Article {n}", f"Words {n} of the alpaca.")
    pull(world)
    world.desk.directory.articles.clear()
    pull(world)
    with world.looking() as uow:
        assert len(uow.mirrors.found_by_customers("zendesk")) == 30
    pull(world)
    told = [one.text for one in direct(world, MAX) if "most of them" in one.text]
    assert len(told) == 1 and told[0].startswith("30 articles are not in the help centre")


def test_what_a_listing_missed_is_not_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: one that was moved while the pages were read is asked for."""
    in_step(world)
    monkeypatch.setattr(world.backstop.outside.help_centre, "articles", lambda: iter(()))
    pull(world)
    assert choices(world) == []


def test_what_was_put_there_after_the_look_is_not_gone(world: World) -> None:
    """Law: an older look says nothing of what we changed since."""
    there = in_step(world)
    began = world.clock.now()
    world.clock.advance(minutes=1)
    edit(world, "Press thrice.")
    look_back = PullArticles("zendesk", (), began, gone=(str(there.id),))
    asyncio.run(submitted(world, look_back))
    assert choices(world) == []


def test_what_changed_there_before_it_was_retired_here_is_chosen_once_it_is_back(
    world: World,
) -> None:
    """Law: nobody's words are overwritten because they were out of sight for a while."""
    there = in_step(world)
    there.html = "<p>Press it four times.</p>"
    press(world, LEA, look(world, LEA, "Open"), "Retire")
    edit(world, "Press thrice.")
    assert there.html == "<p>Press it four times.</p>"
    assert len(choices(world)) == 1
