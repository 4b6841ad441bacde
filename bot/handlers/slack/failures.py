"""Slack's failures as ours: refused, later, or nobody knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from socket import gaierror
from urllib.error import URLError

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater, Unreachable

# "It's possible some aspect of the operation succeeded", says the page of every method.
_UNSURE = {"fatal_error", "internal_error", "service_unavailable"}
_LATER = {
    "accesslimited",
    "external_channel_migrating",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "team_added_to_org",
    "update_failed",
}
# The last four are what the SDK makes of answers of an unexpected shape.
_FAILURES = (
    SlackClientError,
    ClientError,
    OSError,
    HTTPException,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)
# Nothing is wrong with what was asked: the same call works once an administrator has acted.
_SHUT_OUT = {
    "access_denied",
    "account_inactive",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
# Of whoever a private message would be to.
_NOBODY = {"cannot_dm_bot", "user_disabled"}
_ASK_AGAIN_S = 60.0
_RATE_LIMITED, _SERVER_ERROR = 429, 500


class ShutOut(TryLater):
    """Slack does not take our token, or not for this; what waits is kept until it does."""

    def __init__(self, code: str) -> None:
        super().__init__(f"slack: {code}", _ASK_AGAIN_S)


@contextmanager
def outside(repeatable: bool) -> Iterator[None]:
    """Raises OutsideError for whatever goes wrong within.

    `repeatable` calls do no harm when made twice: for them an unknown outcome is TryLater.
    """
    try:
        yield
    except _FAILURES as error:
        found = translated(error)
        if repeatable and isinstance(found, OutcomeUnknown):
            found = TryLater(str(found))
        raise found from error


def translated(error: Exception) -> OutsideError:
    if isinstance(error, SlackApiError):
        return _answered(error)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ConnectionRefusedError | gaierror):
        return TryLater(f"slack: {type(reason).__name__}")
    return OutcomeUnknown(f"slack: {type(reason).__name__}")


def _answered(error: SlackApiError) -> OutsideError:
    response = error.response
    status = int(getattr(response, "status_code", 200))
    data = getattr(response, "data", response)
    code = data.get("error") if isinstance(data, dict) else None
    # A body that is not JSON arrives as a sentence in place of a code.
    known = isinstance(code, str) and code.replace("_", "").isalnum()
    if status == _RATE_LIMITED:
        return TryLater("slack: ratelimited", seconds(response.headers.get("Retry-After")))
    if status >= _SERVER_ERROR or not known or code in _UNSURE:
        return OutcomeUnknown(f"slack: {code if known else f'answered {status}'}")
    if code in _SHUT_OUT:
        return ShutOut(str(code))
    if code in _NOBODY:
        return Unreachable(str(code))
    return TryLater(f"slack: {code}") if code in _LATER else Refused(str(code))


def seconds(header: object) -> float:
    """Retry-After, or a minute when it cannot be read."""
    try:
        return max(1.0, float(str(header)))
    except ValueError:
        return 60.0
