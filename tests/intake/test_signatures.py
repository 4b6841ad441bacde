import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers import signatures
from bot.handlers.signatures import Scheme, Signed, Unsigned
from tests.intake.calls import NOW, SHOP_KEY, shop_headers, zendesk_headers
from tests.intake.real_data import real_data
from tests.intake.unhurried import unhurried

ZENDESK_BODY = b'{"type":"zen:event-type:ticket.status_changed","subject":"zen:ticket:7"}'

# Computed with `openssl dgst -hmac`, apart from this code and from Python.
VECTORS: dict[str, tuple[Scheme, str, bytes, list[tuple[bytes, bytes]]]] = {
    "zendesk": (
        signatures.zendesk,
        "zendesk-secret",
        ZENDESK_BODY,
        [
            (b"X-Zendesk-Webhook-Signature-Timestamp", b"2026-03-01T09:00:00Z"),
            (b"X-Zendesk-Webhook-Signature", b"OcGII1otAazWffRQiAMbBiVNH9+8FBVgCPRzqeFMRJo="),
        ],
    ),
    "zendesk, empty body": (
        signatures.zendesk,
        "zendesk-secret",
        b"",
        [
            (b"x-zendesk-webhook-signature-timestamp", b"2026-03-01T09:00:00Z"),
            (b"x-zendesk-webhook-signature", b"eSWG0rs1C2qX+b586WzFHigwr+pZM/PiblguzpZ1S5k="),
        ],
    ),
    "intercom": (
        signatures.intercom,
        "intercom-secret",
        b'{"type":"notification_event","topic":"ping"}',
        [(b"X-Hub-Signature", b"sha1=d8921f18e5f9a43dc0a33488540de2de6ae06f87")],
    ),
    "standard": (
        signatures.standard,
        SHOP_KEY,
        b'{"type":"ticket.updated"}',
        [
            (b"webhook-id", b"msg_2Xy"),
            (b"webhook-timestamp", b"1772355600"),
            (b"webhook-signature", b"v1,usdwmNyGKLGsaZoMvChyYFnUZMDEoXLhumOsRcIei04="),
        ],
    ),
    "slack": (
        signatures.slack,
        "slack-secret",
        b"payload=%7B%22type%22%3A%22block_actions%22%7D",
        [
            (b"X-Slack-Request-Timestamp", b"1772355600"),
            (
                b"X-Slack-Signature",
                b"v0=e668f56342ed508a9215aea804cceac29d21f5969fdd388447c4d3c9ce034e8e",
            ),
        ],
    ),
}
named = pytest.mark.parametrize("name", VECTORS)


@named
def test_what_the_sender_signed_is_accepted(name: str) -> None:
    """
    A vector computed elsewhere verifies, whatever the case of its header names.
    """
    scheme, secret, body, headers = VECTORS[name]

    assert isinstance(scheme(headers, body, [secret], NOW), Signed)


@named
def test_two_secrets_serve_a_rotation_in_either_order(name: str) -> None:
    """
    A call signed with one of the secrets is accepted; with neither of them, refused.
    """
    scheme, secret, body, headers = VECTORS[name]
    other = "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXI="

    for secrets in ([secret, other], [other, secret]):
        assert isinstance(scheme(headers, body, secrets, NOW), Signed)
    assert Unsigned("mismatch") == scheme(headers, body, [other], NOW)


@named
def test_no_secret_accepts_nothing(name: str) -> None:
    """
    Without a secret, or with an empty one that anybody could sign with, every call is refused.
    """
    scheme, _, body, headers = VECTORS[name]

    for secrets in ([], [""]):
        assert Unsigned("no secret") == scheme(headers, body, secrets, NOW)


@named
def test_every_bit_of_the_body_is_signed(name: str) -> None:
    """
    Flipping one bit anywhere in the body, or adding a byte, is a mismatch.
    """
    scheme, secret, body, headers = VECTORS[name]
    flipped = [
        body[:at] + bytes([body[at] ^ (1 << bit)]) + body[at + 1 :]
        for at in range(len(body))
        for bit in range(8)
    ]

    for mutant in [*flipped, body + b" ", b" " + body]:
        assert Unsigned("mismatch") == scheme(headers, mutant, [secret], NOW)


@named
def test_a_header_is_there_once(name: str) -> None:
    """
    A missing signature header is refused, and so is one that stands there twice.
    """
    scheme, secret, body, headers = VECTORS[name]

    for index, header in enumerate(headers):
        without = headers[:index] + headers[index + 1 :]
        assert Unsigned("missing") == scheme(without, body, [secret], NOW)
        assert Unsigned("malformed") == scheme([*headers, header], body, [secret], NOW)


@pytest.mark.parametrize("name", ["zendesk", "standard", "slack"])
@pytest.mark.parametrize(
    ("late", "verdict"),
    [(-61, "early"), (-60, None), (0, None), (299, None), (300, None), (301, "stale")],
)
def test_the_window_is_300_seconds_back_and_60_ahead(
    name: str, late: int, verdict: signatures.Reason | None
) -> None:
    """
    A well-signed call counts from 60 s before its time by our clock to 300 s after.
    """
    scheme, secret, body, headers = VECTORS[name]

    found = scheme(headers, body, [secret], NOW + timedelta(seconds=late))

    assert isinstance(found, Signed) if verdict is None else found == Unsigned(verdict)


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "soon",
        "-1",
        "+1772355600",
        "1772355600.0",
        "1e9",
        "9" * 13,
        "9" * 5000,
        "999999999999",
        "2026-02-30T09:00:00Z",
        "2026-03-01T09:00:00",
        "2026-03-01",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_odd_timestamps_are_a_refusal_and_no_error(stamp: str) -> None:
    """
    A timestamp that is no moment near now is refused, however it is written and well signed.
    """
    headers = zendesk_headers(ZENDESK_BODY, stamp)

    assert isinstance(signatures.zendesk(headers, ZENDESK_BODY, ["zendesk-secret"], NOW), Unsigned)


def test_the_identity_is_the_senders_or_a_hash() -> None:
    """
    Standard Webhooks name their input; elsewhere it is the hash of timestamp and body.
    """
    named_by_sender = signatures.standard(shop_headers(b"{}", id="msg_5"), b"{}", [SHOP_KEY], NOW)
    first, again, later = (
        signatures.zendesk(
            zendesk_headers(ZENDESK_BODY, stamp), ZENDESK_BODY, ["zendesk-secret"], NOW
        )
        for stamp in ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z", "2026-03-01T09:00:01Z")
    )

    assert Signed("msg_5", NOW) == named_by_sender
    assert first == again != later


def test_one_of_several_standard_signatures_is_enough() -> None:
    """
    A sender that rotates its key signs with both; unknown versions are passed over.
    """
    headers = dict(shop_headers(b"{}"))
    headers[b"webhook-signature"] = b"v1a,abcd v1,bm8= " + headers[b"webhook-signature"]

    assert isinstance(signatures.standard(headers.items(), b"{}", [SHOP_KEY], NOW), Signed)


def test_a_standard_secret_is_base64() -> None:
    """
    The prefix and the padding may be missing; what is not base64 is no key.
    """
    keys = {
        signatures.standard_key(text) for text in (SHOP_KEY, SHOP_KEY[6:], SHOP_KEY.rstrip("="))
    }

    assert {b"backstop-standard-webhooks-key!!"} == keys
    assert [signatures.standard_key(text) for text in ("", "whsec_", "not base64!")] == [
        None,
        None,
        None,
    ]


rubbish = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=30).map(str.encode),
    st.integers(min_value=0, max_value=10**400).map(lambda number: str(number).encode()),
    st.sampled_from([b"v1,", b"v0=", b"sha1=", b"v1 v1 v1,,", b"\xff\xfe", b"9" * 5000]),
)
header_names = st.sampled_from(
    sorted({key.lower() for _, _, _, headers in VECTORS.values() for key, _ in headers})
)


@unhurried
@given(headers=st.lists(st.tuples(header_names, rubbish), max_size=8), body=rubbish)
def test_rubbish_is_refused_without_an_error(
    headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    """
    No combination of odd headers raises or is accepted, by any scheme.
    """
    for scheme, secret, _, _ in VECTORS.values():
        assert isinstance(scheme(headers, body, [secret], NOW), Unsigned)


@unhurried
@given(name=st.sampled_from(sorted(VECTORS)), at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_every_bit_of_a_signature_counts(name: str, at: int, bit: int) -> None:
    """
    Flipping one bit of any signature header refuses the call, except for base64's unused bits
    and letters' case, which are compared as written too.
    """
    scheme, secret, body, headers = VECTORS[name]
    key, value = headers[-1]
    at %= len(value)
    mutant = value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :]

    found = scheme([*headers[:-1], (key, mutant)], body, [secret], NOW)

    assert isinstance(found, Unsigned)


@pytest.mark.real_data
def test_the_collected_vectors_get_the_right_answer() -> None:
    """
    Every collected vector is judged as it is labelled, with the clock at its time.
    """
    folder = real_data("webhooks-dev")
    lines = (folder / "signature_vectors.jsonl").read_text().splitlines()
    schemes = {"zendesk": signatures.zendesk, "intercom": signatures.intercom}

    for line in lines:
        vector = json.loads(line)
        headers = [(key.encode(), value.encode()) for key, value in vector["headers"].items()]
        stamp = vector["headers"].get("X-Zendesk-Webhook-Signature-Timestamp", "0")
        now = (
            datetime.fromtimestamp(int(stamp), UTC)
            if re.fullmatch("[0-9]+", stamp)
            else datetime.fromisoformat(stamp)
        )
        body = (folder / vector["file"]).read_bytes()

        verdict = schemes[vector["vendor"]](headers, body, [vector["secret"]], now)

        assert (vector["expect"] == "valid") == isinstance(verdict, Signed), vector["origin"]
    assert len(lines) == 13
