"""Acts that a ticket clearly asks for: the words, the record and the amount must all agree.

Whatever is unclear is left to a person; proposing nothing is always a right answer.
"""

import re
from collections.abc import Iterator, Sequence

from bot.agent.amounts import charges_in, emails_in, sums_in
from bot.agent.briefing import Briefing, ChargeFacts, ProposedAct
from bot.agent.reading import Reading
from bot.agent.signals import CHANGES, Hits, wishes_in
from bot.money import Money

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
_DUPLICATE = frozenset(["twice", "double", "duplicate", "doppelt", "zweimal", "doble", "deux"])


def propose(briefing: Briefing, reading: Reading, found: Hits) -> tuple[ProposedAct, ...]:
    """Refund first, then account changes in the order of their list; often nothing."""
    if briefing.customer is None:
        return ()
    return (*_refunds(briefing, reading, found), *_changes(briefing, reading, found))


def _refunds(briefing: Briefing, reading: Reading, found: Hits) -> Iterator[ProposedAct]:
    if not found.get("refund_wanted") or briefing.customer is None:
        return
    named = charges_in(reading.text)
    wanted = wishes_in(reading, found, "refund_wanted")
    if not named and not wanted:
        return
    beside = [amount for place in wanted for amount in sums_in(reading.sentence(place[0]))]
    chosen = _chosen(briefing.charges, named, sums_in(reading.text), beside, reading)
    if chosen is None:
        return
    charge, amount = chosen
    yield ProposedAct(
        "refund",
        {
            "charge": charge.id,
            "amount": amount.amount,
            "currency": amount.currency,
            "ticket": briefing.ticket,
            "customer": briefing.customer.id,
            "reason": "The customer asks for this money back.",
        },
    )


def _chosen(
    charges: Sequence[ChargeFacts],
    named: Sequence[str],
    sums: Sequence[Money],
    beside: Sequence[Money],
    reading: Reading,
) -> tuple[ChargeFacts, Money] | None:
    """The one charge that fits what was written, and how much of it; None when in doubt.

    `beside` are the sums in the sentences that ask for money back.
    """
    candidates = [charge for charge in charges if charge.id in named] if named else list(charges)
    if named and len(set(named)) != len({charge.id for charge in candidates}):
        return None
    if len(candidates) == 1 and (named or sums):
        return _all_or_part(candidates[0], sums, beside)
    fitting = [charge for charge in candidates if charge.captured in sums]
    if not sums and _DUPLICATE & reading.plain_words:
        fitting = _twins(candidates)
    if fitting and len({charge.captured for charge in fitting}) == 1:
        return _all_or_part(fitting[0], sums, beside)
    return None


def _twins(charges: Sequence[ChargeFacts]) -> list[ChargeFacts]:
    """Charges of an amount that was captured more than once, newest first."""
    amounts = [charge.captured for charge in charges]
    return [charge for charge in charges if amounts.count(charge.captured) > 1]


def _all_or_part(
    charge: ChargeFacts, sums: Sequence[Money], beside: Sequence[Money]
) -> tuple[ChargeFacts, Money] | None:
    """Without a sum everything that can be refunded; with one never more than that."""
    left = charge.refundable
    if left.amount <= 0 or any(amount.currency != left.currency for amount in sums):
        return None
    # The price of the whole charge is often told beside the part that should come back.
    parts = _parts(beside, charge) or _parts(sums, charge) or [charge.captured]
    if not sums:
        return charge, left
    if len(parts) > 1 or parts[0].amount > left.amount:
        return None
    return charge, parts[0]


def _parts(sums: Sequence[Money], charge: ChargeFacts) -> list[Money]:
    return [amount for amount in dict.fromkeys(sums) if amount != charge.captured and amount.amount]


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
