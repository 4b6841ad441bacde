"""The help desk as a Zendesk, over a real connection."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.helpdesk import Change, HelpDesk, routes
from tests.sandbox.serving import Clock, serving

ACCOUNTS = [{"id": "acc_1", "name": "Marsh Mills", "tier": "enterprise"}]
CUSTOMERS = [
    {"id": "cus_1", "account": "acc_1", "name": "Ada Marsh", "email": "ada@client.example"}
]
ARTICLES = [{"id": f"a{n}", "title": f"Article {n}", "body": "Do this."} for n in range(5)]
AGENTS = [{"name": "Lee Ortiz", "email": "lee@helpdesk.example"}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> HelpDesk:
    desk = HelpDesk(CUSTOMERS, ACCOUNTS, ARTICLES, AGENTS, now=clock)
    customer = desk.directory.customer("ada@client.example")
    change = Change(text="It does not work.\n\nAt all.", custom={"charge": "ch_1"})
    desk.open_ticket(customer, "Broken", change)
    return desk


@pytest.fixture
def client(desk: HelpDesk) -> Iterator[httpx.Client]:
    with (
        serving(Starlette(routes=routes(desk))) as url,
        httpx.Client(base_url=url, headers={"Authorization": "Bearer zendesk-token"}) as client,
    ):
        yield client


API = "/zendesk/api/v2"
TICKET = f"{API}/tickets/1001.json"


def seen_by_the_customer(client: httpx.Client) -> list[str]:
    ticket = client.get("/sandbox/helpdesk/tickets/1001").json()
    return [message["text"] for message in ticket["messages"]]


def put(client: httpx.Client, **ticket: Any) -> httpx.Response:
    return client.put(TICKET, json={"ticket": ticket})


def test_a_public_comment_reaches_the_customer_and_a_private_one_does_not(
    client: httpx.Client,
) -> None:
    """What is public is what the customer's side shows."""
    put(client, comment={"body": "We are looking.", "public": True})
    put(client, comment={"html_body": "<p>internal <b>only</b></p>", "public": False})

    assert seen_by_the_customer(client)[1:] == ["We are looking."]
    comments = client.get(f"{API}/tickets/1001/comments.json").json()["comments"]
    assert [row["public"] for row in comments] == [True, True, False]
    assert comments[2]["plain_body"] == "internal only"


def test_custom_metadata_can_be_found_in_the_audits(client: httpx.Client) -> None:
    """Whoever lost the answer to a comment finds by its mark whether it was made."""
    put(client, comment={"body": "Done."}, metadata={"custom": {"marker": "m-1"}}, status="solved")

    audits = client.get(f"{API}/tickets/1001/audits.json", params={"sort_order": "desc"}).json()

    newest = audits["audits"][0]
    assert newest["metadata"]["custom"] == {"marker": "m-1"}
    assert [event["type"] for event in newest["events"]] == ["Comment", "Change", "Change"]


def test_a_stale_safe_update_is_refused(client: httpx.Client, clock: Clock) -> None:
    """An update bound to a state that is gone changes nothing."""
    stamp = client.get(TICKET).json()["ticket"]["updated_at"]
    clock.seconds += 2
    put(client, priority="high")

    stale = put(client, status="solved", safe_update=True, updated_stamp=stamp)

    assert (stale.status_code, stale.json()["error"]) == (409, "UpdateConflict")
    assert client.get(TICKET).json()["ticket"]["status"] == "new"


@pytest.mark.parametrize("change", [{"status": "done"}, {"priority": "soon"}, {"comment": "words"}])
def test_wrong_values_are_refused_with_record_invalid(
    client: httpx.Client, change: dict[str, object]
) -> None:
    """A value outside Zendesk's lists is a 422, and the ticket stays as it is."""
    answer = put(client, **change)

    assert (answer.status_code, answer.json()["error"]) == (422, "RecordInvalid")


def test_a_closed_ticket_takes_no_update_and_the_customer_gets_a_follow_up(
    client: httpx.Client,
) -> None:
    """Closed is closed: the customer's next words open another ticket."""
    put(client, status="closed")

    assert put(client, comment={"body": "Late."}).status_code == 422
    wrote = {"email": "ada@client.example", "body": "Again!", "ticket": 1001}
    assert client.post("/sandbox/helpdesk/customer", json=wrote).json()["ticket"] == 1002


def test_the_customers_reply_reopens_a_solved_ticket(client: httpx.Client) -> None:
    """A customer who answers is not finished."""
    put(client, status="solved", comment={"body": "Fixed."})

    wrote = {"email": "ada@client.example", "body": "No!", "ticket": 1001}
    answer = client.post("/sandbox/helpdesk/customer", json=wrote).json()

    assert answer == {"ok": True, "ticket": 1001, "status": "open"}
    assert seen_by_the_customer(client)[1:] == ["Fixed.", "No!"]


def test_only_agents_with_the_token_get_in(client: httpx.Client) -> None:
    """Token authentication names an agent; customers and wrong tokens are turned away."""

    def status(credentials: str) -> int:
        value = base64.b64encode(credentials.encode()).decode()
        return client.get(TICKET, headers={"Authorization": f"Basic {value}"}).status_code

    assert status("lee@helpdesk.example/token:zendesk-token") == 200
    assert status("ada@client.example/token:zendesk-token") == 401
    assert status("lee@helpdesk.example/token:other") == 401
    assert client.get(TICKET, headers={"Authorization": "Bearer other"}).status_code == 401


def test_the_export_follows_a_cursor_and_stays_a_minute_behind(
    client: httpx.Client, desk: HelpDesk, clock: Clock
) -> None:
    """Each changed ticket comes once; what has just changed comes with the next request."""
    customer = desk.directory.customer("ada@client.example")
    for number in range(4):
        clock.seconds += 1
        desk.open_ticket(customer, f"More {number}", Change(text="x"))
    start = int(clock.seconds) - 100
    export = f"{API}/incremental/tickets/cursor.json"
    assert client.get(export, params={"start_time": start}).json()["tickets"] == []

    clock.seconds += 61
    first = client.get(export, params={"start_time": start, "per_page": 3}).json()
    second = client.get(export, params={"cursor": first["after_cursor"]}).json()

    assert [row["id"] for row in first["tickets"]] == [1001, 1002, 1003]
    assert [row["id"] for row in second["tickets"]] == [1004, 1005]
    assert (first["end_of_stream"], second["end_of_stream"]) == (False, True)
    recent = client.get(export, params={"start_time": int(clock.seconds)})
    assert recent.json()["error"] == "StartTimeTooRecent"


def test_too_many_requests_are_told_when_to_come_back(clock: Clock) -> None:
    """429 carries Retry-After, and after that time the door is open again."""
    desk = HelpDesk(now=clock, requests_per_minute=2)
    with serving(Starlette(routes=routes(desk))) as url:
        asked = {"headers": {"Authorization": "Bearer zendesk-token"}}
        answers = [httpx.get(f"{url}{API}/users/me", **asked) for _ in range(3)]  # type: ignore[arg-type]
        clock.seconds += int(answers[2].headers["retry-after"])
        later = httpx.get(f"{url}{API}/users/me", headers=asked["headers"])
        desk.quota_scale = 10
        scaled = [httpx.get(f"{url}{API}/users/me", headers=asked["headers"]) for _ in range(3)]

    assert [row.status_code for row in answers] == [200, 200, 429]
    assert [row.status_code for row in (later, *scaled)] == [200] * 4


def test_a_dropped_answer_left_its_comment(desk: HelpDesk, client: httpx.Client) -> None:
    """The connection breaks, and the customer has the message all the same."""
    desk.faults.drop_after_commit_next = 1

    with pytest.raises(httpx.RemoteProtocolError):
        put(client, comment={"body": "Hello."})

    assert seen_by_the_customer(client)[1:] == ["Hello."]


def test_a_500_may_come_before_or_after_the_change(desk: HelpDesk, client: httpx.Client) -> None:
    """The status alone does not tell whether the comment was made."""
    desk.faults.error_500_next = 1
    assert put(client, comment={"body": "lost"}).status_code == 500
    desk.faults.error_500_after_commit_next = 1
    assert put(client, comment={"body": "kept"}).status_code == 500

    assert seen_by_the_customer(client)[1:] == ["kept"]


def test_people_organisations_and_articles_can_be_read(client: httpx.Client) -> None:
    """What an import needs is there, page by page."""
    found = client.get(f"{API}/users/search.json", params={"query": "email:ada@client.example"})
    user = found.json()["users"][0]
    assert (user["external_id"], user["role"]) == ("cus_1", "end-user")
    home = client.get(f"{API}/organizations/{user['organization_id']}.json").json()["organization"]
    assert home["organization_fields"] == {"tier": "enterprise"}
    first = client.get(f"{API}/help_center/articles.json", params={"per_page": 3}).json()
    second = client.get(first["next_page"]).json()
    assert len(first["articles"] + second["articles"]) == first["count"] == 5
    cursor = client.get(f"{API}/help_center/articles", params={"page[size]": 4}).json()
    assert len(client.get(cursor["links"]["next"]).json()["articles"]) == 1


def test_tickets_can_be_created_for_a_requester(client: httpx.Client) -> None:
    """A ticket opened by an agent belongs to the customer it names."""
    wanted = {
        "subject": "Call",
        "comment": {"body": "As told."},
        "requester": {"email": "n@x.example"},
    }
    made = client.post(f"{API}/tickets.json", json={"ticket": wanted})

    assert made.status_code == 201
    ticket = client.get(f"/sandbox/helpdesk/tickets/{made.json()['ticket']['id']}").json()
    assert ticket["customer"]["email"] == "n@x.example"
    assert ticket["messages"][0]["is_staff"] is True
