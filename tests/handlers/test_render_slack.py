"""What Block Kit asks for beyond the words: ids, menus, modals, and the way back."""

import json
from typing import Any

import pytest

from bot.cards import (
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Form,
    Input,
    Mention,
    Moment,
    Quote,
    Text,
)
from bot.errors import Outdated
from bot.handlers.slack.render import (
    blocks_of,
    card_message,
    form_view,
    home_view,
    notice_message,
    pressed,
    submitted,
    typed,
)
from sandbox.slack.view_rules import check_view
from tests.handlers.specimens import APPROVAL, AT


def a_card(*blocks: Any) -> Card:
    return Card("card-1", "A title", "A summary", blocks)


def elements(card: Card) -> list[dict[str, Any]]:
    blocks = card_message(card)["blocks"]
    return [e for block in blocks if block["type"] == "actions" for e in block["elements"]]


def test_equal_actions_in_one_card_are_told_apart_and_come_back_alike() -> None:
    """Slack refuses a repeated action id; the flow must not see the difference."""
    rows = [Buttons((Button("Open", "ticket.open", {"ticket": n}),)) for n in (7, 8, 9)]
    drawn = elements(a_card(*rows))
    assert len({element["action_id"] for element in drawn}) == 3
    assert [pressed(element) for element in drawn] == [
        ("ticket.open", {"ticket": n}) for n in (7, 8, 9)
    ]


@pytest.mark.parametrize(
    ("entries", "kind"), [(1, "overflow"), (5, "overflow"), (6, "static_select")]
)
def test_a_menu_holds_any_number_of_entries(entries: int, kind: str) -> None:
    """An overflow menu ends at five; a longer one is a select."""
    more = tuple(Button(f"Entry {n}", "ticket.open", {"ticket": n}) for n in range(entries))
    (menu,) = elements(a_card(Buttons((), more)))
    assert menu["type"] == kind
    clicks = [pressed({**menu, "selected_option": option}) for option in menu["options"]]
    assert clicks == [("ticket.open", {"ticket": n}) for n in range(entries)]


def test_args_too_large_for_their_place_are_refused_when_drawn() -> None:
    """The author of the card hears of it, not the person who presses the button."""
    with pytest.raises(ValueError, match="150"):
        card_message(a_card(Buttons((), (Button("Go", "go", {"why": "x" * 150}),))))
    with pytest.raises(ValueError, match="2000"):
        card_message(a_card(Buttons((Button("Go", "go", {"why": "x" * 2_000}),))))
    with pytest.raises(ValueError, match="3000"):
        form_view(Form("Form", "Send", "go", {"why": "x" * 3_000}))


def test_a_menu_entry_cannot_ask_for_a_confirm() -> None:
    """Slack would ask for every entry of the menu; such a button stays in sight."""
    with pytest.raises(ValueError, match="confirm"):
        Buttons((), (Button("Stop", "stop", confirm=Confirm("Stop?", "All.", yes="Stop")),))


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"action_id": "ticket.open", "value": "not json"},
        {"action_id": "ticket.open", "value": "[1]"},
        {"action_id": "more"},
        {"action_id": "more", "selected_option": {"value": "{}"}},
        {"action_id": "more", "selected_option": {"value": '[1,{"a":2}]'}},
        {"action_id": "more", "selected_option": {"value": '["",{}]'}},
        {"action_id": "ticket.open", "value": "[" * 100_000},
    ],
)
def test_a_click_that_cannot_be_read_is_outdated(action: dict[str, Any]) -> None:
    """Another version drew that card: the person is told so."""
    with pytest.raises(Outdated):
        pressed(action)


def test_typed_words_come_back_by_input_name() -> None:
    """Text, choice, and what was left open."""
    state = {
        "values": {
            "reason": {"reason": {"type": "plain_text_input", "value": "Wrong charge"}},
            "to": {"to": {"type": "static_select", "selected_option": {"value": "eng"}}},
            "note": {"note": {"type": "plain_text_input", "value": None}},
            "who": {"who": {"type": "static_select", "selected_option": None}},
        }
    }
    assert typed(state) == {"reason": "Wrong charge", "to": "eng", "note": "", "who": ""}
    assert typed({}) == {}


def test_a_modal_keeps_slacks_limits_and_what_was_filled_in() -> None:
    """Long titles are shortened; an initial value never exceeds what may be typed."""
    form = Form(
        "A title of more than twenty-four letters",
        "Send this to the customer now",
        "reply.send",
        {"ticket": 9},
        (
            Input("text", "Reply", multiline=True, max_length=20, initial="x" * 50, required=False),
            Choice("to", "To", (("a", "A"), ("b", "B")), initial="b"),
        ),
    )
    view = check_view(form_view(form), "modal")
    text, to = view["blocks"]
    assert (view["title"]["text"], view["submit"]["text"]) == (
        "A title of more than tw…",
        "Send this to the custom…",
    )
    assert (text["block_id"], text["element"]["action_id"], text["optional"]) == (
        "text",
        "text",
        True,
    )
    assert len(text["element"]["initial_value"]) == 20
    assert to["element"]["initial_option"]["value"] == "b"
    assert submitted(view) == ("reply.send", {"ticket": 9})


def test_an_option_too_long_for_slack_is_refused_when_drawn() -> None:
    """A cut option value would come back as something else."""
    with pytest.raises(ValueError, match="150"):
        blocks_of(Choice("to", "To", (("x" * 151, "X"),)))


def test_small_print_mentions_and_tells_the_time() -> None:
    """Mentions notify and times are the reader's own, in small print too."""
    text = Text((Mention("Ana", slack="U0ANA"), " until ", Moment(AT)), style="context")
    (context,) = blocks_of(text)
    assert context["elements"][0]["text"] == (
        "<@U0ANA> until <!date^1795269900^{date_short_pretty} {time}|2026-11-21 14:05 UTC>"
    )


@pytest.mark.parametrize("ident", [None, "", "U0ANA> <!channel", "ana", "C0123"])
def test_who_is_not_known_here_is_called_by_name(ident: str | None) -> None:
    """Only a user id is put into a mention."""
    spans = (Mention("Ana", slack=ident),)
    assert blocks_of(Text(spans))[0]["elements"][0]["elements"] == [{"type": "text", "text": "Ana"}]
    assert blocks_of(Text(spans, style="context"))[0]["elements"][0]["text"] == "Ana"


def test_small_print_too_long_for_its_block_is_printed_large() -> None:
    """A cut in the middle of a mention or a time would show its letters."""
    (block,) = blocks_of(Text(("word " * 600,), style="context"))
    assert block["type"] == "rich_text"


def test_an_overfull_home_tab_says_that_something_is_missing() -> None:
    """At most a hundred blocks, the last of which says so."""
    view = home_view(a_card(*[Text((f"Approval {n}",)) for n in range(200)]))
    assert len(view["blocks"]) == 100
    assert view["blocks"][-1]["elements"][0]["text"] == "… shortened"


def test_a_private_word_has_a_text_for_screen_readers() -> None:
    """Blocks show it, the fallback says it."""
    message = notice_message("Ana was faster: approved at 14:05.")
    assert message["text"] == "Ana was faster: approved at 14:05."
    assert json.dumps(message["blocks"]).count("Ana was faster: approved at 14:05.") == 1


def test_what_was_left_empty_takes_no_room() -> None:
    """No header without a title, no line above a quote that needs no name; never no blocks."""
    message = card_message(Card("c", "", "Dana wrote", (Quote("Hello?", by=""),)))
    assert [[part["type"] for part in b["elements"]] for b in message["blocks"]] == [
        ["rich_text_quote"]
    ]
    assert [block["type"] for block in card_message(Card("c", "", "s"))["blocks"]] == ["header"]


def test_the_act_comes_first_and_the_buttons_last() -> None:
    """On a narrow screen: what, how much, to whom, why, until when, then the buttons."""
    message = card_message(APPROVAL)
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["header", "rich_text", "rich_text", "rich_text", "context", "actions"]
    lines = "".join(
        part.get("text", "") for part in message["blocks"][1]["elements"][0]["elements"]
    ).split("\n")
    assert lines == [
        "Amount: 49.00 EUR",
        "Recipient: dana@example.com",
        "Charge: ch_3Qx",
        "Ticket: T-9 Charged twice",
    ]
    assert max(map(len, lines)) <= 40
