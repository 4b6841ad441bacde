"""The `AccountActions` port: a signed, idempotent call to the company's own system.

`POST url` with `{"account", "change"}` and `Idempotency-Key` makes a change once per key;
`GET url?key=` lists what was made under it, and `GET url?account=` tells what stands there now, as
`{"account", "values"}`: text by the name of a change. All carry
`X-Backstop-Signature: t=SECONDS,v1=HEX`, an HMAC-SHA256 over `t.` and the raw body, or for a GET
over `t.` and the raw query string.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.handlers.http.json_body import ident, inner, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward
from bot.ports import Clock, Receipt
from bot.words import clean

# An address is no longer than that.
LONGEST = 254


class AccountAction:
    """`url` is the one address for changes; `secret` is shared with its owner."""

    def __init__(
        self, url: str, secret: str, clock: Clock, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        self._api = Outward(httpx.Client(timeout=timeout), _code, settled=_is_replayed)
        self._url = url
        self._secret = secret.encode()
        self._clock = clock

    def close(self) -> None:
        self._api.close()

    def change(self, account: str, change: Mapping[str, Any], key: str) -> Receipt:
        body = json.dumps({"account": account, "change": dict(change)}, sort_keys=True).encode()
        headers = {**self._signature(body), "Idempotency-Key": key}
        try:
            made = self._api.change("POST", self._url, body, headers)
        except Refused as refused:
            if refused.code != "idempotency_error":
                raise
            # The key was used for something else: what that was has to be looked at.
            raise OutcomeUnknown(refused.code) from refused
        except TryLater as later:
            if str(later) != "conflict":
                raise
            raise OutcomeUnknown("another call with this key is under way") from later
        return _receipt(made)

    def find(self, key: str) -> Receipt | None:
        query = urlencode({"key": key})
        page = self._api.read(f"{self._url}?{query}", headers=self._signature(query.encode()))
        made = objects(page, "changes")
        return _receipt(made[0]) if made else None

    def values(self, account: str) -> Mapping[str, str]:
        query = urlencode({"account": account})
        signature = self._signature(query.encode())
        try:
            page = self._api.read(f"{self._url}?{query}", headers=signature)
        except Refused:
            # A system that knows nothing of this question, or not the account.
            return {}
        if ident(page.get("account")) != account:
            return {}
        told = {name: words(value)[:LONGEST] for name, value in inner(page, "values").items()}
        return {name: value for name, value in told.items() if value and clean(value) == value}

    def _signature(self, signed: bytes) -> dict[str, str]:
        stamp = str(int(self._clock.now().timestamp()))
        digest = hmac.new(self._secret, f"{stamp}.".encode() + signed, hashlib.sha256)
        return {"X-Backstop-Signature": f"t={stamp},v1={digest.hexdigest()}"}


def _receipt(made: Mapping[str, Any]) -> Receipt:
    number = ident(made.get("id"))
    if not number:
        raise OutcomeUnknown("the answer names no change")
    return Receipt(number, ident(made.get("status")))


def _code(body: Mapping[str, Any]) -> object:
    error = inner(body, "error")
    return error.get("code") or error.get("type")


def _is_replayed(response: httpx.Response) -> bool:
    return str(response.headers.get("idempotent-replayed")) == "true"
