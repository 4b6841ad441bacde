"""What Slack refuses in messages and views, and in which words."""

from typing import Any

import pytest

from tests.sandbox.slack.stage import Stage, modal

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": plain("Go"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int) -> list[Json]:
    return [{"text": plain(str(n)), "value": str(n)} for n in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(2), **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("Sure?"), "text": plain("Really"), **more}


def rich(*runs: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*runs]}]}


def said(text: str, **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def listed(**more: Any) -> Json:
    items = [{"type": "rich_text_section", "elements": [said("x")]}]
    part = {"type": "rich_text_list", "style": "bullet", "elements": items, **more}
    return {"type": "rich_text", "elements": [part]}


REFUSED: dict[str, list[Json]] = {
    "a property of our own on a section": [{"type": "section", "text": mrkdwn("x"), "colour": 1}],
    "a property of our own on a button": [actions(button(icon="x"))],
    "a property of our own on a text": [{"type": "section", "text": mrkdwn("x") | {"emoji": True}}],
    "a property of our own on an option": [actions(select(options=[options(1)[0] | {"a": 1}]))],
    "a property of our own on a confirm": [actions(button(confirm=confirm(size=1)))],
    "rich text of an unknown part": [{"type": "rich_text", "elements": [{"type": "banana"}]}],
    "rich text of an unknown run": [rich({"type": "banana"})],
    "rich text without words": [rich(said(""))],
    "rich text of 12001 characters": [rich(said("x" * 12_001))],
    "rich text in a style of our own": [rich(said("x", style={"blink": True}))],
    "rich text in a style that is no style": [rich(said("x", style="bold"))],
    "a mention of nobody": [rich({"type": "user"})],
    "a link to nowhere": [rich({"type": "link", "text": "x"})],
    "a link of 3001 characters": [rich({"type": "link", "url": "x" * 3_001})],
    "a broadcast to some": [rich({"type": "broadcast", "range": "some"})],
    "a date in words": [rich({"type": "date", "timestamp": "today", "format": "{date}"})],
    "a property of our own on a run": [rich(said("x", size=3))],
    "a list without style": [listed(style=None)],
    "a list in a list": [listed(elements=listed()["elements"])],
    "an indent of half a step": [listed(indent=0.5)],
    "an unknown block": [{"type": "marquee"}],
    "a block without type": [{"text": mrkdwn("x")}],
    "51 blocks": [{"type": "divider"}] * 51,
    "a section of 3001 characters": [{"type": "section", "text": mrkdwn("x" * 3_001)}],
    "an empty section": [{"type": "section"}],
    "an empty text": [{"type": "section", "text": mrkdwn("")}],
    "eleven fields": [{"type": "section", "fields": [mrkdwn("x")] * 11}],
    "a field of 2001 characters": [{"type": "section", "fields": [mrkdwn("x" * 2_001)]}],
    "a header of 151 characters": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn("x")}],
    "eleven context elements": [{"type": "context", "elements": [mrkdwn("x")] * 11}],
    "an empty context": [{"type": "context", "elements": []}],
    "empty actions": [actions()],
    "26 elements": [actions(*[button(action_id=str(n)) for n in range(26)])],
    "an unknown element": [actions({"type": "lever", "action_id": "a"})],
    "a text input in actions": [actions({"type": "plain_text_input", "action_id": "a"})],
    "the same action_id twice": [actions(button(), button())],
    "the same block_id twice": [{"type": "divider", "block_id": "b"}] * 2,
    "a block_id of 256 characters": [{"type": "divider", "block_id": "b" * 256}],
    "an action_id of 256 characters": [actions(button(action_id="a" * 256))],
    "a button of 76 characters": [actions(button(text=plain("x" * 76)))],
    "a button in mrkdwn": [actions(button(text=mrkdwn("x")))],
    "a button value of 2001 characters": [actions(button(value="x" * 2_001))],
    "a button url of 3001 characters": [actions(button(url="x" * 3_001))],
    "a button style of our own": [actions(button(style="warning"))],
    "an overflow of six": [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
    "an overflow of none": [actions({"type": "overflow", "action_id": "o", "options": []})],
    "101 options": [actions(select(options=options(101)))],
    "options and groups": [actions(select(option_groups=[]))],
    "an option of 76 characters": [
        actions(select(options=[{"text": plain("x" * 76), "value": "v"}]))
    ],
    "an option value of 151 characters": [
        actions(select(options=[{"text": plain("x"), "value": "v" * 151}]))
    ],
    "an initial option that is not offered": [
        actions(select(initial_option={"text": plain("x"), "value": "other"}))
    ],
    "a confirm title of 101 characters": [actions(button(confirm=confirm(title=plain("x" * 101))))],
    "a confirm text of 301 characters": [actions(button(confirm=confirm(text=plain("x" * 301))))],
    "a confirm button of 31 characters": [
        actions(button(confirm=confirm(confirm=plain("x" * 31))))
    ],
    "an image without alt text": [{"type": "image", "image_url": "https://x.example/a.png"}],
    "a divider with text": [{"type": "divider", "text": plain("x")}],
    "markdown of 12001 characters": [{"type": "markdown", "text": "x" * 12_001}],
    "an input without label": [
        {"type": "input", "element": {"type": "plain_text_input", "action_id": "a"}}
    ],
}


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED.keys())
def test_a_message_slack_would_refuse_is_refused(stage: Stage, blocks: list[Json]) -> None:
    """The answer is invalid_blocks with a JSON pointer to each fault, and nothing is posted."""
    answer = stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)

    assert answer["error"] == "invalid_blocks"
    assert all(
        line.startswith("[ERROR] ") and "[json-pointer:/blocks" in line
        for line in answer["response_metadata"]["messages"]
    )
    assert stage.see("U1", "C1") == []


def test_everything_at_its_limit_is_taken(stage: Stage) -> None:
    """A limit is the last value that passes."""
    blocks = [
        {"type": "header", "text": plain("x" * 150)},
        {"type": "section", "text": mrkdwn("x" * 3_000)},
        {"type": "section", "fields": [mrkdwn("x" * 200)] * 10},
        actions(*[button(action_id=str(n), text=plain("x" * 75)) for n in range(25)]),
        actions({"type": "overflow", "action_id": "o", "options": options(5)}),
        actions(select(options=options(100), initial_option=options(1)[0])),
        *[{"type": "divider"}] * 44,
    ]

    assert stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)["ok"]


def test_blocks_of_too_many_characters_in_total_are_refused(stage: Stage) -> None:
    """Each section is within its own limit; together they are not."""
    blocks = [{"type": "section", "text": mrkdwn("x" * 2_900)}] * 5

    answer = stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)

    assert answer["error"] == "msg_blocks_too_long"


def test_the_words_of_rich_text_count(stage: Stage) -> None:
    """In whichever part they stand."""
    quote = {"type": "rich_text_quote", "elements": [said("x" * 3_000)]}
    blocks = [rich(said("x" * 3_000)), {"type": "rich_text", "elements": [quote]}] * 3

    answer = stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)

    assert answer["error"] == "msg_blocks_too_long"


def test_rich_text_as_it_is_written_in_slack_is_taken(stage: Stage) -> None:
    """Every part and every run, each with what it may have."""
    runs = [
        said("x", style={"bold": True, "code": False}),
        {"type": "link", "url": "https://x.example", "text": "x", "style": {"italic": True}},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1_720_710_212, "format": "{date}", "fallback": "then"},
    ]
    code = {"type": "rich_text_preformatted", "elements": [said("x")], "border": 0}
    blocks = [rich(*runs), listed(style="ordered", indent=1, offset=2, border=1)]
    blocks.append({"type": "rich_text", "elements": [code]})

    assert stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)["ok"]


def test_a_message_says_something(stage: Stage) -> None:
    """Neither text nor blocks is no message; blocks that are no list are no blocks."""
    assert stage.call("chat.postMessage", channel="C1")["error"] == "no_text"
    answer = stage.call("chat.postMessage", channel="C1", blocks="{")
    assert answer["error"] == "invalid_blocks_format"


def test_over_long_text_is_cut_in_a_post_and_refused_in_an_update(stage: Stage) -> None:
    """40,000 characters of a post are kept; an update takes 4,000."""
    posted = stage.call("chat.postMessage", channel="C1", text="x" * 40_001)

    answer = stage.call("chat.update", channel="C1", ts=posted["ts"], text="x" * 4_001)

    assert len(posted["message"]["text"]) == 40_000
    assert answer["error"] == "msg_too_long"


def test_ids_left_out_are_made_up(stage: Stage) -> None:
    """Blocks and elements always carry ids once posted."""
    anonymous = button()
    del anonymous["action_id"]

    posted = stage.call("chat.postMessage", channel="C1", text="x", blocks=[actions(anonymous)])

    [block] = posted["message"]["blocks"]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


BAD_VIEWS: dict[str, Json] = {
    "inputs without submit": modal(submit=None),
    "a title of 25 characters": modal(title=plain("x" * 25)),
    "a submit of 25 characters": modal(submit=plain("x" * 25)),
    "a close of 25 characters": modal(close=plain("x" * 25)),
    "private metadata of 3001 characters": modal(private_metadata="x" * 3_001),
    "a callback id of 256 characters": modal(callback_id="x" * 256),
    "101 blocks": modal(blocks=[{"type": "divider"}] * 101),
    "no title": modal(title=None),
    "another type": modal(type="home"),
    "markdown in a view": modal(blocks=[{"type": "markdown", "text": "x"}]),
    "no blocks": {key: value for key, value in modal().items() if key != "blocks"},
}


@pytest.mark.parametrize("view", BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_a_view_slack_would_refuse_is_refused(stage: Stage, view: Json) -> None:
    """The answer is invalid_arguments with pointers; the trigger is not spent on it."""
    stage.click("U1", stage.post_card())
    trigger = stage.bot.next_payload("block_actions")["trigger_id"]

    answer = stage.call("views.open", trigger_id=trigger, view=view)

    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view" in answer["response_metadata"]["messages"][0]
    assert stage.call("views.open", trigger_id=trigger, view=modal())["ok"]


def test_a_view_over_its_total_size_is_refused(stage: Stage) -> None:
    """A view weighs at most 250 kB."""
    stage.click("U1", stage.post_card())
    trigger = stage.bot.next_payload("block_actions")["trigger_id"]
    heavy = [{"type": "section", "text": mrkdwn("x" * 3_000)}] * 90

    answer = stage.call("views.open", trigger_id=trigger, view=modal(blocks=heavy))

    assert answer["error"] == "view_too_large"
