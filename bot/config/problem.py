"""What a problem of app.yaml is."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """Something amiss at `path`.

    `part` names for code what a `closed` problem closes: slack, help_desk, intake, payments,
    account_actions, approvals, escalations, administration, gate:NAME, gate-top:NAME (amounts
    above its approvers' limits), person:ID, source:NAME, monitor:NAME. A `note` closes nothing
    and says what will not happen. `closes` says either to people.
    """

    severity: Literal["closed", "note"]
    part: str
    path: str
    wrong: str
    closes: str
    remedy: str

    @property
    def line(self) -> str:
        """All of it in one line, for a log."""
        leads = "Closes" if self.severity == "closed" else "So"
        return f"{self.path}: {self.wrong}. {leads}: {self.closes}. {self.remedy}"
