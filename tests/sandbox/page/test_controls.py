"""Block Kit's controls in the browser: buttons, menus, confirmations and modals."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox.little_site import Site
from tests.sandbox.page.test_workspace import escalation, messages

pytestmark = pytest.mark.browser


def act_as(page: Page, person: str) -> None:
    page.get_by_test_id("person-switch").click()
    page.get_by_test_id(f"person-{person}").click()


def open_form(page: Page) -> Locator:
    escalation(page).get_by_test_id("action-reply").click()
    modal = page.get_by_test_id("modal")
    expect(modal.get_by_role("heading", name="Reply to customer")).to_be_visible()
    return modal


def test_a_menu_is_driven_by_keys(page: Page) -> None:
    """Arrows choose in an overflow menu, Enter takes, Escape gives the focus back."""
    card = escalation(page)
    more = card.get_by_test_id("action-more")
    more.press("Enter")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()

    more.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(messages(page).locator("article.ephemeral")).to_contain_text("Not for us")


def test_a_choice_of_a_person_reaches_the_app(page: Page) -> None:
    """A users select offers people and sends the id."""
    card = escalation(page)
    card.get_by_test_id("action-who").select_option(label="Ben Okafor")

    expect(messages(page).locator("article.ephemeral")).to_contain_text("You chose UBEN")


def test_a_button_with_a_confirmation_does_nothing_before_it(page: Page, site: Site) -> None:
    """Declining sends no click; agreeing pays."""
    site.post("/sandbox/tour/3")
    act_as(page, "UBEN")
    page.get_by_test_id("channel-approvals").click()
    approve = messages(page).get_by_test_id("action-approve")
    approve.click()
    expect(page.get_by_test_id("confirm")).to_contain_text("Pay it back?")
    page.get_by_test_id("confirm-no").click()
    clicks = [
        one for one in site.get("/sandbox/slack/log")["log"] if one.get("kind") == "block_actions"
    ]
    assert clicks == []

    approve.click()
    page.get_by_test_id("confirm-yes").click()
    page.get_by_test_id("tab-payments").click()
    expect(page.get_by_test_id("refund-count")).to_have_text("1")
    refund = page.get_by_test_id("ledger-row").filter(has_text="refund-ch_1")
    expect(refund).to_contain_text("€49.00")
    expect(refund).to_contain_text("Cy Lund")


def test_rich_text_is_shown_letter_for_letter(page: Page, site: Site) -> None:
    """Quotes keep what looks like markup; a link that is not one stays text."""
    site.post("/sandbox/tour/3")
    act_as(page, "UBEN")
    page.get_by_test_id("channel-approvals").click()
    card = messages(page).locator("article").first

    expect(card.locator("blockquote")).to_have_text("Charged twice. <b> &amp; *not bold*")
    expect(card.locator(".mention")).to_have_text("@Ana Brandt")
    expect(card.locator("li")).to_have_text("one")
    expect(card.get_by_role("link")).to_have_text(["the page"])


def test_a_form_says_what_is_wrong_under_the_field(page: Page) -> None:
    """Missing input is held back by the client; what the app refuses stands under its input."""
    modal = open_form(page)
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("error-words")).to_contain_text("required field")

    modal.get_by_test_id("field-words").fill("Hm")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("error-words")).to_have_text("Say a little more.")
    expect(modal.get_by_test_id("field-words")).to_have_attribute("aria-invalid", "true")


def test_what_is_sent_reaches_the_customer_and_closes_the_form(page: Page) -> None:
    """The whole way: card, form, help desk, customer's side."""
    modal = open_form(page)
    modal.get_by_test_id("field-words").fill("We stay with this until it is right.")
    modal.get_by_test_id("field-tone").select_option("warm")
    modal.get_by_test_id("field-kind-1").check()
    modal.get_by_test_id("field-boxes-0").check()
    modal.get_by_test_id("field-day").fill("2026-12-24")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()

    page.get_by_test_id("tab-helpdesk").click()
    page.get_by_test_id("ticket-1001").click()
    expect(page.locator("#helpdesk")).to_contain_text("We stay with this until it is right.")


def test_forms_stack_and_keep_what_was_typed(page: Page) -> None:
    """A pushed view lies on top; leaving it shows the one below."""
    modal = open_form(page)
    modal.get_by_test_id("field-words").fill("Half a sentence")
    modal.get_by_test_id("action-deeper").click()
    expect(modal.get_by_role("heading", name="Deeper")).to_be_visible()

    page.keyboard.press("Escape")
    expect(modal.get_by_role("heading", name="Reply to customer")).to_be_visible()
    expect(modal.get_by_test_id("field-words")).to_have_value("Half a sentence")


def test_a_message_shortcut_opens_its_form(page: Page) -> None:
    """The app's shortcuts stand in a message's menu."""
    card = escalation(page)
    card.hover()
    card.get_by_test_id("more-actions").click()
    page.get_by_test_id("shortcut-make_ticket").click()

    expect(page.get_by_test_id("modal")).to_contain_text("from the menu")


def test_a_click_that_gets_no_answer_says_so(page: Page, site: Site) -> None:
    """A lost delivery is shown to the person who clicked, who can press again."""
    card = escalation(page)
    site.post("/sandbox/faults", {"slack": {"lose": 1.0}})
    card.get_by_test_id("action-claim").click()
    expect(page.get_by_role("alert")).to_have_text("The bot did not answer in time. Try again.")

    page.get_by_test_id("tab-faults").click()
    expect(page.get_by_test_id("log-delivery").first).to_contain_text("lost")

    page.get_by_test_id("tab-workspace").click()
    site.post("/sandbox/faults/reset")
    card.get_by_test_id("action-claim").click()
    expect(card.get_by_text("Claimed by @Ana Brandt")).to_be_visible()


AWAY = "The bot is not running at the moment. Press again once its light is green."
TROUBLE = "The bot did not take it. Try again."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("no_connection", AWAY),
        ("connection_failed", AWAY),
        ("too_many_redirects", TROUBLE),
        (500, TROUBLE),
    ],
)
def test_what_went_wrong_is_told_in_words(page: Page, status: str | int, words: str) -> None:
    """Law: people read a sentence and no code; the code stands in the log under Faults."""
    card = escalation(page)
    answer = {"ok": False, "status": status, "error": f"Slack: that didn't work ({status})"}
    page.route("**/sandbox/slack/do", lambda route: route.fulfill(json=answer))
    card.get_by_test_id("action-claim").click()

    expect(page.get_by_role("alert")).to_have_text(words)
