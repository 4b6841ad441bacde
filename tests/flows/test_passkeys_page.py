"""A passkey is made and signs in a browser, which stands in for the device that holds it."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import browsing
from tests.company import ADMIN, LEA, MAX
from tests.flows.enrolling import mentions
from tests.flows.scenes import refund_asked
from tests.flows.screen import card
from tests.flows.test_by_mail_page import BEYOND
from tests.flows.test_passkeys import address
from tests.world import World

# Without https a browser has devices sign for this name alone.
HERE = "http://localhost"
PASSKEYS = {
    "step_up: {}}": "step_up: {by: passkeys, above: {refund: 4000}}}\n"
    f"server: {{public_url: {HERE}}}"
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = [pytest.mark.browser, pytest.mark.app_yaml(PASSKEYS)]


def opened(browser: Browser, world: World, width: int) -> Page:
    """A page whose calls reach the bot of this world."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()

    def carry(route: Route) -> None:
        asked = route.request
        answer = world.server.http.request(
            asked.method,
            asked.url.removeprefix(HERE),
            content=asked.post_data_buffer or b"",
            headers={"content-type": asked.headers.get("content-type", "text/plain")},
        )
        headers = {name: value for name, value in answer.headers.items() if name != "connection"}
        route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    page.route(f"{HERE}/**", carry)
    return page


@pytest.mark.parametrize("width", [375, 1280])
def test_somebody_makes_one_and_signs_with_it(world: World, chromium: str, width: int) -> None:
    """Law: a touch each, nothing typed, nothing beyond the screen; whose device says no is told so,
    and nothing was sent."""
    with browsing(chromium) as browser:
        page = opened(browser, world, width)
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        made = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(address(mentions(world, LEA, "authenticator").press("Set it up")["view"], HERE))
        expect(page.get_by_text("stand for Lea Sand")).to_be_visible()
        assert page.evaluate(BEYOND) == []
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("Your passkey is made")).to_be_visible()
        world.settle()
        card(world, MAX, ADMIN).press("It was they")

        _, seen = refund_asked(world)
        page.goto(address(seen.press("Approve")["view"], HERE))
        expect(page.get_by_role("button", name="Reject")).to_be_visible()
        assert page.evaluate(BEYOND) == []
        who = {"authenticatorId": made["authenticatorId"]}
        device.send("WebAuthn.setUserVerified", who | {"isUserVerified": False})
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("alert")).to_contain_text("signed nothing")
        assert world.refunds == []
        device.send("WebAuthn.setUserVerified", who | {"isUserVerified": True})
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Your approval is taken.")).to_be_visible()
    world.settle()
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]
