"""The tour that the page opens with, walked as a newcomer would."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import RUTH, Person
from tests.browser.running import Demo
from tests.browser.ways import BY_SOCKET, ON_SQLITE

pytestmark = pytest.mark.browser
PLUG_CHARGE = "ch_3QWF20455B"
# From kill -9 to a bot that is back and has looked at what became of the refund.
BACK_WITHIN_MS = 60_000


def step_is_done(person: Person, step: int, timeout: float | None = None) -> None:
    node = person.sees(f"tour-step-{step}")
    expect(node).to_have_attribute("data-done", "true", timeout=timeout)


@BY_SOCKET
@ON_SQLITE
def test_a_newcomer_finishes_the_tour(person: Person, demo: Demo) -> None:
    """Law: its buttons lead through all five steps, and the outside systems say they are done."""
    person.sees("tour-1-arrive").click()
    step_is_done(person, 1)

    person.sees("tour-2-card").click()
    person.card.get_by_role("button", name="Claim").click()
    person.card.get_by_role("button", name="Reply to customer").click()
    person.sees("field-text").fill("I stay with this until it is right.")
    person.sees("modal-submit").click()
    step_is_done(person, 2)
    person.sees("tab-helpdesk").click()
    person.sees("ticket-1001").click()
    expect(person.page.locator("#helpdesk")).to_contain_text("I stay with this until it is right.")

    person.sees("tour-3-refund").click()
    person.sees("tour-3-approver").click()
    expect(person.sees("person-switch")).to_contain_text(RUTH.name)
    person.card.get_by_role("button", name="Approve").click()
    step_is_done(person, 3)

    person.sees("tour-4-plug").click()
    person.sees("tour-4-approver").click()
    expect(person.sees("person-switch")).to_contain_text(RUTH.name)
    person.messages.last.get_by_role("button", name="Approve").click()
    step_is_done(person, 4, BACK_WITHIN_MS)
    expect(person.messages.last).to_contain_text("Done. Receipt")
    assert demo.get("/sandbox/bot")["kills"] == 1
    assert len(demo.refunds(PLUG_CHARGE)) == 1

    person.sees("tour-5-ask").click()
    person.sees("composer-send").click()
    step_is_done(person, 5)
    expect(person.whispered).to_contain_text("Work without a signal in Pocket")
    expect(person.sees("tour-finished")).to_be_visible()
