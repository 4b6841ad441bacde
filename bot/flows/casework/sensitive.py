"""Which of a colleague's replies somebody else reads before they leave."""

from collections.abc import Mapping

from bot.agent.sensitive import touched
from bot.dossier import dossier
from bot.flows.casework.holding import Casework
from storage.models import Escalation, Ticket
from storage.unit_of_work import UnitOfWork

_BY_RULE: Mapping[str, str] = {
    "legal": "legal",
    "threat": "legal",
    "safety": "security",
    "incident": "outage",
    "executive": "executive",
    "high_tier": "high_tier",
}
_WORDS: Mapping[str, str] = {
    "grief": "a loss",
    "legal": "a legal matter",
    "security": "safety or security",
    "outage": "an outage",
    "executive": "an executive",
    "high_tier": "a customer of a high tier",
}


def why_read_first(
    text: str, escalation: Escalation, ticket: Ticket, uow: UnitOfWork, casework: Casework
) -> str:
    """What it touches, in words; nothing where it may leave at once."""
    settings = casework.settings
    heard = uow.tickets.conversation(ticket.id, public_only=True)
    said = "\n".join([text, *(one.body for one in heard if one.author.is_outside)])
    facts = dossier(uow, ticket.customer_id, casework.clock.now()).facts
    found = set(touched(said)) | {_BY_RULE.get(escalation.rule, "")}
    if facts.role == "executive":
        found.add("executive")
    if facts.tier in settings.escalation.rules.high_tier:
        found.add("high_tier")
    asked = [name for name in settings.approvals.sensitive if name in found]
    return " and ".join(_WORDS[name] for name in asked)
