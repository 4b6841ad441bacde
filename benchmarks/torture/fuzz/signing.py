"""How each sender proves itself, written anew: what the bot checks with is not asked."""

import base64
import hashlib
import hmac
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.world import SECRETS

Headers = list[tuple[bytes, bytes]]

AGENT_KEY = "torture-agent-key-of-forty-letters-000000"
ALERTS_TOKEN = "torture-alerts-token-of-many-letters-00"
_SHOP_KEY = b"torture-shop-signs-with-these-32"
SHOP_SECRET = "whsec_" + base64.b64encode(_SHOP_KEY).decode()
ENVIRONMENT = {
    "TORTURE_AGENT_KEY": AGENT_KEY,
    "TORTURE_ALERTS_TOKEN": ALERTS_TOKEN,
    "TORTURE_SHOP_SECRET": SHOP_SECRET,
    "BACKSTOP_STEP_UP_KEY": base64.urlsafe_b64encode(b"torture-seals-keys-with-these-32").decode(),
}


@dataclass(frozen=True)
class Sign:
    """`is_bare`: a key that is sent along, which is about no bytes and no moment."""

    do: Callable[[bytes, float, random.Random], Headers]
    is_bare: bool = False

    def __call__(self, body: bytes, at: float, dice: random.Random) -> Headers:
        return self.do(body, at, dice)


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def _slack(body: bytes, at: float, dice: random.Random) -> Headers:
    stamp = str(max(0, int(at))).encode()
    digest = _mac(SECRETS["SLACK_SIGNING_SECRET"].encode(), b"v0:" + stamp + b":" + body)
    return [
        (b"X-Slack-Request-Timestamp", stamp),
        (b"X-Slack-Signature", b"v0=" + digest.hex().encode()),
    ]


def _zendesk(body: bytes, at: float, dice: random.Random) -> Headers:
    stamp = datetime.fromtimestamp(max(0, int(at)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    digest = _mac(SECRETS["ZENDESK_WEBHOOK_SECRET"].encode(), stamp + body)
    return [
        (b"X-Zendesk-Webhook-Signature-Timestamp", stamp),
        (b"X-Zendesk-Webhook-Signature", base64.b64encode(digest)),
    ]


def _shop(body: bytes, at: float, dice: random.Random) -> Headers:
    stamp, ident = str(max(0, int(at))).encode(), uuid.UUID(int=dice.getrandbits(128)).hex.encode()
    digest = _mac(_SHOP_KEY, ident + b"." + stamp + b"." + body)
    return [
        (b"webhook-id", ident),
        (b"webhook-timestamp", stamp),
        (b"webhook-signature", b"v1," + base64.b64encode(digest)),
    ]


def _bearer(key: str) -> Sign:
    given = [(b"Authorization", f"Bearer {key}".encode())]
    return Sign(lambda body, at, dice: given, is_bare=True)


def guessed(dice: random.Random) -> Headers:
    """A key that opens nothing."""
    tries = (b"Bearer", b"Bearer ", b"Basic QTpC", b"Bearer \xff\xfe", b"bearer " + b"a" * 40)
    return [(b"Authorization", dice.choice(tries))] * dice.randint(1, 2)


slack, zendesk, shop = Sign(_slack), Sign(_zendesk), Sign(_shop)
agent, alerts = _bearer(AGENT_KEY), _bearer(ALERTS_TOKEN)
