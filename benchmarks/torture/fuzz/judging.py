"""What must not have come of it: by the answers, the bot's log, its rows and the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.torture.fuzz.letters import MARK, Letter
from benchmarks.torture.fuzz.wire import CLOSED_WITHIN_S, UNANSWERED
from benchmarks.torture.judges import decisions, money
from benchmarks.torture.judges.trial import Trial

_TAKEN = range(200, 400)
_BROKEN = range(500, 600)
_KEPT = 50


@dataclass
class Poured:
    """What was answered; of what should not have been, the first few as they were sent. `slow`
    are the seconds until each slow caller was shown out."""

    sent: int = 0
    signed: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    slow: Sequence[float] = ()

    def note(self, letter: Letter, status: int) -> None:
        self.sent += 1
        self.signed += letter.is_signed and letter.is_whole
        self.statuses[status] += 1
        told = f"{status} {letter.method.decode()} {letter.path.decode(errors='replace')} "
        told += letter.body.decode(errors="replace")
        if status in _BROKEN:
            self.broken.append(told)
        elif status in _TAKEN and not letter.is_signed:
            self.taken.append(told)
        elif status == UNANSWERED and letter.is_whole:
            self.unanswered.append(told)


def judge(trial: Trial, poured: Poured, log: bytes, *, alive: bool) -> None:
    """`alive`: it is the process that was started."""
    verdict = trial.verdict
    verdict.count("answers_5xx", poured.broken)
    verdict.count("unsigned_taken", poured.taken)
    verdict.count("unanswered", poured.unanswered)
    slow = [seconds for seconds in poured.slow if seconds > CLOSED_WITHIN_S]
    verdict.count("slow_kept", slow)
    verdict.count("bodies_in_log", _marked(log))
    verdict.count("deaths", [] if alive else ["the bot ended by itself"])
    approved = {row["id"] for row in trial.rows.approvals if row["state"].value == "approved"}
    ungrounded = [row for row in trial.rows.effects if row["approval_id"] not in approved]
    verdict.count(
        "effects_without_approval",
        [row for row in ungrounded if row["kind"] in ("refund", "account_change")],
    )
    money.judge(trial)
    decisions.judge_consent(trial)


def _marked(log: bytes) -> list[str]:
    marked = [line for line in log.splitlines() if MARK[: len(MARK) // 2].encode() in line]
    return [line.decode(errors="replace") for line in marked[:_KEPT]]
