"""Which article solved a ticket is learnt when it is resolved, and from then on it is found."""

from collections.abc import Iterator

import pytest

from storage.models import Audience
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import HUMAN, claimed, reply
from tests.flows.screen import card, fill, refused, words_of
from tests.flows.test_sight import LEADS, store, take_back
from tests.world import World

ROSTER = "How do I export the roster as a CSV file?"
ADDRESS = "https://help.example/billing"


def links(world: World) -> list[tuple[str, float, str]]:
    """Article, weight and by whom, of the only ticket."""
    with world.looking() as uow:
        titles = {one.id: one.ref for ref in REFS if (one := uow.articles.by_ref(ref))}
        return [(titles[one.article_id], one.weight, one.by) for one in uow.links.of_ticket(1)]


REFS = ("export-roster", "two-factor", "billing-address")


def found(world: World, question: str) -> list[str]:
    with world.looking() as uow:
        return [one.ref for one in Search(uow.session).articles(question)]


@pytest.mark.parametrize("typed", ["two-factor", "turn on TWO-factor sign-in "])
def test_the_article_that_somebody_names_is_found_for_the_next_ticket_like_it(
    world: World, typed: str
) -> None:
    """Law: no training, no waiting: the commit that resolves the ticket teaches it."""
    assert "two-factor" not in found(world, "my rota prints blank")
    _, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly", article=typed)["ok"]
    assert links(world) == [("two-factor", 2.0, "ana")]
    assert "two-factor" in found(world, "my rota prints blank")


def test_the_form_offers_the_articles_that_the_agent_found(world: World) -> None:
    """Law: who knows which one it was only has to point at it."""
    ticket = world.write("joy", f"{ROSTER} A real person, please.", "Export the roster")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    answer = fill(world, ANA, view, verdict="agent_should", solved_by="export-roster")
    assert answer["ok"] and world.desk.tickets[ticket].status == "solved"
    assert links(world) == [("export-roster", 2.0, "ana")]


def test_an_article_that_nobody_knows_resolves_nothing(world: World) -> None:
    """Law: what was typed stays in the form, with what is wrong about it."""
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    answer = fill(world, ANA, view, verdict="rightly", article="How llamas hum")
    assert refused(answer).startswith("No article has this title")
    assert world.desk.tickets[ticket].status == "open" and links(world) == []
    assert fill(world, ANA, view, verdict="rightly", article="")["ok"]
    assert links(world) == []


@pytest.mark.parametrize("typed", ["secret", "Discount for zebra fans"])
def test_an_article_that_a_person_may_not_read_is_none_to_them(world: World, typed: str) -> None:
    """Law: nobody learns a restricted title, or links the article, by guessing at it in a form."""
    store(world, Audience.RESTRICTED, LEADS)
    _, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    assert refused(fill(world, ANA, view, verdict="rightly", article=typed)).startswith("No arti")
    assert links(world) == []


def test_the_form_offers_nothing_that_was_taken_back_meanwhile(world: World) -> None:
    """Law: neither what is offered nor what is sent is an article that the person may not read."""
    ident = store(world, Audience.PUBLIC, title="Export the roster for zebra fans")
    world.write("joy", f"Export the roster for zebra fans? {HUMAN}", "Export the roster")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert "zebra" in words_of(view)
    take_back(world, ident, "restrict")
    answer = fill(world, ANA, view, verdict="rightly", solved_by="secret")
    assert refused(answer).startswith("This article is no longer there")
    assert "zebra" not in words_of(card(world, ANA, ESCALATIONS).press("Resolve")["view"])
    assert links(world) == []


@pytest.fixture
def published(world: World) -> Iterator[World]:
    """The billing article has an address, and is one of two with its title; articles outlive a
    test."""
    put(world, ADDRESS, "Change the billing address")
    yield world
    put(world, "", "Turn on two-factor sign-in")


def put(world: World, address: str, title: str) -> None:
    def publish(uow: UnitOfWork) -> None:
        billing, other = map(uow.articles.by_ref, ("billing-address", "two-factor"))
        assert billing is not None and other is not None
        billing.url, other.title = address, title

    world.backstop.writer.run(publish)


def test_of_several_articles_with_one_title_nobody_guesses_which_was_meant(
    published: World,
) -> None:
    """Law: a link is what somebody said; an address says it exactly."""
    _, seen = claimed(published)
    view = seen.press("Resolve")["view"]
    answer = fill(published, ANA, view, verdict="rightly", article="Change the billing address")
    assert refused(answer).startswith("Several articles have this title")
    assert fill(published, ANA, view, verdict="rightly", article=ADDRESS)["ok"]
    assert links(published) == [("billing-address", 2.0, "ana")]


def test_a_reply_that_leads_to_an_article_says_what_solved_it(published: World) -> None:
    """Law: whoever pastes an address has told us already, wherever the ticket is resolved."""
    world = published
    ticket, seen = claimed(world)
    reply(world, seen, f"Dear Joy, see {ADDRESS}?from=mail#new. Ana")
    assert links(world) == []
    world.work_in_desk(ticket, status="solved")
    assert links(world) == [("billing-address", 1.0, "ana")]


def test_an_answer_that_nobody_disputed_is_a_link_until_somebody_does(world: World) -> None:
    """Law: the agent's own answer teaches it only while no person had to help."""
    ticket = world.write("joy", ROSTER, "Export")
    assert links(world) == []
    world.work_in_desk(ticket, status="solved")
    assert links(world) == [("export-roster", 0.5, "rule:answered")]
    world.work_in_desk(ticket, status="open")
    world.later(minutes=5)
    assert links(world) == []


def test_an_address_in_the_customers_own_words_is_no_link(published: World) -> None:
    """Law: that they have read it does not mean that it helped them."""
    words = f"I read {ADDRESS} and it does not say. {HUMAN}"
    ticket = published.write("joy", words, "The rota prints blank")
    published.work_in_desk(ticket, status="solved")
    assert links(published) == []


@pytest.mark.parametrize("help_came_from", ["here", "the help desk", "behind somebody in copy"])
def test_an_answer_behind_which_a_person_had_to_help_is_no_link(
    world: World, help_came_from: str
) -> None:
    """Law: what was answered and what solved it are two things."""
    ticket = world.write("joy", ROSTER, "Export")
    assert world.customer_reads(ticket)
    if help_came_from == "here":
        world.write("joy", HUMAN, ticket=ticket)
    elif help_came_from == "behind somebody in copy":
        world.write("sol", "And me?", ticket=ticket)
    else:
        world.work_in_desk(ticket, comment="The file is on its way to you.", public=True)
    world.work_in_desk(ticket, status="solved")
    assert links(world) == []


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: observe}"})
def test_an_answer_that_was_never_sent_is_no_link(world: World) -> None:
    """Law: in rehearsal somebody else has solved it, nobody knows how."""
    ticket = world.write("joy", ROSTER, "Export")
    world.work_in_desk(ticket, status="solved")
    assert links(world) == []


def test_what_only_went_to_a_person_teaches_nothing(world: World) -> None:
    """Law: that an article was found near a ticket does not mean that it solved it."""
    _, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    assert links(world) == []


def test_a_ticket_that_is_resolved_twice_has_its_link_once(world: World) -> None:
    """Law: the help desk tells again and again what it has told."""
    ticket = world.write("joy", ROSTER, "Export")
    for status in ("solved", "open", "solved"):
        world.work_in_desk(ticket, status=status)
    world.work_in_desk(ticket, tags=["looked-at"])
    assert links(world) == [("export-roster", 0.5, "rule:answered")]
