"""The `Payments` port over the official Stripe SDK, with its own retries off.

A refund carries its key twice: as Stripe's idempotency key, which Stripe may forget after 24 h,
and in the refund's metadata, which stays.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

import stripe
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.handlers.http.json_body import ident
from bot.money import DIGITS, Money
from bot.ports import Charge, Receipt

KEY = "backstop"
# To connect, and between two bytes of the answer.
TIMEOUT = (3.0, 20.0)
_MOST_CHARGES = 20
# Where Stripe counts otherwise than ISO 4217: https://docs.stripe.com/currencies#special-cases,
# and the ariary, whose fifths it leaves out.
_DIGITS = {"ISK": 2, "UGX": 2, "MGA": 0}
# What a refund's status comes to; `pending` and `requires_action` are open for days.
_OUTCOMES: Mapping[str | None, Literal["done", "failed"]] = {
    "succeeded": "done",
    "failed": "failed",
    "canceled": "failed",
}
# Refusals that an earlier success under the same key would also cause, once Stripe forgot the key.
_MAYBE_OURS = ("charge_already_refunded", "amount_too_large")


class StripePayments:
    """`api_url` leads elsewhere than to Stripe for test workspaces only."""

    def __init__(
        self,
        key: str,
        api_url: str = "https://api.stripe.com",
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        # The SDK's own httpx client trips over httpx's deprecations; this one is its default.
        self._http = stripe.RequestsClient(timeout=timeout)
        self._stripe = stripe.StripeClient(
            key,
            base_addresses={"api": api_url.rstrip("/")},
            http_client=self._http,
            max_network_retries=0,
        ).v1

    def close(self) -> None:
        self._http.close()  # type: ignore[no-untyped-call]  # stripe leaves it so

    def charge(self, charge: str) -> Charge:
        try:
            return _charge(self._stripe.charges.retrieve(charge))
        except stripe.StripeError as error:
            raise _reading(error) from error
        except ValueError as error:
            raise Refused("currency_unknown") from error

    def charges_of(self, customer: str) -> tuple[Charge, ...]:
        try:
            page = self._stripe.charges.list({"customer": customer, "limit": _MOST_CHARGES})
        except stripe.StripeError as error:
            raise _reading(error) from error
        return tuple(_countable(page.data))

    def refund(self, charge: str, amount: Money, key: str) -> Receipt:
        """The amount counts in the charge's currency: read the charge and compare before."""
        try:
            made = self._stripe.refunds.create(
                {"charge": charge, "amount": _theirs(amount), "metadata": {KEY: key}},
                {"idempotency_key": key},
            )
        except stripe.InvalidRequestError as error:
            if error.code not in _MAYBE_OURS:
                raise Refused(_word(error)) from error
            return self._made_before(charge, key, error)
        except stripe.StripeError as error:
            raise _changing(error) from error
        return _receipt(made)

    def find_refund(self, charge: str, key: str) -> Receipt | None:
        try:
            page = self._stripe.refunds.list({"charge": charge, "limit": 100})
            for refund in page.auto_paging_iter():
                if _key_of(refund) == key:
                    return _receipt(refund)
        except stripe.StripeError as error:
            raise _reading(error) from error
        return None

    def follow(self, refund: str) -> Receipt:
        try:
            return _receipt(self._stripe.refunds.retrieve(refund))
        except stripe.StripeError as error:
            raise _reading(error) from error

    def _made_before(self, charge: str, key: str, error: stripe.InvalidRequestError) -> Receipt:
        try:
            earlier = self.find_refund(charge, key)
        except TryLater as later:
            raise OutcomeUnknown(str(later)) from error
        if earlier is None:
            raise Refused(_word(error)) from error
        return earlier


def _charge(told: stripe.Charge) -> Charge:
    customer = told.customer if isinstance(told.customer, str | None) else told.customer.id
    return Charge(
        id=told.id,
        customer=customer,
        captured=_ours(told.amount_captured, told.currency),
        refunded=_ours(told.amount_refunded, told.currency),
        on=datetime.fromtimestamp(told.created, UTC).date(),
    )


def _countable(told: Iterable[stripe.Charge]) -> Iterator[Charge]:
    """A charge whose worth nobody knows is left out: no act can be proposed about it."""
    for one in told:
        with suppress(ValueError):
            yield _charge(one)


def _ours(amount: int, currency: str) -> Money:
    """Raises ValueError for a currency that is not of ISO 4217, or a part of its minor unit."""
    code = currency.upper()
    theirs, ours = 10 ** _DIGITS.get(code, DIGITS.get(code, 0)), 10 ** DIGITS.get(code, 0)
    counted, rest = divmod(amount * ours, theirs)
    if rest:
        raise ValueError("is less than a minor unit")
    return Money(counted, code)


def _theirs(money: Money) -> int:
    ours = DIGITS[money.currency]
    counted, rest = divmod(money.amount * 10 ** _DIGITS.get(money.currency, ours), 10**ours)
    if rest:
        raise Refused("amount_not_payable")
    return int(counted)


def _key_of(refund: stripe.Refund) -> object:
    metadata = refund.metadata
    return metadata[KEY] if metadata is not None and KEY in metadata else None


def _receipt(refund: stripe.Refund) -> Receipt:
    detail = f"{_ours(refund.amount, refund.currency)}, {refund.status}"
    return Receipt(refund.id, detail, _OUTCOMES.get(refund.status, "pending"))


def _reading(error: stripe.StripeError) -> OutsideError:
    """A read changes nothing, so everything but a definite no may be asked again."""
    if _is_no(error):
        return Refused(_word(error))
    return TryLater(_word(error), _retry_after(error))


def _changing(error: stripe.StripeError) -> OutsideError:
    if isinstance(error, stripe.RateLimitError | stripe.AuthenticationError):
        return TryLater(_word(error), _retry_after(error))
    if _was_never_sent(error):
        return TryLater(_word(error))
    if _is_no(error):
        return Refused(_word(error))
    # Not a no: a 5xx, a broken connection, a key that is under way (409) or was used for
    # something else (IdempotencyError). A replayed failure is Stripe's last word on the key.
    is_replayed = (error.headers or {}).get("idempotent-replayed") == "true"
    return OutcomeUnknown(_word(error), is_settled=is_replayed)


def _was_never_sent(error: stripe.StripeError) -> bool:
    """The connection itself failed, as the SDK's HTTP library tells two causes further down."""
    told = error.__cause__.args[0] if error.__cause__ and error.__cause__.args else None
    reason = told.reason if isinstance(told, MaxRetryError) else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _is_no(error: stripe.StripeError) -> bool:
    """A key that Stripe does not take is no answer: it is put right, and then asked again."""
    refusals = stripe.InvalidRequestError | stripe.PermissionError | stripe.CardError
    return isinstance(error, refusals)


def _word(error: stripe.StripeError) -> str:
    told = error.error
    code = ident(error.code) or (ident(told.code) or ident(told.type) if told else "")
    return code or type(error).__name__


def _retry_after(error: stripe.StripeError) -> float | None:
    value = str((error.headers or {}).get("retry-after", ""))
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
