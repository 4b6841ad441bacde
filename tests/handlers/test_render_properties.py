"""No text, however hostile, makes a message that a platform refuses or that does something."""

import copy
import importlib.resources
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema.validators import Draft6Validator
from slack_sdk.models.blocks import Block as SlackBlock

from bot.cards import Block, Card, Facts, Form, Input, Quote, Strong, Text
from bot.handlers.slack.format import literal
from bot.handlers.slack.render import card_message, form_view, home_view, notice_message
from bot.handlers.teams.render import LARGEST, adaptive_card, adaptive_form
from sandbox.slack.blocks import check_message_blocks
from sandbox.slack.view_rules import check_view
from tests.handlers.arbitrary import AMOUNT, HOSTILE, RECIPIENT, cards, words
from tests.handlers.slack_reader import HIDDEN, live, live_mrkdwn, shown
from tests.handlers.specimens import APPROVAL, FORM

SCHEMA = json.loads(
    (importlib.resources.files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text()
)
VALIDATOR = Draft6Validator(SCHEMA)
many = settings(
    max_examples=30,
    derandomize=True,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def strict_schema_findings(card: dict[str, Any]) -> list[str]:
    checked = copy.deepcopy(card)
    del checked["msteams"]
    return [error.message for error in VALIDATOR.iter_errors(checked)]


def formatted_on_purpose(card: Card) -> bool:
    """Whether the card's author, and not its data, formats small print."""
    return any(
        isinstance(block, Text)
        and block.style == "context"
        and any(not isinstance(span, str) for span in block.spans)
        for block in card.blocks
    )


def characters(part: Any) -> int:
    """All strings of a message, ids and values too, in UTF-16 units."""
    if isinstance(part, str):
        return len(part.encode("utf-16-le")) // 2
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return sum(map(characters, values))


@many
@given(cards)
def test_slack_takes_every_message(card: Card) -> None:
    """At most 50 blocks and 12,000 characters; nothing the workspace or the SDK refuses."""
    message = json.loads(json.dumps(card_message(card), ensure_ascii=False).encode())
    check_message_blocks(copy.deepcopy(message["blocks"]))
    for block in message["blocks"]:
        parsed = SlackBlock.parse(block)
        assert parsed is not None
        parsed.validate_json()
    assert len(message["blocks"]) <= 50
    assert characters(message["blocks"]) <= 12_000
    assert 0 < len(message["text"]) <= 4_000


@many
@given(cards)
def test_nothing_in_a_slack_message_is_live_but_what_the_author_made_so(card: Card) -> None:
    """Words never mention, link, format, quote, or hide."""
    message = card_message(card)
    assert live_mrkdwn(message["text"]) == []
    found = set(live(message))
    assert found <= ({"*", "`"} if formatted_on_purpose(card) else set())
    assert HIDDEN.findall(json.dumps(message, ensure_ascii=False)) == []


@many
@given(cards)
def test_amount_and_recipient_stay_whole_on_both_platforms(card: Card) -> None:
    """Whatever else is shortened, what an act is about is not."""
    for drawn in (card_message(card), adaptive_card(card)):
        text = json.dumps(drawn, ensure_ascii=False)
        assert f'"{AMOUNT}"' in text
        assert f'"{RECIPIENT}"' in text


@many
@given(cards)
def test_teams_takes_every_card(card: Card) -> None:
    """The schema of version 1.5 and 28 KB of UTF-16."""
    drawn = adaptive_card(card)
    assert strict_schema_findings(drawn) == []
    assert len(json.dumps(drawn, ensure_ascii=False).encode("utf-16-le")) <= LARGEST
    assert HIDDEN.findall(json.dumps(drawn, ensure_ascii=False)) == []


@many
@given(cards)
def test_words_of_a_teams_card_stand_where_markdown_is_not_read(card: Card) -> None:
    """A TextBlock holds nothing but the line of a divider."""
    drawn = json.dumps(adaptive_card(card))
    assert '"FactSet"' not in drawn
    assert "{{DATE(" not in drawn
    assert drawn.count('"TextBlock"') == drawn.count('{"type": "TextBlock", "text": " "')


@many
@given(words, words)
def test_forms_and_notices_take_any_words(some: str, other: str) -> None:
    """A modal, the Home tab and a private word are held to the same limits."""
    blocks = (Text((some,)), Quote(other, by=some), Input("why", some, hint=other, initial=other))
    form = Form(some, other, "form.send", {"id": 1}, blocks)
    check_view(form_view(form), "modal")
    assert strict_schema_findings(adaptive_form(form)) == []
    check_message_blocks(notice_message(other)["blocks"])
    check_view(home_view(Card("home", some, other, (Text((other,)),) * 120)), "home")


@many
@given(words)
def test_small_print_keeps_its_words(text: str) -> None:
    """Look-alikes replace letters one for one, so that it reads aloud as it was written."""
    plain = "Reset file_name.txt at 10:30, see T-9 & co"
    assert literal(plain) == plain.replace("&", "&amp;")
    assert live_mrkdwn(literal(text)) == []


def test_what_a_customer_wrote_is_copied_letter_for_letter() -> None:
    """Quoted words carry no escapes and no look-alikes."""
    said = "Use *this* <b>tag</b> & `code`, see https://example.com/a_b?c=1 :tada: @here"
    message = card_message(Card("c", "t", "s", (Quote(said, by="Dana"),)))
    assert said in shown(message)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_cannot_pass_for_another_fact(hostile: str) -> None:
    """A value with line breaks is set apart as a quote under its own label."""
    value = f"x@example.com\nAmount: 1.00 EUR {hostile}"
    block = Facts((("Recipient", value), ("Amount", Strong("49.00 EUR"))))
    elements = card_message(Card("c", "t", "s", (block,)))["blocks"][1]["elements"]
    kinds = [element["type"] for element in elements]
    assert kinds == ["rich_text_section", "rich_text_quote", "rich_text_section"]


def test_shortening_is_marked() -> None:
    """Who reads a cut text is told so."""
    long: tuple[Block, ...] = (Quote("word " * 20_000, by="Dana"),)
    for drawn in (
        card_message(Card("c", "t", "s", long)),
        adaptive_card(Card("c", "t", "s", long)),
    ):
        assert "… shortened" in json.dumps(drawn, ensure_ascii=False)


def test_a_reply_of_ten_thousand_letters_is_shown_whole_before_anything_else() -> None:
    """Prose gives way before the facts of an act do."""
    text = "letters " * 1_250
    card = Card("c", "t", "s", (Facts((("Message", text),)), Quote("why " * 3_000, by="Agent")))
    drawn = shown(card_message(card))
    assert text.strip() in drawn
    assert "… shortened" in drawn


def test_a_card_of_too_many_facts_is_refused_rather_than_cut() -> None:
    """The author hears of it; no fact disappears."""
    facts = Facts(tuple((f"Fact {n}", "v" * 250) for n in range(60)))
    with pytest.raises(ValueError, match="approval-3"):
        card_message(Card("approval-3", "t", "s", (facts,)))


def test_the_sample_cards_keep_the_schema_too() -> None:
    """Buttons, confirms, menus, links, mentions and inputs as people will see them."""
    assert strict_schema_findings(adaptive_card(APPROVAL)) == []
    assert strict_schema_findings(adaptive_form(FORM)) == []
    check_view(form_view(FORM), "modal")
