"""Help desk, faults and tour in the browser, and the page on a telephone."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.sandbox.little_site import Site
from tests.sandbox.page.test_workspace import messages

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 375, "height": 740}
MOST_OF_A_TELEPHONE = 0.4 * PHONE["height"]


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]


def finish_tour(page: Page, site: Site) -> None:
    """Show what the server tells once all five steps are done."""
    done = {"done": True, "evidence": [{"at": 1790000000, "words": "The bot was killed."}]}
    steps = [{**step, **done} for step in site.get("/sandbox/tour")["steps"]]
    page.route("**/sandbox/tour", lambda route: route.fulfill(json={"steps": steps}))
    expect(page.get_by_test_id("tour-toggle")).to_have_text("Tour done")


# The same customer writes from elsewhere, while somebody types here.
MEANWHILE = """async () => {
    const { tickets } = await (await fetch("/sandbox/helpdesk/tickets")).json();
    const { id, customer } = tickets.find((one) => one.subject === "A question");
    const told = { ticket: id, email: customer.email, name: customer.name, body: "Meanwhile" };
    await fetch("/sandbox/helpdesk/customer", { method: "POST", body: JSON.stringify(told) });
}"""


# Another window of the panel takes Slack down.
ELSEWHERE = """() => fetch("/sandbox/faults", {
    method: "POST", body: JSON.stringify({ slack: { down: true } }),
})"""


def test_a_customer_writes_and_goes_on(page: Page) -> None:
    """A new ticket opens with the customer's words, and further words follow."""
    page.get_by_test_id("tab-helpdesk").click()
    page.get_by_test_id("new-ticket").click()
    page.get_by_test_id("ticket-customer").select_option("cus_2")
    page.get_by_test_id("ticket-subject").fill("A question")
    page.get_by_test_id("ticket-body").fill("Where is <i>export</i>?")
    page.get_by_test_id("ticket-send").click()
    desk = page.locator("#helpdesk")
    expect(desk.locator(".bubble.mine")).to_contain_text("Where is <i>export</i>?")

    page.get_by_test_id("customer-reply").fill("Still looking")
    page.get_by_test_id("customer-send").click()
    expect(desk.locator(".bubble.mine").last).to_contain_text("Still looking")

    page.get_by_test_id("customer-reply").click()
    page.keyboard.type("I wri")
    page.evaluate(MEANWHILE)
    expect(desk.locator(".bubble.mine").last).to_contain_text("Meanwhile")
    page.keyboard.type("te on")
    expect(page.get_by_test_id("customer-reply")).to_have_value("I write on")


def test_faults_are_set_from_the_panel(page: Page, site: Site) -> None:
    """Switches, sliders and counts reach the parts; one button takes all of it back."""
    page.get_by_test_id("tab-faults").click()
    # What is set is drawn anew, and what is typed meanwhile would be lost with the old field.
    page.get_by_test_id("fault-slack-down").check()
    expect(page.locator(".fault.active")).to_have_count(1)
    page.get_by_test_id("fault-payments-drop_after_commit_next").fill("2")
    page.get_by_test_id("fault-payments-drop_after_commit_next").press("Enter")
    expect(page.locator(".fault.active")).to_have_count(2)
    page.get_by_test_id("fault-helpdesk-hook_lose").fill("0.25")
    expect(page.locator(".fault.active")).to_have_count(3)
    faults = site.get("/sandbox/faults")
    assert faults["slack"]["down"] is True
    assert faults["payments"]["drop_after_commit_next"] == 2
    assert faults["helpdesk"]["hook_lose"] == 0.25

    page.get_by_test_id("faults-reset").click()
    expect(page.locator(".fault.active")).to_have_count(0)


def test_a_fault_half_typed_outlasts_what_others_set(page: Page) -> None:
    """The panel is not redrawn under the hand of whoever types, and catches up afterwards."""
    page.get_by_test_id("tab-faults").click()
    count = page.get_by_test_id("fault-payments-drop_after_commit_next")
    count.click()
    page.keyboard.press("End")
    page.keyboard.type("2")
    with page.expect_response("**/sandbox/faults/controls"):
        page.evaluate(ELSEWHERE)
    with page.expect_response("**/sandbox/faults/controls"):
        page.keyboard.type("3")
    expect(count).to_be_focused()
    with page.expect_response("**/sandbox/faults"):
        page.keyboard.press("Enter")

    expect(page.locator(".fault.active")).to_have_count(2)


def test_the_plug_is_pulled_and_the_bot_comes_back(supervised: Page) -> None:
    """The panel shows the kill and the next process."""
    supervised.get_by_test_id("tab-faults").click()
    expect(supervised.get_by_test_id("bot-state")).to_have_text("Bot is running")
    supervised.get_by_test_id("pull-plug").click()

    expect(supervised.get_by_test_id("bot-kills")).to_have_text("1")
    expect(supervised.get_by_test_id("bot-starts")).to_have_text("2")
    expect(supervised.get_by_test_id("bot-state")).to_have_text("Bot is running")


def test_the_log_shows_what_passed(page: Page) -> None:
    """Tickets sent from the panel lead to calls of the bot in the log below."""
    page.get_by_test_id("tab-faults").click()
    page.get_by_test_id("send-next-ticket").click()

    expect(page.get_by_test_id("log-call").first).to_contain_text("chat.postMessage")


def test_the_tour_leads_through_its_five_steps(supervised: Page) -> None:
    """A newcomer follows the buttons of the panel and each step ticks itself."""
    page = supervised

    def done(step: int) -> None:
        expect(page.get_by_test_id(f"tour-step-{step}")).to_have_attribute("data-done", "true")

    page.get_by_test_id("tour-1-arrive").click()
    done(1)
    messages(page).get_by_test_id("action-claim").click()
    messages(page).get_by_test_id("action-reply").click()
    page.get_by_test_id("field-words").fill("I am with you.")
    page.get_by_test_id("modal-submit").click()
    done(2)
    for step, name, charge in ((3, "refund", "ch_1"), (4, "plug", "ch_2")):
        page.get_by_test_id(f"tour-{step}-{name}").click()
        card = messages(page).locator("article").filter(has_text=charge)
        page.get_by_test_id(f"tour-{step}-approver").click()
        expect(page.get_by_test_id(f"tour-{step}-approver")).to_have_text("Take me to the card")
        card.get_by_test_id("action-approve").click()
        page.get_by_test_id("confirm-yes").click()
        done(step)
    evidence = page.get_by_test_id("tour-evidence")
    expect(evidence).to_contain_text("was killed.")
    expect(evidence).to_contain_text("exactly one refund of 25.00 EUR")
    expect(page.get_by_test_id("tour-4-ledger")).to_be_visible()
    page.get_by_test_id("tour-5-ask").click()
    page.get_by_test_id("composer").press("Enter")
    done(5)
    expect(page.get_by_test_id("tour-finished")).to_be_visible()


def test_a_telephone_shows_one_thing_at_a_time(page: Page) -> None:
    """At 375 px the channels are a drawer, a thread covers, and nothing is cut off."""
    page.set_viewport_size(PHONE)
    page.get_by_test_id("tour-1-arrive").click()
    expect(page.get_by_test_id("tour")).to_be_hidden()
    card = messages(page).locator("article").first
    card.get_by_test_id("more-actions").click()
    page.get_by_test_id("message-thread").click()
    expect(page.get_by_test_id("thread")).to_be_visible()
    page.get_by_test_id("thread-close").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    expect(page.get_by_test_id("channel-general")).to_be_hidden()
    page.get_by_test_id("drawer-open").click()
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("channel-title")).to_have_text("general")
    expect(page.get_by_test_id("channel-general")).to_be_hidden()


def test_every_area_fits_a_telephone(page: Page) -> None:
    """Nothing that can be set or read stands beyond the edge, in no area."""
    page.set_viewport_size(PHONE)
    for area in ("helpdesk", "payments", "faults"):
        page.get_by_test_id(f"tab-{area}").click()
        expect(page.locator(f"#{area} h2").first).to_be_visible()
        if area == "faults":
            expect(page.get_by_test_id("fault-slack-down")).to_be_attached()
        wide = f"document.querySelector('#{area}').scrollWidth"
        assert page.evaluate(wide) <= PHONE["width"], area


def test_a_tour_that_was_put_away_stays_away(page: Page) -> None:
    """Also after the page is loaded anew; the button at the top brings it back."""
    page.get_by_test_id("tour-close").click()
    page.reload()
    expect(page.locator("body[data-ready=true]")).to_be_attached()
    expect(page.get_by_test_id("tour")).to_be_hidden()
    page.get_by_test_id("tour-toggle").click()
    expect(page.get_by_test_id("tour")).to_be_visible()


def test_the_tour_leaves_a_telephone_its_content(page: Page) -> None:
    """Law: at most two fifths are the tour's, nothing lies under it, its way out stays in view."""
    page.set_viewport_size(PHONE)
    tour = page.get_by_test_id("tour")
    expect(tour).to_be_visible()
    assert height(tour) <= MOST_OF_A_TELEPHONE
    tour.evaluate("tour => tour.scrollTo(0, tour.scrollHeight)")

    expect(page.get_by_test_id("tour-close")).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("composer")).to_be_in_viewport(ratio=1)
    page.get_by_test_id("composer").click()
    page.get_by_test_id("tour-close").click()
    expect(tour).to_be_hidden()


def test_a_finished_tour_folds_to_one_line_on_a_telephone(page: Page, site: Site) -> None:
    """Law: it folds when it is done and when one goes on; a press opens it again."""
    page.set_viewport_size(PHONE)
    finish_tour(page, site)
    steps, fold = page.get_by_test_id("tour-step-4"), page.get_by_test_id("tour-fold")
    expect(steps).to_be_hidden()
    assert height(page.get_by_test_id("tour")) <= 60

    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(steps).to_be_visible()
    assert height(page.get_by_test_id("tour")) <= MOST_OF_A_TELEPHONE
    page.get_by_test_id("tab-payments").click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(steps).to_be_hidden()

    page.get_by_test_id("tour-close").click()
    page.get_by_test_id("tour-toggle").click()
    expect(steps).to_be_visible()


def test_a_finished_tour_stays_open_where_there_is_room(page: Page, site: Site) -> None:
    """Beside the messages it hides nothing, so there is nothing to fold."""
    finish_tour(page, site)

    expect(page.get_by_test_id("tour-step-4")).to_be_visible()
    expect(page.get_by_test_id("tour-finished")).to_be_visible()
    expect(page.get_by_test_id("tour-fold")).to_be_hidden()
