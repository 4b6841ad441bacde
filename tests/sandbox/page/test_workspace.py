"""The workspace in the browser: messages, threads, commands, people."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox.little_site import Site

pytestmark = pytest.mark.browser


def messages(page: Page) -> Locator:
    return page.get_by_test_id("messages")


def say(page: Page, text: str, composer: str = "composer") -> None:
    page.get_by_test_id(composer).fill(text)
    page.get_by_test_id(composer).press("Enter")


def escalation(page: Page) -> Locator:
    """Let the executive's ticket arrive, and return its card."""
    page.get_by_test_id("tour-1-arrive").click()
    card = messages(page).locator("article").filter(has_text="The launch is at risk")
    expect(card).to_be_visible()
    return card


def test_what_a_customer_wrote_is_shown_and_never_run(page: Page) -> None:
    """Markup in a ticket is text on the card; mrkdwn around it is drawn."""
    card = escalation(page)

    expect(card.locator("blockquote")).to_have_text("Please, a person. <b>Now</b> & fast.")
    expect(card.locator("strong", has_text="Priority")).to_be_visible()
    expect(card.get_by_role("link", name="Export")).to_have_attribute("rel", "noopener noreferrer")
    expect(card.locator("s")).to_have_text("a refund")
    expect(card.get_by_text("@Ben Okafor")).to_be_visible()


def test_a_card_is_redrawn_for_everybody_who_looks(page: Page, site: Site) -> None:
    """A click elsewhere changes the card on this page without a reload."""
    card = escalation(page)
    stamp = card.get_attribute("data-ts")
    claim = {"channel": "CESC", "ts": stamp, "action_id": "claim"}

    assert site.act("UBEN", "click", **claim)["ok"]
    expect(card.get_by_text("Claimed by @Ben Okafor")).to_be_visible()


def test_a_thread_stays_beside_its_channel(page: Page) -> None:
    """A reply stands in the thread alone, and the channel counts it."""
    card = escalation(page)
    card.hover()
    card.get_by_test_id("reply-in-thread").click()
    say(page, "Look & see <b>, @Ben Okafor", "thread-composer")

    reply = page.get_by_test_id("thread-messages").locator("article").last
    expect(reply).to_contain_text("Look & see <b>, @Ben Okafor")
    expect(reply.locator(".mention")).to_have_text("@Ben Okafor")
    expect(card.get_by_role("button", name="1 reply")).to_be_visible()
    expect(messages(page)).not_to_contain_text("Look & see")


def test_a_slash_command_is_completed_and_answered_in_private(page: Page, site: Site) -> None:
    """The answer is marked, and nobody else gets it."""
    page.get_by_test_id("composer").press_sequentially("/k")
    expect(page.get_by_test_id("suggestion-0")).to_contain_text("/kb")
    page.keyboard.press("Tab")
    page.keyboard.type("exports <b>")
    page.keyboard.press("Enter")

    answer = messages(page).locator("article.ephemeral")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("You asked: exports <b>")
    assert site.get("/sandbox/slack/messages", **{"as": "UBEN", "channel": "CESC"}) == {
        "messages": []
    }


def test_a_slash_command_in_a_thread_is_refused_with_the_reason(page: Page) -> None:
    """Slack has no commands in threads, and the page says so and keeps the text."""
    card = escalation(page)
    card.hover()
    card.get_by_test_id("reply-in-thread").click()
    say(page, "/kb exports", "thread-composer")

    expect(page.get_by_role("alert")).to_contain_text("do not work in threads")
    expect(page.get_by_test_id("thread-composer")).to_have_value("/kb exports")


def test_unread_channels_and_mentions_are_marked_until_they_are_read(
    page: Page, site: Site
) -> None:
    """A mention puts a number at the channel; looking at it takes the number away."""
    site.act("UBEN", "post", channel="CGEN", text="<@UANA> a word?")
    expect(page.get_by_test_id("mentions-general")).to_have_text("1")

    page.get_by_test_id("channel-general").click()
    expect(messages(page).locator(".mention.me")).to_have_text("@Ana Brandt")
    expect(page.get_by_test_id("mentions-general")).to_have_count(0)


def test_own_messages_can_be_edited_and_deleted(page: Page) -> None:
    """An edited message is marked; a deleted one is gone."""
    say(page, "First try")
    mine = messages(page).locator("article").filter(has=page.locator(".message-body"))
    expect(mine).to_contain_text("First try")
    mine.hover()
    mine.get_by_test_id("more-actions").click()
    page.get_by_test_id("message-edit").click()
    page.get_by_test_id("edit-text").fill("Never meant")
    page.get_by_test_id("edit-cancel").click()
    expect(page.get_by_test_id("edit-text")).to_have_count(0)
    expect(mine).not_to_contain_text("Never meant")
    mine.hover()
    mine.get_by_test_id("more-actions").click()
    page.get_by_test_id("message-edit").click()
    page.get_by_test_id("edit-text").fill("Second try")
    page.get_by_test_id("edit-save").click()
    expect(mine).to_contain_text("Second try")
    expect(mine).to_contain_text("(edited)")

    mine.hover()
    mine.get_by_test_id("more-actions").click()
    page.get_by_test_id("message-delete").click()
    page.get_by_test_id("confirm-yes").click()
    expect(mine).to_have_count(0)


def test_who_acts_sees_what_that_person_sees(page: Page) -> None:
    """The switch shows titles and roles, and a guest has no channels but their own."""
    page.get_by_test_id("person-switch").click()
    expect(page.get_by_test_id("person-UBEN")).to_contain_text("refund-approver")
    page.get_by_test_id("person-UGUEST").click()

    expect(page.get_by_test_id("person-switch")).to_contain_text("Gus Partner")
    expect(page.get_by_test_id("channel-escalations")).to_be_visible()
    expect(page.get_by_test_id("channel-approvals")).to_have_count(0)


def test_unsent_words_stay_with_whoever_wrote_them_where_they_were(page: Page) -> None:
    """Nobody sends another person's draft, nor their own to another channel."""
    composer = page.get_by_test_id("composer")
    page.get_by_test_id("channel-escalations").click()
    composer.fill("Half a thought")

    page.get_by_test_id("channel-approvals").click()
    expect(composer).to_have_value("")
    page.get_by_test_id("channel-escalations").click()
    expect(composer).to_have_value("Half a thought")

    page.get_by_test_id("person-switch").click()
    page.get_by_test_id("person-UGUEST").click()
    expect(page.get_by_test_id("person-switch")).to_contain_text("Gus Partner")
    expect(composer).to_have_value("")


def test_a_reply_field_shows_all_that_stands_in_it(page: Page) -> None:
    """Law: one line when it is empty, and a draft that comes back comes back whole."""
    card = escalation(page)
    field = page.get_by_test_id("thread-composer")
    cut = "field => field.scrollHeight - field.clientHeight"
    card.hover()
    card.get_by_test_id("reply-in-thread").click()
    expect(field).to_be_focused()
    assert field.evaluate(cut) <= 0
    line = "field => parseFloat(getComputedStyle(field).lineHeight)"
    assert field.evaluate("field => field.clientHeight") >= field.evaluate(line)

    field.fill("One\nTwo\nThree")
    page.get_by_test_id("thread-close").click()
    expect(field).to_be_hidden()
    card.hover()
    card.get_by_test_id("reply-in-thread").click()
    expect(field).to_have_value("One\nTwo\nThree")
    assert field.evaluate(cut) <= 0


def test_a_channel_one_is_not_in_is_read_and_joined(page: Page) -> None:
    """There is no composer before joining."""
    page.get_by_test_id("channel-side-room").click()
    expect(page.get_by_test_id("composer")).to_be_hidden()

    page.get_by_test_id("join-channel").click()
    expect(page.get_by_test_id("composer")).to_be_visible()


def test_the_app_draws_its_home(page: Page) -> None:
    """Opening Home tells the app, and what it publishes appears."""
    page.get_by_test_id("app-home-Backstop").click()

    expect(page.get_by_test_id("home")).to_contain_text("Nothing waits for you.")
