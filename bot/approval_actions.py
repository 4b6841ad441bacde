"""The buttons and forms of approvals, by name; the part of `bot.actions` that is theirs."""

from collections.abc import Callable, Mapping

from bot import approval_commands as commands
from bot.people import Account
from bot.pressed import Pressed, whole

TYPED = "new_"
"""Before the names of an act's fields in the form that changes it."""


def _shown(p: Pressed) -> tuple[Account, int, int, str]:
    # A card that was drawn before acts could be changed shows the first version.
    version = p.number("version") if "version" in p.args else 1
    return p.by, p.number("approval"), version, p.word("digest")


def _clicked(p: Pressed) -> tuple[Account, int, int, str, str, str]:
    return *_shown(p), p.channel, p.message


BUILDERS: Mapping[str, Callable[[Pressed], commands.ApprovalCommand]] = {
    "approval.grant": lambda p: commands.GrantApproval(*_clicked(p)),
    "approval.grant_with_code": lambda p: commands.GrantApproval(
        *_shown(p), p.word("channel"), p.word("message"), p.word("code")
    ),
    "approval.undo": lambda p: commands.UndoApproval(
        p.by, p.number("approval"), p.channel, p.message
    ),
    "approval.withdraw": lambda p: commands.WithdrawApproval(*_clicked(p)),
    "approval.snooze": lambda p: commands.SnoozeApproval(*_clicked(p)),
    "approval.open_rejection": lambda p: commands.OpenRejection(*_clicked(p)),
    "approval.reject": lambda p: commands.RejectApproval(*_shown(p), p.word("reason")),
    "approval.open_revision": lambda p: commands.OpenRevision(*_clicked(p)),
    "approval.revise": lambda p: commands.ReviseApproval(
        *_shown(p), _typed(p), p.word("note"), p.word("read_over")
    ),
    "approval.open_returning": lambda p: commands.OpenReturning(*_clicked(p)),
    "approval.return": lambda p: commands.ReturnApproval(*_shown(p), p.word("question")),
    "approval.open_comment": lambda p: commands.OpenComment(*_clicked(p)),
    "approval.comment": lambda p: commands.CommentOnApproval(*_shown(p), p.word("text")),
    "approval.open_alike": lambda p: commands.OpenAlike(
        p.by, p.number("digest"), p.channel, p.message, p.number("approval")
    ),
    "approval.grant_alike": lambda p: commands.GrantAlike(
        p.by, p.number("digest"), p.word("channel"), p.word("message"), _each(p)
    ),
    "canary.yes": lambda p: commands.AnswerCanary(p.by, p.number("canary"), "yes"),
    "canary.doubt": lambda p: commands.AnswerCanary(p.by, p.number("canary"), "another"),
    "approval.bring": lambda p: commands.BringApproval(p.by, p.number("approval")),
}


def _each(p: Pressed) -> tuple[tuple[int, int, str], ...]:
    """ID:VERSION:HASH of each, with a space between two."""
    parts = (one.split(":") for one in p.word("each").split())
    return tuple((whole(ident), whole(version), digest) for ident, version, digest in parts)


def _typed(p: Pressed) -> Mapping[str, str]:
    fields = [name for name in p.args if name.startswith(TYPED)]
    return {name.removeprefix(TYPED): p.word(name) for name in fields}
