"""What the help centre must not be told, and what must not be taken from it."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.centre import CentreArticle
from bot.knowledge_commands import PullArticles
from storage.models import Article, ArticleState, Audience, Mirror
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.company import BEN, KNOWLEDGE, LEA
from tests.flows.centres import (
    MIRRORED,
    at,
    connected,
    disputed,
    edit,
    in_step,
    intercom,
    pull,
    theirs,
    told_there,
    zendesk,
)
from tests.flows.screen import card, fill, messages
from tests.flows.test_articles import (
    BODY,
    QUESTION,
    WRITTEN,
    article,
    look,
    press,
    publish,
    versions,
    write,
)
from tests.flows.test_asking import ask
from tests.world import World

pytestmark = pytest.mark.app_yaml(MIRRORED)
KEPT = [
    {"audience": "restricted", "readers": "person:lea, person:ben"},
    {"audience": "internal"},
]


@pytest.fixture(autouse=True)
def centre(world: World, request: pytest.FixtureRequest) -> Iterator[None]:
    make = intercom if "by_words" in request.node.name else zendesk
    with connected(world, make(world)):
        yield


def choices(world: World) -> list[str]:
    return [one.text for one in messages(world, LEA, KNOWLEDGE) if "Keep ours" in one.labels]


@pytest.mark.parametrize("typed", KEPT, ids=["restricted", "internal"])
def test_what_is_no_more_for_customers_is_withdrawn_without_its_words(
    world: World, typed: dict[str, str]
) -> None:
    """Law: everybody there reads drafts, so only that it is one is told."""
    there = in_step(world)
    before = there.title, there.html
    edit(world, "The key is red.", title="The red key", **typed)
    assert there.is_draft
    assert (there.title, there.html) == before
    pull(world)
    assert choices(world) == []


def test_what_changed_there_meanwhile_is_withdrawn_all_the_same(world: World) -> None:
    """Law: what waits for somebody's choice does not stay before customers, nor is it chosen."""
    there = in_step(world)
    there.html = "<p>Press it four times.</p>"
    edit(world, "Press thrice.")
    assert len(choices(world)) == 1
    press(world, LEA, at(world, LEA, "Open"), "Retire")
    assert there.is_draft and there.html == "<p>Press it four times.</p>"
    pull(world)
    assert choices(world) == []


def test_what_is_retired_while_it_is_on_its_way_does_not_stay_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: words that land behind their own withdrawal are withdrawn again."""
    there = in_step(world)
    centre = world.backstop.outside.help_centre
    assert centre is not None
    change = centre.change

    def overtaken(*told: str) -> CentreArticle:
        def retire(uow: UnitOfWork) -> None:
            uow.articles.get(article(world).id).state = ArticleState.RETIRED

        world.backstop.writer.run(retire)
        centre.withdraw(str(there.id))
        return change(*told)

    monkeypatch.setattr(centre, "change", overtaken)
    edit(world, "Press thrice.")
    world.later(minutes=5)
    assert there.is_draft


def test_a_choice_shows_nothing_of_what_became_restricted(world: World) -> None:
    """Law: a channel reads neither its title nor its words, also where they stood before."""
    there = in_step(world)
    there.html = "<p>Press it four times.</p>"
    edit(world, "Press thrice.")
    assert "Press thrice." in disputed(world).text
    edit(world, "The key is red.", title="The red key", **KEPT[0])
    pull(world)
    shown = " ".join(one.text for one in messages(world, LEA, KNOWLEDGE))
    assert "Restricted article #" in shown and "There is nothing left to choose." in shown
    for words in ("red", "Press thrice", "four times", "Recalibrate"):
        assert words not in shown


def test_a_draft_of_theirs_is_quoted_in_no_channel(world: World) -> None:
    """Law: who sees it there may choose; what they see is not told to everybody here."""
    there = in_step(world)
    there.is_draft, there.html = True, "<p>Not yet for anybody.</p>"
    edit(world, "Press thrice.")
    pull(world)
    assert "Not yet for anybody" not in disputed(world).text
    assert "Keep ours" in disputed(world).labels


def test_a_draft_of_theirs_is_proposed_to_nobody(world: World) -> None:
    """Law: once it is published there it is looked at here."""
    there = in_step(world)
    there.is_draft, there.html = True, "<p>Press it four times.</p>"
    pull(world)
    assert len(versions(world)) == 1
    there.is_draft = False
    pull(world)
    assert [one.author for one in versions(world)] == ["ana", "zendesk"]


def test_what_some_may_see_there_is_not_for_everybody_here(world: World) -> None:
    """Law: an article for signed-in people or for agents is not told to customers."""
    told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.").segment = 5
    pull(world)
    with world.looking() as uow:
        assert "Shear the alpaca" not in {one.title for one in uow.articles.all()}


def test_by_words_somebody_elses_article_of_that_title_is_left_alone(world: World) -> None:
    """Law: after a try that certainly added nothing, there is nothing of ours to be found."""
    pull(world)
    alien = told_there(world, WRITTEN["title"], "Something else.")
    write(world)
    world.desk.faults.rate_limit_next = 1
    publish(world)
    world.later(minutes=30)
    assert alien.html == "<p>Something else.</p>"
    assert len(theirs(world)) == 2


def test_by_words_an_answer_that_never_came_is_recognised(world: World) -> None:
    """Law: also when the help centre is listed before the next try."""
    pull(world)
    told_there(world, WRITTEN["title"], "Something else.")
    write(world)
    world.desk.faults.drop_after_commit_next = 1
    publish(world)
    pull(world)
    world.later(minutes=30)
    assert [BODY in one.html for one in theirs(world)] == [False, True]
    with world.looking() as uow:
        mine = [one for one in uow.articles.all() if one.body == BODY]
        [mirror] = uow.session.query(Mirror).filter(Mirror.article_id == mine[0].id)
    assert len(mine) == 1 and mirror.ref == str(theirs(world)[1].id)


def test_by_words_what_belongs_to_another_article_is_not_taken(world: World) -> None:
    """Law: two that say the same stand there twice, and each has its own."""
    in_step(world)
    write(world)
    world.desk.faults.error_500_next = 1
    press(world, BEN, look(world, BEN), "Publish")
    world.later(minutes=30)
    assert len(theirs(world)) == 2
    with world.looking() as uow:
        refs = [one.ref for one in uow.session.query(Mirror).order_by(Mirror.article_id)]
    assert refs[-2:] == [str(one.id) for one in theirs(world)]


def test_a_listing_from_before_a_change_of_ours_says_nothing_of_it(world: World) -> None:
    """Law: our own older words are not asked to be reviewed as if they had come from there."""
    there = in_step(world)
    began = world.clock.now()
    listed = tuple(world.backstop.outside.help_centre.articles())  # type: ignore[union-attr]
    world.clock.advance(minutes=1)
    edit(world, "Press thrice.")
    asyncio.run(submitted(world, PullArticles("zendesk", listed, began, is_last=True)))
    assert [one.author for one in versions(world)] == ["ana", "ben"]
    there.html = "<p>Press it four times.</p>"
    world.clock.advance(minutes=1)
    pull(world)
    assert [one.author for one in versions(world)] == ["ana", "ben", "zendesk"]
    assert choices(world) == []


async def submitted(world: World, command: PullArticles) -> None:
    await asyncio.wrap_future(world.backstop.bus.submit(command))


def test_what_was_retired_here_is_not_revived_from_there(world: World) -> None:
    there = told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")
    pull(world)

    def retire(uow: UnitOfWork) -> None:
        [row] = [one for one in uow.articles.all() if one.ref == str(there.id)]
        row.state = ArticleState.RETIRED

    world.backstop.writer.run(retire)
    there.html = "<p>Alpacas are shorn in autumn.</p>"
    pull(world)
    assert article(world).state is ArticleState.RETIRED
    assert "spring" in article(world).body


@pytest.mark.parametrize("kept", [Audience.INTERNAL, Audience.RESTRICTED])
def test_what_was_imported_for_us_alone_is_not_opened_from_there(
    world: World, kept: Audience
) -> None:
    """Law: an article there under the same id changes neither its words nor who reads it."""
    there = told_there(world, "Shear the alpaca", "Alpacas are shorn in spring.")

    def bring(uow: UnitOfWork) -> None:
        row = Article(ref=str(there.id), title="Shearing", body="The key is red.", audience=kept)
        Search(uow.session).index(uow.articles.add(row))

    world.backstop.writer.run(bring)
    for words in ("spring", "autumn"):
        there.html = f"<p>Alpacas are shorn in {words}.</p>"
        pull(world)
        mine = article(world)
        assert (mine.body, mine.audience) == ("The key is red.", kept)


def test_what_was_given_back_leaves_their_next_change_a_proposal(world: World) -> None:
    """Law: nobody has to choose where only one side changed; ours goes there once it does."""
    there = in_step(world)
    for words in ("four", "five"):
        there.html = f"<p>Press it {words} times.</p>"
        pull(world)
        view = press(world, LEA, look(world, LEA), "Ask for changes")["view"]
        assert fill(world, LEA, view, reason="Who counts?")["ok"]
    assert choices(world) == []
    assert BODY in ask(world, LEA, "/kb", QUESTION).text
    edit(world, "Press thrice.")
    assert there.html == "<p>Press thrice.</p>"
    assert "Published" in card(world, LEA, KNOWLEDGE).text
