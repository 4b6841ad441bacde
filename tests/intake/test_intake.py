import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.intake import bodies
from tests.intake.calls import (
    NOW,
    SECRETS,
    Core,
    call,
    door,
    intercom_headers,
    post,
    shop_headers,
    zendesk_headers,
)
from tests.intake.real_data import real_data

BODIES = {
    "zendesk": bodies.raw(bodies.zendesk()),
    "intercom": bodies.raw(bodies.intercom()),
    "shop": bodies.raw(bodies.shop()),
}
every_source = pytest.mark.parametrize("source", BODIES)


def kind(source: str) -> str:
    return "intercom" if source == "intercom" else "zendesk"


@every_source
def test_a_signed_call_is_handed_over_and_then_answered(source: str) -> None:
    """
    200 stands for stored: the answer comes after `accept` has returned.
    """
    core = Core()

    answer = post(door(core, kind(source)), source, BODIES[source])

    assert answer.status == 200
    assert [source] == [received.source for received in core.accepted]


@every_source
def test_what_was_not_stored_is_asked_for_again(source: str) -> None:
    """
    When the core fails the sender hears 503 and sends again; nothing is acknowledged.
    """
    core = Core(failure=RuntimeError("disk full"))

    answer = post(door(core, kind(source)), source, BODIES[source])

    assert (answer.status, answer.headers[b"retry-after"]) == (503, b"5")


@every_source
def test_a_repeated_call_has_the_same_identity(source: str) -> None:
    """
    The core sees the same event id each time, so that it can act once.
    """
    core = Core()
    app = door(core, kind(source))

    for _ in range(3):
        assert post(app, source, BODIES[source]).status == 200

    assert len({received.event_id for received in core.accepted}) == 1


@every_source
def test_an_unsigned_call_reaches_nobody(source: str) -> None:
    """
    Without a signature, or with another source's, the answer is 401.
    """
    core = Core()
    app = door(core, kind(source))
    body = BODIES[source]
    strangers = [[], intercom_headers(body, "guess"), zendesk_headers(body, key="guess")]

    assert [post(app, source, body, headers).status for headers in strangers] == [401] * 3
    assert core.accepted == []


def test_the_next_secret_counts_beside_the_present_one() -> None:
    """
    During a rotation both secrets that app.yaml names are good, and a third is not.
    """
    app, body = door(Core()), BODIES["zendesk"]

    statuses = [
        post(app, "zendesk", body, zendesk_headers(body, key=key)).status
        for key in ("zendesk-secret", "zendesk-next", "zendesk-old")
    ]

    assert statuses == [200, 200, 401]


def test_a_source_without_its_secret_refuses_everybody() -> None:
    """
    A missing environment variable closes the source, and only that one.
    """
    secrets = {name: value for name, value in SECRETS.items() if not name.startswith("ZENDESK")}
    app = door(Core(), secrets=secrets)

    assert post(app, "zendesk", BODIES["zendesk"]).status == 401
    assert post(app, "zendesk", b"", zendesk_headers(b"", key="")).status == 401
    assert post(app, "shop", BODIES["shop"]).status == 200


def test_an_unknown_source_is_not_found_whatever_it_sends() -> None:
    """
    Names that app.yaml does not give are 404, the decoy's own secret included.
    """
    app, body = door(Core()), BODIES["shop"]
    decoy = shop_headers(body, key="bm9ib2R5")

    statuses = [
        post(app, name, body, headers).status
        for name in ("intercom", "nobody", "%2e%2e")
        for headers in ([], decoy, shop_headers(body))
    ]

    assert statuses == [404] * 9


def test_signed_calls_of_no_use_are_acknowledged() -> None:
    """
    A sender that gets errors stops sending: what is not used is answered 200 with the reason.
    """
    other = bodies.raw(bodies.zendesk("user.created", subject="zen:user:1"))
    ping = bodies.raw({"type": "notification_event", "topic": "ping", "created_at": 1})

    ignored = [
        post(door(Core()), "zendesk", other),
        post(door(Core(), "intercom"), "intercom", ping),
        post(door(Core()), "shop", bodies.raw(bodies.shop("invoice.paid"))),
    ]

    assert [answer.status for answer in ignored] == [200] * 3
    assert [answer.json["ignored"] for answer in ignored] == [
        "not about a ticket",
        "ping",
        "type is not used",
    ]


@every_source
@pytest.mark.parametrize("body", [b"", b"hello", b"[]", b"{" * 9000, b'{"a":' * 100_00, b"{}"])
def test_signed_but_unreadable_is_400(source: str, body: bytes) -> None:
    """
    A body that cannot be read is the sender's mistake and is told so, however deep it is nested.
    """
    assert post(door(Core(), kind(source)), source, body).status == 400


def test_a_replayed_notification_is_refused() -> None:
    """
    Intercom's signature never ages; its own `created_at` does, after two days.
    """
    late = door(Core(), "intercom", NOW + timedelta(days=3))

    assert post(late, "intercom", BODIES["intercom"]).status == 401


def test_only_post_is_a_call() -> None:
    """
    Looking at the address with a browser is 405 and does nothing.
    """
    assert call(door(Core()), "/hooks/zendesk", method="GET").status == 405


def test_no_words_of_a_customer_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """
    Refused, unreadable or failed: the log has source, reason and event id, and no body.
    """
    caplog.set_level(logging.DEBUG)
    body = bodies.raw(bodies.shop(message={"id": "m", "text": "my card is 4242"}))
    failing = door(Core(failure=RuntimeError("insert failed: my card is 4242")))

    post(failing, "shop", body)
    post(failing, "shop", body, [])
    post(failing, "shop", b"my card is 4242")
    post(failing, "shop", bodies.raw({**bodies.shop(), "ticket": "my card is 4242"}))

    assert len([record for record in caplog.records if record.name.startswith("bot.")]) == 4
    assert "4242" not in caplog.text
    assert "event=msg_1" in caplog.text


@pytest.mark.real_data
def test_the_collected_bodies_are_received_or_ignored() -> None:
    """
    Every collected body, sent with its collected signature at its time, gets the right answer.
    """
    folder = real_data("webhooks-dev")
    vectors = [
        json.loads(line) for line in (folder / "signature_vectors.jsonl").read_text().splitlines()
    ]
    told: dict[str, list[tuple[str, bool]]] = {}
    for vector in vectors:
        core = Core()
        vendor, body = vector["vendor"], (folder / vector["file"]).read_bytes()
        stamp = vector["headers"].get("X-Zendesk-Webhook-Signature-Timestamp")
        created = json.loads(body).get("created_at")
        at = _moment(stamp) if stamp else datetime.fromtimestamp(created, UTC)
        names = {"zendesk": "ZENDESK_WEBHOOK_SECRET", "intercom": "INTERCOM_CLIENT_SECRET"}
        app = door(core, vendor, at, {names[vendor]: vector["secret"]})
        headers = [(name.encode(), value.encode()) for name, value in vector["headers"].items()]

        answer = post(app, vendor, body, headers)

        assert (200 if vector["expect"] == "valid" else 401) == answer.status, vector
        found = [(received.ticket.id, received.needs_fetch) for received in core.accepted]
        if answer.status == 200:
            told[vector["file"]] = found

    assert told == {
        "zendesk/ticket.created.json": [("5158", True)],
        "zendesk/ticket.comment_added.json": [("5158", True)],
        "zendesk/ticket.status_changed.json": [("5158", False)],
        "zendesk/ticket.priority_changed.json": [("5158", False)],
        "zendesk/user.group_membership_created.json": [],
        "intercom/ping.json": [],
        "intercom/conversation.admin.closed.json": [("503", True)],
        "intercom/ticket.created.json": [("631", True)],
    }


def _moment(stamp: str) -> datetime:
    if stamp.isdigit():
        return datetime.fromtimestamp(int(stamp), UTC)
    return datetime.fromisoformat(stamp)


@pytest.mark.real_data
def test_a_collected_trigger_is_received() -> None:
    """
    The body that an administrator typed names its ticket; the rest is fetched.
    """
    core = Core()
    body = (real_data("webhooks-dev") / "zendesk/trigger.ticket_update.json").read_bytes()

    assert post(door(core), "zendesk", body).status == 200
    assert [(one.ticket.id, one.needs_fetch) for one in core.accepted] == [("12345", True)]
