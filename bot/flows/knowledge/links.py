"""Where an article leads; pure. Nothing is ever fetched from there."""

import re
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)


def linked_hosts(body: str) -> tuple[str, ...]:
    """The host of each link, once, in the order of the text. What is no address is named whole:
    a reader must not take `https://shop.example@evil.example` for the shop."""
    found = []
    for address in _ADDRESS.findall(body):
        try:
            parts = urlsplit(address)
            host = parts.hostname or address
            has_user = parts.username is not None
        except ValueError:
            host, has_user = address, False
        found.append(f"{host} (behind another name)" if has_user else host)
    return tuple(dict.fromkeys(found))
