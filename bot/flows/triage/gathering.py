"""What an agent is told beside the customer's words: articles, charges, others alike, what was
rejected."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import incidents
from bot.agent.briefing import Briefing, ChargeFacts, Passage, Proposal, RejectedAct
from bot.agent.poison import hidden_in
from bot.errors import OutsideError, TryLater
from bot.ports import AccountActions, Payments
from storage.search import Search
from storage.unit_of_work import UnitOfWork

PASSAGES = 5
# The score of a passage that is as likely to help as not: it becomes a half.
HALF = 8.0
# Trouble of these kinds is told by many at once; a day's how-to questions are no incident.
SPREADING = frozenset({"outage", "performance"})
INCIDENT_WINDOW = timedelta(hours=3)
USUAL_WINDOW = timedelta(days=7)
# A no is remembered for as long as refunds count.
LESSONS_LAST = timedelta(days=90)

Reading = Callable[[], UnitOfWork]


def passages(subject: str, words: str, search: Search) -> tuple[Passage, ...]:
    """What search finds among public articles, as an agent sees it: scores between 0 and 1. What
    hides something from people is not shown to a machine either. Meaning helps to find, and proves
    nothing: an agent is as sure of an article as words and links make it."""
    found = search.articles(words, PASSAGES, subject=subject)
    return tuple(
        Passage(f.ref, f.title, f.text, f.proved / (f.proved + HALF), f.language, f.linked)
        for f in sorted(found, key=lambda found: -found.proved)
        if not hidden_in(f"{f.title}\n{f.text}")
    )


def rejected(customer: int, uow: UnitOfWork, now: datetime) -> tuple[RejectedAct, ...]:
    """The newest last; of what was erased there is nothing to learn."""
    return tuple(
        RejectedAct(approval.kind, json.loads(approval.payload), approval.reason or "")
        for approval in uow.approvals.rejected(customer, now - LESSONS_LAST)
        if approval.payload
    )


def among_others(briefing: Briefing, category: str, reading: Reading, now: datetime) -> Briefing:
    """How many others tell of this: open ones of these hours, beside what a week makes usual. Of
    less than a week nothing is usual: a first day would be one great spike."""
    with reading() as uow:
        incident = _known_incident(briefing, uow, now)
        alike = uow.tickets.open_in(category, now - INCIDENT_WINDOW)
        usual = uow.tickets.count_in(category, now - USUAL_WINDOW, now - INCIDENT_WINDOW)
        is_known = uow.tickets.had_any(now - USUAL_WINDOW)
    spans = USUAL_WINDOW / INCIDENT_WINDOW - 1
    similar = alike if category in SPREADING else 0
    return replace(
        briefing,
        incident=incident,
        similar_open=similar,
        alike_open=alike if is_known else 0,
        alike_usually=usual / spans,
    )


def _known_incident(briefing: Briefing, uow: UnitOfWork, now: datetime) -> str:
    """The oldest that touches the customer's account, or, of a customer whose products nobody
    knows, the words of the ticket."""
    customer = briefing.customer
    has, where = (customer.products, customer.region) if customer else ((), "")
    words = " ".join([briefing.subject, *(said.text for said in briefing.said)])
    for signal in uow.signals.on(now - incidents.BELIEVED):
        if has:
            is_hit = incidents.touches(signal.products, signal.region, signal.name, has, where)
        else:
            is_named = incidents.speaks_of(signal.products, words)
            is_hit = is_named and incidents.in_region(signal.region, where)
        if is_hit:
            return (
                f"{signal.name} ({signal.severity}, since {signal.started_at:%Y-%m-%d %H:%M} UTC)"
            )
    return ""


def account_now(
    proposal: Proposal, account_actions: AccountActions | None, may_wait: bool
) -> Mapping[str, str]:
    """What an account holds that is proposed to be changed; raises TryLater as `charges`. A card
    that could not show it says so."""
    accounts = [act.args.get("account") for act in proposal.acts if act.kind == "account_change"]
    if account_actions is None or not accounts:
        return {}
    try:
        return account_actions.values(str(accounts[0]))
    except OutsideError as error:
        if may_wait and isinstance(error, TryLater):
            raise
        return {}


def charges(
    payment_ref: str | None, payments: Payments | None, may_wait: bool
) -> tuple[ChargeFacts, ...]:
    """Raises TryLater where one `may_wait`: an answer that got lost is soon asked for again."""
    if payments is None or payment_ref is None:
        return ()
    try:
        found = payments.charges_of(payment_ref)
    except OutsideError as error:
        if may_wait and isinstance(error, TryLater):
            raise
        # Without its charges a wish for money back finds no act and goes to a person, which is
        # right while the provider is away; waiting longer would keep the customer waiting too.
        return ()
    return tuple(ChargeFacts(c.id, c.captured, c.refundable, c.on) for c in found)
