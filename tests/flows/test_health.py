"""Articles that may be untrue are said to be so at once; those that do not agree are put side by
side."""

from datetime import date

import pytest

from bot import knowledge_commands as commands
from bot.events import Started
from storage.models import Article, UseKind
from tests.company import ANA, BEN, GENERAL, KNOWLEDGE, LEA
from tests.flows.centres import edit
from tests.flows.screen import direct, messages, whispers, words_of
from tests.flows.test_articles import BODY, QUESTION, article, look, press, publish, write
from tests.flows.test_asking import ask
from tests.world import World


def published(world: World, **typed: str) -> Article:
    write(world, **typed)
    publish(world)
    return article(world)


def miss(world: World, who: str, times: int) -> None:
    for _ in range(times):
        ask(world, who, "/kb", QUESTION).press("Not helpful")


def test_three_that_were_not_helped_make_it_stale_at_once(world: World) -> None:
    """Law: the third says it, not a nightly job; who looks after it is told, and whoever is shown
    it afterwards."""
    published(world)
    miss(world, LEA, 2)
    assert article(world).stale == ""
    miss(world, BEN, 1)
    assert article(world).stale == "3 answers from it did not help"
    assert "May be out of date" in ask(world, LEA, "/kb", QUESTION).text
    assert "An article of yours may be out of date" in direct(world, ANA)[-1].text


@pytest.mark.parametrize("mended", ["Still true", "edited"])
def test_complaints_of_the_same_day_are_not_of_what_was_mended_since(
    world: World, mended: str
) -> None:
    """Law: the count begins anew at the moment, not at the day."""
    published(world)
    world.later(hours=1)
    miss(world, LEA, 3)
    world.later(hours=1)
    if mended == "edited":
        edit(world, f"{BODY} Then press it thrice.")
    else:
        press(world, BEN, look(world, BEN, "Open"), mended)
    world.later(hours=1)
    miss(world, BEN, 1)
    assert article(world).stale == ""


def test_somebody_who_finds_it_true_begins_the_count_anew(world: World) -> None:
    published(world)
    miss(world, LEA, 3)
    world.later(days=1)
    press(world, BEN, look(world, BEN, "Open"), "Still true")
    assert article(world).stale == ""
    assert article(world).reviewed_on == world.clock.now().date().isoformat()
    miss(world, LEA, 2)
    assert article(world).stale == ""


def test_one_question_counts_once(world: World) -> None:
    """Law: pressing again is no second complaint, and nobody complains for others."""
    published(world)
    seen = ask(world, LEA, "/kb", QUESTION)
    for _ in range(4):
        seen.press("Not helpful")
    assert article(world).stale == ""


def test_nobody_judges_for_somebody_else(world: World) -> None:
    """Law: the number of another's question in a button is no permission."""
    published(world)
    ask(world, LEA, "/kb", QUESTION)
    mine = ask(world, BEN, "/kb", QUESTION)
    theirs = mine.value("Not helpful")["question"] - 1
    bent = {"actions": [{"value": f'{{"question":{theirs}}}'}]}
    mine.press("Not helpful", raw_overrides=bent)
    assert "somebody else's question" in whispers(world, BEN, GENERAL)[-1]
    with world.looking() as uow:
        assert uow.articles.used(article(world).id, UseKind.MISSED) == []


@pytest.mark.parametrize(
    "tagged, is_stale", [("", True), ("Dispatch 8.4", True), ("Dispatch 8.5", False)]
)
def test_a_new_version_of_a_product_doubts_what_does_not_name_it(
    world: World, tagged: str, is_stale: bool
) -> None:
    """Law: an article about the product is doubted at once, one for this version is not."""
    world.backstop.bus.handle(commands.NoteReleases((("Dispatch", "8.4"),)))
    published(world, products="Dispatch", releases=tagged)
    world.backstop.bus.handle(commands.NoteReleases((("Dispatch", "8.4"), ("Dispatch", "8.5"))))
    world.settle()
    assert (article(world).stale == "Dispatch 8.5 is out") is is_stale


def test_the_first_version_that_is_known_is_no_news(world: World) -> None:
    published(world, products="Dispatch")
    world.backstop.bus.handle(commands.NoteReleases((("Dispatch", "8.4"),)))
    assert article(world).stale == ""


def test_another_playbook_doubts_what_was_reviewed_under_the_old(world: World) -> None:
    """Law: what was reviewed under this one, or came from elsewhere, is left alone."""
    ident = published(world).id

    def reviewed_before(uow: object) -> None:
        uow.articles.get(ident).playbook = "older"  # type: ignore[attr-defined]
        uow.emit(Started())  # type: ignore[attr-defined]
        world.backstop.bus.dispatch(uow)  # type: ignore[arg-type]

    world.backstop.writer.run(reviewed_before)
    world.settle()
    assert article(world).stale.startswith("the playbook is")
    with world.looking() as uow:
        assert [one.ref for one in uow.articles.all() if one.stale] == [article(world).ref]


def test_after_its_interval_somebody_is_asked_to_look(world: World) -> None:
    """Law: a timer, and none for whoever has looked meanwhile."""
    published(world, review_days="30")
    world.later(days=20)
    press(world, BEN, look(world, BEN, "Open"), "Still true")
    world.later(days=20)
    assert article(world).stale == ""
    world.later(days=11)
    assert article(world).stale == "nobody has looked at it for 30 days"
    assert date.fromisoformat(article(world).reviewed_on) < world.clock.now().date()


def test_two_that_contradict_each_other_are_put_side_by_side(world: World) -> None:
    """Law: both passages on one card; what somebody finds right so is not shown again."""
    published(world, title="Cancel a lesson of the llama school", body=CANCEL.format("24 hours"))
    write(world, title="When a llama lesson is cancelled", body=CANCEL.format("48 hours"))
    press(world, BEN, look(world, BEN), "Publish")
    [seen] = [one for one in messages(world, LEA, KNOWLEDGE) if "different things" in one.text]
    assert "24 hours" in seen.text and "48 hours" in seen.text
    seen.press("It is right so")
    [seen] = [one for one in messages(world, LEA, KNOWLEDGE) if "different things" in one.text]
    assert "Lea Sand says it is right so" in seen.text


def test_of_what_not_everybody_may_read_its_readers_alone_learn_it(world: World) -> None:
    """Law: no channel hears that two are alike; whoever looks after one is told by `/kb mine`."""
    whom = {"audience": "restricted", "readers": "person:ana, person:ben", "owner": "ana"}
    title = "When a lesson is cancelled"
    for each, hours in (("Cancel a lesson", "24"), (title, "48")):
        write(world, title=each, body=CANCEL.format(f"{hours} hours"), **whom)
        found = ask(world, BEN, "/kb", "mine").press(f"Open: {each}")["view"]
        assert press(world, BEN, found, "Publish")["ok"]
    assert not any("different things" in one.text for one in messages(world, LEA, KNOWLEDGE))
    assert title not in ask(world, LEA, "/kb", "mine").text

    assert f"contradicts {title}" in ask(world, ANA, "/kb", "mine").text
    view = ask(world, ANA, "/kb", "mine").press("Open: Cancel a lesson")["view"]
    assert f"It contradicts {title}." in words_of(view)
    settled = press(world, ANA, view, "It is right so")["view"]
    assert "contradicts" not in words_of(settled)
    assert "contradicts" not in ask(world, ANA, "/kb", "mine").text


CANCEL = "Llama lessons can be cancelled free of charge up to {} before the lesson begins."


def test_an_article_names_the_hosts_it_leads_to(world: World) -> None:
    """Law: a link is shown with its host, behind whatever name it hides."""
    body = f"{BODY} [Our shop](https://shop.example@evil.example/x) https://help.example/y"
    write(world, body=body)
    shown = words_of(look(world, BEN))
    assert "Leads to: evil.example (behind another name), help.example" in shown
