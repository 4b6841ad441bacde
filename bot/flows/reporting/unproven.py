"""Gates whose people cannot prove themselves where a click alone is not enough; pure."""

from collections.abc import Collection, Sequence

from bot.authenticators import WORDS, kind_of
from bot.config import Settings
from bot.config.policy import Gate
from bot.config.problem import Problem
from bot.config.quorum import approvers, gate_is_satisfiable
from bot.money import Money
from bot.people import Person

PART = "gate-proof"


def unproven(
    settings: Settings, people: Sequence[Person], holders: Collection[str]
) -> list[Problem]:
    """Nothing is closed by it: whoever says yes there is led to set theirs up, and waits for an
    administrator."""
    proved = [person for person in people if person.id in holders]
    by_act = settings.approvals.step_up.above if settings.approvals.step_up else {}
    return [
        _note(gate, by_act[gate.act], settings, people, holders)
        for gate in settings.gates
        if gate.act in by_act
        and _reaches(gate, by_act[gate.act], settings)
        and _is_open(gate, people)
        and not _is_open(gate, proved)
    ]


def _reaches(gate: Gate, above: int, settings: Settings) -> bool:
    """Whether it asks people about something for which a click alone is not enough."""
    is_small = gate.currency == settings.company.currency and (gate.up_to or above + 1) <= above
    return bool(gate.asks) and not is_small


def _is_open(gate: Gate, people: Sequence[Person]) -> bool:
    problem = gate_is_satisfiable(gate, people)
    return problem is None or problem.part != f"gate:{gate.name}"


def _note(
    gate: Gate,
    above: int,
    settings: Settings,
    people: Sequence[Person],
    holders: Collection[str],
) -> Problem:
    proof = WORDS[kind_of(settings)]
    without = [one.name for one in approvers(gate, people, None) if one.id not in holders]
    least = f" above {Money(above, settings.company.currency)}" if gate.act == "refund" else ""
    return Problem(
        severity="note",
        part=f"{PART}:{gate.name}",
        path=f"gates, {gate.name}",
        wrong=f"takes the {proof} of too many who have none that counts: {', '.join(without)}",
        closes=f"nobody can approve what is under gate “{gate.name}”{least} before",
        remedy=f"Let them type `{settings.command_names.backstop} authenticator`, and confirm what "
        "they set up.",
    )
