"""An incident as the team sees it: what is wrong, since when, and whose work hangs on it."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import Block, Card, Facts, Moment, Span, Strong, Text
from bot.flows.incidents.rules import Touched, by_stake
from bot.incidents import touches
from bot.money import Money
from bot.ports import Clock
from storage.models import Account, AccountMoment, Signal
from storage.unit_of_work import UnitOfWork

MOST_ACCOUNTS, MOST_SIGNALS = 10, 5


def draw_incident(incident: int, uow: UnitOfWork, clock: Clock) -> Card:
    signals = uow.signals.of_incident(incident)
    on = [signal for signal in signals if signal.ended_at is None]
    shown = on or signals
    worst = min(shown, key=lambda signal: (_rank(signal.severity), signal.id))
    ended = None if on else max(s.ended_at for s in signals if s.ended_at)
    state = "over" if ended else f"{len(on)} of {len(signals)} signals on"
    touched = _touched(shown, uow, clock.now())
    told = f"{len(touched):,} {'account' if len(touched) == 1 else 'accounts'}"
    blocks: list[Block] = [
        Text((Strong(f"Known incident · {worst.severity} · {state}"),)),
        Facts(tuple(_facts(signals, shown, ended))),
    ]
    blocks += [Text((f"{signal.name}",)) for signal in shown[:MOST_SIGNALS] if signal != worst]
    blocks.append(Text((Strong(f"Touches {told}" + (", by stake" if len(touched) > 1 else "")),)))
    blocks += [Text((one.line,), "context") for one in touched[:MOST_ACCOUNTS]]
    if len(touched) > MOST_ACCOUNTS:
        blocks.append(Text((f"and {len(touched) - MOST_ACCOUNTS:,} more",), "context"))
    if not touched:
        named = ", ".join(worst.products) or "nothing"
        words = f"No account on record has what the monitor names: {named}."
        blocks.append(Text((words,), "context"))
    return Card(
        key=f"incident-{incident}",
        title=worst.name,
        summary=f"Known incident, {state}: {worst.name}. It touches {told}.",
        blocks=tuple(blocks),
        tone="good" if ended else "bad",
    )


def _facts(
    signals: Sequence[Signal], shown: Sequence[Signal], ended: datetime | None
) -> list[tuple[str, Span]]:
    products = dict.fromkeys(product for signal in shown for product in signal.products)
    regions = dict.fromkeys(signal.region for signal in shown if signal.region)
    sources = dict.fromkeys(signal.source for signal in signals)
    pairs: list[tuple[str, Span]] = [
        ("Product", ", ".join(products) or "not named"),
        ("Region", ", ".join(regions) or "everywhere"),
        ("Told by", ", ".join(sources)),
        ("Since", Moment(min(signal.started_at for signal in signals))),
    ]
    return [*pairs, ("Over since", Moment(ended))] if ended else pairs


def _rank(severity: str) -> int:
    """Of words that are not ours nothing is known; they come last."""
    ranks = ("critical", "page", "major", "high", "error", "warning", "minor")
    return ranks.index(severity) if severity in ranks else len(ranks)


def _touched(signals: Sequence[Signal], uow: UnitOfWork, now: datetime) -> list[Touched]:
    moments = uow.customers.next_moments(now.date())
    # Many signals of one trouble name the same: each account is asked about it once.
    alike = {(tuple(s.products), s.region, "" if s.products else s.name) for s in signals}
    found = []
    for account in uow.customers.accounts_with_products():
        has = [product["name"] for product in account.products]
        if any(touches(*told, has, account.region) for told in alike):
            found.append(_account(account, moments.get(account.id)))
    return by_stake(found)


def _account(account: Account, moment: AccountMoment | None) -> Touched:
    value = None
    if account.yearly_amount is not None and account.yearly_currency:
        value = Money(account.yearly_amount, account.yearly_currency)
    near = f"{moment.label or moment.kind} on {moment.on_day.isoformat()}" if moment else ""
    return Touched(account.name or account.ref, account.tier, value, near)
