"""A demo of its own for each test, and somebody in front of its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest import FixtureRequest

from tests.browser.person import Person
from tests.browser.running import Demo, running
from tests.browsing import browsing, looking


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing(chromium) as browser:
        yield browser


@pytest.fixture(params=["socket", "http"])
def delivery(request: FixtureRequest) -> str:
    """How Slack's events reach the bot."""
    return str(request.param)


@pytest.fixture
def demo(chromium: str, delivery: str, database_url: str, tmp_path: Path) -> Iterator[Demo]:
    with running(tmp_path, delivery, database_url) as demo:
        yield demo


@pytest.fixture
def person(browser: Browser, demo: Demo) -> Iterator[Person]:
    with looking(browser, demo.url) as page:
        yield Person(page)
