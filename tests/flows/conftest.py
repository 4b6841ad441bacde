"""A world per test; `changes` of app.yaml are asked for with a marker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest import FixtureRequest

from tests.clock import START
from tests.databases import PostgresServer, SqliteTemplate
from tests.flows.letters import Letters, connect
from tests.loopback import Loopback
from tests.world import Bots, Theatre, World, build_world


@pytest.fixture(scope="session")
def theatre() -> Iterator[Theatre]:
    shared = Theatre(Loopback())
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def bots_on_sqlite(theatre: Theatre, sqlite: SqliteTemplate) -> Iterator[Bots]:
    bots = Bots(theatre, sqlite)
    yield bots
    bots.close()


@pytest.fixture(scope="session")
def bots_on_postgres(theatre: Theatre, postgres: PostgresServer) -> Iterator[Bots]:
    bots = Bots(theatre, postgres)
    yield bots
    bots.close()


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: FixtureRequest, theatre: Theatre, tmp_path: Path) -> Iterator[World]:
    """On each kind of database; `@pytest.mark.app_yaml({"old": "new"})` changes its settings."""
    marker = request.node.get_closest_marker("app_yaml")
    bots: Bots = request.getfixturevalue(f"bots_on_{request.param}")
    theatre.clock.set(START)
    built = build_world(theatre, bots.bot(tmp_path, marker.args[0] if marker else {}))
    yield built
    built.close()


@pytest.fixture
def letters(world: World) -> Iterator[Letters]:
    """What a mail server was given, to which the bot of this world sends."""
    box = Letters()
    server = box.server()
    server.start()
    connect(world, server.port)
    yield box
    server.stop()
