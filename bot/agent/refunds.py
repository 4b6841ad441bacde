"""Which charge a customer wants back and how much of it, or what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.agent.amounts import charges_in, sums_in
from bot.agent.briefing import Briefing, ChargeFacts, ProposedAct
from bot.agent.reading import Reading
from bot.agent.signals import Hits, wishes_in
from bot.money import Money

_DUPLICATE = frozenset(["twice", "double", "duplicate", "doppelt", "zweimal", "doble", "deux"])

# Why nothing is proposed although money back is asked for, as signals: a person is told which.
FOREIGN, SPENT, TOO_MUCH = "charge_of_another", "charge_spent", "more_than_paid"


@dataclass(frozen=True)
class Chosen:
    """`evidence` says by what the charge was found, without a word of the customer's."""

    charge: ChargeFacts
    amount: Money
    evidence: str


def refund_wanted(briefing: Briefing, reading: Reading, found: Hits) -> ProposedAct | str:
    """The act, or the signal that says why there is none; empty when nothing certain was asked."""
    if not found.get("refund_wanted") or briefing.customer is None:
        return ""
    named = charges_in(reading.text)
    wanted = wishes_in(reading, found, "refund_wanted")
    if not named and not wanted:
        return ""
    beside = [amount for place in wanted for amount in sums_in(reading.sentence(place[0]))]
    chosen = _chosen(briefing.charges, named, sums_in(reading.text), beside, reading)
    if not isinstance(chosen, Chosen):
        return chosen
    return ProposedAct(
        "refund",
        {
            "charge": chosen.charge.id,
            "amount": chosen.amount.amount,
            "currency": chosen.amount.currency,
            "ticket": briefing.ticket,
            "customer": briefing.customer.id,
            "reason": f"{chosen.evidence} {_share(chosen)}",
        },
    )


def _chosen(
    charges: Sequence[ChargeFacts],
    named: Sequence[str],
    sums: Sequence[Money],
    beside: Sequence[Money],
    reading: Reading,
) -> Chosen | str:
    """The one charge that fits what was written, and how much of it.

    `beside` are the sums in the sentences that ask for money back.
    """
    candidates = [charge for charge in charges if charge.id in named] if named else list(charges)
    if named and len(set(named)) != len({charge.id for charge in candidates}):
        return FOREIGN if charges else ""
    if len(candidates) == 1 and (named or sums):
        by = "name this charge by its id" if named else "have this one charge on record"
        return _all_or_part(candidates[0], sums, beside, f"They {by}.")
    fitting = [charge for charge in candidates if charge.captured in sums]
    by = "They name the amount of this charge."
    if not sums and _DUPLICATE & reading.plain_words:
        fitting = _twins(candidates)
        by = f"They say they paid twice, and {len(fitting)} charges of this amount are on record."
    if fitting and len({charge.captured for charge in fitting}) == 1:
        return _all_or_part(fitting[0], sums, beside, by)
    return ""


def _twins(charges: Sequence[ChargeFacts]) -> list[ChargeFacts]:
    """Charges of an amount that was captured more than once, newest first."""
    amounts = [charge.captured for charge in charges]
    return [charge for charge in charges if amounts.count(charge.captured) > 1]


def _all_or_part(
    charge: ChargeFacts, sums: Sequence[Money], beside: Sequence[Money], evidence: str
) -> Chosen | str:
    """Without a sum everything that can be refunded; with one never more than that."""
    left = charge.refundable
    if left.amount <= 0:
        return SPENT
    if any(amount.currency != left.currency for amount in sums):
        return ""
    # The price of the whole charge is often told beside the part that should come back.
    parts = _parts(beside, charge) or _parts(sums, charge) or [charge.captured]
    if not sums:
        return Chosen(charge, left, evidence)
    if len(parts) > 1:
        return ""
    if parts[0].amount > left.amount:
        return TOO_MUCH
    return Chosen(charge, parts[0], evidence)


def _parts(sums: Sequence[Money], charge: ChargeFacts) -> list[Money]:
    return [amount for amount in dict.fromkeys(sums) if amount != charge.captured and amount.amount]


def _share(chosen: Chosen) -> str:
    if chosen.amount == chosen.charge.refundable:
        return f"The amount is all that can still be given back of its {chosen.charge.captured}."
    return f"They ask for this part of its {chosen.charge.captured}."
