"""The approval policy as one value, and what of it counts while a looser one is not agreed to.

Pure. Of what a file changes the stricter side of each rule counts: what tightens at once, what
loosens only once administrators have agreed. Gates are held beside each other, since two lists of
which the first match counts have no stricter one: `bot.gates` grades by both.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.config.policy import (
    ApprovalSettings,
    ByMail,
    Gate,
    Limits,
    Modes,
    StepUp,
    stricter_mode,
)
from bot.config.settings import Settings
from bot.config.team import DECIDING_ROLES, Partner, PersonSettings
from bot.config.values import Currency, Frozen, Workspace, spelled


class Policy(Frozen):
    """What of app.yaml says who may consent to what."""

    currency: Currency
    home: Workspace | None
    people: tuple[PersonSettings, ...]
    partners: tuple[Partner, ...]
    modes: Modes
    gates: tuple[Gate, ...]
    approvals: ApprovalSettings
    limits: Limits


def policy_of(settings: Settings) -> Policy:
    return Policy(
        currency=settings.company.currency,
        home=settings.slack.workspace if settings.slack else None,
        people=tuple(
            _deciding(person) for person in settings.staff if DECIDING_ROLES & {*person.roles}
        ),
        partners=tuple(
            one.model_copy(update={"channel": None})
            for one in settings.partners
            if any(one.organisation in gate.partners for gate in settings.gates)
        ),
        modes=settings.modes,
        gates=settings.gates,
        approvals=settings.approvals,
        limits=settings.limits,
    )


def as_text(policy: Policy) -> str:
    """Canonical JSON: the same policy is the same text."""
    return json.dumps(plain(policy.model_dump()), sort_keys=True, separators=(",", ":"))


def read_policy(text: str) -> Policy:
    """Raises `pydantic.ValidationError` where another version wrote what this one cannot read."""
    return Policy.model_validate_json(text, strict=True)


def digest_of(policy: Policy) -> str:
    return hashlib.sha256(as_text(policy).encode()).hexdigest()


def held(agreed: Policy, settings: Settings) -> Settings:
    """The settings with nothing in them that is looser than what is agreed."""
    now = policy_of(settings)
    before = {person.id: person for person in agreed.people if agreed.home == now.home}
    same_money = agreed.currency == now.currency
    staff = tuple(_person(before.get(one.id), one, same_money) for one in settings.staff)
    partners = tuple(_partner(agreed, one) for one in settings.partners)
    found = settings.model_copy(
        update={
            "staff": staff,
            "partners": partners,
            "modes": _modes(agreed.modes, settings.modes),
            "approvals": _approvals(agreed.approvals, settings.approvals, same_money),
            "limits": _limits(agreed.limits, settings.limits, same_money),
        }
    )
    # A copy keeps what was computed of the people before.
    for cached in ("people", "_by_id"):
        found.__dict__.pop(cached, None)
    found.hold(agreed.gates)
    return found


def _deciding(person: PersonSettings) -> PersonSettings:
    """Of a person what their decision rests on: their accounts and limits, and the address that
    they may not ask for anything from."""
    return PersonSettings(
        id=person.id,
        name=person.id,
        roles=tuple(sorted(role for role in person.roles if role in DECIDING_ROLES)),
        slack=person.slack,
        teams=person.teams,
        organisation=person.organisation,
        email=person.email,
        limits=dict(sorted(person.limits.items())),
    )


def _person(
    agreed: PersonSettings | None, wanted: PersonSettings, same_money: bool
) -> PersonSettings:
    """Whoever acts through another account now is somebody else until it is agreed to."""
    asked = DECIDING_ROLES & {*wanted.roles}
    if not asked:
        return wanted
    may: frozenset[str] = frozenset()
    limits, email = dict(wanted.limits), wanted.email
    if agreed is not None and _accounts(agreed) == _accounts(wanted):
        may = frozenset(agreed.roles)
        limits = _least(agreed.limits, wanted.limits)
        # Whoever writes from it as a customer decides about nothing of theirs.
        email = agreed.email or wanted.email
        if not same_money:
            limits = dict.fromkeys(limits, 0)
    roles = tuple(role for role in wanted.roles if role not in DECIDING_ROLES or role in may)
    return wanted.model_copy(update={"roles": roles, "limits": limits, "email": email})


def _accounts(person: PersonSettings) -> tuple[str | None, ...]:
    return person.slack, person.teams, person.organisation


def _partner(agreed: Policy, wanted: Partner) -> Partner:
    """Customers that were not theirs to decide about are not yet. Whom no gate named before none
    names yet, so that theirs are no matter."""
    before = {one.organisation: one for one in agreed.partners}
    if wanted.organisation not in before:
        return wanted
    known = before[wanted.organisation]
    theirs = known.accounts if known.workspace == wanted.workspace else ()
    accounts = tuple(one for one in wanted.accounts if one in theirs)
    return wanted.model_copy(update={"accounts": accounts})


def _modes(agreed: Modes, wanted: Modes) -> Modes:
    categories = {
        name: stricter_mode(
            agreed.categories.get(name, agreed.default), wanted.categories.get(name, wanted.default)
        )
        for name in sorted({*agreed.categories, *wanted.categories})
    }
    # A reply that is not named follows its category, which is the stricter of both already.
    acts = {
        name: stricter_mode(mode_of_act(agreed, name), mode_of_act(wanted, name))
        for name in sorted({*agreed.acts, *wanted.acts})
    }
    default = stricter_mode(agreed.default, wanted.default)
    return Modes.model_validate({"default": default, "categories": categories, "acts": acts})


def mode_of_act(modes: Modes, act: Any) -> Any:
    """Of a reply that is not named: whatever its category says."""
    return modes.acts.get(act, "live" if act == "reply" else modes.default)


def _approvals(
    agreed: ApprovalSettings, wanted: ApprovalSettings, same_money: bool
) -> ApprovalSettings:
    one, other = agreed.step_up, wanted.step_up
    both = one or other
    if both is not None and not same_money:
        both = both.model_copy(update={"above": dict.fromkeys(both.above, 0)})
    if one is not None and other is not None:
        above = _least(one.above, other.above)
        if not same_money:
            above = dict.fromkeys(above, 0)
        # A passkey cannot be typed into a page made to look like ours.
        by = "passkeys" if "passkeys" in (one.by, other.by) else "codes"
        both = StepUp.model_validate({"by": by, "above": above, "keys": other.keys})
    grace = max(agreed.grace, wanted.grace)
    sensitive = tuple(dict.fromkeys((*wanted.sensitive, *agreed.sensitive)))
    by_mail = _by_mail(agreed.by_mail, wanted.by_mail)
    found = {"grace": grace, "step_up": both, "sensitive": sensitive, "by_mail": by_mail}
    return wanted.model_copy(update=found)


def _by_mail(agreed: ByMail | None, wanted: ByMail | None) -> ByMail | None:
    """Another way to approve is one only where both have it."""
    if agreed is None or wanted is None:
        return None
    return ByMail(
        after=max(agreed.after, wanted.after),
        seen_within=min(agreed.seen_within, wanted.seen_within),
    )


def _limits(agreed: Limits, wanted: Limits, same_money: bool) -> Limits:
    told = [
        limits.refunds_per_customer_day
        for limits in (agreed, wanted)
        if limits.refunds_per_customer_day is not None
    ]
    a_day = _least(agreed.approved_per_person_day, wanted.approved_per_person_day)
    return Limits(
        refunds_per_customer_day=min(told, default=None),
        together_within=max(agreed.together_within, wanted.together_within),
        approved_per_person_day=a_day if same_money else dict.fromkeys(a_day, 0),
        unasked_per_hour=_least(agreed.unasked_per_hour, wanted.unasked_per_hour),
    )


def _least(one: Mapping[Any, int], other: Mapping[Any, int]) -> dict[Any, int]:
    """Of two bounds the lower one; a bound that only one of them has holds too."""
    both = [*one.items(), *other.items()]
    return {name: min(bound for of, bound in both if of == name) for name, _ in both}


def plain(value: Any) -> Any:
    """As app.yaml writes it, so that it can be read again."""
    if isinstance(value, timedelta):
        return spelled(value)
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    return value
