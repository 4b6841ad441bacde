"""On Home: how somebody decides, to them alone; to leads, how a gate's people do together."""

from datetime import timedelta

from bot.cards import Block, Divider, Strong, Text
from bot.flows.reporting.consent import LONG_RUN, Signs, by_gate, in_words, signs
from bot.people import Person
from bot.ports import Clock
from storage.consents import said
from storage.unit_of_work import UnitOfWork

DAYS = 30
# A Home is drawn where clicks are written: a busy month must not keep them waiting.
MOST = 500
LEADING = frozenset({"lead", "admin"})


def deciding(person: Person, uow: UnitOfWork, clock: Clock) -> list[Block]:
    """Nothing for whoever decided nothing and leads nobody."""
    since = clock.now() - timedelta(days=DAYS)
    own = said(uow.session, since, MOST, person.id)
    blocks: list[Block] = _own(signs(own)) if own else []
    # A partner's lead leads none of ours.
    if person.roles & LEADING and not person.is_partner:
        shown, _ = by_gate(said(uow.session, since, MOST))
        blocks += [Text((_together(gate, theirs),)) for gate, theirs in shown.items()]
    if not blocks:
        return []
    title = f"Decisions of the last {DAYS} days, {MOST} at most"
    return [Divider(), Text((Strong(title),)), *blocks]


def _own(mine: Signs) -> list[Block]:
    run = f"Your longest run of yeses without a no: {mine.longest:,}."
    return [
        Text((f"You: {in_words(mine)}. {run}",)),
        Text(("Only you see this line.",), "context"),
    ]


def _together(gate: str, theirs: Signs) -> str:
    runs = f"runs of {LONG_RUN} or more yeses of one person without a no: {theirs.long_runs:,}"
    return f"Gate {gate}, {theirs.people} people together: {in_words(theirs)}; {runs}."
