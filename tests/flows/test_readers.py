"""A customer who writes in another language is read first by somebody who reads it."""

import pytest

from storage.models import Message
from storage.unit_of_work import UnitOfWork
from tests.company import ADMIN, ANA, BEN, ESCALATIONS, GUS, KIM
from tests.flows.screen import Seen, card, direct, messages, thread
from tests.world import World

SPANISH = "Hola, quiero hablar con una persona real, por favor. La lista se imprime en blanco."
READS = {
    "slack: U0ANA, hours": "slack: U0ANA, languages: [en, es], hours",
    "slack: U0GUS, org": "slack: U0GUS, languages: [en, es], org",
    "slack: U0KIM, org": "slack: U0KIM, languages: [en, es], org",
}
NOBODY_AT_WORK = READS | {'es], hours: "Mon-Fri 09:00-17:00"': 'es], hours: "Sat 09:00-17:00"'}


def asked(world: World, who: str) -> list[Seen]:
    return [one for one in direct(world, who) if "Claim" in one.labels]


@pytest.mark.app_yaml(READS)
def test_who_reads_it_is_asked_before_the_channel(world: World) -> None:
    """Law: the card is before the readers at once, and in its channel a little later, once."""
    world.write("joy", SPANISH, "Ayuda")
    [private] = asked(world, ANA)
    assert "which you read. You are asked first." in direct(world, ANA)[0].text
    assert asked(world, BEN) == asked(world, GUS) == []
    assert messages(world, ANA, ESCALATIONS) == []
    world.later(minutes=3)
    private.press("Claim")
    world.later(minutes=3)
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text
    assert len(messages(world, BEN, ESCALATIONS)) == 1


@pytest.mark.app_yaml(READS)
def test_a_claim_in_private_opens_the_thread_at_once(world: World) -> None:
    """Law: the owner hears the customer's next words, wherever the card was claimed."""
    ticket = world.write("joy", SPANISH, "Ayuda")
    asked(world, ANA)[0].press("Claim")
    world.write("joy", "Y otra cosa.", ticket=ticket)
    [said] = thread(world, ANA, card(world, ANA, ESCALATIONS))
    assert "Y otra cosa." in said.text


@pytest.mark.app_yaml(READS)
def test_what_was_written_during_the_head_start_stands_in_the_thread(world: World) -> None:
    """Law: a thread that opens later lacks none of the customer's words, and has no others."""
    ticket = world.write("joy", SPANISH, "Ayuda")
    for words in ("Y otra cosa.", "Y otra más."):
        world.later(minutes=1)
        world.write("joy", words, ticket=ticket)
    world.work_in_desk(ticket, comment="Who reads Spanish?", public=False)
    world.later(minutes=3)
    said = [one.text for one in thread(world, ANA, card(world, ANA, ESCALATIONS))]
    assert len(said) == 2
    assert "Y otra cosa." in said[0] and "Y otra más." in said[1]


@pytest.mark.app_yaml(READS)
def test_a_partner_is_asked_for_the_accounts_it_serves(world: World) -> None:
    world.write("nox", SPANISH, "Ayuda")
    assert len(asked(world, GUS)) == len(asked(world, KIM)) == len(asked(world, ANA)) == 1


@pytest.mark.app_yaml(NOBODY_AT_WORK)
def test_where_nobody_who_reads_it_is_at_work_the_channel_sees_it_at_once(world: World) -> None:
    """Law: nobody is called out of hours, and no customer waits for hours to begin."""
    world.write("joy", SPANISH, "Ayuda")
    assert direct(world, ANA) == []
    assert "Claim" in card(world, BEN, ESCALATIONS).labels


@pytest.mark.app_yaml(READS)
def test_what_is_written_in_the_companys_language_goes_straight_to_the_channel(
    world: World,
) -> None:
    world.write("joy", "Please let me speak with a real person about this.", "The rota is blank")
    assert direct(world, ANA) == []
    assert messages(world, ANA, ESCALATIONS) != []


@pytest.mark.app_yaml(READS)
def test_what_was_resolved_meanwhile_is_not_posted_any_more(world: World) -> None:
    ticket = world.write("joy", SPANISH, "Ayuda")
    world.work_in_desk(ticket, status="solved")
    world.later(minutes=3)
    assert messages(world, ANA, ESCALATIONS) == messages(world, ANA, ADMIN) == []


def test_a_translation_stands_below_the_words_and_says_what_it_is(world: World) -> None:
    """Law: nobody takes a machine's words for the customer's; without a model there are none."""
    ticket = world.write("joy", SPANISH, "Ayuda")
    assert "Translated by a machine" not in card(world, ANA, ESCALATIONS).text

    def translate(uow: UnitOfWork) -> None:
        said = uow.session.query(Message).filter(Message.body == SPANISH).one()
        said.translation = "Hello, I want to speak with a real person, please."

    world.backstop.writer.run(translate)
    world.work_in_desk(ticket, priority="high")
    seen = card(world, ANA, ESCALATIONS).text
    assert "I want to speak with a real person" in seen
    assert "Translated by a machine" in seen
    assert "quiero hablar" in seen
