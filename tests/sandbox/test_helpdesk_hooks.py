"""Webhooks out: content, signature, repeats and the faults between."""

import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from sandbox.helpdesk import HelpDesk, IntercomHook, ZendeskHook, routes
from tests.sandbox.hook_receiver import Received, Receiver
from tests.sandbox.serving import serving

CUSTOMER = {"email": "ada@client.example", "name": "Ada", "subject": "Broken", "body": "Ümlaut!"}


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@contextlib.contextmanager
def running(desk: HelpDesk) -> Iterator[httpx.Client]:
    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await desk.start()
        yield
        await desk.stop()

    app = Starlette(routes=routes(desk), lifespan=lifespan)
    with serving(app) as url, httpx.Client(base_url=f"{url}/sandbox/helpdesk") as client:
        yield client


@pytest.fixture
def desk(receiver: Receiver) -> Iterator[HelpDesk]:
    with serving(receiver.app()) as url:
        yield HelpDesk(hooks=[ZendeskHook(f"{url}/hooks", "zendesk secret")], time_scale=0.001)


@pytest.fixture
def client(desk: HelpDesk) -> Iterator[httpx.Client]:
    with running(desk) as client:
        yield client


def write(client: httpx.Client, path: str = "/customer", **body: Any) -> int:
    answer = client.post(path, json=body or CUSTOMER).raise_for_status()
    ticket: int = answer.json()["ticket"]
    return ticket


def event_of(received: Received) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(received.body)
    return body


def test_a_ticket_is_told_with_zendesks_signature(receiver: Receiver, client: httpx.Client) -> None:
    """The signature is base64 of an HMAC-SHA256 over timestamp and raw body."""
    ticket = write(client)
    received = receiver.next()

    stamp = received.headers["x-zendesk-webhook-signature-timestamp"]
    digest = hmac.digest(b"zendesk secret", stamp.encode() + received.body, "sha256")
    signature = received.headers["x-zendesk-webhook-signature"]
    assert base64.b64encode(digest).decode() == signature
    event = event_of(received)
    assert event["type"] == "zen:event-type:ticket.created"
    assert event["subject"] == f"zen:ticket:{ticket}"
    detail = event["detail"]
    assert (detail["status"], detail["description"], detail["id"]) == ("NEW", "Ümlaut!", "1001")


def test_what_changes_in_the_help_desk_is_told(receiver: Receiver, client: httpx.Client) -> None:
    """A comment, a status and a priority are three events, each with what changed."""
    ticket = write(client)
    receiver.next()
    change = {"status": "pending", "priority": "high", "comment": "noted", "public": False}
    write(client, "/agent", ticket=ticket, **change)

    events = [event_of(receiver.next()) for _ in range(3)]

    by_kind = {event["type"].rpartition(".")[2]: event["event"] for event in events}
    comment = by_kind["comment_added"]["comment"]
    assert (comment["body"], comment["is_public"]) == ("noted", False)
    assert comment["author"]["is_staff"] is True
    assert by_kind["status_changed"] == {"current": "PENDING", "previous": "NEW"}
    assert by_kind["priority_changed"] == {"current": "HIGH", "previous": None}
    assert len({event["id"] for event in events}) == 3


def test_intercom_signs_the_body_with_sha1() -> None:
    """The notification names its topic and carries the conversation with the newest part."""
    receiver = Receiver()
    with serving(receiver.app()) as url:
        desk = HelpDesk(hooks=[IntercomHook(f"{url}/hooks", "client secret")], time_scale=0.001)
        with running(desk) as client:
            ticket = write(client)
            write(client, email=CUSTOMER["email"], body="And now?", ticket=ticket)
            received = [receiver.next(), receiver.next()]

    for each in received:
        digest = hmac.new(b"client secret", each.body, hashlib.sha1).hexdigest()
        assert each.headers["x-hub-signature"] == f"sha1={digest}"
    by_topic = {event_of(each)["topic"]: event_of(each) for each in received}
    assert set(by_topic) == {"conversation.user.created", "conversation.user.replied"}
    item = by_topic["conversation.user.replied"]["data"]["item"]
    assert [row["body"] for row in item["conversation_parts"]["conversation_parts"]] == [
        "<p>And now?</p>"
    ]


@pytest.mark.parametrize(
    ("answers", "attempts"),
    [
        ([Response(status_code=409)] * 9, 4),
        ([Response(status_code=503, headers={"Retry-After": "5"})] * 2, 3),
        ([Response(status_code=503)], 1),
        ([Response(status_code=500)], 1),
    ],
)
def test_zendesk_repeats_what_it_repeats_and_nothing_else(
    receiver: Receiver,
    desk: HelpDesk,
    client: httpx.Client,
    answers: list[Response],
    attempts: int,
) -> None:
    """A 409 comes again three times, 503 when it says when; another failure is final."""
    receiver.answers = list(answers)
    write(client)

    ids = {event_of(receiver.next())["id"] for _ in range(attempts)}
    receiver.answers = []
    write(client, email=CUSTOMER["email"], body="next", subject="Another")

    assert len(ids) == 1
    assert event_of(receiver.next())["detail"]["subject"] == "Another"
    assert [row["attempt"] for row in desk.sender.log if row["ticket"] == 1001] == list(
        range(1, attempts + 1)
    )


def test_a_webhook_can_be_lost_doubled_and_overtaken(
    receiver: Receiver, desk: HelpDesk, client: httpx.Client
) -> None:
    """Each fault does what its name says, with right signatures."""
    desk.faults.hook_lose_next = 1
    write(client, email="a@x.example", body="1", subject="lost")
    desk.faults.hook_duplicate_next = 1
    write(client, email="a@x.example", body="2", subject="double")
    doubles = [event_of(receiver.next()) for _ in range(2)]
    desk.faults.hook_reorder_next, desk.faults.hook_delay_seconds = 1, 30
    write(client, email="a@x.example", body="3", subject="first")
    write(client, email="a@x.example", body="4", subject="second")
    pair = [event_of(receiver.next())["detail"]["subject"] for _ in range(2)]

    assert doubles[0] == doubles[1]
    assert doubles[0]["detail"]["subject"] == "double"
    assert pair == ["second", "first"]
    assert receiver.is_empty


def test_a_bot_that_is_down_gets_the_webhook_when_it_is_back(
    receiver: Receiver,
) -> None:
    """No answer at all is repeated: what happened meanwhile is not forgotten."""
    with serving(receiver.app()) as url:
        port = httpx.URL(url).port or 0
    desk = HelpDesk(hooks=[ZendeskHook(f"{url}/hooks", "s")], time_scale=0.02)
    with running(desk) as client:
        ticket = write(client)
        while not (log := client.get("/deliveries").json()["deliveries"]):
            continue
        with serving(receiver.app(), port):
            assert event_of(receiver.next())["detail"]["id"] == str(ticket)
        assert log[0]["status"] == "no answer"


def test_the_page_hears_of_every_change(client: httpx.Client) -> None:
    """The stream tells what happened to which ticket."""
    with client.stream("GET", "/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": listening"
        write(client)
        events = (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        assert next(events) == {"kind": "created", "ticket": 1001, "status": "new"}
