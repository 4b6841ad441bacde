"""Who really sent this: signatures over the raw bytes, checked before anything is parsed.

Every scheme has the same shape and never raises; what is odd is a reason, not an error. The
`standardwebhooks` package is not used here because it reads the wall clock itself, allows 300 s
into the future, takes one secret, and raises ValueError or UnicodeDecodeError on odd input; the
tests sign with it instead.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

PAST = timedelta(seconds=300)
FUTURE = timedelta(seconds=60)

_LONGEST_HEADER = 1024
_MOST_SIGNATURES = 16
_SECONDS = re.compile(r"[0-9]{1,12}")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_WEBHOOK_ID = re.compile(r"[\x21-\x7e]{1,256}")

Headers = Iterable[tuple[bytes, bytes]]
Reason = Literal["no secret", "missing", "malformed", "mismatch", "stale", "early"]


@dataclass(frozen=True)
class Signed:
    """`identity` names this input where its body has no id of its own; `at` when it was signed."""

    identity: str
    at: datetime | None = None


@dataclass(frozen=True)
class Unsigned:
    """Refused: `stale` and `early` were signed by the sender, but not for now."""

    reason: Reason


Verdict = Signed | Unsigned
Scheme = Callable[[Headers, bytes, Sequence[str], datetime], Verdict]


def zendesk(headers: Headers, body: bytes, secrets: Sequence[str], now: datetime) -> Verdict:
    """Base64 of HMAC-SHA256 over timestamp + body; the secret counts as it is written."""
    return _stamped(
        headers,
        ("x-zendesk-webhook-signature-timestamp", "x-zendesk-webhook-signature"),
        lambda stamp: [
            base64.b64encode(_mac(key, stamp.encode() + body)).decode() for key in _keys(secrets)
        ],
        body,
        now,
    )


def slack(headers: Headers, body: bytes, secrets: Sequence[str], now: datetime) -> Verdict:
    """Slack's v0: hex of HMAC-SHA256 over `v0:timestamp:body`, the timestamp in seconds."""
    return _stamped(
        headers,
        ("x-slack-request-timestamp", "x-slack-signature"),
        lambda stamp: [
            "v0=" + _mac(key, b"v0:" + stamp.encode() + b":" + body).hex() for key in _keys(secrets)
        ],
        body,
        now,
        _SECONDS,
    )


def intercom(headers: Headers, body: bytes, secrets: Sequence[str], now: datetime) -> Verdict:
    """Hex of HMAC-SHA1 over the body alone: the age is judged later, by the signed `created_at`."""
    given = _only(headers, "x-hub-signature")
    if isinstance(given, Unsigned):
        return given
    expected = ["sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest() for key in _keys(secrets)]
    refusal = _compare(expected, [given])
    return refusal or Signed(_digest(body))


def standard(headers: Headers, body: bytes, secrets: Sequence[str], now: datetime) -> Verdict:
    """Standard Webhooks: `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`.

    The header may hold several signatures (the sender rotates) and we several secrets (we do).
    """
    identity = _only(headers, "webhook-id")
    stamp = _only(headers, "webhook-timestamp")
    given = _only(headers, "webhook-signature")
    for value in (identity, stamp, given):
        if isinstance(value, Unsigned):
            return value
    return _standard(str(identity), str(stamp), str(given).split(" "), body, secrets, now)


def monitor(headers: Headers, body: bytes, secrets: Sequence[str], now: datetime) -> Verdict:
    """Standard Webhooks where a relay signs; else the secret itself as a bearer token, which is
    all that Alertmanager offers. Then nothing says when it was sent: an old call that is sent
    again has to change nothing, which its body's own times see to."""
    headers = list(headers)
    if any(name.lower() == b"webhook-signature" for name, _ in headers):
        return standard(headers, body, secrets, now)
    given = _only(headers, "authorization")
    if isinstance(given, Unsigned):
        return given
    kind, _, token = given.partition(" ")
    if kind.lower() != "bearer" or not token:
        return Unsigned("malformed")
    refusal = _compare([secret for secret in secrets if secret], [token])
    return refusal or Signed(_digest(body))


def standard_key(secret: str) -> bytes | None:
    """The key behind a secret, which is base64 after an optional `whsec_`; None when it is not."""
    written = secret.removeprefix("whsec_").rstrip("=")
    try:
        return base64.b64decode(written + "=" * (-len(written) % 4), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _standard(
    identity: str,
    stamp: str,
    given: Sequence[str],
    body: bytes,
    secrets: Sequence[str],
    now: datetime,
) -> Verdict:
    at = _moment(stamp, _SECONDS)
    if at is None or not _WEBHOOK_ID.fullmatch(identity) or len(given) > _MOST_SIGNATURES:
        return Unsigned("malformed")
    signed = f"{identity}.{stamp}.".encode() + body
    keys = [key for secret in secrets if (key := standard_key(secret))]
    expected = ["v1," + base64.b64encode(_mac(key, signed)).decode() for key in keys]
    refusal = _compare(expected, given) or _outside_window(at, now)
    return refusal or Signed(identity, at.astimezone(UTC))


def _stamped(
    headers: Headers,
    names: tuple[str, str],
    expected: Callable[[str], Sequence[str]],
    body: bytes,
    now: datetime,
    form: re.Pattern[str] | None = None,
) -> Verdict:
    """Judge a timestamp header and a signature header; the identity is hash(timestamp + body)."""
    headers = list(headers)
    stamp, given = (_only(headers, name) for name in names)
    if isinstance(stamp, Unsigned):
        return stamp
    if isinstance(given, Unsigned):
        return given
    at = _moment(stamp, form)
    if at is None:
        return Unsigned("malformed")
    refusal = _compare(expected(stamp), [given]) or _outside_window(at, now)
    return refusal or Signed(_digest(stamp.encode() + body), at.astimezone(UTC))


def _only(headers: Headers, name: str) -> str | Unsigned:
    """The header's one value; two are refused, since proxies differ in which of them counts."""
    wanted = name.encode()
    values = [value for key, value in headers if key.lower() == wanted]
    if not values:
        return Unsigned("missing")
    if len(values) > 1 or len(values[0]) > _LONGEST_HEADER or not values[0].isascii():
        return Unsigned("malformed")
    return values[0].decode("ascii")


def _moment(stamp: str, form: re.Pattern[str] | None = None) -> datetime | None:
    """Seconds since 1970, or ISO 8601 with an offset unless `form` rules it out."""
    try:
        if _SECONDS.fullmatch(stamp):
            return datetime.fromtimestamp(int(stamp), UTC)
        if form is None and _ISO.fullmatch(stamp):
            return datetime.fromisoformat(stamp)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _outside_window(at: datetime, now: datetime) -> Unsigned | None:
    age = now - at
    if age > PAST:
        return Unsigned("stale")
    return Unsigned("early") if age < -FUTURE else None


def _compare(expected: Sequence[str], given: Sequence[str]) -> Unsigned | None:
    if not expected:
        return Unsigned("no secret")
    # Every pair is compared, so that the time tells neither which secret nor which entry matched.
    matches = [hmac.compare_digest(one, other) for one in expected for other in given]
    return None if any(matches) else Unsigned("mismatch")


def _keys(secrets: Sequence[str]) -> list[bytes]:
    # An empty secret would verify what anybody can sign.
    return [secret.encode() for secret in secrets if secret]


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def _digest(signed: bytes) -> str:
    return f"sha256:{hashlib.sha256(signed).hexdigest()}"
