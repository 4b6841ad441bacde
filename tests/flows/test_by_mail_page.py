"""The page of a link in a browser: on a phone by night and on a desk by day, without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import browsing
from tests.flows.enrolling import code
from tests.flows.letters import MAIL, Letters, lea_is_asked
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.app_yaml(MAIL)]
CODE = "The code your authenticator shows"
# Whatever stands beyond the screen's right edge, by tag and first words.
BEYOND = """() => [...document.querySelectorAll("*")]
    .filter((part) => part.getBoundingClientRect().right > window.innerWidth)
    .map((part) => `${part.tagName} ${part.textContent.slice(0, 40)}`)"""
SMALLEST_TARGET = 44


@pytest.mark.parametrize(("width", "colours"), [(375, "dark"), (1280, "light")])
def test_somebody_approves_on_it(
    world: World, letters: Letters, chromium: str, width: int, colours: str
) -> None:
    """Law: all of it is read without a sideways scroll and decided by keys alone, and nothing is
    loaded but the page."""
    link, key = lea_is_asked(world, letters)
    typed = code(world, key)
    with browsing(chromium) as browser:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=False,
            color_scheme="dark" if colours == "dark" else "light",
        )
        page = context.new_page()
        asked, complaints = list[str](), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda told: complaints.append(told.text))
        page.goto(link)
        _fits(page)
        page.get_by_label(CODE).fill("000 00")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("alert")).to_contain_text("6 digits")
        expect(page.get_by_label(CODE)).to_be_focused()
        _fits(page)
        page.get_by_label(CODE).fill(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Your approval is taken.")).to_be_visible()
        _fits(page)
        page.goto(link)
        expect(page.get_by_text("counts once")).to_be_visible()
        assert {url.rstrip("?") for url in asked} == {link}
        assert [one for one in complaints if "Content Security Policy" in one] == []
        context.close()
    world.settle()
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]


def _fits(page: Page) -> None:
    assert page.evaluate(BEYOND) == []
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= SMALLEST_TARGET
