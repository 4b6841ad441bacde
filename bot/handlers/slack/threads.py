"""What stands in a thread, read for whoever asks about it."""

import html
import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import OutsideError
from bot.handlers.slack.failures import outside
from bot.words import storable

log = logging.getLogger(__name__)

MOST = 50
_MENTION = re.compile(r"<[@#!][^>]*>")
_LINK = re.compile(r"<(?:https?|mailto):[^|>]*\|([^>]*)>|<((?:https?|mailto):[^>]*)>")


async def words_in(
    client: AsyncWebClient, channel: str, root: str, message: Mapping[str, Any]
) -> tuple[str, ...]:
    """The messages of people, the oldest first; of a thread that Slack does not tell, the `message`
    alone: nobody waits for an answer because of it."""
    try:
        with outside(repeatable=True):
            told = await client.conversations_replies(channel=channel, ts=root, limit=MOST)
        said: list[Mapping[str, Any]] = told.get("messages") or []
    except OutsideError as error:
        log.warning("a thread was not read: %s", error)
        said = [message]
    words = (_words(str(one.get("text", ""))) for one in said if not one.get("bot_id"))
    return tuple(one for one in words if one)


def _words(text: str) -> str:
    """Without mentions: whom somebody spoke to is no part of what was said."""
    bare = _LINK.sub(lambda found: found[1] or found[2], _MENTION.sub("", text))
    return storable(html.unescape(bare)).strip()
