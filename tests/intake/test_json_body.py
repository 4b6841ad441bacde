import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.http.html_text import plain_text
from bot.handlers.http.json_body import ident, moment, read_object, words
from bot.handlers.http.received import Unreadable
from tests.intake.unhurried import unhurried


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def listed(count: int) -> bytes:
    """An object whose list makes `count` nodes in all."""
    return b'{"a":[' + b",".join([b"1"] * (count - 2)) + b"]}"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (nested(33), "nested too deeply"),
        (nested(100_000), "nested too deeply"),
        (b'{"a":' + b"[" * 100_000, "nested too deeply"),
        (listed(10_002), "too many values"),
        (b'{"a":' + b'"\\"' * 80_000, "not JSON"),
        (b'{"a":' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"a":NaN}', "not JSON"),
        (b"", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"\xff{}", "not UTF-8"),
        ('{"a":1}'.encode("utf-16"), "not UTF-8"),
    ],
)
def test_what_is_out_of_bounds_is_a_reason(body: bytes, reason: str) -> None:
    """
    Depth and number are refused before the parser sees them, the rest by the parser; all in words.
    """
    assert Unreadable(reason) == read_object(body)


def test_the_bounds_themselves_are_allowed() -> None:
    """
    32 levels and 10,000 nodes are read, and brackets inside texts count for nothing.
    """
    assert not isinstance(read_object(nested(32)), Unreadable)
    assert not isinstance(read_object(listed(10_000)), Unreadable)
    assert read_object(json.dumps({"a": "[" * 99}).encode()) == {"a": "[" * 99}


def test_what_no_database_stores_is_replaced() -> None:
    """
    NUL and lone surrogates become U+FFFD, in keys too; pairs stay what they mean.
    """
    body = rb'{"a\u0000":["x\ud800y","\ud83d\ude00"]}'

    assert read_object(body) == {"a\ufffd": ["x\ufffdy", "😀"]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@unhurried
@given(value=json_values)
def test_odd_values_are_nothing_to_the_getters(value: Any) -> None:
    """
    Text, ids and moments come out of any value, or nothing does.
    """
    assert isinstance(words(value), str)
    assert "/" not in ident(value)
    found = moment(value)
    assert found is None or found.tzinfo is not None


def test_markup_becomes_readable_text() -> None:
    """
    Blocks end lines, list items get a dash, entities are decoded once, scripts are gone.
    """
    markup = (
        "<div><p>Hi&nbsp;there,<br/>I was <b>charged</b>&hellip;</p>"
        "<ul><li>twice</li><li>1 &lt; 2</li></ul></div><script>steal()</script>"
    )

    assert plain_text(markup) == "Hi there,\nI was charged…\n- twice\n- 1 < 2"


@unhurried
@given(markup=st.text(alphabet="<>/&;# \n\tscriptbrl-!0x9", max_size=200))
def test_no_markup_is_too_odd(markup: str) -> None:
    """
    Any text is turned into text without an error.
    """
    assert isinstance(plain_text(markup), str)
    assert isinstance(plain_text(f"&#{'9' * 5000};" + "<" * 50_000 + " " * 50_000), str)
