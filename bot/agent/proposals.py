"""Acts that a ticket clearly asks for: the words, the record and the amount must all agree.

Whatever is unclear is left to a person; proposing nothing is always a right answer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.agent.amounts import emails_in
from bot.agent.briefing import Briefing, ProposedAct
from bot.agent.reading import Reading
from bot.agent.refunds import refund_wanted
from bot.agent.signals import CHANGES, Hits, wishes_in

REJECTED = "rejected_before"
_CIRCUMSTANCES = frozenset(["kind", "ticket", "reason"])
_MAY_GIVE_AWAY = frozenset(["admin", "executive", "champion", "billing"])
_PLANS = (
    "free",
    "starter",
    "basic",
    "standard",
    "pro",
    "premium",
    "team",
    "business",
    "enterprise",
)
_SEATS = re.compile(
    r"\b(\d{1,5})[ \w]{0,24}?\b(?:seat|licen|user|platz|plätze|lizenz|asiento|licen)", re.I
)
_TOTAL = re.compile(r"\b(?:to|total of|auf|a)\s+(\d{1,5})\b", re.I)
_FEWER = frozenset(["remove", "reduce", "drop", "cut", "decrease", "lower", "fewer", "entfernen"])


@dataclass(frozen=True)
class Proposed:
    """Refund first, then account changes in the order of their list; often nothing.

    `hindrance` is the signal that says why a wish for money back led to no act, where one does.
    """

    acts: tuple[ProposedAct, ...] = ()
    hindrance: str = ""


def propose(briefing: Briefing, reading: Reading, found: Hits) -> Proposed:
    if briefing.customer is None:
        return Proposed()
    refund = refund_wanted(briefing, reading, found)
    changes = tuple(_changes(briefing, reading, found))
    wanted = (refund, *changes) if isinstance(refund, ProposedAct) else changes
    acts = tuple(act for act in wanted if not was_rejected(act, briefing))
    if wanted and not acts:
        return Proposed((), REJECTED)
    return Proposed(acts, "" if isinstance(refund, ProposedAct) else refund)


def was_rejected(act: ProposedAct, briefing: Briefing) -> bool:
    """Whoever asks for the same again is answered by a person, not by the same card."""
    return any(
        past.kind == act.kind and _deed(past.args) == _deed(act.args) for past in briefing.rejected
    )


def _deed(args: Mapping[str, Any]) -> dict[str, Any]:
    """What is done to what, whatever it is called for and on whichever ticket."""
    return {name: value for name, value in args.items() if name not in _CIRCUMSTANCES}


def _changes(briefing: Briefing, reading: Reading, found: Hits) -> Iterator[ProposedAct]:
    customer = briefing.customer
    if customer is None or not customer.account or found.get("secrecy"):
        return
    for change in CHANGES:
        if not wishes_in(reading, found, change):
            continue
        if change == "owner" and customer.role not in _MAY_GIVE_AWAY:
            continue
        value = _value(change, reading)
        if value is not None:
            yield ProposedAct(
                "account_change",
                {
                    "account": customer.account,
                    "change": change,
                    "value": value,
                    "ticket": briefing.ticket,
                    "customer": customer.id,
                },
            )


def _value(change: str, reading: Reading) -> str | None:
    if change == "cancel":
        return ""
    if change == "seats":
        return _seats(reading)
    if change == "plan":
        return _plan(reading)
    addresses = list(dict.fromkeys(emails_in(reading.body)))
    if len(addresses) == 1:
        return addresses[0]
    to = [address for address in addresses if f"to {address}" in reading.body]
    return to[0] if len(to) == 1 else None


def _seats(reading: Reading) -> str | None:
    found = _SEATS.search(reading.text)
    total = _TOTAL.search(reading.text)
    if total:
        return total[1].lstrip("0") or None
    if found is None or not found[1].lstrip("0"):
        return None
    sign = "-" if _FEWER & reading.plain_words else "+"
    return sign + found[1].lstrip("0")


def _plan(reading: Reading) -> str | None:
    """The plan that is moved to: the only one named, or the one behind `to`."""
    words = [word.text for word in reading.words]
    named = [plan for plan in _PLANS if plan in words]
    if len(named) == 1:
        return named[0]
    behind = {"to", "auf", "al", "au", "para", "the", "plan"}
    to = [
        word
        for at, word in enumerate(words)
        if word in _PLANS
        and at
        and (words[at - 1] in behind - {"plan"})
        and "to" in words[max(0, at - 2) : at]
    ]
    return to[0] if len(set(to)) == 1 else None
