"""What somebody types in a form, shown below the field as its reader will see it."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.slack.format import Json
from bot.words import clean

log = logging.getLogger(__name__)

TITLE = "Preview"
NOTHING = "(nothing yet)"
# What Slack takes back of a view that it sent; the rest of it is Slack's own.
_OURS = ("type", "callback_id", "private_metadata", "title", "submit", "close", "blocks")
# Hashes of forms that were drawn lately, over all who type.
_KEPT = 4_096


def preview_block(name: str, words: str) -> Json:
    """The preview of the input of this name, holding these words."""
    shown = clean(words).strip() or NOTHING
    return {
        "type": "rich_text",
        "block_id": _block_id(name),
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": TITLE, "style": {"bold": True}}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": shown}]},
        ],
    }


def is_typing(action: Mapping[str, Any]) -> bool:
    """Whether an action is a key stroke in a form, and no press."""
    return action.get("type") == "plain_text_input"


def with_preview(view: Mapping[str, Any], name: str, words: str) -> Json:
    """The same view with the preview of one input redrawn."""
    kept = {key: view[key] for key in _OURS if view.get(key) is not None}
    blocks = [
        preview_block(name, words) if block.get("block_id") == _block_id(name) else block
        for block in view.get("blocks", ())
    ]
    return {**kept, "blocks": blocks}


class Previews:
    """Redraws the previews of open forms, one call at a time for each form.

    What is typed while a call is under way waits for its end, and only the newest is drawn: Slack
    may carry out two calls in either order. A form that somebody else has drawn meanwhile, because
    it was sent and came back with warnings, is left as it is: its hash is none of ours.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._newest: dict[str, tuple[Json, str]] = {}
        self._became: dict[str, str] = {}
        self._busy: set[str] = set()

    async def follow(self, view: Mapping[str, Any], action: Mapping[str, Any]) -> None:
        """Show the newest words of a form's input, sooner or later; a form that is gone is left."""
        ident = str(view.get("id") or "")
        if not ident:
            return
        words = str(action.get("value") or "")
        drawn = with_preview(view, str(action["action_id"]), words)
        self._newest[ident] = drawn, str(view.get("hash", ""))
        if ident in self._busy:
            return
        self._busy.add(ident)
        try:
            while (newest := self._newest.pop(ident, None)) is not None:
                await self._draw(ident, *newest)
        finally:
            self._busy.discard(ident)

    async def _draw(self, ident: str, view: Json, seen: str) -> None:
        """`seen` is the hash of the form in which it was typed, which we may have redrawn since."""
        while seen in self._became:
            seen = self._became[seen]
        try:
            answer = await self._client.views_update(view_id=ident, view=view, hash=seen or None)
        except (TimeoutError, SlackApiError, OSError) as error:
            log.info("a preview was not drawn: %s", type(error).__name__)
            return
        drawn = str((answer.get("view") or {}).get("hash", ""))
        if seen and drawn != seen and drawn not in self._became:
            self._became[seen] = drawn
        if len(self._became) > _KEPT:
            del self._became[next(iter(self._became))]


def _block_id(name: str) -> str:
    return f"{name}:preview"
