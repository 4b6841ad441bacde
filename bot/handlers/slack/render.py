"""Cards and forms as Block Kit, and back from what Slack sends when somebody uses them.

Limits: https://docs.slack.dev/reference/block-kit, and the total above which Slack refuses a
message (https://github.com/slackapi/bolt-js/issues/2509).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import singledispatch
from itertools import accumulate, groupby
from typing import Any

from bot.cards import (
    Buttons,
    Card,
    Choice,
    Code,
    Divider,
    Facts,
    Form,
    Input,
    Quote,
    Span,
    Strong,
    Text,
    marked,
)
from bot.handlers.fitting import WHOLE_FACT, capped, fit
from bot.handlers.slack.buttons import (
    MORE,
    OPTION_VALUE,
    TEXT,
    actions_block,
    compact,
    pressed,
    tell_apart,
)
from bot.handlers.slack.format import Json, literal, mrkdwn, plain, rich
from bot.handlers.slack.preview import preview_block
from bot.words import SHORTENED, clean, fitted, label, one_line, shorten, storable, units

__all__ = [
    "MORE",
    "blocks_of",
    "card_message",
    "card_view",
    "form_view",
    "home_view",
    "notice_message",
    "notice_view",
    "pressed",
    "submitted",
    "typed",
]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
# How Slack counts is not told; the JSON itself is longer than any count of what is in it.
MESSAGE_TOTAL, VIEW_TOTAL = 12_000, 40_000
HEADER, SECTION, CONTEXT, FALLBACK = 150, 3_000, 2_000, 1_000
VIEW_TITLE, PRIVATE_METADATA, INPUT_TEXT, INPUT_LABEL = 24, 3_000, 3_000, 2_000


def card_message(card: Card) -> Json:
    """`text` (for notifications and screen readers) and `blocks` of a message."""
    fitted = fit(card, lambda smaller: _fits(_card(smaller)))
    return {"text": _fallback(card.summary or card.title), "blocks": _card(fitted)}


def notice_message(text: str) -> Json:
    """`text` and `blocks` of a private word."""
    return {"text": _fallback(text.replace("`", "")), "blocks": notice_blocks(text)}


def notice_blocks(text: str) -> list[Json]:
    return [_rich_text(_section(marked(fitted(text.strip(), SECTION).strip() or "—")))]


def notice_view(text: str) -> Json:
    """A modal that only says something."""
    return _reading("Backstop", notice_blocks(text))


def card_view(card: Card) -> Json:
    """A card as a modal, for one person's eyes."""
    return _reading(card.summary.rstrip("."), card_message(card)["blocks"])


def home_view(card: Card) -> Json:
    """The App Home tab; what is beyond its hundred blocks is left out, and said to be."""
    short = replace(card, blocks=tuple(capped(b, SECTION, SECTION) for b in card.blocks))
    blocks = _card(short)
    sizes = accumulate(_size(block) + 1 for block in blocks)
    most = sum(1 for size in sizes if size <= VIEW_TOTAL)
    if len(blocks) > min(most, VIEW_BLOCKS):
        blocks = [*blocks[: min(most, VIEW_BLOCKS - 1)], _context(SHORTENED.strip())]
    return {"type": "home", "blocks": blocks}


def form_view(form: Form) -> Json:
    """A modal; submitting it brings back `action` as callback_id and the args as metadata."""
    blocks = (capped(block, SECTION, SECTION) for block in form.blocks)
    return {
        "type": "modal",
        "callback_id": form.action,
        "private_metadata": compact(dict(form.args), PRIVATE_METADATA),
        "title": plain(form.title, VIEW_TITLE),
        "submit": plain(form.submit, VIEW_TITLE),
        "close": plain("Cancel", VIEW_TITLE),
        "blocks": [part for block in blocks for part in blocks_of(block)],
    }


def _reading(title: str, blocks: list[Json]) -> Json:
    heads = {"title": plain(title, VIEW_TITLE), "close": plain("Close", VIEW_TITLE)}
    return {"type": "modal", **heads, "blocks": blocks}


def submitted(view: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and args of a form, from the view of a view_submission payload; raises Outdated."""
    return pressed({"action_id": view.get("callback_id"), "value": view.get("private_metadata")})


def typed(view_state: Mapping[str, Any]) -> dict[str, str]:
    """The words by input name, from `view["state"]`; what was left open is empty."""
    words = {}
    for name, elements in (view_state.get("values") or {}).items():
        element = elements.get(name) or {}
        option = element.get("selected_option") or {}
        words[name] = storable(str(element.get("value") or option.get("value") or ""))
    return words


@singledispatch
def blocks_of(block: Any) -> list[Json]:
    """The Block Kit blocks of one neutral block; TypeError for one that has no spelling here."""
    raise TypeError(f"Slack has no block for {type(block).__name__}")


@blocks_of.register
def _(block: Text) -> list[Json]:
    section = _section(block.spans)
    words = mrkdwn(block.spans).strip() if block.style == "context" else ""
    if words and units(words) <= CONTEXT:
        return [_context(words)]
    return [_rich_text(section)] if section["elements"] else []


@blocks_of.register
def _(block: Quote) -> list[Json]:
    whose = [_section([Strong(label(block.by, HEADER))])] if block.by.strip() else []
    return [_rich_text(*whose, _quote(block.text))]


@blocks_of.register
def _(block: Facts) -> list[Json]:
    parts: list[Json] = []
    for is_long, pairs in groupby(block.pairs, lambda pair: _is_long(pair[1])):
        if is_long:
            for name, value in pairs:
                parts += [_section([_label(name)]), _quote(str(_words(value)))]
        else:
            parts.append(_fact_lines(pairs))
    return [_rich_text(*parts)] if parts else []


@blocks_of.register
def _(block: Divider) -> list[Json]:
    return [{"type": "divider"}]


@blocks_of.register
def _(block: Buttons) -> list[Json]:
    return actions_block(block)


@blocks_of.register
def _(block: Input) -> list[Json]:
    most = max(1, min(block.max_length, INPUT_TEXT))
    element: Json = {
        "type": "plain_text_input",
        "action_id": block.name,
        "multiline": block.multiline,
        "max_length": most,
    }
    if initial := fitted(block.initial, most, "…"):
        element["initial_value"] = initial
    hint = {"hint": plain(block.hint, INPUT_LABEL)} if block.hint else {}
    if not block.previewed:
        return [{**_input(block, element), **hint}]
    element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    typed_in = {**_input(block, element), **hint, "dispatch_action": True}
    return [typed_in, preview_block(block.name, initial)]


@blocks_of.register
def _(block: Choice) -> list[Json]:
    options = []
    for value, words in block.options:
        if units(value) > OPTION_VALUE:
            raise ValueError(f"an option of {block.name} takes more than {OPTION_VALUE} characters")
        options.append({"text": plain(words, TEXT), "value": value})
    element: Json = {"type": "static_select", "action_id": block.name, "options": options}
    for option in options:
        if option["value"] == block.initial:
            element["initial_option"] = option
    return [_input(block, element)]


def _input(block: Input | Choice, element: Json) -> Json:
    return {
        "type": "input",
        "block_id": block.name,
        "label": plain(block.label, INPUT_LABEL),
        "optional": not block.required,
        "element": element,
    }


def _card(card: Card) -> list[Json]:
    """A card without a title is a plain message; one without anything shows its dash."""
    blocks = [part for block in card.blocks for part in blocks_of(block)]
    if card.title.strip() or not blocks:
        blocks.insert(0, {"type": "header", "text": plain(card.title, HEADER)})
    tell_apart(blocks)
    return blocks


def _fits(blocks: list[Json]) -> bool:
    return len(blocks) <= MESSAGE_BLOCKS and _size(blocks) <= MESSAGE_TOTAL


def _size(drawn: Json | list[Json]) -> int:
    return units(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")))


def _fallback(text: str) -> str:
    return literal(shorten(one_line(text), FALLBACK)) or "—"


def _context(words: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": words, "verbatim": True}]}


def _rich_text(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def _section(spans: Iterable[Span]) -> Json:
    return {"type": "rich_text_section", "elements": rich(spans)}


def _quote(text: str) -> Json:
    words = clean(text).strip() or "—"
    return {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}


def _label(name: str) -> Strong:
    return Strong(f"{label(name, HEADER)}:")


def _words(value: Span) -> Span:
    return value.text if isinstance(value, Strong | Code) else value


def _is_long(value: Span) -> bool:
    """Whether a value takes several lines: then it is set apart, so that none of its lines
    can pass for a fact of its own."""
    words = _words(value)
    return isinstance(words, str) and (
        "\n" in clean(words).strip() or units(clean(words)) > WHOLE_FACT
    )


def _fact_lines(pairs: Iterable[tuple[str, Span]]) -> Json:
    spans: list[Span] = []
    for name, value in pairs:
        if isinstance(value, Strong | Code):
            shown: Span = replace(value, text=one_line(value.text) or "—")
        else:
            shown = (one_line(value) or "—") if isinstance(value, str) else value
        spans += ["\n", _label(name), " ", shown]
    return _section(spans[1:])
