"""The help desk as an Intercom, over a real connection."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.helpdesk import Change, HelpDesk, routes
from tests.sandbox.serving import Clock, serving

CUSTOMERS = [
    {"id": "cus_1", "name": "Ada Marsh", "email": "ada@client.example", "role": "champion"}
]
ARTICLES = [{"id": "a1", "title": "Reset a password", "body": "Press reset."}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> HelpDesk:
    desk = HelpDesk(CUSTOMERS, articles=ARTICLES, now=clock)
    desk.open_ticket(
        desk.directory.customer("ada@client.example"), "Broken", Change(text="It does not work.")
    )
    return desk


@pytest.fixture
def client(desk: HelpDesk) -> Iterator[httpx.Client]:
    headers = {"Authorization": "Bearer intercom-token"}
    with (
        serving(Starlette(routes=routes(desk))) as url,
        httpx.Client(base_url=f"{url}/intercom", headers=headers) as client,
    ):
        yield client


def reply(client: httpx.Client, kind: str, body: str) -> httpx.Response:
    me = client.get("/me").json()["id"]
    wanted = {"message_type": kind, "type": "admin", "admin_id": me, "body": body}
    return client.post("/conversations/1001/reply", json=wanted)


def test_a_comment_reaches_the_customer_and_a_note_does_not(
    client: httpx.Client, desk: HelpDesk
) -> None:
    """Both are parts of the conversation; only one is the customer's to read."""
    reply(client, "comment", "<p>Look <script>x</script>here</p>")
    reply(client, "note", "for us")

    parts = client.get("/conversations/1001").json()["conversation_parts"]["conversation_parts"]
    assert [(row["part_type"], row["body"]) for row in parts] == [
        ("comment", "<p>Look here</p>"),
        ("note", "<p>for us</p>"),
    ]
    assert [row.text for row in desk.tickets[1001].comments if row.public][1:] == ["Look here"]


def test_plain_text_is_shown_on_request(client: httpx.Client) -> None:
    """`display_as=plaintext` drops the markup."""
    reply(client, "comment", "One &amp;\n\ntwo")

    shown = client.get("/conversations/1001", params={"display_as": "plaintext"}).json()

    assert shown["source"]["body"] == "It does not work."
    assert shown["conversation_parts"]["conversation_parts"][0]["body"] == "One &amp;\n\ntwo"


@pytest.mark.parametrize(
    ("kind", "state"), [("close", "closed"), ("snoozed", "snoozed"), ("open", "open")]
)
def test_an_admin_manages_the_state(client: httpx.Client, kind: str, state: str) -> None:
    """Close, snooze and open are parts with those names."""
    me = client.get("/me").json()["id"]
    wanted: dict[str, Any] = {"message_type": kind, "type": "admin", "admin_id": me}
    wanted |= {"snoozed_until": 1_790_086_400} if kind == "snoozed" else {}

    answer = client.post("/conversations/1001/parts", json=wanted)

    assert answer.json()["state"] == state


def test_errors_have_intercoms_shape(client: httpx.Client) -> None:
    """A list of errors with codes, whatever went wrong."""

    def code(answer: httpx.Response) -> tuple[int, str]:
        return answer.status_code, answer.json()["errors"][0]["code"]

    bad = {"Authorization": "Bearer other"}
    assert code(client.get("/me", headers=bad)) == (401, "token_unauthorized")
    assert code(client.get("/conversations/9")) == (404, "not_found")
    assert code(reply(client, "shout", "x")) == (400, "parameter_invalid")


def test_too_many_requests_name_the_second_to_come_back(clock: Clock) -> None:
    """Intercom has no Retry-After: the reset time is in a header of its own."""
    desk = HelpDesk(now=clock, requests_per_minute=1)
    with serving(Starlette(routes=routes(desk))) as url:
        headers = {"Authorization": "Bearer intercom-token"}
        answers = [httpx.get(f"{url}/intercom/me", headers=headers) for _ in range(2)]

    assert answers[1].status_code == 429
    assert int(answers[1].headers["x-ratelimit-reset"]) == int(clock.seconds) + 60
    assert "retry-after" not in answers[1].headers


def test_conversations_changed_since_are_found_page_by_page(
    client: httpx.Client, desk: HelpDesk, clock: Clock
) -> None:
    """A search by time of change walks its pages, oldest change first."""
    before = int(clock.seconds)
    for number in range(3):
        clock.seconds += 5
        customer = desk.directory.customer("ada@client.example")
        desk.open_ticket(customer, f"More {number}", Change(text="x"))
    query = {"field": "updated_at", "operator": ">", "value": before}

    first = client.post(
        "/conversations/search", json={"query": query, "pagination": {"per_page": 2}}
    ).json()
    following = {"per_page": 2, "starting_after": first["pages"]["next"]["starting_after"]}
    second = client.post(
        "/conversations/search", json={"query": query, "pagination": following}
    ).json()

    ids = [row["id"] for row in first["conversations"] + second["conversations"]]
    assert ids == ["1002", "1003", "1004"]
    assert second["pages"]["next"] is None


def test_contacts_tickets_and_articles_can_be_read(client: httpx.Client) -> None:
    """What a bot needs to know who writes, and what is written."""
    query = {"field": "email", "operator": "=", "value": "ada@client.example"}
    found = client.post("/contacts/search", json={"query": query}).json()["data"][0]
    assert client.get(f"/contacts/{found['id']}").json()["external_id"] == "cus_1"
    assert found["custom_attributes"] == {"role": "champion"}
    ticket = client.get("/tickets/1001").json()
    assert ticket["ticket_attributes"]["_default_title_"] == "Broken"
    articles = client.get("/articles").json()["data"]
    assert articles[0]["title"] == "Reset a password"
    hits = client.get("/articles/search", params={"phrase": "press"}).json()["data"]["articles"]
    assert [row["id"] for row in hits] == [articles[0]["id"]]


def test_a_contact_replies_in_their_own_name(client: httpx.Client) -> None:
    """The conversation knows the customer's words from an admin's."""
    contact = client.get("/conversations/1001").json()["contacts"]["contacts"][0]["id"]
    wanted = {"message_type": "comment", "type": "user", "intercom_user_id": contact, "body": "Hi"}

    answer = client.post("/conversations/1001/reply", json=wanted).json()

    parts = answer["conversation_parts"]["conversation_parts"]
    assert parts[-1]["author"]["type"] == "user"
