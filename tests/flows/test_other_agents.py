"""Another agent asks through its own door, and passes the same gates as ours."""

import json
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.handlers.http.agent_hooks import SignedHooks
from bot.handlers.signatures import Signed, standard
from storage.models import Decision
from tests.company import ANA, APPROVALS, BILLING, ESCALATIONS, LEA, MAX, SECRETS, Json
from tests.flows.scenes import audit
from tests.flows.screen import card, fill, messages
from tests.sandbox.serving import serving
from tests.world import World

KEY, OLD, NARROW = (f"{name}-key-that-nobody-here-would-guess" for name in ("new", "old", "narrow"))
SHORT = "a" * 31
HOOK_SECRET = "whsec_YWdlbnQtaG9vay1zZWNyZXQtb2YtdGVzdHM="
AGENTS = """\
agent:
  kind: external
  others:
    helper: {keys: [HELPER_KEY, HELPER_KEY_BEFORE], scopes: [escalations, acts, resolutions]}
    narrow: {keys: [NARROW_KEY], scopes: [resolutions]}
"""
ALONE = {"limits: {refunds": f"{AGENTS}limits: {{refunds"}
REFUND = {"charge": "ch_joy", "amount": 4900, "currency": "USD", "reason": "Charged twice."}

pytestmark = pytest.mark.app_yaml(ALONE)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("HELPER_KEY", KEY),
        ("HELPER_KEY_BEFORE", OLD),
        ("NARROW_KEY", NARROW),
        ("SHORT_KEY", SHORT),
    ):
        monkeypatch.setitem(SECRETS, name, value)


def ask(
    world: World, path: str, body: Json, key: str = KEY, idempotency: str = "k1"
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": idempotency}
    answer = world.server.http.post(f"/v1/{path}", json=body, headers=headers)
    world.settle()
    return answer


def refund(world: World, ticket: int, idempotency: str = "k1", **other: Any) -> httpx.Response:
    body = {"ticket": f"zendesk:{ticket}", "kind": "refund", "args": REFUND | other}
    return ask(world, "acts", body | {"category": "billing"}, idempotency=idempotency)


def standing(world: World, number: int, key: str = KEY) -> Json:
    headers = {"Authorization": f"Bearer {key}"}
    found: Json = world.server.http.get(f"/v1/acts/{number}", headers=headers).json()
    return found


def written(world: World) -> int:
    """A ticket that our own agent leaves alone."""
    ticket = world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert messages(world, LEA, APPROVALS) == [] == messages(world, ANA, BILLING)
    return ticket


def test_an_act_waits_at_the_same_gate_and_runs_once(world: World) -> None:
    """Law: taken, shown to people with who asked for it, and told as it stands."""
    asked = refund(world, written(world))
    assert asked.status_code == 202 and asked.json()["state"] == "received"
    number = asked.json()["id"]
    assert standing(world, number)["state"] == "waiting"
    seen = card(world, LEA, APPROVALS)
    assert "Refund 49.00 USD" in seen.text and "49.00 USD on" in seen.text
    seen.press("Approve")
    now = standing(world, number)
    assert now["state"] == "done" and now["receipt"]
    assert [one["amount"] for one in world.refunds] == [4900]
    assert audit(world, "approval requested")[0].actor == "agent:helper"


def test_the_same_key_is_the_same_wish(world: World) -> None:
    """Law: the first answer again, and nothing twice; with another wish it is refused."""
    ticket = written(world)
    first, again = refund(world, ticket), refund(world, ticket)
    assert first.json() == again.json()
    other = refund(world, ticket, amount=100)
    assert other.status_code == 409 and "new key" in other.json()["detail"]
    assert len([one for one in messages(world, LEA, APPROVALS) if one.labels]) == 1


@pytest.mark.parametrize(
    ("key", "status"), [("-", 401), ("nobody", 401), (NARROW, 403), (OLD, 202)]
)
def test_who_asks_is_proved_by_a_key_of_that_scope(world: World, key: str, status: int) -> None:
    """Law: while keys change both count."""
    body = {"ticket": f"zendesk:{written(world)}", "kind": "refund", "args": REFUND}
    assert ask(world, "acts", body, key=key).status_code == status


def test_a_charge_of_another_customer_is_refused_before_anybody_is_asked(world: World) -> None:
    asked = refund(world, written(world), charge="ch_big")
    now = standing(world, asked.json()["id"])
    assert now["state"] == "refused" and now["reason"] == "charge_of_another_customer"
    assert messages(world, LEA, APPROVALS) == []


def test_an_account_of_another_customer_is_refused(world: World) -> None:
    args = {"account": "acc_big", "change": "cancel", "value": ""}
    body = {"ticket": f"zendesk:{written(world)}", "kind": "account_change", "args": args}
    answer = ask(world, "acts", body)
    assert answer.status_code == 422 and "not the ticket" in answer.json()["title"]


def test_what_no_gate_lets_pass_is_forbidden(world: World) -> None:
    world.write("eve", "Please refund my last payment of 6000.00 USD.", "Money back")
    asked = refund(world, 1001, charge="ch_eve", amount=600000)
    now = standing(world, asked.json()["id"])
    assert (now["state"], now["reason"]) == ("forbidden", "beyond")


@pytest.mark.parametrize(
    ("args", "field"),
    [({"amount": 49.0}, "args"), ({"ticket": 7}, "args.ticket"), ({"bonus": 1}, "args")],
)
def test_what_is_no_act_is_told_by_field(world: World, args: Json, field: str) -> None:
    body = {"ticket": f"zendesk:{written(world)}", "kind": "refund", "args": REFUND | args}
    answer = ask(world, "acts", body)
    assert answer.status_code == 422 and field in answer.json()["fields"]


def test_nobody_sees_the_acts_of_another_agent(world: World) -> None:
    number = refund(world, written(world)).json()["id"]
    headers = {"Authorization": f"Bearer {NARROW}"}
    assert world.server.http.get(f"/v1/acts/{number}", headers=headers).status_code == 403
    headers = {"Authorization": f"Bearer {KEY}"}
    assert world.server.http.get(f"/v1/acts/{number + 1}", headers=headers).status_code == 404


def test_a_no_and_a_question_reach_whoever_asked(world: World) -> None:
    number = refund(world, written(world)).json()["id"]
    seen = card(world, LEA, APPROVALS)
    view = seen.press("Ask for changes")["view"]
    assert fill(world, LEA, view, question="Which month was it?")["ok"]
    now = standing(world, number)
    assert (now["state"], now["question"]) == ("changes_wanted", "Which month was it?")
    view = card(world, MAX, APPROVALS, 0).press("Reject", by=MAX)["view"]
    assert fill(world, MAX, view, reason="It was used all month")["ok"]
    now = standing(world, number)
    assert (now["state"], now["reason"]) == ("rejected", "It was used all month")


def test_it_hands_a_ticket_to_a_person_with_its_reasons(world: World) -> None:
    ticket = written(world)
    body = {"ticket": f"zendesk:{ticket}", "reason": "They ask for a person.", "tried": "the rota"}
    assert ask(world, "escalations", body).status_code == 202
    seen = card(world, ANA, ESCALATIONS)
    assert "They ask for a person." in seen.text and "rule agent_escalates" in seen.text


def test_what_it_resolved_stands_beside_what_ours_did(world: World) -> None:
    """Law: reviews draw from decisions, whoever made them."""
    ticket = written(world)
    body = {"ticket": f"zendesk:{ticket}", "answer": "Open Roster.", "cites": ["export-roster"]}
    assert ask(world, "resolutions", body, key=NARROW).json()["state"] == "resolved"
    with world.looking() as uow:
        [made] = uow.session.query(Decision).all()
        assert (made.decision, made.agent, made.cites) == (
            "answer",
            "agent:narrow",
            ["export-roster"],
        )


def test_a_ticket_that_it_forgets_goes_to_a_person(world: World) -> None:
    """Law: every word of a customer gets an answer or a person."""
    written(world)
    world.later(minutes=31)
    seen = [one for one in messages(world, ANA, BILLING) + messages(world, ANA, ESCALATIONS)]
    assert len(seen) == 1 and "has not taken it up in time" in seen[0].text


def test_outcomes_are_sent_signed_until_they_are_taken(world: World) -> None:
    """Law: the same id each time, so that whoever gets it twice knows."""
    arrived: list[tuple[dict[str, str], bytes]] = []
    answers = iter([500, 204, 200, 200, 200])

    async def take(request: Request) -> Response:
        arrived.append((dict(request.headers), await request.body()))
        return Response(status_code=next(answers))

    with serving(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as url:
        hooks = SignedHooks({"helper": (f"{url}/hook", HOOK_SECRET)}, world.clock)
        world.backstop.bus.dependencies.know(agent_hooks=hooks)
        number = refund(world, written(world)).json()["id"]
        card(world, LEA, APPROVALS).press("Approve")
        world.later(minutes=10)
        world.backstop.bus.dependencies.know(agent_hooks=None)
        hooks.close()
    assert len(arrived) == 2
    assert len({headers["webhook-id"] for headers, _ in arrived}) == 1
    told = json.loads(arrived[-1][1])
    assert told["data"]["id"] == number and told["data"]["state"] == "done"
    headers, body = arrived[-1]
    signed = {name: told for name, told in headers.items() if name.startswith("webhook-")}
    verdict = standard(
        [(name.encode(), told.encode()) for name, told in signed.items()],
        body,
        [HOOK_SECRET],
        world.clock.now(),
    )
    assert isinstance(verdict, Signed)


@pytest.fixture
def client(world: World) -> Iterator[Any]:
    file = Path(__file__).parents[2] / "examples" / "other_agent.py"
    spec = spec_from_file_location("other_agent", file)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module.Backstop(world.server.url, KEY, world.server.http)


def test_the_example_asks_and_is_told(world: World, client: Any) -> None:
    ticket = f"zendesk:{written(world)}"
    wish = ("1017-refund", ticket, "ch_joy", 4900, "USD", "Charged twice.")
    asked = client.refund(*wish)
    assert client.refund(*wish) == asked
    world.settle()
    assert client.act(asked["id"])["state"] == "waiting"
    with pytest.raises(RuntimeError, match="No ticket is known"):
        client.escalate("1018-person", "zendesk:999999", "They ask for a person.")


def test_the_door_does_what_its_document_says(world: World) -> None:
    """Law: whatever the document allows or forbids, no answer is an error of ours, and each is one
    that it tells of."""
    written(world)
    schema = schemathesis.openapi.from_url(f"{world.server.url}/v1/openapi.json")
    probed = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=10,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def probe(case: Any) -> None:
            # What the form allows may still name a ticket that nobody knows.
            case.call_and_validate(
                headers={"Authorization": f"Bearer {KEY}"},
                excluded_checks=[positive_data_acceptance],
            )

        probe()
        probed += 1
    assert probed == 4
    world.settle()
    assert world.refunds == world.account_changes == []
