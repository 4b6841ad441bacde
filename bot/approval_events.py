"""What happens to an approval before it is decided, beside `bot.events`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApprovalWaits:
    """A timer: so many quarters of the time to decide about this version are over."""

    approval: int
    quarters: int
    version: int = 1


@dataclass(frozen=True)
class GraceOver:
    """A timer: what was approved can be taken back no more."""

    approval: int


@dataclass(frozen=True)
class ChangesWanted:
    """Somebody asked for changes in this version, and the agent may propose it anew."""

    approval: int
    version: int


@dataclass(frozen=True)
class ChangesLeft:
    """The agent had no answer: a colleague is to give one."""

    approval: int
    version: int


@dataclass(frozen=True)
class ActRevised:
    """The agent proposes the act of this version anew, as the only act of that decision."""

    approval: int
    version: int
    decision: int


@dataclass(frozen=True)
class ChatChecked:
    """A timer: by now chat should have taken what was to be said of this version."""

    approval: int
    version: int


@dataclass(frozen=True)
class LinksWanted:
    """Whoever may decide about this version is to be written to; `by` says who wants it."""

    approval: int
    version: int
    by: str


@dataclass(frozen=True)
class LinkWanted:
    """This person is to have a link by e-mail."""

    approval: int
    version: int
    person: str


@dataclass(frozen=True)
class AbsenceOver:
    """A timer: `until`, in ISO 8601, this person said they would be away."""

    person: str
    until: str


@dataclass(frozen=True)
class GroundWatched:
    """A timer: what this version rests on is read again, while it waits."""

    approval: int
    version: int


@dataclass(frozen=True)
class ActLapsed:
    """What a proposed act rests on has changed, so that it cannot be done as it was asked for."""

    approval: int


@dataclass(frozen=True)
class ReplyLeaves:
    """A timer: what a colleague has written can be taken back no more."""

    message: int


@dataclass(frozen=True)
class ReplyWaits:
    """A colleague's letter is to be read by somebody else before it leaves."""

    message: int


@dataclass(frozen=True)
class Snoozed:
    """A timer: this person wanted to hear of this approval again by now."""

    approval: int
    person: str


@dataclass(frozen=True)
class CardsPileUp:
    """A timer: this list of the approvals that wait is looked at again."""

    digest: int


@dataclass(frozen=True)
class LetterWithdrawn:
    """What became of its ticket took a colleague's letter along."""

    approval: int


@dataclass(frozen=True)
class CanaryOver:
    """A timer: nobody has answered it in time."""

    canary: int


ApprovalEvent = (
    ApprovalWaits
    | GraceOver
    | ChangesWanted
    | ChangesLeft
    | ActRevised
    | GroundWatched
    | ActLapsed
    | ReplyLeaves
    | ReplyWaits
    | Snoozed
    | CardsPileUp
    | ChatChecked
    | LinksWanted
    | LinkWanted
    | AbsenceOver
    | LetterWithdrawn
    | CanaryOver
)
