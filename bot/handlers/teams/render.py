"""Cards and forms as Adaptive Cards 1.5 (plain dicts; tests hold them against the schema).

Words stand in text runs: unlike TextBlock and FactSet these never read Markdown, so that a
customer's brackets cannot become a link and what is shown is what was written.
https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC
from functools import singledispatch
from typing import Any

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
from bot.handlers.fitting import capped, fit
from bot.words import clean, label, one_line

Json = dict[str, Any]

LARGEST = 28 * 1024
TITLE, BUTTON, LABEL, PROSE = 150, 75, 250, 3_000
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_COLOURS = {"neutral": "Default", "good": "Good", "warning": "Warning", "bad": "Attention"}
_STYLES = {"good": "positive", "bad": "destructive"}
_ADDRESS = re.compile(r"https?://[^\s<>|\"`]{1,2900}")


def adaptive_card(card: Card) -> Json:
    """The content of an `application/vnd.microsoft.card.adaptive` attachment."""
    return _drawn(fit(card, lambda smaller: _fits(_drawn(smaller))))


def adaptive_form(form: Form) -> Json:
    """A card for a dialog; submitting brings `action`, `args` and the words by input name.

    Action.Submit, since dialogs do not carry Action.Execute.
    """
    blocks = [capped(block, PROSE, PROSE) for block in form.blocks]
    submit = {
        "type": "Action.Submit",
        "title": _label(form.submit, BUTTON),
        "data": {"action": form.action, "args": dict(form.args)},
    }
    title = _heading(form.title, "neutral")
    drawn = _adaptive([title, *(e for block in blocks for e in elements_of(block))], form.title)
    return {**drawn, "actions": [submit]}


@singledispatch
def elements_of(block: Any) -> list[Json]:
    """The elements of one neutral block; TypeError for one that has no spelling here."""
    raise TypeError(f"Adaptive Cards have no element for {type(block).__name__}")


@elements_of.register
def _(block: Text) -> list[Json]:
    runs = _runs(block.spans, isSubtle=True) if block.style == "context" else _runs(block.spans)
    return [_rich(runs)] if runs else []


@elements_of.register
def _(block: Quote) -> list[Json]:
    whose = [_rich(_runs([Strong(_label(block.by, LABEL))]))] if block.by.strip() else []
    return [*whose, _apart(block.text)]


@elements_of.register
def _(block: Facts) -> list[Json]:
    elements: list[Json] = []
    for name, value in block.pairs:
        title = Strong(f"{_label(name, LABEL)}:")
        words = value.text if isinstance(value, Strong | Code) else value
        if isinstance(words, str) and "\n" in clean(words).strip():
            elements += [_rich(_runs([title])), _apart(words)]
        else:
            flat = (one_line(words) or "—") if isinstance(words, str) else words
            elements.append({**_rich(_runs([title, " ", flat])), "spacing": "Small"})
    return elements


@elements_of.register
def _(block: Divider) -> list[Json]:
    return [{"type": "TextBlock", "text": " ", "separator": True, "spacing": "Small"}]


@elements_of.register
def _(block: Buttons) -> list[Json]:
    actions = [_action(button) for button in block.items]
    actions += [{**_action(button), "mode": "secondary"} for button in block.more]
    return [{"type": "ActionSet", "actions": actions}] if actions else []


@elements_of.register
def _(block: Input) -> list[Json]:
    element = {
        **_input(block, "Input.Text"),
        "isMultiline": block.multiline,
        "maxLength": block.max_length,
        "value": clean(block.initial)[: block.max_length],
    }
    return [{**element, "placeholder": _label(block.hint, LABEL)} if block.hint else element]


@elements_of.register
def _(block: Choice) -> list[Json]:
    choices = [{"title": _label(words, BUTTON), "value": value} for value, words in block.options]
    element = {**_input(block, "Input.ChoiceSet"), "choices": choices, "style": "compact"}
    if block.initial in dict(block.options):
        element["value"] = block.initial
    return [element]


def _input(block: Input | Choice, kind: str) -> Json:
    words = _label(block.label, LABEL)
    return {
        "type": kind,
        "id": block.name,
        "label": words,
        "isRequired": block.required,
        "errorMessage": f"{words}: please fill this in",
    }


def _drawn(card: Card) -> Json:
    body = [_heading(card.title, card.tone)] if card.title.strip() else []
    for block in card.blocks:
        body += elements_of(block)
    drawn = _adaptive(body, card.summary or card.title)
    mentions = [s for b in card.blocks if isinstance(b, Text) for s in b.spans if _notifies(s)]
    if mentions:
        drawn["body"].append(_mention_line(drawn["msteams"], mentions))
    return drawn


def _adaptive(body: list[Json], summary: str) -> Json:
    return {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": _unmarked(_label(summary, 1_000)),
        "body": body,
        "msteams": {"width": "Full"},
    }


def _fits(drawn: Json) -> bool:
    return len(json.dumps(drawn, ensure_ascii=False).encode("utf-16-le")) <= LARGEST


def _heading(title: str, tone: str) -> Json:
    run = {**_run(_label(title, TITLE)), "weight": "Bolder", "size": "Large"}
    return _rich([{**run, "color": _COLOURS[tone]}])


def _rich(runs: list[Json]) -> Json:
    return {"type": "RichTextBlock", "inlines": runs}


def _apart(text: str) -> Json:
    words = _rich([_run(clean(text).strip() or "—")])
    return {"type": "Container", "style": "emphasis", "items": [words]}


def _run(text: str) -> Json:
    return {"type": "TextRun", "text": _inert(clean(text))}


def _label(text: str, most: int) -> str:
    return _inert(label(text, most))


def _inert(text: str) -> str:
    """Text runs are free of Markdown, but some clients still compute dates in them."""
    return re.sub(r"\{(?=\{(?:DATE|TIME)\()", "{ ", text)


def _runs(spans: Iterable[Span], **style: Any) -> list[Json]:
    return [{**run, **style} for run in map(_span, spans) if run["text"]]


@singledispatch
def _span(span: Any) -> Json:
    raise TypeError(f"Adaptive Cards have no spelling for {type(span).__name__}")


@_span.register
def _(span: str) -> Json:
    return _run(span)


@_span.register
def _(span: Strong) -> Json:
    return {**_run(span.text), "weight": "Bolder"}


@_span.register
def _(span: Code) -> Json:
    return {**_run(span.text), "fontType": "Monospace"}


@_span.register
def _(span: Link) -> Json:
    run = _run(one_line(span.label) or "link")
    if not _ADDRESS.fullmatch(span.url):
        return run
    return {**run, "selectAction": {"type": "Action.OpenUrl", "url": span.url}}


@_span.register
def _(span: Jump) -> Json:
    return _run(one_line(span.label))


@_span.register
def _(span: Mention) -> Json:
    return {**_run(one_line(span.name)), "weight": "Bolder"}


@_span.register
def _(span: Moment) -> Json:
    at = f"{span.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return {"type": "TextRun", "text": f"{{{{DATE({at},SHORT)}}}} {{{{TIME({at})}}}}"}


def _notifies(span: Span) -> bool:
    return isinstance(span, Mention) and span.teams is not None


def _mention_line(msteams: Json, mentions: list[Any]) -> Json:
    """Only a TextBlock can notify, so the people mentioned are named once more in one."""
    named = {mention.teams: _unmarked(_label(mention.name, LABEL)) for mention in mentions}
    msteams["entities"] = [
        {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": user, "name": name}}
        for user, name in named.items()
    ]
    words = " ".join(f"<at>{name}</at>" for name in named.values())
    return {"type": "TextBlock", "text": words, "wrap": True, "isSubtle": True}


def _unmarked(text: str) -> str:
    """Without the letters that would make Markdown, tags or a mention of their own."""
    return re.sub(r"[*_~`<>\[\]\\{}]", "", text) or "—"


def _action(button: Button) -> Json:
    execute: Json = {
        "type": "Action.Execute",
        "title": _label(button.label, BUTTON),
        "verb": button.action,
        "data": dict(button.args),
    }
    if style := _STYLES.get(button.tone):
        execute["style"] = style
    return _asked_first(execute, button.confirm) if button.confirm else execute


def _asked_first(execute: Json, confirm: Confirm) -> Json:
    """Adaptive Cards have no confirm dialog: the button opens the question and the real one."""
    question = [
        _rich(_runs([Strong(_label(confirm.title, TITLE))])),
        _rich(_runs([clean(confirm.text)])),
    ]
    card = {
        "type": "AdaptiveCard",
        "body": question,
        "actions": [{**execute, "title": _label(confirm.yes, BUTTON)}],
    }
    shown: Json = {key: execute[key] for key in ("title", "style") if key in execute}
    return {"type": "Action.ShowCard", **shown, "card": card}
