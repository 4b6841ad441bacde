"""What is asked about an approval; frozen, beside `bot.commands`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.people import Account


@dataclass(frozen=True)
class OnApproval:
    """Somebody decides about what they have before them: its version, and the hash of what it
    says."""

    by: Account
    approval: int
    version: int
    digest: str


@dataclass(frozen=True)
class OnApprovalCard(OnApproval):
    """They clicked this copy of its card."""

    channel: str
    message: str


@dataclass(frozen=True)
class GrantApproval(OnApprovalCard):
    """`code` of their authenticator, where they were asked for one. Who followed a link by e-mail
    clicked no copy of the card: `link` is its id."""

    code: str = ""
    link: int = 0


@dataclass(frozen=True)
class UndoApproval:
    """Take one's own approval back, while it has not left yet."""

    by: Account
    approval: int
    channel: str
    message: str


@dataclass(frozen=True)
class WithdrawApproval(OnApprovalCard):
    """I asked for this myself, and do not want it any more."""


@dataclass(frozen=True)
class SnoozeApproval(OnApprovalCard):
    """Remind me of it later."""


@dataclass(frozen=True)
class OpenRejection(OnApprovalCard):
    pass


@dataclass(frozen=True)
class RejectApproval(OnApproval):
    """`code` and `link` of whoever followed a link by e-mail."""

    reason: str
    code: str = ""
    link: int = 0


@dataclass(frozen=True)
class OpenRevision(OnApprovalCard):
    """Let me change it, or answer what was asked about it."""


@dataclass(frozen=True)
class ReviseApproval(OnApproval):
    """`typed` by the names of the act's fields; `read_over` is the hash of what was typed when it
    was laid before them the last time."""

    typed: Mapping[str, str]
    note: str
    read_over: str


@dataclass(frozen=True)
class OpenReturning(OnApprovalCard):
    pass


@dataclass(frozen=True)
class ReturnApproval(OnApproval):
    """Nobody can approve it before the question is answered."""

    question: str


@dataclass(frozen=True)
class OpenComment(OnApprovalCard):
    pass


@dataclass(frozen=True)
class CommentOnApproval(OnApproval):
    text: str


@dataclass(frozen=True)
class OnDigest:
    """They clicked the list of what waits, in this post."""

    by: Account
    digest: int
    channel: str
    message: str


@dataclass(frozen=True)
class OpenAlike(OnDigest):
    """Let me see what is the same act as this one, to decide all of them together."""

    approval: int


@dataclass(frozen=True)
class GrantAlike(OnDigest):
    """`each`: approval, version and hash of those that they have before them."""

    each: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class BringApproval:
    """Show me this card privately, with its buttons."""

    by: Account
    approval: int


@dataclass(frozen=True)
class ListApprovals:
    by: Account


@dataclass(frozen=True)
class FollowLink:
    """Show what a link by e-mail leads to; `token` is what stands in it."""

    token: str


@dataclass(frozen=True)
class NoteStandings:
    """Their platform said this of these accounts just now."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class GoAway:
    """`typed`: until when, and perhaps who is asked meanwhile, such as "Monday 9:00 for Max"."""

    by: Account
    typed: str


@dataclass(frozen=True)
class ComeBack:
    by: Account


@dataclass(frozen=True)
class ShowCanary:
    """By the clock: see whether it is time for one."""


@dataclass(frozen=True)
class AnswerCanary:
    """Somebody pressed a button of it: a yes, or any other."""

    by: Account
    canary: int
    pressed: Literal["yes", "another"]


ApprovalCommand = (
    GrantApproval
    | UndoApproval
    | WithdrawApproval
    | SnoozeApproval
    | OpenRejection
    | RejectApproval
    | OpenRevision
    | ReviseApproval
    | OpenReturning
    | ReturnApproval
    | OpenComment
    | CommentOnApproval
    | OpenAlike
    | GrantAlike
    | BringApproval
    | ListApprovals
    | FollowLink
    | NoteStandings
    | GoAway
    | ComeBack
    | ShowCanary
    | AnswerCanary
)
