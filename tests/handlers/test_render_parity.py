"""All renderers say the same: one block of each kind, through each of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args

import pytest

from bot.cards import Block, Buttons, Card, Choice, Facts, Form, Input, Link, Mention, Moment
from bot.handlers.http import page_html as page
from bot.handlers.slack import render as slack
from bot.handlers.teams import render as teams
from tests.handlers.specimens import AT, BLOCKS, FORM

RENDERERS: dict[str, tuple[Any, Any, Any]] = {
    "slack": (slack.blocks_of, slack.card_message, slack.form_view),
    "teams": (teams.elements_of, teams.adaptive_card, teams.adaptive_form),
    "page": (page.html_of, page.card_page, page.form_page),
}


@dataclass(frozen=True)
class Ribbon:
    """A block that nobody has taught the renderers."""

    text: str = "new"


def words(part: Any) -> Iterator[str]:
    """The words of a card that people read, without ids and addresses.

    Nor the word that closes a confirm: Teams closes it by another press of its button.
    """
    if isinstance(part, str):
        yield from re.findall(r"\w+", part)
    elif isinstance(part, tuple):
        for one in part:
            yield from words(one)
    elif is_dataclass(part) and not isinstance(part, Mention | Moment):
        unread = {
            "action",
            "args",
            "tone",
            "url",
            "name",
            "style",
            "key",
            "options",
            "initial",
            "no",
        }
        for field in fields(part):
            if field.name not in unread:
                yield from words(getattr(part, field.name))


def a_card(block: Any) -> Card:
    return Card("card-1", "A title", "A summary", (block,))


def slack_clicks(message: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    clicks = []
    for element in (e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]):
        for option in element.get("options", [None]):
            clicks.append(slack.pressed({**element, "selected_option": option}))
    return clicks


def teams_clicks(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        if part.get("type") == "Action.Execute":
            yield part["verb"], part["data"]
        for value in part.values():
            yield from teams_clicks(value)
    elif isinstance(part, list):
        for value in part:
            yield from teams_clicks(value)


@pytest.mark.parametrize("surface", RENDERERS)
@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_every_word_of_a_block_reaches_the_platform(surface: str, kind: type) -> None:
    """A block type without a specimen here or without a rendering fails this test."""
    block = BLOCKS[kind]
    drawn = json.dumps(RENDERERS[surface][1](a_card(block)), ensure_ascii=False)
    assert [word for word in words(block) if word not in drawn] == []


@pytest.mark.parametrize("surface", RENDERERS)
@pytest.mark.parametrize("kind", [Input, Choice])
def test_every_word_of_an_input_reaches_the_platform(surface: str, kind: type) -> None:
    """Labels, hints, options and what is already filled in."""
    block = BLOCKS[kind]
    form = Form("A form", "Send", "form.send", {}, (block,))  # type: ignore[arg-type]
    drawn = json.dumps(RENDERERS[surface][2](form))
    options = [word for option in getattr(block, "options", ()) for word in option]
    wanted = [*words(block), *words(tuple(options)), block.name, block.initial]  # type: ignore[attr-defined]
    assert [word for word in wanted if word not in drawn] == []


@pytest.mark.parametrize("surface", RENDERERS)
def test_links_people_and_times_are_live(surface: str) -> None:
    """What the card's author made a link, a mention or a time is one."""
    drawn = json.dumps(RENDERERS[surface][1](a_card(BLOCKS[get_args(Block)[0]])))
    marks = {
        "slack": ("https://kb.example.com/a?b=1&c=2", '"U0ANA"', str(int(AT.timestamp()))),
        "teams": ("https://kb.example.com/a?b=1&c=2", "<at>Ana Ruiz</at>", "2026-11-21T14:05:00Z"),
        "page": ("?b=1&amp;c=2", "<strong>Ana Ruiz</strong>", "2026-11-21T14:05:00+00:00"),
    }
    assert [mark for mark in marks[surface] if mark not in drawn] == []


def test_a_button_carries_the_same_action_and_args_everywhere() -> None:
    """One table of actions reads both."""
    block = BLOCKS[Buttons]
    assert isinstance(block, Buttons)
    buttons = (*block.items, *block.more)
    wanted = [(button.action, dict(button.args)) for button in buttons]
    assert slack_clicks(slack.card_message(a_card(block))) == wanted
    assert list(teams_clicks(teams.adaptive_card(a_card(block)))) == wanted


def test_a_form_comes_back_under_its_action_with_its_args() -> None:
    """Submitting says which form it was and about what."""
    submit = teams.adaptive_form(FORM)["actions"][0]["data"]
    assert slack.submitted(slack.form_view(FORM)) == (FORM.action, dict(FORM.args))
    assert (submit["action"], submit["args"]) == (FORM.action, dict(FORM.args))


@pytest.mark.parametrize("surface", RENDERERS)
def test_an_unknown_block_raises(surface: str) -> None:
    """A block is never left out in silence."""
    with pytest.raises(TypeError, match="Ribbon"):
        RENDERERS[surface][1](a_card(Ribbon()))


@pytest.mark.parametrize("surface", RENDERERS)
def test_every_block_of_the_vocabulary_has_a_rendering(surface: str) -> None:
    """The union in `bot.cards` and the renderers' tables cannot drift."""
    known = set(RENDERERS[surface][0].registry) - {object}
    assert known == {*get_args(Block), Input, Choice}


@pytest.mark.parametrize("surface", RENDERERS)
def test_an_address_of_another_kind_is_not_a_link(surface: str) -> None:
    """Only http and https lead anywhere."""
    link = Link("javascript:alert(1)", "Press me")
    drawn = json.dumps(RENDERERS[surface][1](a_card(Facts((("See", link),)))))
    assert "Press me" in drawn
    assert "javascript" not in drawn
