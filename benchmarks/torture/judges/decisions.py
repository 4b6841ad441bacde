"""The database: who decided what, whether they might, and whether all of it was written down."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.torture.company import PEOPLE, may_decide
from benchmarks.torture.judges.rows import Row
from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.witness import identity

# What an accepted input is written down as; refused ones name their command.
_RECORDS = {
    "approval.grant": ("GrantApproval", "approval granted"),
    "approval.reject": ("RejectApproval", "approval rejected"),
    "escalation.send_reply": ("SendReply", "reply sent"),
    "escalation.resolve": ("ResolveEscalation", "escalation resolved"),
}
_USERS = {member.name: member.user for member in PEOPLE.values()}


def judge(trial: Trial) -> None:
    judge_consent(trial)
    trial.verdict.count("unrecorded_decisions", list(_unrecorded(trial)))


def judge_consent(trial: Trial) -> None:
    """Without asking whether each input was written down."""
    verdict, rows = trial.verdict, trial.rows
    amounts = {row["id"]: row for row in rows.approvals}
    verdict.count(
        "unentitled_decisions",
        [
            *(
                v
                for v in rows.votes
                if not may_decide(v["person"], amounts[v["approval_id"]]["amount"])
            ),
            *(a for a in rows.approvals if a["decided_by"] and not _may_close(a)),
        ],
    )
    verdict.count(
        "stale_decisions",
        [v for v in rows.votes if v["digest"] != amounts[v["approval_id"]]["digest"]],
    )
    verdict.count("duplicate_decisions", list(_extra(trial)))
    verdict.count("missing_decisions", list(_missing(trial)))
    verdict.count(
        "hostile_decisions", [c for c in trial.cases if _is_hostile_and_decided(trial, c)]
    )
    verdict.count("audit_breaks", [rows.broken] if rows.broken else [])


def _may_close(approval: Row) -> bool:
    return may_decide(approval["decided_by"], approval["amount"])


def _is_hostile_and_decided(trial: Trial, case: Any) -> bool:
    return case.course == "hostile" and trial.state(case) not in ("pending", "")


def _extra(trial: Trial) -> Iterator[str]:
    """More grants than an approval takes, or a grant beside a no."""
    granted = Counter(
        row["subject"] for row in trial.rows.audit if row["kind"] == "approval granted"
    )
    closed = Counter(
        row["subject"] for row in trial.rows.audit if row["kind"] == "approval rejected"
    )
    for row in trial.rows.approvals:
        subject = f"approval:{row['id']}"
        is_both = closed[subject] and granted[subject] >= row["needed"]
        if is_both or granted[subject] > row["needed"] or closed[subject] > 1:
            yield subject


def _missing(trial: Trial) -> Iterator[str]:
    """Approved by fewer than it takes, or never although enough people said yes."""
    votes = Counter(row["approval_id"] for row in trial.rows.votes)
    for row in trial.rows.approvals:
        if row["state"].value == "approved" and votes[row["id"]] < row["needed"]:
            yield f"approval:{row['id']}"
    for case in trial.cases:
        if case.course == "granted" and trial.state(case) not in ("approved", ""):
            yield case.charge


def _unrecorded(trial: Trial) -> Iterator[tuple[str, str, int]]:
    """Exactly one audit entry for each input taken in, by whoever gave it. A form that was refused
    stays open, and each of its attempts may be refused anew."""
    given = {one.event: one for one in trial.stage.witness.asked if one.action in _RECORDS}
    taken = [given.get(identity(row["event_id"])) for row in trial.rows.inbound]
    expected = Counter((one.user, _RECORDS[one.action][0]) for one in taken if one)
    kinds = {kind: command for command, kind in _RECORDS.values()}
    commands = set(kinds.values())
    written: Counter[tuple[str, str]] = Counter()
    for row in trial.rows.audit:
        if row["kind"] in kinds:
            actor = str(row["actor"])
            written[_USERS.get(actor, actor), kinds[row["kind"]]] += 1
        elif row["kind"] == "refused" and row["subject"] in commands:
            written[row["actor"].removeprefix("slack:"), row["subject"]] += 1
    attempts = Counter(
        (one.user, _RECORDS[one.action][0])
        for one in trial.stage.witness.asked
        if one.action in _RECORDS and one.event.startswith("form:")
    )
    for key in expected | written:
        most = max(expected[key], attempts[key])
        wrong = min(written[key] - expected[key], 0) or max(written[key] - most, 0)
        for _ in range(abs(wrong)):
            yield (*key, wrong)
