"""Calls that went wrong on purpose, through the whole application."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake import bodies
from tests.intake.calls import SIGNERS, Core, Headers, door, post
from tests.intake.unhurried import unhurried

GOOD = {
    "zendesk": bodies.raw(bodies.zendesk_comment()),
    "intercom": bodies.raw(bodies.intercom()),
    "shop": bodies.raw(bodies.shop()),
}
CORE = Core()
APPS = {name: door(CORE, "intercom" if name == "intercom" else "zendesk") for name in GOOD}

sources = st.sampled_from(sorted(GOOD))
positions = st.integers(min_value=0, max_value=1 << 20)
odd_bytes = st.sampled_from(
    [b"", b"\xff", "é".encode(), b"9" * 5000, b"1" * 40, b"sha1=", b"v1,", b"\x00", b"{" * 100_000]
) | st.binary(max_size=40)


def flip(value: bytes, position: int) -> bytes:
    """One bit of it turned, or one bit more when there is none."""
    at, bit = (position >> 3) % max(len(value), 1), position & 7
    return value[:at] + bytes([(value[at] if value else 0) ^ (1 << bit)]) + value[at + 1 :]


def refuses(source: str, body: bytes, headers: Headers) -> None:
    CORE.accepted.clear()
    assert post(APPS[source], source, body, headers).status == 401
    assert CORE.accepted == []


@unhurried
@given(source=sources, position=positions)
def test_a_body_with_one_bit_turned_is_never_accepted(source: str, position: int) -> None:
    """
    The signature covers every bit that was sent.
    """
    body = GOOD[source]

    refuses(source, flip(body, position), SIGNERS[source](body))


@unhurried
@given(source=sources, which=positions, position=positions)
def test_a_header_with_one_bit_turned_is_never_accepted(
    source: str, which: int, position: int
) -> None:
    """
    Signature, timestamp and id: none of them can be changed.
    """
    headers = SIGNERS[source](GOOD[source])
    which %= len(headers)
    headers[which] = (headers[which][0], flip(headers[which][1], position))

    refuses(source, GOOD[source], headers)


@unhurried
@given(source=sources, which=positions, value=odd_bytes, is_replaced=st.booleans())
def test_odd_and_doubled_headers_are_never_accepted(
    source: str, which: int, value: bytes, is_replaced: bool
) -> None:
    """
    A header replaced by rubbish or standing there twice is a refusal, never a server's error.
    """
    headers = SIGNERS[source](GOOD[source])
    which %= len(headers)
    odd = (headers[which][0], value)

    if len(value) > 16 * 1024:
        assert post(APPS[source], source, GOOD[source], [*headers, odd]).status == 431
    elif is_replaced:
        refuses(source, GOOD[source], [*headers[:which], odd, *headers[which + 1 :]])
    else:
        refuses(source, GOOD[source], [*headers, odd])


@unhurried
@given(
    source=sources,
    body=st.binary(max_size=200)
    | st.text(alphabet='{}[]",:\\u0d8 1e9-', max_size=200).map(str.encode)
    | st.integers(1, 30_000).map(lambda depth: b'{"a":' * depth),
)
def test_signed_rubbish_is_400(source: str, body: bytes) -> None:
    """
    Even a sender who holds the secret cannot make the server fail.
    """
    headers = [] if source == "shop" else SIGNERS[source](body)
    expected = 401 if source == "shop" else 400

    assert expected == post(APPS[source], source, body, headers).status


odd_values: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 10**18, 10**300, 1.5, "", "\u202e", "0", "x" * 300, [], {}, [{}], {"id": 0}]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    return [
        place
        for key, item in inside
        for place in [
            (*path, key),
            *(places(item, (*path, key)) if isinstance(item, dict | list) else []),
        ]
    ]


@settings(unhurried, max_examples=300)
@given(source=sources, which=positions, value=odd_values)
def test_odd_shapes_under_a_good_signature_are_no_error(
    source: str, which: int, value: Any
) -> None:
    """
    Any one value of a good body replaced by an odd one is received, ignored or explained.
    """
    body = json.loads(GOOD[source])
    found = places(body)
    *path, last = found[which % len(found)]
    target = body
    for key in path:
        target = target[key]
    target[last] = value

    assert post(APPS[source], source, bodies.raw(body)).status in (200, 400, 401)
    for received in CORE.accepted:
        assert received.ticket.id and received.event_id.isprintable()
        assert received.ticket.updated.tzinfo
