"""What must stay fast however much has been stored; told from plans, never from a stopwatch."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from storage.engine import Engine, is_sqlite
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW, a_delivery

LEASE = timedelta(seconds=10)


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Everything that is said to the database meanwhile."""
    said: list[tuple[str, Any]] = []

    def hear(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def plan(engine: Engine, statement: str, parameters: Any) -> str:
    """How the database says it would go about it, whatever the parameters turn out to be."""
    with engine.connect() as connection:
        if is_sqlite(engine):
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        else:
            # With two rows in a table nobody would use an index.
            connection.execute(text("SET enable_seqscan = off"))
            connection.execute(text("SET plan_cache_mode = force_generic_plan"))
            told = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return "\n".join(str(row[-1]) for row in told)


def first_plan(engine: Engine, job: Callable[[UnitOfWork], object], begins: Sequence[str]) -> str:
    with statements(engine) as said, UnitOfWork(engine) as uow:
        job(uow)
    [found] = [one for one in said if one[0].startswith(tuple(begins))]
    return plan(engine, *found)


def test_a_claim_reads_nothing_but_what_is_due(engine: Engine, writer: Writer) -> None:
    """
    Done deliveries stay for days and timers wait for hours; a claim passes all of them by.
    """
    writer.run(lambda uow: uow.deliveries.add([a_delivery(), a_delivery(key="k")]))

    told = first_plan(
        engine, lambda uow: uow.deliveries.claim("posts", "a", NOW, LEASE, 1), ["WITH"]
    )

    assert "ix_deliveries_claim" in told
    assert "SCAN deliveries" not in told and "Seq Scan" not in told
    if is_sqlite(engine):
        assert "TEMP B-TREE" not in told and "urgent=? AND due<?" in told


@pytest.mark.parametrize("urgent", [0, 1, 2])
def test_every_urgency_is_claimed(writer: Writer, urgent: int) -> None:
    """
    The urgencies are named in the claim; one that is not would never be carried out.
    """
    writer.run(lambda uow: uow.deliveries.add([a_delivery(urgent=urgent)]))

    assert writer.run(lambda uow: uow.deliveries.claim("posts", "a", NOW, LEASE, 1))
