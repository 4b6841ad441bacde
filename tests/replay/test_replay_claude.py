"""`backstop replay` with Claude: scripted conversations over HTTP, decisions with valid records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from sandbox.model import KEY, ModelServer, Scripted, routes, say, use
from sandbox.model.minds import assessed
from tests.loopback import Loopback
from tests.replay.test_replay import ARTICLES, CUSTOMER, run

TICKETS: list[dict[str, Any]] = [
    {"id": "a", "subject": "Reset", "body": "How do I reset my password?"},
    {
        "id": "b",
        "subject": "Paid twice",
        "body": "Please refund 49.00 USD.",
        "customer": CUSTOMER,
        "charges": [{"id": "ch_1", "amount": 4900, "currency": "USD"}],
    },
    {"id": "c", "subject": "Taxes", "body": "Where do I find the rates?"},
    {"id": "d", "subject": "Hm", "body": "Something about the sidebar is odd."},
]
LINE = {
    "text": "On the sign-in page choose Forgot password.",
    "cites": [{"article": "reset-your-password", "passage": 1}],
}
REFUND = {
    "charge": "ch_1",
    "amount": 4900,
    "currency": "USD",
    "ticket": 2,
    "customer": 3,
    "reason": "Paid twice.",
}
CONVERSATIONS = [
    [use("search_articles", query="reset password")],
    [use("read_article", article="reset-your-password")],
    [use("answer", sentences=[LINE], assessment=assessed(0.9, category="sign_in"))],
    [use("look_up_customer", customer=3)],
    [use("propose_refund", act=REFUND, assessment=assessed(0.9, category="billing"))],
    [say("Let me see."), use("search_articles", query="tax")],
    [use("escalate", reason="Not sure.", assessment=assessed(0.3))],
    [use("escalate", approved=True)],
]


@pytest.fixture
def model() -> Iterator[tuple[ModelServer, str]]:
    loopback, server = Loopback(), ModelServer(Scripted(CONVERSATIONS))
    loopback.app = Starlette(routes=routes(server))
    yield server, loopback.url
    loopback.close()


def test_scripted_conversations_end_in_decisions(
    model: tuple[ModelServer, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: each ticket has one decision by a rule's name; the closing table counts them all."""
    server, url = model
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    for name, rows in (("tickets", TICKETS), ("articles", ARTICLES)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    config = tmp_path / "app.yaml"
    config.write_text(
        "company: {name: Acme}\n"
        f'agent: {{kind: claude, api_url: "{url}/anthropic"}}\n'
        "gates: [{name: refunds, act: refund, grade: one}]\n"
    )
    decisions, told = run(
        tmp_path / "tickets.jsonl", tmp_path / "articles.jsonl", "--config", str(config)
    )

    assert [(each["decision"], each["rule"]) for each in decisions] == [
        ("answer", "answered"),
        ("act", "act_proposed"),
        ("escalate", "agent_escalates"),
        ("escalate", "proposal_refused"),
    ]
    assert decisions[0]["cites"] == ["reset-your-password"]
    assert decisions[1]["acts"][0]["grade"] == "one"
    assert len(server.requests) == len(CONVERSATIONS)
    assert "4 decisions" in told and "claude-sonnet-5-5 cost $0." in told
    for line in decisions:
        assert (line["agent"], line["playbook"] != "") == ("claude", True)
        assert line["model"] == "claude-sonnet-5-5" and line["prompt"]
        assert line["settings"]["temperature"] is None and line["settings"]["budget"]
        assert line["cost"] > 0 and line["input_tokens"] > 0
