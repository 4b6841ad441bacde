"""What keeps an effect from leaving for now: the kill switch, and a mode that was taken back."""

from collections.abc import Mapping
from datetime import datetime

from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import Outdated
from bot.flows.approval.ending import record
from bot.publisher import Publisher
from bot.steps import Again
from storage.models import Approval, Effect, Switch, Ticket
from storage.unit_of_work import UnitOfWork

SWITCH = Switch.EFFECTS
STOPPED, OBSERVED = "stopped", "observed"
# A stop is to be felt within five seconds, and its lifting too. A mode changes with a restart.
_WAITS: Mapping[str, float] = {STOPPED: 1.0, OBSERVED: 60.0}
WORDS: Mapping[str, str] = {
    STOPPED: "effects are stopped",
    OBSERVED: "the bot only observes here again",
}


def why_held(
    effect: Effect, approval: Approval | None, ticket: Ticket, uow: UnitOfWork, settings: Settings
) -> str | None:
    if uow.switches.get(SWITCH) is not None:
        return STOPPED
    if approval is not None:
        mode = settings.mode_for(approval.category, effect.kind)
    else:
        mode = settings.mode_for(ticket.category)
    return OBSERVED if mode == "observe" else None


def hold(
    effect: Effect,
    why: str,
    uow: UnitOfWork,
    now: datetime,
    directory: Directory,
    publisher: Publisher,
) -> Again:
    """It waits, and whoever counts on it is told so, once."""
    if effect.trouble != why:
        # What waits here fails nowhere: when it goes on, it has its half hour anew.
        effect.trouble, effect.called_at = why, None
        record(uow, effect, "effect held", now)
        if effect.approval_id is not None:
            publisher.redraw(uow, f"approval-{effect.approval_id}")
        _tell_writer(effect, why, uow, directory, publisher)
    return Again(_WAITS[why], WORDS[why], held=True)


def check_mode(approval: Approval, settings: Settings) -> None:
    """What was asked for in another mode is not granted in this one.

    Raises:
        Outdated: The act is only observed again. Rejecting it stays possible.

    """
    if settings.mode_for(approval.category, approval.kind) == "observe":
        raise Outdated(
            "The bot only observes acts like this one again, so nothing is paid, changed or sent. "
            "You can reject it, or have it wait until app.yaml says draft or live."
        )


def _tell_writer(
    effect: Effect, why: str, uow: UnitOfWork, directory: Directory, publisher: Publisher
) -> None:
    kind, _, ident = effect.authority.partition(":")
    person = directory.get(ident) if kind == "person" and effect.kind == "reply" else None
    if person is not None:
        publisher.tell(
            uow,
            person,
            f"Your reply on ticket #{effect.ticket_id} has not left yet: {WORDS[why]}. "
            "It leaves once that is over.",
            effect.ticket_id,
        )
