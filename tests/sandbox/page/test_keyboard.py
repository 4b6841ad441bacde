"""Where the keyboard stands while messages come, change and go."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox import little_cards as cards
from tests.sandbox.little_site import Json, Site
from tests.sandbox.page.test_workspace import escalation, messages

pytestmark = pytest.mark.browser


def bot_says(site: Site, text: str, *names: str) -> str:
    """Let the bot post a message with these buttons; its timestamp."""
    said = site.bot("chat.postMessage", channel="CESC", text=text, blocks=blocks(text, *names))
    return str(said["ts"])


def bot_changes(site: Site, ts: str, text: str, *names: str) -> None:
    site.bot("chat.update", channel="CESC", ts=ts, text=text, blocks=blocks(text, *names))


def blocks(text: str, *names: str) -> list[Json]:
    row = {"type": "actions", "elements": [cards.button(name, name.lower()) for name in names]}
    return [{"type": "section", "text": cards.mrkdwn(text)}, *([row] if names else [])]


def shown(page: Page, text: str) -> Locator:
    found = messages(page).locator("article").filter(has_text=text)
    expect(found).to_be_visible()
    return found


def test_a_pressed_button_keeps_the_keyboard_when_its_card_is_redrawn(page: Page) -> None:
    """Law: after Enter on Claim the next key still goes to the card."""
    card = escalation(page)
    card.get_by_test_id("action-claim").press("Enter")

    expect(card.get_by_text("Claimed by @Ana Brandt")).to_be_visible()
    expect(card.get_by_test_id("action-claim")).to_be_focused()


def test_when_the_button_is_gone_the_card_keeps_the_keyboard(page: Page, site: Site) -> None:
    """Law: its first button is next, and the list when the message itself is gone."""
    ts = bot_says(site, "Open", "Later", "Claim")
    page.get_by_test_id("channel-escalations").click()
    shown(page, "Open").get_by_test_id("action-claim").focus()

    bot_changes(site, ts, "Taken", "Release", "Later")
    expect(shown(page, "Taken").get_by_test_id("action-release")).to_be_focused()
    bot_changes(site, ts, "Over")
    expect(shown(page, "Over").get_by_role("button").first).to_be_focused()
    site.bot("chat.delete", channel="CESC", ts=ts)
    expect(messages(page)).to_be_focused()


def test_what_arrives_takes_the_keyboard_from_nobody(page: Page, site: Site) -> None:
    """Law: a new message, and one that goes, leave button, half-edited words and composer alone."""
    bot_says(site, "Open", "Claim")
    mine = site.act("UANA", "post", channel="CESC", text="First try")["ts"]
    page.get_by_test_id("channel-escalations").click()
    claim = shown(page, "Open").get_by_test_id("action-claim")
    claim.focus()
    other = site.act("UBEN", "post", channel="CESC", text="Hello")["ts"]
    shown(page, "Hello")
    expect(claim).to_be_focused()

    page.get_by_test_id(f"message-{mine}").get_by_test_id("more-actions").press("Enter")
    page.get_by_test_id("message-edit").press("Enter")
    words = page.get_by_test_id("edit-text")
    words.press("Home")
    site.act("UBEN", "delete", channel="CESC", ts=other)
    expect(page.get_by_test_id(f"message-{other}")).to_have_count(0)
    page.keyboard.type("My ")
    expect(words).to_have_value("My First try")


def test_a_card_that_is_redrawn_leaves_the_composer_its_cursor(page: Page, site: Site) -> None:
    """Law: only a message that held the keyboard gets it back."""
    ts = bot_says(site, "Open", "Claim")
    page.get_by_test_id("channel-escalations").click()
    shown(page, "Open").get_by_test_id("action-claim").focus()
    page.get_by_test_id("composer").focus()

    bot_changes(site, ts, "Taken", "Release")
    shown(page, "Taken")
    expect(page.get_by_test_id("composer")).to_be_focused()


def test_a_thread_keeps_the_keyboard_too(page: Page, site: Site) -> None:
    """Law: the card in the thread has it, not its twin in the channel."""
    ts = bot_says(site, "Open", "Claim")
    page.get_by_test_id("channel-escalations").click()
    shown(page, "Open").get_by_test_id("reply-in-thread").press("Enter")
    twin = page.get_by_test_id("thread-messages").get_by_test_id(f"message-{ts}")
    twin.get_by_test_id("action-claim").focus()

    bot_changes(site, ts, "Taken", "Claim", "Release")
    expect(twin).to_contain_text("Taken")
    expect(twin.get_by_test_id("action-claim")).to_be_focused()
    site.act("UBEN", "post", channel="CESC", thread=ts, text="I help")
    expect(page.get_by_test_id("thread-messages")).to_contain_text("I help")
    expect(twin.get_by_test_id("action-claim")).to_be_focused()
    page.get_by_test_id("thread-close").press("Enter")
    expect(shown(page, "Taken")).to_be_focused()


def test_what_lies_over_a_card_gives_the_keyboard_back_to_it(page: Page, site: Site) -> None:
    """Law: also when the card was redrawn meanwhile: under a form, a question and a menu."""
    card = escalation(page)
    ts = card.get_attribute("data-ts") or ""
    claim = {"channel": "CESC", "ts": ts, "action_id": "claim"}

    card.get_by_test_id("action-reply").press("Enter")
    expect(page.get_by_test_id("modal")).to_be_visible()
    site.act("UBEN", "click", **claim)
    expect(card).to_contain_text("Claimed by @Ben Okafor")
    page.keyboard.press("Escape")
    expect(card.get_by_test_id("action-reply")).to_be_focused()

    card.get_by_test_id("action-more").press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    site.act("UANA", "click", **claim)
    expect(card).to_contain_text("Claimed by @Ana Brandt")
    page.keyboard.press("Escape")
    expect(card.get_by_test_id("action-more")).to_be_focused()
