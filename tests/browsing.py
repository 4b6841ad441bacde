"""Chromium for tests, driven by Playwright.

A fixture that holds it must not outlive its package: while Playwright runs, the thread has a
running event loop, and `asyncio.run` fails in every test that comes after.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000


@contextmanager
def browsing(chromium: str) -> Iterator[Browser]:
    """Yield the browser whose program is at this path."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield browser
        browser.close()


@contextmanager
def looking(browser: Browser, url: str, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """Yield the sandbox's page once it stands; an error in its scripts fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(url)
    page.wait_for_selector("body[data-ready=true]")
    yield page
    context.close()
    assert complaints == []
