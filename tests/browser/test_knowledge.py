"""Questions to the knowledge base, from any channel."""

import pytest
from playwright.sync_api import expect

from tests.browser.effort import assert_costs
from tests.browser.person import ANNIKA, MATEO, Person
from tests.browser.running import Demo
from tests.browser.ways import BY_HTTP, BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser


@BY_SOCKET
@ON_SQLITE
def test_an_answer_cites_its_article_to_the_asker_alone(person: Person, demo: Demo) -> None:
    """Law: one tap, and nobody else sees the question or the answer."""
    person.act_as(ANNIKA)
    person.open("general")
    person.ask("/kb How do I change the number of seats?")
    expect(person.whispered).to_contain_text("Add or remove seats")
    assert_costs("/kb: ask the knowledge base", person, demo)

    person.act_as(MATEO)
    expect(person.page.get_by_text("Nothing here yet.")).to_be_visible()
    expect(person.messages).to_have_count(0)


@BY_HTTP
@ON_SQLITE
def test_a_gap_is_said_and_reported(person: Person, demo: Demo) -> None:
    """Law: where no article helps, the bot says so, and a press tells those who write them."""
    person.act_as(ANNIKA)
    person.open("general")
    person.ask("/kb How do I bake sourdough bread?")
    expect(person.whispered).to_contain_text("No article covers this")
    person.tap(person.whispered.get_by_role("button", name="Report the gap"))
    expect(person.whispered).to_contain_text("Thank you")

    person.open("knowledge")
    expect(person.card).to_contain_text("How do I bake sourdough bread?")
    expect(person.card).to_contain_text("Annika Vogt")
    assert_costs("/kb: report that no article covers a question", person, demo)
