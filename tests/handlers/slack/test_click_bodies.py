"""The form around a click is taken off without Bolt; what is in it stays as it is."""

import json
from urllib.parse import quote_plus, urlencode

from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import parse_body

from bot.handlers.slack.app import payload_of

FORM = "application/x-www-form-urlencoded"
words = st.text(st.characters(codec="utf-8"))
payloads = st.dictionaries(words, words | st.integers() | st.lists(words)).map(json.dumps)


@given(payloads)
def test_a_click_says_what_bolt_reads_in_it(payload: str) -> None:
    for body in (urlencode({"payload": payload}), f"payload={quote_plus(payload, safe='{}:,')}"):
        assert json.loads(payload_of(body)) == json.loads(payload) == parse_body(body, FORM)


@given(st.dictionaries(words, words).map(urlencode) | payloads)
def test_commands_and_events_are_left_to_bolt(body: str) -> None:
    if not body.startswith("payload="):
        assert payload_of(body) == body
