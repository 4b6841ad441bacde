"""Getting to what one looks for: the newest private word, a message by its address, the content."""

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.little_site import Site
from tests.sandbox.page.test_workspace import messages

pytestmark = pytest.mark.browser


def fill_general(page: Page, site: Site) -> None:
    """More messages than fit, the first of them in view."""
    for number in range(30):
        site.act("UBEN", "post", channel="CGEN", text=f"Message {number}")
    page.get_by_test_id("channel-general").click()
    first = messages(page).locator("article").first
    expect(first).to_contain_text("Message 0")
    first.scroll_into_view_if_needed()


def test_a_private_word_out_of_sight_is_pointed_at(page: Page, site: Site) -> None:
    """Whoever reads further up hears that there is one, and one press shows it."""
    fill_general(page, site)
    site.act("UANA", "command", channel="CGEN", command="/kb", text="exports")
    expect(page.get_by_test_id("toast")).to_contain_text("Only you can see it.")
    word = messages(page).locator("article.ephemeral")
    expect(word).not_to_be_in_viewport()

    page.get_by_test_id("toast-more").click()
    expect(word).to_be_in_viewport()


def test_the_address_of_a_message_leads_to_it(page: Page, site: Site) -> None:
    """A link to a message opens its channel there, and leaves the page where it is."""
    fill_general(page, site)
    stamp = messages(page).locator("article").nth(15).get_attribute("data-ts") or ""
    domain = site.get("/sandbox/slack/workspace", **{"as": "UANA"})["team"]["domain"]
    url = f"https://{domain}.slack.com/archives/CGEN/p{stamp.replace('.', '')}"
    site.act("UBEN", "post", channel="CESC", text=f"See {url}")
    page.get_by_test_id("channel-escalations").click()
    page.get_by_role("link", name=url).click()

    expect(page.get_by_test_id("channel-title")).to_have_text("general")
    expect(messages(page).locator(f'[data-ts="{stamp}"]')).to_be_in_viewport()
    expect(messages(page).locator(f'[data-ts="{stamp}"]')).to_be_focused()


def test_the_keyboard_reaches_the_messages_first(page: Page) -> None:
    """The first tab stop skips the bars, and is seen only then."""
    skip = page.get_by_test_id("skip")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(messages(page)).to_be_focused()


def test_home_leaves_nothing_behind(page: Page) -> None:
    """Its way to the messages stands on Home alone."""
    page.get_by_test_id("app-home-Backstop").click()
    expect(page.get_by_test_id("channel-title")).to_have_text("Backstop")
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("channel-title")).to_have_text("general")
    expect(page.get_by_test_id("home-messages")).to_be_hidden()
