"""A running sandbox with its little bot, and a browser in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import browsing, looking
from tests.sandbox.little_site import Site, little_site, quick_site


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing(chromium) as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[Site]:
    with quick_site() as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with looking(browser, site.url) as page:
        yield page


@pytest.fixture
def supervised(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page before a bot that is a process and can be killed."""
    with little_site(tmp_path) as site:
        site.start_bot()
        with looking(browser, site.url) as page:
            yield page
