"""Everything that was posted anywhere, and what of a ticket came alive in it."""

import re
from collections.abc import Iterator

from tests.company import Json
from tests.handlers.slack_reader import texts
from tests.world import World

# Ours: moments, and in a line of its own whose turn it is; elsewhere people are told by name.
_ASKED = r"^Asked first: <@U[A-Z0-9]+>(?:, <@U[A-Z0-9]+>)*$"
_OURS = re.compile(r"<!date\^[0-9]+\^[^<>]*>|" + _ASKED)
_CALLS = re.compile(r"<[!@#][^>]*>?")
_LINKS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^>|]*)")
_ALIVE = frozenset(["user", "usergroup", "broadcast", "channel", "emoji"])


def everything_posted(world: World) -> Iterator[Json]:
    """Each message of each channel and direct message, threads and private words among them."""
    for channel in world.workspace.channels.values():
        yield from channel.messages.values()
        yield from (message for _, message in channel.ephemerals)


def alive(world: World) -> list[str]:
    """Mentions, and links to any place but our own servers and the workspace's own messages."""
    ours = world.server.url, "https://larkspur.slack.com/archives/"
    return [found for message in everything_posted(world) for found in _alive(message, ours)]


def _alive(message: Json, ours: tuple[str, ...]) -> Iterator[str]:
    yield from _in_mrkdwn(str(message.get("text", "")), ours)
    for text in texts(message.get("blocks", [])):
        if text["type"] == "mrkdwn":
            yield from _in_mrkdwn(str(text["text"]), ours)
        elif text["type"] in _ALIVE:
            yield str(text)
    for url in _addresses(message.get("blocks", [])):
        if not url.startswith(ours):
            yield url


def _in_mrkdwn(text: str, ours: tuple[str, ...]) -> Iterator[str]:
    rest = _OURS.sub("", text)
    yield from _CALLS.findall(rest)
    yield from (url for url in _LINKS.findall(rest) if not url.startswith(ours))


def _addresses(part: object) -> Iterator[str]:
    """Of buttons, images and whatever else opens something."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("url", "image_url", "title_url") and isinstance(value, str):
                yield value
            yield from _addresses(value)
    elif isinstance(part, list):
        for value in part:
            yield from _addresses(value)
