"""Backstop's own cards and forms on a telephone: nothing is cut off, nothing scrolls sideways."""

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.person import ANNIKA, RUTH, Person
from tests.browser.running import Demo
from tests.browser.ways import BY_HTTP, ON_SQLITE

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 375, "height": 740}
# Whatever stands beyond the screen's right edge, by tag and first words.
BEYOND = """shown => [...shown.querySelectorAll("*")]
    .filter((part) => part.getBoundingClientRect().right > window.innerWidth)
    .map((part) => `${part.tagName} ${part.textContent.slice(0, 40)}`)"""


def assert_fits(shown: Locator) -> None:
    expect(shown).to_be_visible()
    assert shown.evaluate(BEYOND) == []


@BY_HTTP
@ON_SQLITE
def test_cards_and_forms_fit_a_telephone(person: Person, demo: Demo) -> None:
    """Law: an escalation, its reply, an approval and its reason are read 375 px wide."""
    for key in ("wf-1001", "wf-1002"):
        demo.arrive(key)
    person.sees("tour-close").click()
    person.act_as(ANNIKA)
    person.open("escalations-enterprise")
    person.card.get_by_role("button", name="Claim").click()
    expect(person.card).to_contain_text("Claimed by Annika Vogt")
    person.page.set_viewport_size(PHONE)
    assert_fits(person.card)
    person.card.get_by_role("button", name="Reply to customer").click()
    assert_fits(person.sees("modal"))
    person.sees("modal-close").click()

    person.page.set_viewport_size({"width": 1200, "height": 800})
    person.act_as(RUTH)
    person.open("approvals")
    person.page.set_viewport_size(PHONE)
    expect(person.card).to_contain_text("Refund 174.00 USD")
    assert_fits(person.card)
    person.card.get_by_role("button", name="Reject").click()
    assert_fits(person.sees("modal"))
