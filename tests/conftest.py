"""What all tests share: both databases, a clock, a browser, and a word about what was skipped."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest import Config, ExitCode, FixtureRequest, Session, TerminalReporter

from tests import skips
from tests.clock import SteerableClock
from tests.databases import PostgresServer, SqliteTemplate

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A property is judged by what is found, never by how fast the machine was; and the same examples
# each time, so that a red run is red again.
settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def sqlite() -> Iterator[SqliteTemplate]:
    template = SqliteTemplate()
    yield template
    template.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL for the run (for each worker of a parallel one)."""
    try:
        server = PostgresServer()
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot start ({error!r})")
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: FixtureRequest) -> Iterator[str]:
    """A migrated, empty database; whoever asks for it runs once on each kind."""
    with request.getfixturevalue(request.param).fresh() as url:
        yield url


@pytest.fixture
def clock() -> SteerableClock:
    return SteerableClock()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that Playwright can drive."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.skip("Chromium is not installed")


@pytest.fixture(scope="session")
def node() -> str:
    """The path of a Node that reads the page's scripts."""
    if path := shutil.which("node"):
        return path
    pytest.skip("Node is not installed")


def pytest_configure(config: Config) -> None:
    config.addinivalue_line("markers", "app_yaml(changes): a world with another app.yaml")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    if told := skips.line(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(told)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and skips.forbidden(reporter.stats.get("skipped", [])):
        session.exitstatus = max(session.exitstatus, ExitCode.TESTS_FAILED)
