"""What no article covers: gathered, weighed, claimed, closed."""

import pytest

from sandbox.model import Scripted, use
from sandbox.model.minds import assessed
from storage.models import Article, Escalation, Gap, GapState
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.company import ANA, BEN, ESCALATIONS, GENERAL, GUS, KNOWLEDGE
from tests.flows.scenes import HUMAN
from tests.flows.screen import Seen, card, fill, messages, told, whispers, words_of
from tests.flows.test_articles import article, look, press, publish, write
from tests.flows.test_asking import ask
from tests.flows.test_model import CLAUDE
from tests.world import World

CITES = [{"article": "export-roster", "passage": 1}]
WISH = "How can the glockenspiel be tuned to baroque pitch?"


def gaps(world: World) -> list[Gap]:
    with world.looking() as uow:
        return uow.session.query(Gap).order_by(Gap.id).all()


def asked_for(world: World) -> None:
    """Two tickets of two customers, and a colleague, ask for the same."""
    for customer in ("joy", "sol"):
        world.write(customer, "Good morning", "First words")
        world.write(customer, WISH, "Glockenspiel pitch")
    ask(world, ANA, "/kb", "tune glockenspiel to baroque pitch").press("Report the gap")


def test_questions_and_tickets_that_ask_for_the_same_are_one_gap(world: World) -> None:
    """Law: one card counts them all; a ticket's words stay where its customer is served."""
    asked_for(world)
    pitch = [one for one in gaps(world) if "pitch" in one.question.lower()]
    assert len(pitch) == 3 and len({one.cluster for one in pitch}) == 1
    [seen] = [one for one in messages(world, BEN, KNOWLEDGE) if "2 tickets" in one.text]
    assert "tune glockenspiel to baroque pitch" in seen.text
    assert WISH not in seen.text
    assert "customers worth 24,000.00 USD a year" in seen.text


def test_what_is_asked_within_a_tickets_thread_is_no_colleagues_wording(world: World) -> None:
    """Law: a mention without words asks what the customer wrote, which no channel is told."""
    world.write("joy", f"{HUMAN} Walpurga Quist is furious.", "Glockenspiel pitch")
    seen = card(world, BEN, ESCALATIONS)
    world.do(BEN, "post", channel=ESCALATIONS, thread=seen.ts, text="<@U0BOT> kb")
    last = [one for one in world.see(BEN, ESCALATIONS, seen.ts) if one["ephemeral"]][-1]
    Seen(world, BEN, ESCALATIONS, last).press("Report the gap")
    assert any("Walpurga" in one.question and one.asked_by == "ben" for one in gaps(world))
    assert messages(world, BEN, KNOWLEDGE)
    assert not any("Walpurga" in one.text for one in messages(world, BEN, KNOWLEDGE))


@pytest.mark.app_yaml(CLAUDE)
def test_an_answer_that_no_article_supports_asks_for_one(world: World) -> None:
    """Law: what a model had to make up is what no article says."""
    line = {"text": "Glockenspiels are tuned to 442 Hz within 30 days.", "cites": CITES}
    answer = use("answer", sentences=[line], assessment=assessed())
    world.model.mind = Scripted([[use("read_article", article="export-roster")], [answer]])
    world.write("joy", WISH, "Glockenspiel pitch")

    [gap] = gaps(world)
    assert "baroque pitch" in gap.question
    with world.looking() as uow:
        assert uow.escalations.get(1).rule == "unsupported"


def test_the_heaviest_gap_comes_first(world: World) -> None:
    ask(world, ANA, "/kb", "why do llamas hum?").press("Report the gap")
    asked_for(world)
    listed = ask(world, BEN, "/kb", "gaps").text
    assert listed.index("baroque pitch") < listed.index("llamas hum")


def test_whoever_serves_the_customer_reads_in_private_what_was_asked(world: World) -> None:
    """Law: nobody can write an article for a category; a channel is told no customer's words."""
    world.write("joy", WISH, "Glockenspiel pitch")
    assert "Glockenspiel" in ask(world, BEN, "/kb", "gaps").text
    assert "Glockenspiel" not in card(world, BEN, KNOWLEDGE).text


def test_the_list_says_who_writes_it(world: World) -> None:
    """Law: what is claimed is offered to the one who claimed it."""
    world.write("joy", WISH, "Glockenspiel pitch")
    card(world, BEN, KNOWLEDGE).press("I’ll write it", by=BEN)
    assert ask(world, BEN, "/kb", "gaps").labels == ["Write the article"]
    seen = ask(world, ANA, "/kb", "gaps")
    assert "Ben Okoro writes it." in seen.text and seen.labels == []


def test_of_two_who_want_to_write_it_one_does(world: World) -> None:
    """Law: the second is told who was faster; a partner claims nothing of ours."""
    asked_for(world)
    seen = next(one for one in messages(world, BEN, KNOWLEDGE) if "2 tickets" in one.text)
    seen.press("I’ll write it", by=GUS)
    assert "our own people" in told(world, GUS, KNOWLEDGE)
    late = next(one for one in messages(world, ANA, KNOWLEDGE) if "2 tickets" in one.text)
    seen.press_only("I’ll write it", by=BEN)
    late.press("I’ll write it", by=ANA)
    assert "Ben Okoro writes it already" in whispers(world, ANA, KNOWLEDGE)[-1]
    assert {one.claimed_by for one in gaps(world) if one.id == one.cluster} >= {"ben"}


def test_who_claims_a_gap_is_told_so_and_nobody_else_writes_it(world: World) -> None:
    """Law: a press is answered where it was made; whoever comes later learns whose it is."""
    world.write("joy", WISH, "Glockenspiel pitch")
    ask(world, BEN, "/kb", "gaps").press("I’ll write it", by=BEN)
    assert "Gap #1 is yours." in whispers(world, BEN, GENERAL)[-1]
    seen = card(world, ANA, KNOWLEDGE)
    assert "view" not in seen.press("Write the article", by=ANA)
    assert "Ben Okoro writes it already" in whispers(world, ANA, KNOWLEDGE)[-1]
    assert "view" in seen.press("Write the article", by=BEN)


def test_what_tickets_asked_is_looked_at_in_private(world: World) -> None:
    """Law: a channel has their numbers; the words are for whoever serves the customer, without
    what is nobody's business."""
    world.write("joy", f"{WISH} My card is 4242 4242 4242 4242.", "Glockenspiel pitch")
    seen = card(world, BEN, KNOWLEDGE)
    assert "baroque" not in seen.text and "zendesk 1001" in seen.text
    words = words_of(seen.press("Look", by=BEN)["view"])
    assert WISH in words and "zendesk 1001" in words and "4242" not in words
    assert "view" not in seen.press("Look", by=GUS)
    assert "our own people" in told(world, GUS, KNOWLEDGE)


def test_an_article_closes_the_gap_it_was_written_for(world: World) -> None:
    """Law: published is covered, and not before; each who asked for it is."""
    asked_for(world)
    mine = next(one for one in messages(world, BEN, KNOWLEDGE) if "2 tickets" in one.text)
    mine.press("I’ll write it", by=BEN)
    mine = next(one for one in messages(world, BEN, KNOWLEDGE) if "2 tickets" in one.text)
    view = mine.press("Write the article", by=BEN)["view"]
    title, body = "Tune the glockenspiel to baroque pitch", "File the bars until they sound at 415."
    assert fill(world, BEN, view, title=title, body=body)["ok"]
    assert {one.state for one in gaps(world) if "pitch" in one.question} != {GapState.CLOSED}
    press(world, ANA, look(world, ANA), "Publish")
    assert {one.state for one in gaps(world) if "pitch" in one.question} == {GapState.CLOSED}
    covered = [one.text for one in messages(world, ANA, KNOWLEDGE) if "Covered now" in one.text]
    assert covered and title in covered[0]
    assert "415" in ask(world, ANA, "/kb", WISH).text


@pytest.mark.parametrize("named, state", [("two-factor", "closed"), ("", "open")])
def test_an_article_that_solved_the_ticket_closes_its_gap(
    world: World, named: str, state: str
) -> None:
    """Law: what the agent did not find is there all the same; nobody has to write it again."""
    world.write("joy", WISH, "Glockenspiel pitch")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly", article=named)["ok"]
    assert [one.state for one in gaps(world)] == [state]


def test_a_question_without_an_article_counts_by_itself(world: World) -> None:
    """Law: nobody has to press anything; whose question it was is theirs to tell, and one person
    who asks twice is one."""
    for _ in range(2):
        ask(world, ANA, "/kb", "why do llamas hum at noon?")
    [gap] = gaps(world)
    assert gap.asked_by == ""
    listed = ask(world, BEN, "/kb", "gaps").text
    assert "why do llamas hum at noon?" in listed and "asked once" in listed
    assert "Ana" not in listed and messages(world, BEN, KNOWLEDGE) == []


def test_what_two_ask_in_private_is_shown_without_their_names(world: World) -> None:
    """Law: a channel is told of what more than one wants to know."""
    for who in (ANA, BEN):
        ask(world, who, "/kb", "why do llamas hum at noon?")
        world.clock.advance(seconds=1)
    [seen] = messages(world, BEN, KNOWLEDGE)
    assert "asked by a colleague" in seen.text and "asked 2 times by colleagues" in seen.text
    assert "Ana" not in seen.text and "Ben" not in seen.text


def test_reporting_adds_a_name_and_no_second_gap(world: World) -> None:
    seen = ask(world, ANA, "/kb", "why do llamas hum at noon?")
    for _ in range(2):
        seen.press("Report the gap")
    assert [one.asked_by for one in gaps(world)] == ["ana"]
    [card] = messages(world, BEN, KNOWLEDGE)
    assert "asked by Ana Ruiz" in card.text and "asked once" in card.text


def test_an_article_written_from_a_question_closes_its_gap(world: World) -> None:
    """Law: also where nobody reported it."""
    write(world)
    [gap] = gaps(world)
    assert gap.state is GapState.OPEN and gap.article_id == article(world).id
    publish(world)
    assert [one.state for one in gaps(world)] == [GapState.CLOSED]


@pytest.mark.app_yaml({"rules: {repeated_contact: 0}": "rules: {repeated_contact: 1}"})
def test_a_customer_who_is_answered_by_a_person_anyway_opens_a_gap(world: World) -> None:
    """Law: who writes, and how often, says nothing of the articles."""
    world.write("joy", WISH, "Glockenspiel pitch")
    with world.looking() as uow:
        [escalation] = uow.session.query(Escalation)
        assert escalation.rule == "repeated_contact"
    assert [one.question.splitlines()[-1] for one in gaps(world)] == [WISH]


@pytest.mark.app_yaml({"rules: {repeated_contact: 0}": "rules: {repeated_contact: 1}"})
def test_where_an_article_covers_it_there_is_no_gap(world: World) -> None:
    """Law: a person answers here for the customer's sake, and not for want of an article."""
    world.write("joy", "How do I export the roster as a CSV file?", "Export the roster")
    with world.looking() as uow:
        [escalation] = uow.session.query(Escalation)
        assert escalation.rule == "repeated_contact"
    assert gaps(world) == []


def test_a_wish_for_a_person_is_no_gap(world: World) -> None:
    world.write("joy", "Please let me speak with a real person about this.", "Glockenspiel pitch")
    assert gaps(world) == []


def test_what_an_article_covers_is_no_gap_where_nothing_of_it_is_sent(world: World) -> None:
    """Law: nobody is asked to write what stands in a table; whoever names its row is answered."""
    table = "| Code | Meaning |\n|---|---|\n| GLO-104 | The mallet is too soft |"

    def publish(uow: UnitOfWork) -> None:
        found = uow.articles.add(Article(ref="glo", title="Glockenspiel error codes", body=table))
        Search(uow.session).index(found)

    world.backstop.writer.run(publish)
    asked = "How do I read the glockenspiel error codes?"
    world.write("joy", asked, "Glockenspiel error codes")
    assert "(rule unquoted)" in card(world, ANA, ESCALATIONS).text
    assert "Glockenspiel error codes" in card(world, ANA, ESCALATIONS).text
    assert gaps(world) == []
    ticket = world.write("sol", f"{asked} We see GLO-104.", "Glockenspiel error codes")
    assert "GLO-104 · Meaning: The mallet is too soft." in str(world.customer_reads(ticket))
    assert "Meaning: The mallet is too soft." in ask(world, ANA, "/kb", "what is GLO-104?").text
