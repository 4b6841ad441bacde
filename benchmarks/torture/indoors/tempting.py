"""What leads each missing defence into doing wrong; written down, since dice may miss it."""

from collections.abc import Callable, Mapping

from benchmarks.torture.indoors.machine import Machine
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.indoors.sabotages import without

ONE, TWO_CODES, STEPPED = 30_000, 150_000, 300_000


def _deduplication(machine: Machine) -> None:
    machine.begin(ONE, ONE)
    machine.agree("ada", 0)
    machine.replay(0)


def _version_check(machine: Machine) -> None:
    machine.begin(ONE, ONE)
    machine.change("cleo", 0, 0, "half")
    machine.approve("ada", 0, 1, True, "right")


def _undo_check(machine: Machine) -> None:
    machine.begin(ONE, ONE)
    machine.agree("ada", 0)
    machine.wait(10)
    machine.they_agree()
    machine.undo("ada", 0, True)


def _code_once(machine: Machine) -> None:
    machine.begin(TWO_CODES, TWO_CODES)
    machine.agree("ada", 0)
    machine.agree("ada", 1)


def _steps(machine: Machine) -> None:
    machine.begin(STEPPED, ONE)
    machine.agree("ada", 0)
    machine.agree("cleo", 0)


def _entitled_again(machine: Machine) -> None:
    machine.begin(ONE, ONE)
    machine.agree("cleo", 0)
    machine.trouble("cleo", "close")
    machine.wait(10)
    machine.they_agree()


def _effect_key(machine: Machine) -> None:
    machine.begin(ONE, ONE)
    machine.befall(0, "lost")
    machine.agree("cleo", 0)
    machine.wait(10)
    machine.they_agree()
    machine.wait(1)
    machine.they_agree()


TEMPTING: Mapping[str, Callable[[Machine], None]] = {
    "deduplication": _deduplication,
    "version_check": _version_check,
    "undo_check": _undo_check,
    "code_once": _code_once,
    "steps": _steps,
    "entitled_again": _entitled_again,
    "effect_key": _effect_key,
}


def difference(room: Room, name: str, sabotage: str) -> str:
    """What the model says of a bot that goes through it, without a defence where one is named;
    empty where both agree."""
    machine = type("Machine", (Machine,), {"room": room})()
    try:
        with without(sabotage):
            TEMPTING[name](machine)
    except AssertionError as error:
        return str(error) or "another answer"
    return ""
