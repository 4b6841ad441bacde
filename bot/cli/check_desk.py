"""Asks the help desk one small question, the one that polling asks."""

from datetime import datetime

from bot.config.outside import HelpDeskSettings
from bot.config.problem import Problem
from bot.errors import OutsideError, Refused, TryLater
from bot.handlers.http.outward import NOT_AUTHENTICATED, RATE_LIMITED
from bot.ports import HelpDesk

_CLOSES = "tickets from there, and replies to customers"


def ask_desk(desk: HelpDesk, named: HelpDeskSettings, now: datetime) -> Problem | None:
    """Return what keeps it from answering, with a remedy; a limit is an answer, too."""
    try:
        next(iter(desk.changed(now)), None)
    except OutsideError as error:
        if not (isinstance(error, TryLater) and str(error) == RATE_LIMITED):
            return _told(error, named)
    return None


def _told(error: OutsideError, named: HelpDeskSettings) -> Problem:
    kind = named.kind.capitalize()
    if str(error) == NOT_AUTHENTICATED:
        wrong, key, remedy = f"{kind} refuses the token", "token", _other_token(named)
    elif isinstance(error, Refused):
        wrong, key = f"{kind} refuses: {error.code}", "url"
        remedy = "Correct the address, or let the token's account read every ticket."
    else:
        wrong, key = f"{kind} gives no usable answer ({error})", "url"
        remedy = "Correct the address, or look whether this machine reaches it (proxy, firewall)."
    return Problem("closed", "help_desk", f"help_desk.{key}", wrong, _CLOSES, remedy)


def _other_token(named: HelpDeskSettings) -> str:
    if named.kind == "zendesk" and named.user is None:
        return (
            "An API token needs help_desk.user, the address of the account it belongs to; without "
            f"it {named.token} is taken for an OAuth token."
        )
    whose = f" of {named.user}" if named.user else ""
    return f"Set {named.token} to a token{whose} that is valid."
