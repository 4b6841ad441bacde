"""Which post of a card was clicked: a copy that somebody made of it decides nothing."""

from collections.abc import Sequence

from bot import approval_commands as commands
from bot.config import Settings
from bot.errors import NotAllowed, Outdated
from storage.models import PostState
from storage.repositories import Copy


def original(
    command: commands.OnApprovalCard | commands.UndoApproval | commands.OnDigest,
    copies: Sequence[Copy],
    settings: Settings,
) -> Copy:
    """The post of ours that was clicked.

    Raises:
        NotAllowed: It is a copy that somebody else made, which decides nothing.
        Outdated: It is still being posted.

    """
    for copy in copies:
        if copy.is_at(command.by.surface, command.channel, command.message):
            return copy
    if any(copy.state is PostState.POSTING for copy in copies):
        raise Outdated("This card is still being put up. Please press again in a few seconds.")
    raise NotAllowed(
        "This is a copy of the card, so its buttons do nothing. Use the original; "
        f"`{settings.command_names.approvals}` shows what waits for you."
    )
