"""The life of an article: out of a thread, past a reviewer, to the next who asks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.effort import assert_costs
from tests.browser.person import ANNIKA, MATEO, SANA, Person
from tests.browser.running import Demo
from tests.browser.ways import BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser

ASKED = "How do I change the colour of the van icons on the dispatch map?"
SOLVED = "Dear Terry,\n\nPlease open Board settings, choose Map and pick a colour for the icons."
TITLE = "Change the colour of the van icons on the dispatch map"


def write_in(person: Person, subject: str, body: str) -> None:
    """A customer writes to the help desk."""
    person.sees("tab-helpdesk").click()
    person.sees("new-ticket").click()
    person.sees("ticket-customer").select_option("cus_terry_hollis")
    person.sees("ticket-subject").fill(subject)
    person.sees("ticket-body").fill(body)
    person.sees("ticket-send").click()
    expect(person.sees("ticket-form")).to_be_hidden()


def solve_in_thread(person: Person) -> None:
    write_in(person, "Van icons on the map", ASKED)
    person.act_as(ANNIKA)
    person.open("escalations")
    person.tap(person.card.get_by_role("button", name="Claim"))
    person.tap(person.card.get_by_role("button", name="Reply to customer"))
    person.write(person.sees("field-text"), SOLVED)
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Answered")


def write_out_of_thread(person: Person) -> None:
    person.card.hover()
    person.card.get_by_test_id("more-actions").click()
    person.sees("shortcut-article.write").click()
    expect(person.sees("field-body")).to_have_value(re.compile("pick a colour"))
    person.sees("field-title").fill(TITLE)
    person.sees("field-audience").select_option("public")
    person.sees("modal-submit").click()
    expect(person.sees("modal")).to_contain_text("waits for a review")
    person.sees("modal-close").click()


@BY_SOCKET
@ON_SQLITE
def test_an_article_out_of_a_thread_saves_the_next_escalation(person: Person, demo: Demo) -> None:
    """Law: what somebody solved once, and somebody else has read, answers the next who asks; the
    article says so, with its cases."""
    solve_in_thread(person)
    write_out_of_thread(person)

    reviewer = Person(person.page)
    reviewer.act_as(MATEO)
    reviewer.open("knowledge")
    card = reviewer.messages.filter(has_text=TITLE, has_not_text="Covered now")
    # What asks for the review is not what it costs, and may only be on its way.
    expect(card.get_by_role("button", name="Look and decide")).to_be_visible()
    before = len(demo.posts())
    reviewer.tap(card.get_by_role("button", name="Look and decide"))
    expect(reviewer.sees("modal")).to_contain_text("pick a colour for the icons")
    reviewer.tap(reviewer.sees("modal").get_by_role("button", name="Publish"))
    expect(reviewer.sees("modal")).to_contain_text("Reviewed today")
    assert_costs("review an article and publish it", reviewer, demo, before)
    reviewer.sees("modal-close").click()
    expect(card).to_contain_text("reviewed by Mateo Ibarra")
    expect(reviewer.messages.filter(has_text="Covered now")).to_contain_text(TITLE)

    asker = Person(person.page)
    asker.act_as(SANA)
    asker.open("general")
    asker.ask(f"/kb {ASKED}")
    expect(asker.whispered).to_contain_text(TITLE)
    expect(asker.whispered).to_contain_text("Reviewed today · Annika Vogt looks after it")

    write_in(person, "Colour of van icons", ASKED)
    answer = person.page.locator("#helpdesk .bubble.theirs").last
    expect(answer).to_contain_text(re.compile("Our article .* pick a colour", re.DOTALL))
    asker.open("knowledge")
    card.get_by_role("button", name="Open").click()
    expect(asker.sees("modal")).to_contain_text("Saved 1 of 1 tickets an escalation")
