"""How each kind of effect is carried out, and how to find out whether it was."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar, cast

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.flows.approval.consent import NONE_ASKED, Consent
from bot.flows.approval.ground import ACCOUNT_CHANGED, CHANGED, Ground
from bot.money import Money
from bot.ports import AccountActions, HelpDesk, Payments, Receipt
from storage.models import Certainty

Port = TypeVar("Port", Payments, HelpDesk, AccountActions)


@dataclass(frozen=True)
class Systems:
    """The outside systems that are connected."""

    payments: Payments | None
    help_desk: HelpDesk | None
    account_actions: AccountActions | None


@dataclass(frozen=True)
class Call:
    """One attempt. `certainty` is what was known of the key before it; `looks_first`: an earlier
    one may have succeeded, not before `since`; the last of them may have been sent at `sent_at`,
    which is `quiet` ago. `others` are ids of what other effects did there. It was approved on
    `ground`, or on what stood there `before`."""

    effect: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    source: str
    ticket_ref: str
    payment_ref: str | None
    text: str
    certainty: Certainty
    looks_first: bool
    since: datetime
    sent_at: datetime | None = None
    quiet: timedelta = timedelta(0)
    others: Collection[str] = ()
    consent: Consent = NONE_ASKED
    ground: Ground | None = None
    before: str | None = None

    @property
    def is_out(self) -> bool:
        """Whether an earlier call under this key may have reached somebody."""
        return self.certainty is not Certainty.NEVER_SENT

    @property
    def is_words(self) -> bool:
        """Said twice when it is sent twice: no help desk knows our keys."""
        return self.kind in ("reply", "note")


def carry_out(call: Call, systems: Systems) -> Receipt:
    """Do it, under the call's key; raises `OutsideError`."""
    run = _RUNS.get(call.kind)
    if run is None:
        raise Refused("unknown_act")
    return run(call, systems)


def look(call: Call, systems: Systems) -> Receipt | None:
    """What the other side's own record says was done under the call's key; raises
    `OutsideError`."""
    search = _LOOKS.get(call.kind)
    if search is None:
        return None
    with _asking(call):
        return search(call, systems)


@contextmanager
def _asking(call: Call) -> Iterator[None]:
    """A no to a question (no permission, no connection) is no no to what was sent before."""
    try:
        yield
    except Refused as refused:
        if call.is_out:
            raise OutcomeUnknown(refused.code) from refused
        raise


def _refund(call: Call, systems: Systems) -> Receipt:
    """The charge is read again: whose it is, what it can still give back, and whether it is still
    the one that was approved on."""
    amount = Money(call.payload["amount"], call.payload["currency"])
    with _asking(call):
        payments = _connected(systems.payments)
        charge = payments.charge(call.payload["charge"])
    if call.payment_ref is None or charge.customer != call.payment_ref:
        raise Refused("charge_of_another_customer")
    if charge.captured.currency != amount.currency:
        raise Refused("currency_differs")
    if amount.amount > charge.refundable.amount:
        raise Refused("more_than_refundable")
    if call.ground is not None and not call.ground.explains(charge.refundable.amount):
        raise Refused(CHANGED)
    return payments.refund(charge.id, amount, call.key)


def _account_change(call: Call, systems: Systems) -> Receipt:
    change = {name: call.payload[name] for name in ("change", "value")}
    account = call.payload["account"]
    with _asking(call):
        actions = _connected(systems.account_actions)
        asks = call.before is not None
        now = actions.values(account).get(call.payload["change"]) if asks else None
    # Had an earlier call landed, the look behind a no would find it: this no is one for good.
    if now is not None and now != call.before:
        raise Refused(ACCOUNT_CHANGED)
    return actions.change(account, change, call.key)


def _reply(call: Call, systems: Systems) -> Receipt:
    return Receipt(_quiet_desk(call, systems).reply(call.ticket_ref, call.text, call.key))


def _note(call: Call, systems: Systems) -> Receipt:
    return Receipt(_quiet_desk(call, systems).note(call.ticket_ref, call.text, call.key))


def _status(call: Call, systems: Systems) -> Receipt:
    status = cast(Literal["open", "waiting", "resolved"], call.payload["status"])
    _desk(call, systems).set_status(call.ticket_ref, status)
    return Receipt(status)


def _find_refund(call: Call, systems: Systems) -> Receipt | None:
    return _connected(systems.payments).find_refund(call.payload["charge"], call.key)


def _find_change(call: Call, systems: Systems) -> Receipt | None:
    return _connected(systems.account_actions).find(call.key)


def _find_message(call: Call, systems: Systems) -> Receipt | None:
    desk = _desk(call, systems)
    found = desk.find(call.ticket_ref, call.key, call.text, call.since, call.others)
    return None if found is None else Receipt(found)


def _quiet_desk(call: Call, systems: Systems) -> HelpDesk:
    """The desk, once the last message that nobody answered can not arrive behind the look any
    more."""
    desk = _desk(call, systems)
    if call.is_out and call.quiet < desk.lands_within:
        raise TryLater("an earlier message may still arrive")
    return desk


def _desk(call: Call, systems: Systems) -> HelpDesk:
    """The desk this ticket came from: another one's ticket of the same number is somebody
    else's."""
    desk = _connected(systems.help_desk)
    if desk.name != call.source:
        raise Refused("not_connected")
    return desk


def _connected(port: Port | None) -> Port:
    if port is None:
        raise Refused("not_connected")
    return port


_RUNS: Mapping[str, Callable[[Call, Systems], Receipt]] = {
    "refund": _refund,
    "account_change": _account_change,
    "reply": _reply,
    "note": _note,
    "status": _status,
}
# Setting a status twice is setting it once, so nobody looks for it.
_LOOKS: Mapping[str, Callable[[Call, Systems], Receipt | None]] = {
    "refund": _find_refund,
    "account_change": _find_change,
    "reply": _find_message,
    "note": _find_message,
}
# What is done there is kept by our key: a look is sure. Of words some desks keep no such mark.
FOUND_BY_KEY = frozenset({"refund", "account_change"})
