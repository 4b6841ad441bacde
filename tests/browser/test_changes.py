"""A proposed refund is lowered, or sent back with a question, before somebody approves it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.effort import assert_costs
from tests.browser.person import ANNIKA, JONAS, RUTH, Person
from tests.browser.running import Demo
from tests.browser.test_approval import CHARGE, asked
from tests.browser.test_phone import PHONE, assert_fits
from tests.browser.ways import BY_HTTP, BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser


def choose(person: Person, label: str) -> None:
    person.tap(person.card.get_by_role("button", name="More choices"))
    person.tap(person.page.get_by_role("menuitem", name=label))


def fits_a_phone(person: Person, shown: Locator) -> None:
    wide = person.page.viewport_size
    person.page.set_viewport_size(PHONE)
    assert_fits(shown)
    assert wide is not None
    person.page.set_viewport_size(wide)


@BY_SOCKET
@ON_SQLITE
def test_a_lowered_refund_is_approved_by_somebody_else(person: Person, demo: Demo) -> None:
    """Law: the card shows what was changed by whom, and the lower sum is paid, once."""
    asked(person, demo, RUTH)
    choose(person, "Change before approval")
    person.write(person.sees("field-new_amount"), "87.00")
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Ruth Castellan changed this")
    expect(person.card).to_contain_text("Amount: 174.00 USD → 87.00 USD")
    fits_a_phone(person, person.card)

    person.act_as(JONAS)
    person.tap(person.card.get_by_role("button", name="Approve"))
    expect(person.card).to_contain_text("Done. Receipt")
    assert_costs("lower a refund and have somebody else approve it", person, demo)
    assert [refund["amount"] for refund in demo.refunds(CHARGE)] == [8_700]


@BY_HTTP
@ON_SQLITE
def test_a_refund_comes_back_with_an_answer(person: Person, demo: Demo) -> None:
    """Law: until the question is answered nobody can approve it; the answer stands on the card."""
    asked(person, demo, RUTH)
    choose(person, "Ask for changes")
    person.write(person.sees("field-question"), "Was the second payment captured at all?")
    fits_a_phone(person, person.sees("modal"))
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("changes are asked for")
    expect(person.card.get_by_role("button", name="Approve")).to_have_count(0)
    fits_a_phone(person, person.card)

    person.act_as(ANNIKA)
    person.open("escalations-billing")
    person.tap(person.card.get_by_role("button", name="Answer"))
    fits_a_phone(person, person.sees("modal"))
    person.write(person.sees("field-note"), "Yes, on the same day.")
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Yes, on the same day.")

    person.act_as(RUTH)
    person.open("approvals")
    person.tap(person.card.get_by_role("button", name="Approve"))
    expect(person.card).to_contain_text("Done. Receipt")
    assert_costs("ask for changes, answer, and approve", person, demo)
    assert len(demo.refunds(CHARGE)) == 1
