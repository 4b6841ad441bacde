"""A switch that is stopped again is not lifted by whoever saw it before."""

from collections.abc import Callable
from datetime import timedelta

from storage.engine import Engine
from storage.repositories.inbox import Stopped
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW


def do(engine: Engine, job: Callable[[UnitOfWork], bool | None]) -> bool | None:
    with UnitOfWork(engine) as uow:
        result = job(uow)
        uow.commit()
        return result


def seen(engine: Engine) -> Stopped:
    with UnitOfWork(engine) as uow:
        found = uow.switches.get("effects")
        assert found is not None
        return found


def test_a_fresh_stop_outlives_the_lifting_of_an_older_one(engine: Engine) -> None:
    """
    Whoever was told "Stopped" can rely on it, whatever was decided at the same moment.
    """
    do(engine, lambda uow: uow.switches.stop("effects", "lea", NOW))
    do(
        engine,
        lambda uow: uow.switches.ask_lift(uow.switches.get("effects") or seen(engine), "lea"),
    )
    half_lifted = seen(engine)
    assert half_lifted.lift_asked_by == "lea"
    do(engine, lambda uow: uow.switches.stop("effects", "nia", NOW + timedelta(seconds=1)))

    assert do(engine, lambda uow: uow.switches.lift(half_lifted)) is False
    assert do(engine, lambda uow: uow.switches.ask_lift(half_lifted, "max")) is False

    again = seen(engine)
    assert (again.stopped_by, again.lift_asked_by) == ("nia", None)
    assert do(engine, lambda uow: uow.switches.lift(again)) is True
