"""An escalated ticket, from its card to the customer's own view of the help desk."""

import pytest
from playwright.sync_api import expect

from tests.browser.effort import assert_costs
from tests.browser.person import ANNIKA, MATEO, SANA, TARIQ, VICTOR, Person
from tests.browser.running import Demo
from tests.browser.ways import BOTH, BY_HTTP, BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser
EXECUTIVE = "wf-1001"
PERSONAL = "wf-1114"
CHANNEL = "escalations-enterprise"
# What a renderer, a form or a header could change on its way.
WORDS = (
    "Dear Margaret,\n\n  I stay with this <b>until it is right</b> & *surely* today.\n"
    "~ €1,906 · Grüße · 你好 · <!channel> @here https://example.com?a=1&b=2\n\nAnnika"
)


def claimed(person: Person, demo: Demo) -> int:
    ticket = demo.arrive(EXECUTIVE)
    person.act_as(ANNIKA)
    person.open(CHANNEL)
    person.tap(person.card.get_by_role("button", name="Claim"))
    expect(person.card).to_contain_text("Claimed by Annika Vogt")
    return ticket


@BOTH
def test_a_reply_reaches_the_customer_letter_by_letter(person: Person, demo: Demo) -> None:
    """Law: what stood in the form is what the customer reads, and the thread shows it too."""
    ticket = claimed(person, demo)
    person.tap(person.card.get_by_role("button", name="Reply to customer"))
    person.write(person.sees("field-text"), WORDS)
    preview = person.sees("modal").locator("blockquote").first
    expect(preview).to_have_text(WORDS, use_inner_text=True)
    person.tap(person.sees("modal-submit"))
    expect(person.sees("modal")).to_be_hidden()
    expect(person.card).to_contain_text("Answered")
    expect(person.card).to_contain_text("1 reply")
    assert_costs("claim an escalation and reply to the customer", person, demo)

    assert demo.customer_reads(ticket)[-1] == WORDS
    person.open_ticket(ticket)
    shown = person.page.locator("#helpdesk .bubble.theirs").last.locator("p")
    assert shown.text_content() == WORDS


@BY_HTTP
@ON_SQLITE
def test_the_customers_next_words_notify_the_owner_alone(person: Person, demo: Demo) -> None:
    """Law: they stand in the thread, mention whoever holds the ticket, and make no new card."""
    ticket = claimed(person, demo)
    before, owner = len(demo.posts()), Person(person.page)
    person.open_ticket(ticket)
    person.sees("customer-reply").fill("We found nine more.")
    person.sees("customer-send").click()

    person.open(CHANNEL)
    person.card.get_by_role("button", name="1 reply").click()
    said = person.sees("thread-messages").locator("article").last
    expect(said).to_contain_text("We found nine more.")
    expect(said.locator(".mention")).to_have_text("@Annika Vogt")
    assert_costs("hear what the customer writes next", owner, demo, before)


@BY_HTTP
@ON_SQLITE
def test_a_reply_of_blanks_is_refused_below_its_field(person: Person, demo: Demo) -> None:
    """Law: what is wrong stays said while the preview follows the typing."""
    claimed(person, demo)
    person.card.get_by_role("button", name="Reply to customer").click()
    person.sees("field-text").fill("   ")
    person.sees("modal-submit").click()
    expect(person.sees("modal").locator("blockquote").first).to_have_text("(nothing yet)")
    expect(person.sees("error-text")).to_have_text("Write what the customer should read.")


@BY_SOCKET
@ON_SQLITE
def test_what_is_resolved_takes_three_taps_and_no_typing(person: Person, demo: Demo) -> None:
    """Law: closing a ticket says who did it, and the help desk follows."""
    ticket = claimed(person, demo)
    person.tap(person.card.get_by_role("button", name="Resolve"))
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Resolved by Annika Vogt")
    assert_costs("claim an escalation and resolve it", person, demo)

    person.open_ticket(ticket)
    expect(person.sees(f"ticket-{ticket}")).to_contain_text("solved")


@BY_SOCKET
@ON_SQLITE
def test_whoever_may_not_claim_is_told_so_privately(person: Person, demo: Demo) -> None:
    """Law: an engineer, a guest of another's account and a stranger each read why, alone."""
    demo.arrive(PERSONAL)
    reasons = {
        SANA: "takes the role specialist or lead",
        TARIQ: "does not look after this customer's account",
        VICTOR: "You are not on this team's list",
    }
    for user, reason in reasons.items():
        person.act_as(user)
        person.open("escalations")
        person.card.get_by_role("button", name="Claim").click()
        expect(person.whispered).to_contain_text(reason)

    person.act_as(MATEO)
    expect(person.card).to_contain_text("Nobody has it yet")
    expect(person.messages).to_have_count(1)
