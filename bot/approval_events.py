"""Timers of an approval, beside `bot.events`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApprovalWaits:
    """A timer: so many quarters of the approval's time are over."""

    approval: int
    quarters: int


@dataclass(frozen=True)
class GraceOver:
    """A timer: what was approved can be taken back no more."""

    approval: int


ApprovalEvent = ApprovalWaits | GraceOver
