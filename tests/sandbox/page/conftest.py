"""A running sandbox with its little bot, and a browser in front of it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.sandbox.little_site import Site, little_site, quick_site

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield browser
        browser.close()


@contextlib.contextmanager
def looking(browser: Browser, site: Site) -> Iterator[Page]:
    """Yield the page as Ana sees it; an error in its scripts fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    page.goto(site.url)
    page.wait_for_selector("body[data-ready=true]")
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def site() -> Iterator[Site]:
    with quick_site() as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with looking(browser, site) as page:
        yield page


@pytest.fixture
def supervised(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page before a bot that is a process and can be killed."""
    with little_site(tmp_path) as site:
        site.start_bot()
        with looking(browser, site) as page:
            yield page
