"""Each job is kept or undone as one, though many share one commit."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from storage.engine import Engine, open_engine
from storage.errors import Closed, Trouble
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.databases import PostgresServer
from tests.storage.rows import NOW, a_customer, a_delivery

Look = Callable[[], UnitOfWork]
LEASE = timedelta(seconds=10)


def _nothing(uow: UnitOfWork) -> None:
    pass


class Gate:
    """A job that keeps the writer busy, so that what comes meanwhile queues up. It may be run
    again, as any job may."""

    def __init__(self, writer: Writer, first: Callable[[UnitOfWork], None] = _nothing) -> None:
        self._first = first
        self._running, self._open = threading.Barrier(2), threading.Event()
        self.job = writer.submit(self._wait)
        self._running.wait(10)

    def _wait(self, uow: UnitOfWork) -> None:
        self._first(uow)
        if not self._open.is_set():
            self._running.wait(10)
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()


def _add(ref: str) -> Callable[[UnitOfWork], int]:
    return lambda uow: a_customer(uow, ref, f"{ref}@client.example").id


@contextmanager
def _writing(url: str) -> Iterator[Writer]:
    engine = open_engine(url)
    writer = Writer(engine)
    yield writer
    writer.close()
    engine.dispose()


def _waiting_for_a_lock(uow: UnitOfWork) -> bool:
    query = (
        "SELECT 1 FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return uow.session.connection().exec_driver_sql(query).first() is not None


def _failing(uow: UnitOfWork) -> int:
    a_customer(uow, "half", "half@client.example")
    raise ValueError("at fault")


def _instead(ref: str) -> Callable[[Exception], Callable[[UnitOfWork], int]]:
    return lambda error: _add(ref)


def test_a_job_that_fails_harms_no_other_in_its_batch(writer: Writer, look: Look) -> None:
    """
    Its rows are gone and its caller hears why; the rest of the batch is committed.
    """
    gate = Gate(writer)
    first, failing, second = (
        writer.submit(_add("first")),
        writer.submit(_failing),
        writer.submit(_add("second")),
    )
    gate.open()

    assert first.result(10) and second.result(10)
    with pytest.raises(ValueError, match="at fault"):
        failing.result(10)
    with look() as uow:
        assert uow.customers.by_ref("import", "first") is not None
        assert uow.customers.by_ref("import", "second") is not None
        assert uow.customers.by_ref("import", "half") is None


def test_a_row_that_the_database_refuses_fails_its_own_job_alone(
    writer: Writer, look: Look
) -> None:
    """
    A second row of the same id is one caller's error.
    """
    gate = Gate(writer)
    jobs = [writer.submit(_add(ref)) for ref in ("a", "b", "b", "c")]
    gate.open()

    failures = [job.exception(10) for job in jobs]

    assert [type(failure).__name__ for failure in failures].count("IntegrityError") == 1
    with look() as uow:
        assert all(uow.customers.by_ref("import", ref) for ref in ("a", "b", "c"))


def test_each_job_of_a_batch_sees_what_the_database_says_now(writer: Writer) -> None:
    """
    Nothing that one job has read or changed in memory leaks into the next.
    """
    customer_id = writer.run(_add("seen"))

    def pretend(uow: UnitOfWork) -> None:
        uow.customers.get(customer_id).role = "executive"
        raise ValueError("undone")

    gate = Gate(writer)
    undone, role = (
        writer.submit(pretend),
        writer.submit(lambda uow: uow.customers.get(customer_id).role),
    )
    gate.open()

    assert undone.exception(10) is not None
    assert role.result(10) == "user"


def test_what_answers_for_a_job_that_failed_is_kept_and_the_job_is_not(
    writer: Writer, look: Look
) -> None:
    """
    A refusal among others is written down as they are, wherever in the batch it stands.
    """
    gate = Gate(writer)
    jobs = [
        writer.submit(_failing, instead=_instead("r0")),
        writer.submit(_failing, instead=_instead("r1")),
        writer.submit(_add("done")),
        writer.submit(_failing, instead=_instead("r2")),
    ]
    gate.open()

    assert all(job.result(10) for job in jobs)
    with look() as uow:
        assert all(uow.customers.by_ref("import", ref) for ref in ("r0", "r1", "r2", "done"))
        assert uow.customers.by_ref("import", "half") is None


def test_an_answer_comes_after_the_commit(writer: Writer, look: Look) -> None:
    """
    Whoever has the answer can rely on the row.
    """
    for number in range(20):
        ref = f"c{number}"
        writer.run(_add(ref))
        with look() as uow:
            assert uow.customers.by_ref("import", ref) is not None


def test_only_failed_jobs_leave_no_audit(writer: Writer, look: Look) -> None:
    """
    The entries of a failed job vanish with it, and the others stay linked.
    """

    def note(uow: UnitOfWork) -> None:
        uow.record(NOW, "noted", "test", "test:1", {})

    def note_and_fail(uow: UnitOfWork) -> None:
        note(uow)
        raise ValueError

    gate = Gate(writer)
    jobs = [writer.submit(job) for job in (note, note_and_fail, note)]
    gate.open()

    assert [job.exception(10) is None for job in jobs] == [True, False, True]


def test_a_caller_who_stops_waiting_harms_nobody(writer: Writer, look: Look) -> None:
    """
    What has begun is finished, what has not is skipped, and the next job is served as ever.
    """
    gate = Gate(writer)
    unwanted = [writer.submit(_add(f"unwanted-{number}")) for number in range(3)]

    assert not gate.job.cancel()
    assert all(job.cancel() for job in unwanted)
    last = writer.submit(_add("last"))
    gate.open()

    assert last.result(10)
    assert gate.job.result(10) is None
    with look() as uow:
        assert uow.customers.by_ref("import", "unwanted-0") is None


def test_a_row_that_another_transaction_has_just_made_is_seen_the_second_time(
    postgres: PostgresServer,
) -> None:
    """
    A redraw is put down while another process postpones an older one of its card: the older one
    folds. Only PostgreSQL lets two transactions write at once.
    """
    with (
        postgres.fresh() as url,
        _writing(url) as writer,
        _writing(url) as other,
        _writing(url) as third,
    ):
        writer.run(lambda uow: uow.deliveries.add([a_delivery(key="post:1")]))
        [out] = writer.run(lambda uow: uow.deliveries.claim("posts", "me", NOW, LEASE, 1))
        newer = Gate(writer, lambda uow: uow.deliveries.add([a_delivery(key="post:1")]))

        postponed = other.submit(
            lambda uow: uow.deliveries.postpone(out.id, "me", NOW, "later", held=True)
        )
        while not third.run(_waiting_for_a_lock):
            assert not postponed.done()
        newer.open()

        assert postponed.result(10)
        kept = writer.run(
            lambda uow: [(row.state, row.error) for row in uow.deliveries.listed(None, 9)]
        )
        assert sorted(kept) == [("done", "folded"), ("waiting", None)]


def test_a_database_that_is_away_fails_the_job_and_not_the_writer(database_url: str) -> None:
    """
    The caller hears of it, and the next job is served as ever.
    """
    engine = open_engine(database_url)
    writer = Writer(engine)

    def break_off(uow: UnitOfWork) -> None:
        uow.session.connection().exec_driver_sql("SELECT * FROM no_such_table")

    with pytest.raises(Trouble):
        writer.run(break_off)

    assert writer.run(_add("after"))
    writer.close()
    engine.dispose()


def test_errors_of_the_database_quote_no_words(engine: Engine) -> None:
    """
    A refused row's values are customers' words, and an error's text ends in logs.
    """
    with UnitOfWork(engine) as uow, pytest.raises(Trouble) as refused:
        a_customer(uow, "same", "secret@client.example")
        a_customer(uow, "same", "secret@client.example")

    assert "secret" not in str(refused.value)


def test_closing_finishes_what_is_queued(engine: Engine, look: Look) -> None:
    """
    A stop loses nothing that was accepted.
    """
    writer = Writer(engine)
    jobs = [writer.submit(_add(f"q{number}")) for number in range(40)]
    writer.close()

    assert all(job.done() for job in jobs)
    with look() as uow:
        assert all(uow.customers.by_ref("import", f"q{number}") for number in range(40))


def test_after_the_end_nothing_is_taken(engine: Engine) -> None:
    """
    Whoever comes late is told so at once, and waits for no answer that nobody gives.
    """
    writer = Writer(engine)
    writer.close()

    with pytest.raises(Closed):
        writer.submit(lambda uow: None)
