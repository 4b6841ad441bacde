"""Whether somebody decides about what still stands, and what their decision rests on."""

from collections.abc import Mapping
from datetime import datetime

from bot import approval_commands as commands
from bot.config.directory import Directory
from bot.errors import AlreadyDecided, Outdated
from bot.flows.approval.withdrawing import WITHDRAWN
from bot.people import Person
from storage.models import Approval, ApprovalState
from storage.repositories import Shown


def shown(approval: Approval) -> Mapping[str, object]:
    """What a button brings back with the click."""
    about = {"approval": approval.id, "version": approval.version}
    return about | {"digest": approval.digest}


def shown_to(command: commands.OnApproval) -> Shown:
    return Shown(command.version, command.digest)


def entitled(person: Person, kind: str) -> Mapping[str, object]:
    """What somebody's decision rested on, as it was at the click."""
    limit = person.limits.get(kind)
    held = {"roles": sorted(person.roles), "organisation": person.organisation}
    return held | {"limit": None if limit is None else str(limit)}


def check_seen(command: commands.OnApproval, approval: Approval) -> None:
    """Raises Outdated for a card of what stood there before."""
    if shown_to(command) != Shown(approval.version, approval.digest):
        raise Outdated("This act has changed since the card was drawn. Please look at it again.")


def check_open(approval: Approval, now: datetime, directory: Directory) -> None:
    """Raises AlreadyDecided or Outdated where nobody can say yes or no any more."""
    is_open = approval.is_undecided or approval.is_returned
    if not is_open or approval.expires_at <= now:
        raise too_late(approval, directory)


def too_late(approval: Approval, directory: Directory) -> AlreadyDecided | Outdated:
    """Why a decision was not taken, as it stands."""
    match approval.state:
        case ApprovalState.APPROVED | ApprovalState.REJECTED:
            person = directory.get(approval.decided_by or "")
            who = person.name if person else "The policy"
            return AlreadyDecided(f"{who} was faster: this is {approval.state.value} already.")
        case ApprovalState.PENDING if approval.is_granted:
            person = directory.get(approval.decided_by or "")
            who = person.name if person else "Somebody"
            return AlreadyDecided(f"{who} was faster: this is approved already.")
        case ApprovalState.PENDING if approval.is_returned:
            return Outdated("Somebody asked for changes here: it waits for their answer first.")
        case ApprovalState.PENDING:
            return Outdated("The time to decide this is over, or it has changed. Look again.")
        case ApprovalState.WITHDRAWN:
            # An erasure takes the reason too.
            why = WITHDRAWN.get(approval.reason or "", "its customer was erased since")
            return Outdated(f"This is withdrawn: {why}.")
    return Outdated("This approval has expired. The ticket is with a specialist now.")
