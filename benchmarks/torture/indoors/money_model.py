"""What becomes of money that was consented to: one effect, tried until it is known how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.torture.indoors.outside import Fault

GIVE_UP, LANDED = timedelta(minutes=30), timedelta(minutes=5)
LONGEST_S, FIRST_S, HELD_S = 60.0, 0.5, 1.0
OVER = ("done", "refused", "stuck")


@dataclass(frozen=True)
class Consent:
    """`voters` is what is known of each whose yes still counts by our own rules: True for an
    account that may act, False for one that may not, None while nobody says."""

    voters: Sequence[bool | None]
    needed: int

    @property
    def is_enough(self) -> bool:
        return len(self.voters) >= self.needed

    @property
    def word(self) -> str:
        if list(self.voters).count(True) >= self.needed:
            return "holds"
        possible = len(self.voters) - list(self.voters).count(False)
        return "unsure" if possible >= self.needed else "lost"


@dataclass
class Payment:
    """`sent` says what is known of the key in force: never, maybe, settled (for good, and if there
    is nothing by now, there never will be)."""

    due: datetime
    state: str = "ready"
    sent: str = "never"
    paid: bool = False
    since: datetime | None = None
    trouble: str = ""

    def wait(self, now: datetime, seconds: float) -> None:
        self.due = now + timedelta(seconds=seconds)

    def attempt(self, now: datetime, consent: Consent, stopped: bool, fault: Fault) -> bool:
        """One try at `now`, which `fault` befalls if it gets as far as the call; whether it did."""
        if stopped:
            self.since = None if self.trouble != "stopped" else self.since
            self.trouble = "stopped"
            self.wait(now, HELD_S)
            return False
        was = self.sent
        if was == "never" and not consent.is_enough:
            self.state = "refused"
            return False
        self.since = self.since or now
        if self.trouble != "left":
            self.trouble = ""
        self.state, self.sent = "calling", "maybe" if was == "never" else was
        if was != "never" and self.paid:
            self.state = "done"
            return False
        if was == "settled":
            self.state, self.sent = "ready", "never"
            self.due = now
            return False
        if consent.word == "unsure":
            self._unanswered(now, was)
            return False
        if consent.word == "lost":
            self._lost(now, was)
            return False
        self._call(now, was, fault)
        return True

    def _call(self, now: datetime, was: str, fault: Fault) -> None:
        self.paid = fault in ("", "lost", "crash after")
        match fault:
            case "":
                self.state = "done"
            case "refused":
                self.state = "refused"
            case "later":
                self._unanswered(now, was)
            case "crash" | "crash after":
                # Whoever takes over finds that a call is out.
                self.due = now
            case _:
                self.trouble = ""
                self._unanswered(now, "settled" if fault == "settled" else "maybe")

    def _unanswered(self, now: datetime, sent: str) -> None:
        self.sent = sent
        self.state = "ready" if sent == "never" else "calling"
        tried = now - (self.since or now)
        if tried > GIVE_UP:
            self.state = "stuck"
        self.wait(now, min(LONGEST_S, max(FIRST_S, tried.total_seconds())))

    def _lost(self, now: datetime, was: str) -> None:
        """Consent went after a call was out: it is looked for until it must have landed."""
        if was == "never":
            self.state = "refused"
            return
        if self.trouble != "left" or self.since is None:
            self.trouble, self.since = "left", now
        looked = now - self.since
        if looked > LANDED:
            self.state = "refused"
        self.wait(now, min(LONGEST_S, max(FIRST_S, looked.total_seconds())))
