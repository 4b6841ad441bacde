"""Use cases, one package each; they meet only through events."""

from itertools import chain
from typing import Any

from bot.flows import (
    agents,
    approval,
    casework,
    enrolment,
    governance,
    incidents,
    knowledge,
    reporting,
    triage,
)
from bot.publisher import Drawings
from bot.showing import SUBSCRIBERS as SHOWING
from bot.steps import Commands, Step, Subscribers

_FLOWS = (
    triage,
    agents,
    approval,
    enrolment,
    governance,
    casework,
    incidents,
    knowledge,
    reporting,
)

COMMANDS: Commands = {kind: run for flow in _FLOWS for kind, run in flow.COMMANDS.items()}
QUESTIONS: Commands = {kind: run for flow in _FLOWS for kind, run in flow.QUESTIONS.items()}
DRAWINGS: Drawings = {kind: draw for flow in _FLOWS for kind, draw in flow.DRAWINGS.items()}


def _subscribers() -> Subscribers:
    table: dict[type[Any], list[Step]] = {}
    for kind, steps in chain(SHOWING.items(), *(flow.SUBSCRIBERS.items() for flow in _FLOWS)):
        table.setdefault(kind, []).extend(steps)
    return table


SUBSCRIBERS: Subscribers = _subscribers()
