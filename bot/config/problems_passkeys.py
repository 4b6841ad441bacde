"""What passkeys lack: an address of our own page that a browser makes them for."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.config.problem import Problem
from bot.config.settings import Settings

CLOSES = "approvals that take a passkey"


def passkey_problems(settings: Settings) -> Iterator[Problem]:
    step_up, url = settings.approvals.step_up, settings.server.public_url
    if step_up is None or step_up.by != "passkeys":
        return
    path = "server.public_url"
    if url is None:
        remedy = "Add the address under which people reach the bot."
        yield Problem("closed", "step_up", path, "is missing", CLOSES, remedy)
    elif _is_number(urlsplit(url).hostname or ""):
        remedy = "Devices sign for hosts that have a name: write that in place of the number."
        yield Problem("closed", "step_up", path, "has no name", CLOSES, remedy)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
