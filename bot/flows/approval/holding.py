"""What keeps an effect from leaving for now: the kill switch, a mode that was taken back, and a
chat platform that is not connected and so vouches for nobody."""

from collections.abc import Mapping
from datetime import datetime

from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import Outdated
from bot.flows.approval.consent import Consent
from bot.flows.approval.ending import record
from bot.ports import Standings
from bot.publisher import Publisher
from bot.steps import Again
from storage.models import Approval, Effect, Switch, Ticket
from storage.unit_of_work import UnitOfWork

SWITCH = Switch.EFFECTS
STOPPED, OBSERVED, UNVOUCHED = "stopped", "observed", "unvouched"
# A stop is to be felt within five seconds, and its lifting too. A mode changes with a restart, and
# so does a token.
_WAITS: Mapping[str, float] = {STOPPED: 1.0, OBSERVED: 60.0, UNVOUCHED: 60.0}
WORDS: Mapping[str, str] = {
    STOPPED: "effects are stopped",
    OBSERVED: "the bot only observes here again",
    UNVOUCHED: "Slack is not connected, and nobody else says whether who approved still may",
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


def is_unvouched(agreed: Consent | str, standings: Standings | None) -> bool:
    """A bot without its token would never hear that an approver's account was closed."""
    return isinstance(agreed, Consent) and agreed.is_asked and standings is None


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
