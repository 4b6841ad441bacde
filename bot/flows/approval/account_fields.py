"""What a change of an account replaces, and what stands there afterwards, for its card."""

from collections.abc import Mapping

from bot import acts
from storage.models import Approval

_UNTOLD = "not known: the account's own system does not tell"


def with_before(facts: Mapping[str, str], act: acts.Act, approval: Approval) -> dict[str, str]:
    """The facts of the act, with both beside what it asks for."""
    if not isinstance(act, acts.AccountChange):
        return dict(facts)
    before = str(approval.basis.get("before", ""))
    beside = {"Before": before or _UNTOLD}
    if after := act.after(before):
        beside["After"] = after
    told = list(facts.items())
    return dict([*told[:2], *beside.items(), *told[2:]])
