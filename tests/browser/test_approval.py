"""A proposed refund, from its card to the provider's ledger and to the customer."""

import pytest
from playwright.sync_api import expect

from tests.browser.effort import assert_costs
from tests.browser.person import ANNIKA, RUTH, Person, User
from tests.browser.running import Demo
from tests.browser.ways import BOTH, BY_HTTP, BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser
REFUND = "wf-1002"
CHARGE = "ch_3QWF20418B"


def asked(person: Person, demo: Demo, user: User) -> int:
    ticket = demo.arrive(REFUND)
    person.act_as(user)
    person.open("approvals")
    expect(person.card).to_contain_text("Refund 174.00 USD")
    return ticket


@BOTH
def test_an_approved_refund_is_paid_once_and_told(person: Person, demo: Demo) -> None:
    """Law: one tap pays what the card shows, redraws the card, and tells the customer."""
    ticket = asked(person, demo, RUTH)
    expect(person.card).to_contain_text(CHARGE)
    person.tap(person.card.get_by_role("button", name="Approve"))
    expect(person.card).to_contain_text("Approved by Ruth Castellan")
    expect(person.card).to_contain_text("Done. Receipt")
    expect(person.card.get_by_role("button", name="Approve")).to_have_count(0)
    assert_costs("approve a refund", person, demo)

    [refund] = demo.refunds(CHARGE)
    assert (refund["amount"], refund["currency"]) == (17_400, "usd")
    person.sees("tab-payments").click()
    row = person.sees("ledger-row").filter(has_text=refund["id"])
    expect(row).to_contain_text("$174.00")
    expect(row).to_contain_text("Crystal Dupree")

    person.open_ticket(ticket)
    told = person.page.locator("#helpdesk .bubble.theirs p")
    expect(told).to_contain_text("We have refunded 174.00 USD")
    assert len(demo.customer_reads(ticket)) == 1


@BOTH
def test_an_approval_is_taken_back_and_nothing_is_paid(person: Person, demo: Demo) -> None:
    """Law: for ten seconds one tap takes it back, and the card waits for a decision again."""
    asked(person, demo, RUTH)
    person.tap(person.card.get_by_role("button", name="Approve"))
    expect(person.card).to_contain_text("It runs 10 seconds after that")
    person.tap(person.card.get_by_role("button", name="Undo"))
    expect(person.card).to_contain_text("waits for a decision")
    assert_costs("approve a refund and take that back", person, demo)
    person.page.wait_for_timeout(11_000)
    expect(person.card.get_by_role("button", name="Approve")).to_have_count(1)
    assert demo.refunds(CHARGE) == []


@BY_SOCKET
@ON_SQLITE
def test_a_rejection_gives_its_reason_and_the_ticket_to_a_person(
    person: Person, demo: Demo
) -> None:
    """Law: nothing is paid, the card says who and why, and the ticket is escalated."""
    asked(person, demo, RUTH)
    person.tap(person.card.get_by_role("button", name="Reject"))
    person.write(person.sees("field-reason"), "The second payment was never captured.")
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Rejected by Ruth Castellan")
    expect(person.card).to_contain_text("The second payment was never captured.")

    person.open("escalations-billing")
    expect(person.card).to_contain_text("An approver said no to what the agent proposed.")
    assert_costs("reject a refund", person, demo)
    assert demo.refunds(CHARGE) == []


@BY_HTTP
@ON_SQLITE
def test_whoever_may_not_decide_is_told_so_privately(person: Person, demo: Demo) -> None:
    """Law: a specialist's Approve pays nothing; the reason is for their eyes alone."""
    asked(person, demo, ANNIKA)
    person.card.get_by_role("button", name="Approve").click()
    expect(person.whispered).to_contain_text("takes the role approver, which you do not have")

    person.act_as(RUTH)
    expect(person.card).to_contain_text("waits for a decision")
    expect(person.messages).to_have_count(1)
    assert demo.refunds(CHARGE) == []
