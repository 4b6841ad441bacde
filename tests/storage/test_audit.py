"""The chain: whole under load, and its first broken link has a name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage import audit
from storage.engine import Engine, open_engine, snapshot
from storage.errors import Broken
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW, a_customer


def note(engine: Engine, number: int, count: int = 1) -> None:
    with UnitOfWork(engine) as uow:
        for each in range(count):
            at = NOW + timedelta(seconds=number + each)
            uow.record(at, "noted", "test", f"test:{number + each}", {"amount": number + each})
        uow.commit()


def verify(engine: Engine) -> int:
    with snapshot(engine) as connection:
        return audit.verify(connection)


def broken_by(engine: Engine, statements: list[str]) -> str:
    """What verifying says after these statements, which are taken back."""
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        with pytest.raises(Broken) as broken:
            audit.verify(connection)
        connection.rollback()
    return str(broken.value)


@pytest.fixture
def chain(engine: Engine) -> Engine:
    """Six entries."""
    for number in range(1, 7):
        note(engine, number)
    return engine


def test_an_untouched_chain_is_whole(chain: Engine) -> None:
    """
    Verifying counts the entries, and an empty chain is whole, too.
    """
    assert verify(chain) == 6


TAMPERING: list[tuple[list[str], str]] = [
    (["DELETE FROM audit WHERE seq = 3"], "entry 3 is missing; the next one is 4"),
    (["DELETE FROM audit WHERE seq = 1"], "entry 1 is missing; the next one is 2"),
    (
        ["UPDATE audit SET actor = 'someone' WHERE seq = 4"],
        "entry 4 was changed after it was written",
    ),
    (
        ["UPDATE audit SET data = '{\"amount\":9}' WHERE seq = 2"],
        "entry 2 was changed after it was written",
    ),
    (["UPDATE audit SET at = 'never' WHERE seq = 6"], "entry 6 was changed after it was written"),
    (
        [
            "UPDATE audit SET seq = -3 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 4",
            "UPDATE audit SET seq = 4 WHERE seq = -3",
        ],
        "entry 3 does not continue entry 2",
    ),
    (
        [
            "UPDATE audit SET seq = -seq WHERE seq >= 3",
            "UPDATE audit SET seq = 1 - seq WHERE seq < 0",
            "INSERT INTO audit SELECT 3, at, kind, actor, subject, data, previous, hash "
            "FROM audit WHERE seq = 2",
        ],
        "entry 3 does not continue entry 2",
    ),
    (
        [
            "INSERT INTO audit SELECT 7, at, kind, actor, subject, data, hash, hash "
            "FROM audit WHERE seq = 6"
        ],
        "entry 7 was changed after it was written",
    ),
    (["DELETE FROM audit WHERE seq > 4"], "entry 5 is missing; the head says 6"),
    (["DELETE FROM audit"], "entry 1 is missing; the head says 6"),
    (["UPDATE audit_head SET seq = 5"], "entry 6 stands behind the head, which says 5"),
    (["UPDATE audit_head SET hash = 'other'"], "entry 6 is not the one that the head closed with"),
    (["DELETE FROM audit_head"], "the head is missing; the chain ends at entry 6"),
]


def test_the_first_broken_link_is_named(chain: Engine) -> None:
    """
    Deleting, changing, reordering, inserting and cutting off are each told by number.
    """
    told = [broken_by(chain, statements) for statements, _ in TAMPERING]

    assert told == [named for _, named in TAMPERING]
    assert verify(chain) == 6


def test_a_forged_entry_behind_the_end_is_told(chain: Engine) -> None:
    """
    Even rightly linked, an entry that the head does not know is none.
    """
    with chain.begin() as connection:
        last = connection.execute(text("SELECT hash FROM audit WHERE seq = 6")).scalar_one()
        forged = audit.link(last, 7, "2026", "noted", "test", "test:7", {})
        connection.execute(
            text(
                "INSERT INTO audit (seq, at, kind, actor, subject, data, previous, hash) "
                "VALUES (7, '2026', 'noted', 'test', 'test:7', '{}', :last, :forged)"
            ),
            {"last": last, "forged": forged},
        )

    with pytest.raises(Broken, match="entry 7 stands behind the head"):
        verify(chain)


def test_many_threads_make_one_chain(database_url: str, engine: Engine) -> None:
    """
    Eight threads with units of work of their own never fork the chain.
    """
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note(engine, number, count=3), range(80)))

    assert verify(engine) == 240


def test_many_processes_make_one_chain(database_url: str, engine: Engine, writer: Writer) -> None:
    """
    Two engines stand for two processes; each has its own writer.
    """
    other = open_engine(database_url)
    second = Writer(other)
    jobs = [
        each.submit(lambda uow: uow.record(NOW, "noted", "test", "test:1", {}))
        for _ in range(60)
        for each in (writer, second)
    ]
    for job in jobs:
        job.result(30)
    second.close()
    other.dispose()

    assert verify(engine) == 120


def test_a_chain_is_verified_while_it_grows(engine: Engine, writer: Writer) -> None:
    """
    What is written meanwhile is not mistaken for a forgery.
    """
    jobs = [
        writer.submit(lambda uow: uow.record(NOW, "noted", "test", "test:1", {}))
        for _ in range(100)
    ]
    while not all(job.done() for job in jobs):
        verify(engine)

    assert verify(engine) == 100


def test_a_keyed_hash_tells_the_same_only_while_the_key_lives(engine: Engine) -> None:
    """
    Equal words of a customer hash alike, another's differ, and a new key starts afresh.
    """
    with UnitOfWork(engine) as uow:
        ada = a_customer(uow, "ada", "ada@client.example")
        bob = a_customer(uow, "bob", "bob@client.example")
        first = audit.keyed_hash(audit.key_of(uow.session, ada.id), "hello")
        assert first == audit.keyed_hash(audit.key_of(uow.session, ada.id), "hello")
        assert first != audit.keyed_hash(audit.key_of(uow.session, bob.id), "hello")

        uow.customers.erase(ada, NOW)

        assert first != audit.keyed_hash(audit.key_of(uow.session, ada.id), "hello")


def test_entries_are_shown_by_subject(chain: Engine) -> None:
    """
    The newest so many, oldest first.
    """
    with snapshot(chain) as connection:
        newest = [entry.seq for entry in audit.entries(connection, None, 2)]
        about = [entry.seq for entry in audit.entries(connection, "test:3", 10)]

    assert (newest, about) == ([5, 6], [3])
