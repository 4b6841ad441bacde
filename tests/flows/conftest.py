"""A world per test; `changes` of app.yaml are asked for with a marker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest import FixtureRequest

from tests.clock import START
from tests.loopback import Loopback
from tests.world import Theatre, World, build_world


@pytest.fixture(scope="session")
def theatre() -> Iterator[Theatre]:
    shared = Theatre(Loopback())
    yield shared
    shared.close()


@pytest.fixture
def world(
    request: FixtureRequest, theatre: Theatre, database_url: str, tmp_path: Path
) -> Iterator[World]:
    """`@pytest.mark.app_yaml({"old": "new"})` changes the company's settings."""
    marker = request.node.get_closest_marker("app_yaml")
    theatre.clock.set(START)
    built = build_world(theatre, database_url, tmp_path, marker.args[0] if marker else {})
    yield built
    built.close()
