"""Where an article leads; pure. Nothing is ever fetched from there."""

import re
from urllib.parse import urlsplit

# A browser goes where `//host` and many a program where `www.host` leads, without any scheme.
_ADDRESS = re.compile(
    r"(?:(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}:)?[/\\]{2}[^\s<>()\[\]\"'/\\]+[^\s<>()\[\]\"']*"
    r"|(?<![\w.@/\\-])www\.[^\s<>()\[\]\"']+"
    r"|(?<![\w+.-])(?:mailto|tel|sms|data|javascript|vbscript|file):[^\s<>()\[\]\"']+",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:", re.IGNORECASE)
_WEB = frozenset({"", "http:", "https:"})


def linked_hosts(body: str) -> tuple[str, ...]:
    """The host of each link, once, in the order of the text, and how it is reached where that is
    not the web. What is no address is named whole: a reader must not take
    `https://shop.example@evil.example` for the shop."""
    return tuple(dict.fromkeys(map(_named, _ADDRESS.findall(body))))


def _named(address: str) -> str:
    found = _SCHEME.match(address)
    scheme = found[0].lower() if found else ""
    rest = address[len(scheme) :].replace("\\", "/")
    if scheme == "mailto:":
        return f"{rest.partition('?')[0].rpartition('@')[2] or rest} (by mail)"
    try:
        parts = urlsplit(rest if rest.startswith("//") else f"//{rest}")
        host, has_user = parts.hostname or address, parts.username is not None
    except ValueError:
        host, has_user = address, False
    if has_user:
        return f"{host} (behind another name)"
    if scheme in _WEB:
        return host
    return f"{host} ({scheme})" if rest.startswith("//") else f"{address[:60]} ({scheme})"
