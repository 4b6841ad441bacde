"""Short-lived permissions an interaction carries: trigger ids and response urls."""

import time
from dataclasses import dataclass, field

from sandbox.slack.errors import ApiError
from sandbox.slack.idents import new_ident, new_secret
from sandbox.slack.people import Json
from sandbox.slack.timing import Timing

RESPONSE_URL_USES = 5
# Kept this long past their end, so that a late use is told "expired" and not "invalid".
REMEMBER_S = 60.0


@dataclass(slots=True)
class Trigger:
    user: str
    ends: float
    view_id: str | None
    id: str = field(default_factory=lambda: new_ident("13345224609."))
    used: bool = False
    opened: Json | None = None


class Triggers:
    """Each opens one view, once, within three seconds."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> Trigger:
        """`view_id` is the view the person acted in, which alone allows a push."""
        now = time.monotonic()
        _forget(self._issued, now)
        trigger = Trigger(user, now + self._timing.trigger_s, view_id)
        self._issued[trigger.id] = trigger
        return trigger

    def redeem(self, ident: str) -> Trigger:
        trigger = self._issued.get(ident)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if time.monotonic() > trigger.ends:
            raise ApiError("expired_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        trigger.used = True
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """Where answers through one response url go."""

    user: str
    channel: str
    ends: float
    ts: str | None = None
    ephemeral: bool = False
    uses: int = 0
    token: str = field(default_factory=new_secret)


class ResponseUrls:
    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._issued: dict[str, ResponseUrl] = {}

    def issue(
        self, user: str, channel: str, ts: str | None = None, ephemeral: bool = False
    ) -> ResponseUrl:
        now = time.monotonic()
        _forget(self._issued, now)
        url = ResponseUrl(user, channel, now + self._timing.response_url_s, ts, ephemeral)
        self._issued[url.token] = url
        return url

    def redeem(self, token: str) -> ResponseUrl:
        """Counts one use; ApiError `invalid_url`, `expired_url` or `used_url`."""
        url = self._issued.get(token)
        if url is None:
            raise ApiError("invalid_url")
        if time.monotonic() > url.ends:
            raise ApiError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise ApiError("used_url")
        url.uses += 1
        return url


def _forget(issued: dict[str, Trigger] | dict[str, ResponseUrl], now: float) -> None:
    """Drops what ended long ago; entries were added in the order in which they end."""
    while issued:
        oldest = next(iter(issued))
        if issued[oldest].ends + REMEMBER_S > now:
            return
        del issued[oldest]
