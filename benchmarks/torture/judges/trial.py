"""What is judged, and what comes of it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from benchmarks.torture.casework import Talk
from benchmarks.torture.judges.rows import Row, Rows
from benchmarks.torture.load import Case
from benchmarks.torture.stage import Stage

EXAMPLES = 5


@dataclass
class Verdict:
    """Counters that must be 0, and a few examples of what was counted."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def count(self, name: str, wrong: Sequence[Any]) -> None:
        self.counts[name] += len(wrong)
        self.examples.setdefault(name, []).extend(str(one)[:200] for one in wrong[:EXAMPLES])


@dataclass(frozen=True)
class Trial:
    """A run that has come to rest."""

    stage: Stage
    rows: Rows
    cases: Sequence[Case]
    answered: Sequence[Talk]
    talks: Sequence[Talk]
    verdict: Verdict

    @cached_property
    def approvals(self) -> dict[str, list[Row]]:
        """The bot's approvals by the charge they are about."""
        found: dict[str, list[Row]] = {}
        for row in self.rows.approvals:
            found.setdefault(json.loads(row["payload"])["charge"], []).append(row)
        return found

    @cached_property
    def refunds(self) -> dict[str, list[dict[str, Any]]]:
        """The provider's refunds by charge."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.stage.world.provider.ledger.rows()["refunds"]:
            found.setdefault(row["charge"], []).append(row)
        return found

    def state(self, case: Case) -> str:
        """The state of a case's approval, or "" when there is not exactly one."""
        rows = self.approvals.get(case.charge, [])
        return str(rows[0]["state"].value) if len(rows) == 1 else ""
