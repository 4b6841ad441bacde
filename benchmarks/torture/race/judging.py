"""What a race left behind: the rows and the provider's own record, read past the bot's code."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from benchmarks.torture.indoors import staff
from benchmarks.torture.indoors.outside import Refunded
from benchmarks.torture.judges.rows import Row, Rows, read_rows
from benchmarks.torture.judges.trial import Verdict
from benchmarks.torture.race.contest import Contest

_INPUTS = frozenset({"GrantApproval", "RejectApproval"})


def judge(contest: Contest, verdict: Verdict) -> None:
    room, rows = contest.room, read_rows(contest.room.url)
    verdict.count("double_grants", [*_granted_twice(rows), *_beyond_the_day(rows)])
    verdict.count("double_effects", list(_paid_twice(room.till.refunds, contest.calls)))
    verdict.count("lost_deliveries", list(_lost(rows, room.till.refunds, room.now())))
    verdict.count("unretried_failures", contest.unanswered)
    verdict.count("doubled_inputs", list(_unequal(rows, contest)))
    verdict.count("audit_breaks", [rows.broken] if rows.broken else [])


def _granted_twice(rows: Rows) -> Iterator[str]:
    """More than one yes of one person, more than it takes, or a yes to what was refused."""
    given = Counter(_about(rows, "approval granted"))
    closed = Counter(_about(rows, "approval rejected"))
    yes = Counter((vote["approval_id"], vote["person"]) for vote in rows.votes)
    yield from (f"approval {number}, {person}" for (number, person), n in yes.items() if n > 1)
    for row in rows.approvals:
        about = f"approval:{row['id']}"
        is_both = closed[about] and given[about] >= row["needed"]
        if row["needed"] and (given[about] > row["needed"] or is_both or closed[about] > 1):
            yield f"{about} granted {given[about]} of {row['needed']}, refused {closed[about]}"


def _beyond_the_day(rows: Rows) -> Iterator[str]:
    amounts = {row["id"]: row["amount"] for row in rows.approvals}
    spent: Counter[tuple[str, str]] = Counter()
    for vote in rows.votes:
        spent[vote["person"], f"{vote['at']:%F}"] += amounts[vote["approval_id"]]
    for (person, day), amount in spent.items():
        if amount > staff.PERSON_A_DAY:
            yield f"{person} gave {amount} on {day}"


def _paid_twice(refunds: Sequence[Refunded], calls: Sequence[str]) -> Iterator[str]:
    """Nothing failed outside, so that whatever was called twice was carried twice."""
    paid = Counter(one.charge for one in refunds)
    called = Counter(call for call in calls if call.startswith("refund "))
    for many in (paid, called):
        yield from (f"{name} x {n}" for name, n in many.items() if n > 1)


def _lost(rows: Rows, refunds: Sequence[Refunded], now: datetime) -> Iterator[str]:
    paid = {one.charge for one in refunds}
    for row in rows.deliveries:
        state = row["state"].value
        if state in ("leased", "dead") or (state == "waiting" and row["due"] <= now):
            yield f"{row['step']} is {state}: {row['error']}"
    charges = {row["approval_id"]: row["payload"].get("charge") for row in rows.effects}
    for row in rows.approvals:
        is_approved = row["state"].value == "approved"
        if is_approved and charges.get(row["id"]) not in paid:
            yield f"approval {row['id']} is approved and not paid"


def _unequal(rows: Rows, contest: Contest) -> Iterator[str]:
    """Each click is written down once, accepted or refused."""
    written = sum(row["kind"] in ("approval granted", "approval rejected") for row in rows.audit)
    written += sum(_is_refusal(row) for row in rows.audit)
    if written != len(contest.pressed):
        yield f"{len(contest.pressed)} clicks, {written} written down"


def _is_refusal(row: Row) -> bool:
    return bool(row["kind"] == "refused" and row["subject"] in _INPUTS)


def _about(rows: Rows, kind: str) -> list[str]:
    return [row["subject"] for row in rows.audit if row["kind"] == kind]
