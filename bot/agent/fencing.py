"""A ticket as a model is shown it: what the record says, and people's words behind a fence.

The words are JSON whose every `<` is spelled as an escape, so that nothing anybody writes can end
the fence. What stands inside is data, and the instructions say so.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.agent.briefing import Briefing, ChargeFacts, CustomerFacts
from bot.agent.redaction import Redaction
from bot.personal import beginning

# As much as the deterministic agent reads of one message.
_MOST = 8_000
OPENS, CLOSES = "<ticket>", "</ticket>"


def shown(briefing: Briefing, redaction: Redaction) -> str:
    words = {
        "subject": redaction.hide(beginning(briefing.subject, 300)),
        "messages": [
            {"from": said.author, "text": redaction.hide(beginning(said.text, _MOST))}
            for said in briefing.said
        ],
    }
    return f"{record_of(briefing, redaction)}\n{OPENS}\n{fenced(words)}\n{CLOSES}"


def record_of(briefing: Briefing, redaction: Redaction) -> str:
    """From our own records and other systems'; nothing here was written by the customer."""
    told: dict[str, Any] = {
        "ticket": briefing.ticket,
        "channel": briefing.channel,
        "tags": list(briefing.tags),
        "today": briefing.today.isoformat() if briefing.today else None,
        "customer": customer_of(briefing.customer) if briefing.customer else None,
        "denied_before": [
            {"kind": act.kind, "args": dict(act.args), "reason": act.reason}
            for act in briefing.rejected
        ],
    }
    if asked := briefing.to_change:
        # Only where there is one: what most tickets show stays the same, and cached.
        told["to_change"] = {
            "kind": asked.kind,
            "args": dict(asked.args),
            "question": asked.question,
        }
    hidden = hide_all(told, redaction.hide)
    return f"<record>\n{fenced(hidden | {'charges': [*map(_charge, briefing.charges)]})}\n</record>"


def customer_of(facts: CustomerFacts) -> dict[str, Any]:
    value = facts.yearly_value
    return {
        "customer": facts.id,
        "account": facts.account,
        "role": facts.role,
        "tier": facts.tier,
        "region": facts.region,
        "yearly_value": f"{value.whole} {value.currency}" if value else None,
        "products": list(facts.releases or facts.products),
        "earlier_tickets": facts.earlier_tickets,
        "tickets_30_days": facts.tickets_30_days,
        "refunds_90_days": facts.refunds_90_days,
    }


def fenced(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def hide_all(told: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(told, Mapping):
        return {hide(str(name)): hide_all(value, hide) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [hide_all(value, hide) for value in told]
    return hide(told) if isinstance(told, str) else told


def _charge(charge: ChargeFacts) -> dict[str, Any]:
    return {
        "charge": charge.id,
        "captured": charge.captured.amount,
        "refundable": charge.refundable.amount,
        "currency": charge.captured.currency,
        "on": charge.on.isoformat() if charge.on else None,
    }
