"""Cards and forms as HTML of our own: nothing loaded, every word escaped, and no script but the one
that has a device sign.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import singledispatch
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from bot.cards import (
    Button,
    Buttons,
    Card,
    Choice,
    Code,
    Confirm,
    Divider,
    Facts,
    Form,
    Input,
    Jump,
    Link,
    Mention,
    Moment,
    Quote,
    Span,
    Strong,
    Text,
)
from bot.handlers.http.page_script import SCRIPT
from bot.handlers.http.page_style import STYLE
from bot.words import clean, label, one_line

TITLE, BUTTON, LABEL = 150, 75, 250
_ADDRESS = re.compile(r"https?://[^\s<>|\"`]{1,2900}")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


POLICY = (
    f"default-src 'none'; style-src 'sha256-{_hash(STYLE)}'; script-src 'sha256-{_hash(SCRIPT)}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_UNSIGNED = "Your device has signed nothing, so nothing was sent. Press again, and do what it asks."
_TOO_OLD = (
    "This page takes a browser of 2025 or later, with scripts allowed: your device signs here."
)


def card_page(card: Card, time_zone: str = "UTC") -> str:
    """A card that nobody presses anything on."""
    body = "".join(html_of(block, time_zone) for block in card.blocks)
    return _page(card.title, f"{_heading(card.title, card.tone)}{body}")


def form_page(
    form: Form,
    time_zone: str = "UTC",
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    """Sent back to its own address: `do` is the action of the button, the rest what was typed.
    Nothing else is in it, so that nothing of it has to be believed."""
    blocks = [_filled(block, typed or {}) for block in form.blocks]
    if not any(isinstance(block, Buttons) for block in blocks):
        blocks.append(Buttons((Button(form.submit, form.action, {}, "good"),)))
    wrong, signing = errors or {}, form.args.get("sign") or {}
    parts = [_part(block, time_zone, wrong, signing) for block in blocks]
    if signing:
        parts.insert(0, _signing(wrong.get("code", "")))
    body = f'<form method="post">{"".join(parts)}</form>'
    script = f"<script>{SCRIPT}</script>" if signing else ""
    return _page(form.title, f"{_heading(form.title, 'neutral')}{body}{script}")


def _part(block: Any, time_zone: str, wrong: Mapping[str, str], signing: Mapping[str, str]) -> str:
    if isinstance(block, Input) and block.name in wrong:
        return _input(block, wrong[block.name])
    if isinstance(block, Buttons):
        return _buttons(block, signing)
    return html_of(block, time_zone)


def _signing(wrong: str) -> str:
    """What takes up what was signed, and what is said where nothing was."""
    told = f'<p class="wrong" role="alert">{_words(wrong)}</p>' if wrong else ""
    unsigned = f'<p class="wrong" role="alert" id="unsigned" tabindex="-1" hidden>{_UNSIGNED}</p>'
    old = f'<noscript><p class="wrong">{_TOO_OLD}</p></noscript>'
    return f'{told}{unsigned}{old}<input type="hidden" name="code" value="">'


@singledispatch
def html_of(block: Any, time_zone: str) -> str:
    """The HTML of one neutral block; TypeError for one that has no spelling here."""
    raise TypeError(f"The page has no element for {type(block).__name__}")


@html_of.register
def _(block: Text, time_zone: str) -> str:
    style = ' class="context"' if block.style == "context" else ""
    return f"<p{style}>{_spans(block.spans, time_zone)}</p>"


@html_of.register
def _(block: Quote, time_zone: str) -> str:
    whose = f"<figcaption>{_label(block.by, LABEL)}</figcaption>" if block.by.strip() else ""
    return f"<figure>{whose}<blockquote>{_words(block.text.strip()) or '—'}</blockquote></figure>"


@html_of.register
def _(block: Facts, time_zone: str) -> str:
    rows = (
        f"<dt>{_label(name, LABEL)}</dt><dd>{_span(value, time_zone) or '—'}</dd>"
        for name, value in block.pairs
    )
    return f"<dl>{''.join(rows)}</dl>"


@html_of.register
def _(block: Divider, time_zone: str) -> str:
    return "<hr>"


@html_of.register
def _(block: Buttons, time_zone: str) -> str:
    return _buttons(block, {})


def _buttons(block: Buttons, signing: Mapping[str, str]) -> str:
    """`signing` is what the device is asked for, by action, before the button is sent."""
    found = (_button(one, signing.get(one.action, "")) for one in (*block.items, *block.more))
    return f'<div class="buttons">{"".join(found)}</div>'


@html_of.register
def _(block: Input, time_zone: str) -> str:
    return _input(block)


def _input(block: Input, wrong: str = "") -> str:
    """What is wrong stands above it, and the page opens there."""
    name, most = escape(block.name), block.max_length
    common = f'id="{name}" name="{name}" maxlength="{most}" aria-describedby="{name}-hint"'
    told = ""
    if wrong:
        common += ' aria-invalid="true" autofocus'
        told = f'<p class="wrong" role="alert">{_words(wrong)}</p>'
    if block.multiline:
        field = f'<textarea {common} rows="3">\n{escape(clean(block.initial)[:most])}</textarea>'
    else:
        # A phone then offers digits, and fills nothing in by itself.
        digits = ' inputmode="numeric"' if block.name == "code" else ""
        initial = escape(clean(block.initial)[:most])
        field = f'<input {common}{digits} value="{initial}" autocomplete="one-time-code">'
    hint = f'<p class="context" id="{name}-hint">{_words(block.hint)}</p>'
    return f'{told}<label for="{name}">{_label(block.label, LABEL)}</label>{field}{hint}'


@html_of.register
def _(block: Choice, time_zone: str) -> str:
    name = escape(block.name)
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == block.initial else ""}>'
        f"{_label(words, BUTTON)}</option>"
        for value, words in block.options
    )
    heading = f'<label for="{name}">{_label(block.label, LABEL)}</label>'
    return f'{heading}<select id="{name}" name="{name}">{options}</select>'


@singledispatch
def _span(span: Any, time_zone: str) -> str:
    raise TypeError(f"The page has no spelling for {type(span).__name__}")


@_span.register
def _(span: str, time_zone: str) -> str:
    return _words(span)


@_span.register
def _(span: Strong, time_zone: str) -> str:
    return f"<strong>{_words(span.text)}</strong>"


@_span.register
def _(span: Code, time_zone: str) -> str:
    return f"<code>{_words(span.text)}</code>"


@_span.register
def _(span: Link, time_zone: str) -> str:
    words = escape(one_line(span.label) or "link")
    if not _ADDRESS.fullmatch(span.url):
        return words
    return f'<a href="{escape(span.url)}" rel="noreferrer noopener" target="_blank">{words}</a>'


@_span.register
def _(span: Jump, time_zone: str) -> str:
    return escape(one_line(span.label))


@_span.register
def _(span: Mention, time_zone: str) -> str:
    return f"<strong>{escape(one_line(span.name))}</strong>"


@_span.register
def _(span: Moment, time_zone: str) -> str:
    """Whose page it is has a zone in app.yaml; without a script the browser tells none."""
    local = span.at.astimezone(ZoneInfo(time_zone))
    words = f"{local.day} {local:%B %Y, %H:%M} ({time_zone})"
    return f'<time datetime="{span.at.isoformat()}">{escape(words)}</time>'


def _filled(block: Any, typed: Mapping[str, str]) -> Any:
    """What was typed stands there again, but a code, which is another one by now."""
    if isinstance(block, Input) and block.name != "code" and block.name in typed:
        return Input(**{**vars(block), "initial": typed[block.name]})
    return block


def _button(button: Button, signs: str) -> str:
    if button.confirm is None:
        return _submit(button, button.label, signs)
    return _asked_first(button, button.confirm, signs)


def _asked_first(button: Button, confirm: Confirm, signs: str) -> str:
    """Without a script there is no dialog: the button opens the question and the real one."""
    question = f"<p><strong>{_words(confirm.title)}</strong></p><p>{_words(confirm.text)}</p>"
    inside = f"{question}{_submit(button, confirm.yes, signs)}"
    return f"<details><summary>{_label(button.label, BUTTON)}</summary>{inside}</details>"


def _submit(button: Button, words: str, signs: str) -> str:
    kind = f'class="{button.tone}" name="do" value="{escape(button.action)}"'
    asks = f' data-sign="{escape(signs)}"' if signs else ""
    return f'<button type="submit" {kind}{asks}>{_label(words, BUTTON)}</button>'


def _heading(title: str, tone: str) -> str:
    return f'<h1 class="{tone}">{_label(title, TITLE)}</h1>'


def _spans(spans: Iterable[Span], time_zone: str) -> str:
    return "".join(_span(span, time_zone) for span in spans)


def _words(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _label(text: str, most: int) -> str:
    return escape(label(text, most))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        f"<title>{_label(title, TITLE)}</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
