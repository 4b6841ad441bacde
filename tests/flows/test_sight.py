"""Who is shown which article: by the question, by the share, by the card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.knowledge.answer_cards import GONE
from bot.flows.knowledge.sharing import LOOKING
from bot.people import Person
from bot.sight import Room, may_be_read_in, may_read
from storage.models import Article, ArticleState, Audience
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.company import (
    ADMIN,
    ANA,
    APPROVALS,
    BEN,
    BOT,
    DAWN,
    GENERAL,
    GUS,
    KIM,
    KNOWLEDGE,
    LEA,
    MAX,
)
from tests.flows.screen import Seen, card, direct, messages, whispers, words_of
from tests.flows.test_articles import look, press, write
from tests.flows.test_asking import ask
from tests.world import World

LEADS = ["role:lead"]


SECRET = "Zebra fans may get a discount of 12 %."


def store(
    world: World,
    audience: Audience,
    readers: list[str] | None = None,
    title: str = "Discount for zebra fans",
    body: str = SECRET,
) -> int:
    """An article that was imported as it stands."""
    ids: list[int] = []

    def add(uow: UnitOfWork) -> None:
        article = uow.articles.add(
            Article(
                ref="secret",
                title=title,
                body=body,
                audience=audience,
                readers=readers or [],
            )
        )
        Search(uow.session).index(article)
        ids.append(article.id)

    world.backstop.writer.run(add)
    return ids[0]


def take_back(world: World, ident: int, how: str) -> None:
    """It is restricted and says something new, or is retired, or says something new."""

    def change(uow: UnitOfWork) -> None:
        article = uow.articles.get(ident)
        if how == "retire":
            article.state = ArticleState.RETIRED
            return
        article.body = article.body.replace("12 %", "34 %")
        if how == "restrict":
            article.audience, article.readers = Audience.RESTRICTED, LEADS

    world.backstop.writer.run(change)


def finds(world: World, who: str) -> bool:
    return "12 %" in ask(world, who, "/kb", "which discount do zebra fans get?").text


def share(world: World, place: str) -> None:
    asked = world.do(LEA, "command", channel=place, command="/kb", text="discount of zebra fans")
    assert asked["ok"], asked
    seen = [one for one in world.see(LEA, place) if one["ephemeral"]][-1]
    Seen(world, LEA, place, seen).press("Share in channel")


@pytest.mark.parametrize(
    "audience, readers, finders",
    [
        (Audience.PUBLIC, [], {ANA, LEA, GUS}),
        (Audience.INTERNAL, [], {ANA, LEA}),
        (Audience.RESTRICTED, LEADS, {LEA}),
        (Audience.RESTRICTED, ["person:ana"], {ANA}),
        (Audience.RESTRICTED, ["partner:nightdesk"], {GUS}),
        (Audience.RESTRICTED, ["role:specialist"], {ANA, LEA}),
    ],
)
def test_each_finds_what_is_for_them(
    world: World, audience: Audience, readers: list[str], finders: set[str]
) -> None:
    """Law: what somebody may not read is found by no words of theirs; a role that a partner's
    people have admits our own alone."""
    store(world, audience, readers)
    assert {who for who in (ANA, LEA, GUS) if finds(world, who)} == finders


@pytest.mark.parametrize(
    "audience, place, is_shown",
    [
        (Audience.PUBLIC, GENERAL, True),
        (Audience.INTERNAL, GENERAL, False),
        (Audience.INTERNAL, DAWN, False),
        (Audience.RESTRICTED, ADMIN, False),
        (Audience.RESTRICTED, DAWN, False),
    ],
)
def test_a_channel_is_shown_what_everybody_there_may_read(
    world: World, audience: Audience, place: str, is_shown: bool
) -> None:
    """Law: one reader too many, and it stays private; whoever shared it is told, privately."""
    store(world, audience, LEADS)
    share(world, place)
    shown = [one for one in messages(world, LEA, place) if "12 %" in one.text]
    assert bool(shown) is is_shown
    told = whispers(world, LEA, place)
    assert any("Nothing was shared" in one for one in told) is not is_shown
    assert any(LOOKING in one for one in told) is (audience is not Audience.PUBLIC)


@pytest.mark.parametrize("how", ["restrict", "retire", "edit"])
def test_what_was_taken_back_is_shared_with_nobody(world: World, how: str) -> None:
    """Law: a card that stands there since yesterday shows a channel nothing that is no longer
    there, or says something else now."""
    ident = store(world, Audience.PUBLIC, body=f"{SECRET} <!-- ignore the rest -->")
    seen = ask(world, ANA, "/kb", "which discount do zebra fans get?")
    take_back(world, ident, how)
    seen.press("Share in channel")
    assert all("ebra" not in one.text for one in messages(world, LEA, GENERAL))
    assert whispers(world, ANA, GENERAL)[-1] == GONE


def test_among_those_who_may_read_it_a_restricted_article_is_shared(world: World) -> None:
    """Law: a private channel of leads alone may see what is for leads."""
    store(world, Audience.RESTRICTED, LEADS)
    world.workspace.channels[APPROVALS].members = {LEA, MAX, BOT}
    share(world, APPROVALS)
    [shown] = [one for one in messages(world, MAX, APPROVALS) if "12 %" in one.text]
    assert "Shared by Lea Sand" in shown.text and "discount of zebra fans" not in shown.text


def test_a_restricted_article_is_reviewed_by_those_who_may_read_it(world: World) -> None:
    """Law: not even its title is for a channel."""
    write(world, LEA, audience="restricted", readers="role:lead")
    assert "Recalibrate" not in " ".join(one.text for one in messages(world, BEN, KNOWLEDGE))
    asked = direct(world, MAX)[-1]
    assert "Restricted article" in asked.text and "Recalibrate" not in asked.text
    view = asked.press("Look and decide", by=MAX)["view"]
    assert "Recalibrate the llama" in words_of(view)
    assert direct(world, BEN) == []


def test_who_wrote_a_restricted_article_hears_what_became_of_it_by_its_name(world: World) -> None:
    """Law: nobody is asked to review what they wrote; no channel shows its author that it is
    published. A lock screen names neither the article nor who read it."""
    write(world, LEA, audience="restricted", readers="role:lead")
    assert direct(world, LEA) == []
    asked = direct(world, MAX)[-1]
    press(world, MAX, asked.press("Look and decide", by=MAX)["view"], "Publish")
    [told] = direct(world, LEA)
    assert "Max Vidal published what you wrote: Recalibrate the llama." in told.text
    assert "Recalibrate" not in told.message["text"] and "Max" not in told.message["text"]


def test_the_number_of_an_article_opens_it_for_its_readers_alone(world: World) -> None:
    """Law: the value of a button is no permission."""
    ident = store(world, Audience.RESTRICTED, LEADS)
    write(world)
    bent = {"actions": [{"value": f'{{"article":{ident}}}'}]}
    for who in (BEN, GUS):
        opened = card(world, who, KNOWLEDGE).press("Look and decide", by=who, raw_overrides=bent)
        assert "view" not in opened
        assert "no such article for you" in whispers(world, who, KNOWLEDGE)[-1]
    assert look(world, BEN)


def test_a_partner_sees_no_cards_of_articles(world: World) -> None:
    """Law: where another workspace reads along nothing of ours is posted; administrators are told
    of a review that would be lost."""
    world.do(MAX, "share", channel=KNOWLEDGE, members=[KIM])
    write(world)
    assert all("Recalibrate" not in one.text for one in messages(world, BEN, KNOWLEDGE))
    assert "Recalibrate" in " ".join(one.text for one in messages(world, MAX, ADMIN))


@given(
    st.sampled_from(list(Audience)),
    st.lists(st.sampled_from(["role:lead", "role:admin", "person:p", "partner:x"])),
    st.lists(
        st.builds(
            Person,
            id=st.sampled_from(["p", "q"]),
            name=st.just("N"),
            roles=st.frozensets(st.sampled_from(["lead", "admin"])),
            organisation=st.sampled_from([None, "x"]),
        )
        | st.none()
    ),
    st.booleans(),
    st.booleans(),
)
def test_a_room_may_read_no_more_than_each_who_is_in_it(
    audience: Audience,
    readers: list[str],
    members: list[Person | None],
    is_open: bool,
    is_shared: bool,
) -> None:
    """Law: what is shown to a room could have been shown to each of its people."""
    article = Article(ref="r", title="T", audience=audience, readers=readers, owner="")
    if may_be_read_in(Room(tuple(members), is_open, is_shared), article):
        assert audience is Audience.PUBLIC or all(
            one is not None and may_read(one, audience, readers) for one in members
        )
        assert audience is Audience.PUBLIC or not is_shared
        assert audience is not Audience.RESTRICTED or not is_open
