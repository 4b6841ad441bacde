"""One broken rule against the tests that are about it, in a process of its own."""

import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from types import CodeType, FunctionType, ModuleType

import pytest

from benchmarks.mutants.operators import Mutant, inside, mutants

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
# No test failed, and not all passed: whatever that was, nobody noticed the rule.
UNJUDGED = "unjudged"
UNPREPARED = "unprepared"

# Tests are let run this much longer than they took without a mutant, and this many seconds more.
TIMES, MORE_S = 4, 20

# Python leaves with 1 on an exception, as pytest does when a test fails.
_UNPREPARED_EXIT = 70
_BECAME = {
    int(pytest.ExitCode.OK): SURVIVED,
    int(pytest.ExitCode.TESTS_FAILED): KILLED,
    _UNPREPARED_EXIT: UNPREPARED,
}

_FORK = multiprocessing.get_context("fork")
# What no mutant changes is imported once; the tests' own modules are by whoever runs them.
_SHARED = (
    "alembic",
    "cryptography",
    "hypothesis",
    "pydantic",
    "slack_bolt",
    "sqlalchemy",
    "stripe",
)


class Red(Exception):
    """The tests fail without any mutant, so that nothing could be said of one."""


class Unprepared(Exception):
    """A mutant could not be put in its place, so that the tests would have run without it."""


def run(path: str, tests: Sequence[str]) -> Iterator[tuple[Mutant, str]]:
    """What became of each mutant of the module."""
    for name in _SHARED:
        importlib.import_module(name)
    found = list(mutants(str(Path(path).resolve()), Path(path).read_text()))
    here, there = _FORK.Pipe(duplex=False)
    server = _FORK.Process(target=_serve, args=(found, tests, there))
    server.start()
    there.close()
    try:
        limit = here.recv()
        if limit is None:
            raise Red(path)
        for mutant in found:
            if mutant.scope is None or mutant.scope.endswith("."):
                became = _judge(functools.partial(_at_import, path, mutant.code), tests, limit)
            else:
                became = here.recv()
            if became == UNPREPARED:
                raise Unprepared(f"{path}: {mutant.name}")
            yield mutant, became
    finally:
        server.kill()
        server.join()


def _serve(found: Sequence[Mutant], tests: Sequence[str], to: Connection) -> None:
    """Import the tests once, and fork for each mutant from there."""
    _silence()
    pytest.main(["--collect-only", *_arguments(tests)])
    started = monotonic()
    if _judge(lambda: None, tests, None) != SURVIVED:
        to.send(None)
        return
    limit = (monotonic() - started) * TIMES + MORE_S
    to.send(limit)
    for mutant in found:
        if mutant.scope is not None and not mutant.scope.endswith("."):
            to.send(_judge(functools.partial(_swap, mutant), tests, limit))


def _judge(prepare: Callable[[], None], tests: Sequence[str], limit: float | None) -> str:
    child = _FORK.Process(target=_child, args=(prepare, tests))
    child.start()
    child.join(limit)
    if child.exitcode is None:
        child.kill()
        child.join()
        return TIMED_OUT
    return _BECAME.get(child.exitcode, UNJUDGED)


def _child(prepare: Callable[[], None], tests: Sequence[str]) -> None:
    _silence()
    try:
        prepare()
    except Exception:
        sys.exit(_UNPREPARED_EXIT)
    sys.exit(int(pytest.main(_arguments(tests))))


def _arguments(tests: Sequence[str]) -> list[str]:
    # What was imported before the fork is no news.
    heard = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return ["-x", "-n", "0", "-p", "no:cacheprovider", *heard, "-k", "not postgres", *tests]


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _swap(mutant: Mutant) -> None:
    """Give the live function, which others have imported by name, the code of the mutant."""
    code = next(one for one in inside(mutant.code) if one.co_qualname == mutant.scope)
    live = [
        one
        for one in gc.get_objects()
        if isinstance(one, FunctionType)
        and one.__code__.co_filename == code.co_filename
        and one.__code__.co_qualname == code.co_qualname
        and one.__code__.co_firstlineno == code.co_firstlineno
    ]
    if not live:
        raise LookupError(mutant.name)
    for one in live:
        one.__code__ = code


def _at_import(path: str, code: CodeType) -> None:
    sys.meta_path.insert(0, _Instead(path, code))


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the one module, and runs the mutant in its place."""

    def __init__(self, path: str, code: CodeType) -> None:
        self.is_package = path.endswith("/__init__.py")
        self.name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self.path, self.code = Path(path).resolve(), code

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        within = [str(self.path.parent)] if self.is_package else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=within
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - the mutant is our own module's code
