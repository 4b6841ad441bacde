"""Which of the four ways to run the bot a test takes; the main paths take both of each kind."""

import pytest

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BY_SOCKET = pytest.mark.parametrize("delivery", ["socket"], indirect=True)
BY_HTTP = pytest.mark.parametrize("delivery", ["http"], indirect=True)
BOTH = pytest.mark.parametrize(
    ("delivery", "database_url"), [("socket", "sqlite"), ("http", "postgres")], indirect=True
)
