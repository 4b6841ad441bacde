"""What another policy would change, in words, and what of it has to wait; pure.

Gates are compared by what they do: both lists are asked about every kind of act, tier, number of
refunds and amount between which they could differ.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.acts import Act, parse
from bot.agent.briefing import CustomerFacts
from bot.config.policy import Gate, Modes
from bot.config.policy_held import Policy, mode_of_act, plain
from bot.config.quorum import wanted
from bot.config.values import spelled
from bot.gates import Grade, asks_all, grade
from bot.money import DIGITS, Money

ANOTHER = "another"
# Whose accounts they are, and what money: nothing else says what is looser.
_WHOSE = re.compile(r"home|currency|partners\.[^.]+\.workspace")
NOBODY = "nobody"
_ACTS = {"refund": "Refund", "account_change": "Change of an account", "reply": "Message"}


@dataclass(frozen=True)
class Change:
    """`waits`: the old value stays until administrators have agreed to the new one."""

    what: str
    was: str
    now: str
    waits: bool


@dataclass(frozen=True)
class _Case:
    kind: str
    currency: str
    is_named: bool
    tier: str
    refunds: int


def changes(agreed: Policy, asked: Policy, counts: Policy) -> tuple[Change, ...]:
    """From what is agreed to what is asked for; `counts` is what holds in between."""
    found = [
        *_people(agreed, asked, counts),
        *_leaves(agreed, asked, counts),
        *_gates(agreed, asked),
        *_samples(agreed.gates, asked.gates),
    ]
    return tuple(sorted(found, key=lambda change: not change.waits))


def _people(agreed: Policy, asked: Policy, counts: Policy) -> Iterator[Change]:
    was, now, held = (
        {one.id: plain(one.model_dump()) for one in policy.people}
        for policy in (agreed, asked, counts)
    )
    for ident in sorted({*was, *now}):
        before, after = _decides(was.get(ident)), _decides(now.get(ident))
        if was.get(ident) != now.get(ident):
            waits = held.get(ident) != now.get(ident)
            yield Change(f"Who decides: {ident}", before, after, waits)


def _decides(person: Mapping[str, Any] | None) -> str:
    if person is None:
        return "does not decide"
    limits = [f"{act} up to {limit}" for act, limit in person["limits"].items()]
    accounts = [str(person[name]) for name in ("slack", "teams", "email") if name in person]
    of = [f"of {person['organisation']}"] if "organisation" in person else []
    return ", ".join([*person["roles"], *limits, *accounts, *of])


def _leaves(agreed: Policy, asked: Policy, counts: Policy) -> Iterator[Change]:
    named = (agreed.modes, asked.modes, counts.modes)
    was, now, held = (dict(_flat(_rest(policy, named))) for policy in (agreed, asked, counts))
    for path in sorted({*was, *now}):
        if was.get(path) != now.get(path):
            waits = held.get(path) != now.get(path) or bool(_WHOSE.fullmatch(path))
            yield Change(path, was.get(path, "–"), now.get(path, "–"), waits)


def _rest(policy: Policy, named: Sequence[Modes]) -> Mapping[str, Any]:
    """Without people and gates. What one of them names has its mode in the others too."""
    told: dict[str, Any] = plain(policy.model_dump(exclude={"people", "gates", "partners"}))
    modes = policy.modes
    categories = {name for each in named for name in each.categories}
    acts = {name for each in named for name in each.acts}
    told["modes"] = {
        "default": modes.default,
        "categories": {one: modes.categories.get(one, modes.default) for one in categories},
        "acts": {one: mode_of_act(modes, one) for one in acts},
    }
    partners = {one.organisation: plain(one.model_dump()) for one in policy.partners}
    return told | {"partners": partners}


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and (value or not path):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield path, ", ".join(map(str, value)) or "none"
    else:
        yield path, str(value) if value != {} else "none"


def _gates(agreed: Policy, asked: Policy) -> Iterator[Change]:
    """Runs of amounts with the same answer; cases that change alike are told once."""
    both = (*agreed.gates, *asked.gates)
    alike: dict[tuple[str, str, str, str, bool], list[_Case]] = {}
    cases = list(_cases(both))
    for case in cases:
        for span, was, now in _runs(case, both, agreed.gates, asked.gates):
            if told := _differs(was, now):
                before, after, waits = told
                alike.setdefault((case.kind, span, before, after, waits), []).append(case)
    for (kind, span, before, after, waits), where in alike.items():
        of_kind = [case for case in cases if case.kind == kind]
        yield Change(f"{_ACTS[kind]}{span}{_where(where, of_kind)}", before, after, waits)


def _cases(gates: Sequence[Gate]) -> Iterator[_Case]:
    tiers = sorted({tier for gate in gates for tier in gate.tiers})
    counts = {0} | {
        count + more
        for gate in gates
        if (count := gate.refunds_90_days_at_most) is not None
        for more in (0, 1)
    }
    for kind in sorted({str(gate.act) for gate in gates}):
        of_kind = [gate for gate in gates if gate.act == kind]
        named = sorted({gate.currency for gate in of_kind if gate.currency})
        other = next(code for code in DIGITS if code not in named)
        for currency in [*named, other] if kind == "refund" else [other]:
            for tier in (*tiers, ANOTHER):
                for refunds in sorted(counts):
                    yield _Case(kind, currency, currency in named, tier, refunds)


def _runs(
    case: _Case, both: Sequence[Gate], agreed: Sequence[Gate], asked: Sequence[Gate]
) -> Iterator[tuple[str, Grade, Grade]]:
    tops = sorted({gate.up_to for gate in both if gate.act == case.kind and gate.up_to})
    if case.kind != "refund":
        tops = []
    who = CustomerFacts(1, tier=case.tier, refunds_90_days=case.refunds)
    begun = 1
    for top in (*tops, None):
        act = _act(case, begun)
        yield _span(case, begun, top), grade(act, who, agreed), grade(act, who, asked)
        begun = (top or 0) + 1


def _act(case: _Case, amount: int) -> Act:
    args: dict[str, Any] = {"ticket": 1, "customer": 1}
    match case.kind:
        case "refund":
            args |= {"charge": "c", "amount": amount, "currency": case.currency, "reason": "x"}
            return parse("refund", args)
        case "account_change":
            return parse("account_change", args | {"account": "a", "change": "cancel", "value": ""})
    return parse("reply", {"ticket": 1, "text": "x", "language": "en"})


def _span(case: _Case, begun: int, top: int | None) -> str:
    if case.kind != "refund":
        return ""
    if not case.is_named:
        return " in another currency"
    low = Money(begun, case.currency)
    return f" from {low}" if top is None else f" of {low} to {Money(top, case.currency)}"


def _where(where: Sequence[_Case], cases: Sequence[_Case]) -> str:
    told = []
    for name in ("tier", "refunds"):
        here = sorted({getattr(case, name) for case in where})
        if here != sorted({getattr(case, name) for case in cases}):
            listed = " or ".join(map(str, here))
            told.append(f"tier {listed}" if name == "tier" else f"{listed} earlier refunds")
    return f" ({', '.join(told)})" if told else ""


def _differs(was: Grade, now: Grade) -> tuple[str, str, bool] | None:
    """Before and after in words, and whether it has to wait; None where nothing changes."""
    before, after = _asks(was), _asks(now)
    if before == after:
        return None
    if was.level == "auto" or now.level == "never":
        return before, after, False
    is_in = set(now.partners) <= set(was.partners)
    return before, after, not asks_all(was, now) or not is_in or now.expires > was.expires


def _asks(found: Grade) -> str:
    if found.level == "never":
        return "never"
    if not found.steps:
        return f"{NOBODY} is asked"
    partners = f", or of {' or '.join(found.partners)}" if found.partners else ""
    return f"{wanted(found.steps)}{partners}, within {spelled(found.expires)}"


def _samples(agreed: Sequence[Gate], asked: Sequence[Gate]) -> Iterator[Change]:
    """Against what is held until it is agreed to: so a gate hides nothing behind another name."""
    for gate in asked:
        now = gate.sample_rate
        named = [old for old in agreed if old.name == gate.name]
        before = named or [old for old in agreed if old.act == gate.act]
        was = max((old.sample_rate for old in before), default=now)
        if was != now:
            yield Change(f"Share reviewed under {gate.name}", f"{was:g}", f"{now:g}", now < was)
