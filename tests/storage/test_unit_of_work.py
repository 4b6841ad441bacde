"""One transaction: kept when it is committed, and never otherwise."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from storage.engine import Engine
from storage.errors import Missing
from storage.models import AuditEntry
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW, a_customer, a_ticket

Look = Callable[[], UnitOfWork]


def test_what_is_not_committed_is_not_kept(engine: Engine, look: Look) -> None:
    """
    Leaving without a commit leaves nothing behind.
    """
    with UnitOfWork(engine) as uow:
        a_ticket(uow, a_customer(uow))
        uow.record(NOW, "ticket opened", "zendesk", "ticket:1", {})

    with look() as uow:
        assert uow.tickets.by_ref("zendesk", "t-1") is None


def test_a_commit_keeps_state_and_audit_together(engine: Engine, look: Look) -> None:
    """
    The row and the entry that tells of it come into being at the same moment.
    """
    with UnitOfWork(engine) as uow:
        a_ticket(uow, a_customer(uow))
        uow.record(NOW, "ticket opened", "zendesk", "ticket:1", {"ref": "t-1"})
        with look() as other:
            assert other.tickets.by_ref("zendesk", "t-1") is None
        uow.commit()

    with look() as uow:
        assert uow.tickets.by_ref("zendesk", "t-1") is not None


def test_a_savepoint_takes_back_its_rows_entries_and_wakes(engine: Engine, look: Look) -> None:
    """
    What failed behind a savepoint is gone as a whole; what stood before it stays.
    """
    woken: list[str] = []
    with UnitOfWork(engine) as uow:
        with uow.savepoint():
            a_customer(uow, "kept", "kept@client.example")
            uow.after_commit(lambda: woken.append("kept"))
        with pytest.raises(ZeroDivisionError), uow.savepoint():
            a_customer(uow, "lost", "lost@client.example")
            uow.record(NOW, "lost", "nobody", "customer:2", {})
            uow.after_commit(lambda: woken.append("lost"))
            _ = 1 / 0
        uow.commit()

    with look() as uow:
        assert uow.customers.by_ref("import", "kept") is not None
        assert uow.customers.by_ref("import", "lost") is None
    assert woken == ["kept"]


def test_a_part_that_is_undone_takes_back_only_its_own(engine: Engine, look: Look) -> None:
    """
    Rows, audit entries, events and wakes of the part vanish together; those before it stay.
    """
    woken: list[str] = []

    def leave_traces(uow: UnitOfWork, name: str) -> None:
        a_customer(uow, name, f"{name}@client.example")
        uow.record(NOW, name, "nobody", "customer:1", {})
        uow.emit(name)
        uow.after_commit(lambda: woken.append(name))

    with UnitOfWork(engine) as uow:
        leave_traces(uow, "before")
        with pytest.raises(ZeroDivisionError), uow.nested():
            leave_traces(uow, "undone")
            _ = 1 / 0
        with uow.nested():
            leave_traces(uow, "after")
        assert [emitted.event for emitted in uow.events] == ["before", "after"]
        uow.commit()

    with look() as uow:
        assert [entry.kind for entry in uow.session.query(AuditEntry)] == ["before", "after"]
        assert uow.customers.by_ref("import", "undone") is None
    assert woken == ["before", "after"]


def test_nobody_is_woken_before_the_commit(engine: Engine) -> None:
    """
    A worker that looks too early would find nothing and go back to sleep.
    """
    woken: list[str] = []
    with UnitOfWork(engine) as uow:
        uow.after_commit(lambda: woken.append("now"))
        uow.session.flush()
        assert woken == []

        uow.commit()
    assert woken == ["now"]


def test_a_row_that_is_not_there_is_missing(look: Look) -> None:
    """
    Getting by id raises one error of our own, whatever the table.
    """
    with look() as uow:
        for get in (uow.tickets.get, uow.approvals.get, uow.escalations.get, uow.effects.get):
            with pytest.raises(Missing):
                get(99)


def test_times_come_back_as_they_went_in(engine: Engine, look: Look) -> None:
    """
    Aware UTC in, aware UTC out; a naive time is refused rather than guessed.
    """
    with UnitOfWork(engine) as uow:
        ticket = a_ticket(uow, a_customer(uow))
        uow.commit()
    with look() as uow:
        assert uow.tickets.get(ticket.id).created_at == NOW
    with UnitOfWork(engine) as uow, pytest.raises(Exception, match="naive"):
        uow.tickets.get(ticket.id).created_at = NOW.replace(tzinfo=None)
        uow.commit()


def test_what_breaks_after_the_commit_undoes_and_repeats_nothing(
    writer: Writer, look: Look
) -> None:
    """
    The rows are there, so their callers hear that they are, and what else was to follow follows.
    """
    runs, followed = [], threading.Event()

    def broken(uow: UnitOfWork) -> int:
        def follow() -> None:
            raise ValueError("nobody to wake")

        runs.append(1)
        uow.after_commit(follow)
        uow.after_commit(followed.set)
        return a_customer(uow, "once", "once@client.example").id

    assert writer.run(broken)
    assert runs == [1]
    assert followed.is_set()
    with look() as uow:
        assert uow.customers.by_ref("import", "once") is not None


def test_who_asks_what_is_about_a_charge_waits_for_whoever_asked_before(engine: Engine) -> None:
    """
    Tickets of two customers that name one charge are graded one after the other.
    """
    answered = threading.Event()

    def ask() -> None:
        with UnitOfWork(engine) as second:
            second.approvals.about("charge:ch_1")
            answered.set()

    asking = threading.Thread(target=ask)
    with UnitOfWork(engine) as first:
        first.approvals.about("charge:ch_1")
        asking.start()
        assert not answered.wait(0.3)
        first.commit()
    assert answered.wait(10)
    asking.join()


def test_a_ticket_is_handed_over_whatever_was_read_before(engine: Engine, look: Look) -> None:
    """
    Another process has handed it to somebody since it was read: nobody's is nobody's then.
    """
    with UnitOfWork(engine) as uow:
        ticket = a_ticket(uow, a_customer(uow))
        assert uow.tickets.get(ticket.id).owner is None
        uow.session.connection().execute(text("UPDATE tickets SET owner = 'ana'"))
        uow.tickets.hand_to(ticket.id, None)
        uow.commit()
    with look() as uow:
        assert uow.tickets.get(ticket.id).owner is None


def test_who_reads_a_ticket_to_write_it_sees_what_another_has_written(engine: Engine) -> None:
    """
    An older telling in one process takes nothing back that another has just taken in.
    """
    told: list[str] = []
    answered = threading.Event()

    def ask() -> None:
        with UnitOfWork(engine) as second:
            found = second.tickets.by_ref("zendesk", "t-1")
            told.append(found.desk_priority if found else "unknown")
            answered.set()

    with UnitOfWork(engine) as uow:
        a_ticket(uow, a_customer(uow))
        uow.commit()
    asking = threading.Thread(target=ask)
    with UnitOfWork(engine) as first:
        ticket = first.tickets.by_ref("zendesk", "t-1")
        assert ticket is not None
        asking.start()
        assert not answered.wait(0.3)
        ticket.desk_priority = "urgent"
        first.commit()
    assert answered.wait(10)
    asking.join()
    assert told == ["urgent"]
