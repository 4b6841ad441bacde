"""Another agent behind Backstop's gates: it asks for a refund, and waits for what people decide.

    export BACKSTOP_URL=http://127.0.0.1:8710 BACKSTOP_KEY=...
    python examples/other_agent.py zendesk:1017 ch_1 4900 USD

The ticket is one that Backstop has already: SOURCE:REF as what brought it calls it, or #N. The
charge is its customer's, the amount in minor units. Needs httpx. Where Backstop can reach you, take
its webhooks instead of asking again and again: they are Standard Webhooks
(https://www.standardwebhooks.com), signed with the secret of app.yaml.
"""

import os
import sys
import time
from typing import Any

import httpx

OPEN = {"received", "waiting", "changes_wanted", "approved", "running"}


class Backstop:
    """`key` is the one that app.yaml names under agent.others."""

    def __init__(self, url: str, key: str, client: httpx.Client | None = None) -> None:
        self._http = client or httpx.Client(base_url=url, timeout=10)
        self._headers = {"Authorization": f"Bearer {key}"}

    def escalate(
        self, wish: str, ticket: str, reason: str, summary: str = "", tried: str = ""
    ) -> Any:
        """`wish` is your own name for it, without blanks, here and below: asked twice under one,
        also by a process that was started anew, it is done once."""
        body = {"ticket": ticket, "reason": reason, "summary": summary, "tried": tried}
        return self._post("/v1/escalations", body, wish)

    def refund(
        self, wish: str, ticket: str, charge: str, amount: int, currency: str, reason: str
    ) -> Any:
        """`amount` in minor units, such as cents."""
        args = {"charge": charge, "amount": amount, "currency": currency, "reason": reason}
        return self._post("/v1/acts", {"ticket": ticket, "kind": "refund", "args": args}, wish)

    def resolved(self, wish: str, ticket: str, answer: str, cites: list[str] | None = None) -> Any:
        body = {"ticket": ticket, "answer": answer, "cites": cites or []}
        return self._post("/v1/resolutions", body, wish)

    def act(self, number: int) -> Any:
        return self._told(self._http.get(f"/v1/acts/{number}", headers=self._headers))

    def _post(self, path: str, body: dict[str, Any], wish: str) -> Any:
        headers = self._headers | {"Idempotency-Key": wish}
        for pause in (0.2, 1, 5, 0):
            try:
                answer = self._http.post(path, json=body, headers=headers)
            except httpx.TransportError:
                if not pause:
                    raise
            else:
                if answer.status_code != 503 or not pause:
                    break
            time.sleep(pause)
        return self._told(answer)

    @staticmethod
    def _told(answer: httpx.Response) -> Any:
        told = answer.json()
        if answer.is_error:
            raise RuntimeError(f"{told['title']} {told.get('detail', '')} {told.get('fields', '')}")
        return told


def main() -> None:
    url, key = (os.environ.get(name) for name in ("BACKSTOP_URL", "BACKSTOP_KEY"))
    if not url or not key or len(sys.argv) != 5:
        sys.exit(__doc__)
    backstop = Backstop(url, key)
    _, ticket, charge, amount, currency = sys.argv
    why, wish = "Charged twice for one month.", f"{ticket}:{charge}"
    try:
        asked = backstop.refund(wish, ticket, charge, int(amount), currency, why)
        while (now := backstop.act(asked["id"]))["state"] in OPEN:
            print(now)
            time.sleep(5)
    except (RuntimeError, ValueError, httpx.TransportError) as error:
        sys.exit(f"Nothing more is known of it: {error}")
    print(now)


if __name__ == "__main__":
    main()
