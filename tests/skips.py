"""Says in one line what was not tested and why, and fails the run where nothing may be skipped."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence

from pytest import TestReport

# Real tickets are not part of the repository, so a checkout without them is still a whole one.
_DATA = "real_data"


def reason_of(report: TestReport) -> str:
    where = report.longrepr
    said = where[2] if isinstance(where, tuple) else str(where)
    return said.removeprefix("Skipped: ").rstrip(".")


def line(skipped: Sequence[TestReport]) -> str:
    """One line for all of them, the most frequent reason first; empty when there are none."""
    reasons = Counter(reason_of(report) for report in skipped)
    if not reasons:
        return ""
    told = "; ".join(f"{many} because {reason}" for reason, many in reasons.most_common())
    return f"skipped {sum(reasons.values())}: {told}{_allowed(skipped)}"


def _allowed(skipped: Sequence[TestReport]) -> str:
    """Where nothing may be skipped, a reader asks why something was."""
    excused = sum(_DATA in report.keywords for report in skipped)
    if os.environ.get("BACKSTOP_NO_SKIPS") != "1" or not excused:
        return ""
    if os.environ.get("BACKSTOP_REAL_DATA"):
        return ". Nothing may be skipped here"
    return f". Nothing else may be skipped here than these {excused} that need real data"


def forbidden(skipped: Iterable[TestReport]) -> list[TestReport]:
    """Those that BACKSTOP_NO_SKIPS=1 does not let pass."""
    if os.environ.get("BACKSTOP_NO_SKIPS") != "1":
        return []
    has_data = bool(os.environ.get("BACKSTOP_REAL_DATA"))
    return [report for report in skipped if has_data or _DATA not in report.keywords]
