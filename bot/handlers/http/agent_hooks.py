"""The `AgentHooks` port: Standard Webhooks, signed with the agent's own secret."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import httpx

from bot.errors import OutcomeUnknown, Refused
from bot.handlers.http.outward import TIMEOUT, Outward
from bot.handlers.signatures import standard_key
from bot.ports import Clock


class SignedHooks:
    """`addresses` are address and secret by the agent's name."""

    def __init__(
        self,
        addresses: Mapping[str, tuple[str, str]],
        clock: Clock,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._api = Outward(httpx.Client(timeout=timeout), lambda body: body.get("error"))
        self._addresses, self._clock = addresses, clock

    def close(self) -> None:
        self._api.close()

    def tell(self, agent: str, ident: str, facts: Mapping[str, Any]) -> None:
        if agent not in self._addresses:
            return
        url, secret = self._addresses[agent]
        key = standard_key(secret)
        if key is None:
            raise Refused("secret_is_not_base64")
        body = json.dumps(facts, separators=(",", ":")).encode()
        stamp = str(int(self._clock.now().timestamp()))
        signed = f"{ident}.{stamp}.".encode() + body
        mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        headers = {"webhook-id": ident, "webhook-timestamp": stamp}
        try:
            self._api.change("POST", url, body, headers | {"webhook-signature": f"v1,{mark}"})
        except OutcomeUnknown as unknown:
            # A yes without a JSON body is a yes.
            if not (unknown.is_answered and str(unknown).startswith("http 2")):
                raise
