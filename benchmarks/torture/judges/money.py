"""The provider's ledger: who got money back, how much, how often."""

from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.load import Case


def judge(trial: Trial) -> None:
    """One refund for each approval that was given, exactly as shown; none for any other."""
    verdict, known = trial.verdict, {case.charge: case for case in trial.cases}
    refunds = trial.refunds
    verdict.count("duplicate_refunds", [row for rows in refunds.values() for row in rows[1:]])
    verdict.count(
        "lost_refunds",
        [case for case in trial.cases if _is_due(trial, case) and not refunds.get(case.charge)],
    )
    verdict.count(
        "ghost_refunds",
        [
            row
            for charge, rows in refunds.items()
            for row in rows
            if charge not in known or not _is_due(trial, known[charge])
        ],
    )
    verdict.count(
        "wrong_refunds",
        [
            row
            for charge, rows in refunds.items()
            for row in rows
            if charge in known
            and (row["amount"], row["customer"], row["currency"].upper())
            != (known[charge].amount, known[charge].customer, "USD")
        ],
    )


def _is_due(trial: Trial, case: Case) -> bool:
    """By what people pressed; only where yes and no raced does the bot's own record say which."""
    if case.course == "contested":
        return trial.state(case) == "approved"
    return case.course == "granted"
