"""Getting to what one looks for: the newest private word, a message by its address, the content."""

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.little_site import Site
from tests.sandbox.page.test_workspace import escalation, messages

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


def top_of(page: Page, text: str) -> float:
    """How far below the top of the list the message begins."""
    message = messages(page).locator("article").filter(has_text=text)
    expect(message).to_be_visible()
    return float(
        # In one go: the page may draw its messages anew between two looks.
        messages(page).evaluate(
            "(list, text) => [...list.querySelectorAll('article')]"
            ".find(one => one.textContent.includes(text)).getBoundingClientRect().top"
            " - list.getBoundingClientRect().top",
            text,
        )
    )


def test_a_message_taller_than_the_room_is_read_from_its_beginning(page: Page, site: Site) -> None:
    """Law: its top is the list's top when it arrives, is redrawn, and when one comes to it."""
    tall = "\n".join(["Tall", *map(str, range(60))])
    for number in range(30):
        site.act("UBEN", "post", channel="CGEN", text=f"Message {number}")
    page.get_by_test_id("channel-general").click()
    expect(messages(page).locator("article").last).to_be_in_viewport(ratio=1)

    ts = site.bot("chat.postMessage", channel="CGEN", text=tall)["ts"]
    assert abs(top_of(page, "Tall")) <= 1
    site.bot("chat.update", channel="CGEN", ts=ts, text=f"{tall}\nChanged")
    expect(messages(page)).to_contain_text("Changed")
    assert abs(top_of(page, "Tall")) <= 1
    page.get_by_test_id("channel-escalations").click()
    page.get_by_test_id("channel-general").click()
    assert abs(top_of(page, "Tall")) <= 1


def test_whoever_has_read_on_stays_at_the_end(page: Page, site: Site) -> None:
    """Law: the end of a tall message stays in view when it grows; what fits is shown whole."""
    tall = "\n".join(["Tall", *map(str, range(60))])
    page.get_by_test_id("channel-general").click()
    ts = site.bot("chat.postMessage", channel="CGEN", text=tall)["ts"]
    assert abs(top_of(page, "Tall")) <= 1
    messages(page).evaluate("list => list.scrollTo(0, list.scrollHeight)")

    site.bot("chat.update", channel="CGEN", ts=ts, text=f"{tall}\nChanged\nat last")
    expect(messages(page)).to_contain_text("Changed")
    left = "list => list.scrollHeight - list.scrollTop - list.clientHeight"
    assert messages(page).evaluate(left) <= 1
    site.act("UBEN", "post", channel="CGEN", text="A short one")
    expect(messages(page).locator("article").last).to_contain_text("A short one")
    assert messages(page).evaluate(left) <= 1


def test_what_is_drawn_anew_under_the_finger_is_pressed_all_the_same(
    page: Page, site: Site
) -> None:
    """A click is a press and a release on one button: meanwhile nothing takes its place."""
    card = escalation(page)
    button = card.get_by_test_id("action-reply").bounding_box()
    assert button is not None
    page.mouse.move(button["x"] + 5, button["y"] + 5)
    page.mouse.down()
    stamp = card.get_attribute("data-ts") or ""
    site.act("UBEN", "post", channel="CESC", text="I look.", thread=stamp)
    site.act("UBEN", "post", channel="CGEN", text="<@UANA> lunch?")
    # What happened before it has been heard of by then.
    expect(page.get_by_test_id("mentions-general")).to_have_text("1")
    expect(card).not_to_contain_text("1 reply")
    page.mouse.up()

    expect(card).to_contain_text("1 reply")
    expect(page.get_by_test_id("modal")).to_contain_text("Reply to customer")


def test_a_channel_pressed_while_the_sidebar_has_news_opens(page: Page, site: Site) -> None:
    """Law: what is new waits for the finger, in the sidebar as in the messages."""
    channel = page.get_by_test_id("channel-general").bounding_box()
    assert channel is not None
    page.mouse.move(channel["x"] + 5, channel["y"] + 5)
    page.mouse.down()
    with page.expect_response("**/sandbox/slack/workspace*"):
        site.act("UBEN", "post", channel="CGEN", text="<@UANA> lunch?")
    expect(page.get_by_test_id("mentions-general")).to_have_count(0)
    page.mouse.up()

    expect(page.get_by_test_id("channel-title")).to_have_text("general")
