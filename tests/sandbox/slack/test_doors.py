"""Tokens, scopes, method names and argument forms."""

import json

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.slack.stage import Stage


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", None, "not_authed"),
        ("auth.test", "xoxb-somebody-else", "invalid_auth"),
        ("chat.postMessage", "xapp-sandbox", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-sandbox", "not_allowed_token_type"),
        ("chat.shout", "xoxb-sandbox", "unknown_method"),
    ],
)
def test_a_missing_unknown_or_wrong_kind_of_token_is_refused(
    stage: Stage, method: str, token: str | None, error: str
) -> None:
    """No method runs for a token that is not its own kind."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    answer = stage.http.post(f"/api/{method}", json={"channel": "C1"}, headers=headers).json()

    assert (False, error) == (answer["ok"], answer["error"])


def test_a_token_counts_in_a_form_and_not_in_a_query_or_json(stage: Stage) -> None:
    """Slack reads tokens from the header and from form bodies alone."""
    token = stage.workspace.bot_token

    assert stage.http.post("/api/auth.test", data={"token": token}).json()["ok"]
    assert stage.http.post("/api/auth.test", json={"token": token}).json()["error"] == "not_authed"
    assert stage.http.get(f"/api/auth.test?token={token}").json()["error"] == "not_authed"


def test_the_real_client_learns_who_it_is(stage: Stage) -> None:
    """auth.test names the team and the bot, and the header lists the granted scopes."""
    answer = stage.web.auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T1", "U0BOT", "B1")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


def test_a_method_without_its_scope_names_what_is_needed(stage: Stage) -> None:
    """A missing scope is refused with `needed` and `provided`."""
    stage.workspace.faults.missing_scopes = ["chat:write"]

    with pytest.raises(SlackApiError) as refused:
        stage.web.chat_postMessage(channel="C1", text="Hello")

    answer = refused.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in answer["provided"].split(",")


def test_history_of_a_private_channel_needs_the_scope_of_private_channels(stage: Stage) -> None:
    """Scopes are checked for the kind of the conversation, not for the method alone."""
    stage.workspace.faults.missing_scopes = ["groups:history"]

    assert stage.call("conversations.history", channel="C1")["ok"]
    answer = stage.call("conversations.history", channel="G1")

    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")


def test_email_is_hidden_without_its_scope(stage: Stage) -> None:
    """users.info gives the address only to apps with users:read.email."""
    assert stage.web.users_info(user="U1")["user"]["profile"]["email"] == "ana@nordlicht.example"
    stage.workspace.faults.missing_scopes = ["users:read.email"]

    assert "email" not in stage.web.users_info(user="U1")["user"]["profile"]


def test_forms_and_json_mean_the_same(stage: Stage) -> None:
    """Lists travel as JSON strings in a form; both posts carry the same blocks."""
    blocks = [{"type": "divider", "block_id": "d"}]
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}"}
    form = {"channel": "C1", "text": "x", "blocks": json.dumps(blocks)}

    by_form = stage.http.post("/api/chat.postMessage", data=form, headers=headers).json()
    by_json = stage.call("chat.postMessage", channel="C1", text="x", blocks=blocks)

    assert blocks == by_form["message"]["blocks"] == by_json["message"]["blocks"]


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ("x", "text/html", "invalid_post_type"),
    ],
)
def test_a_malformed_body_is_refused(
    stage: Stage, body: str, content_type: str, error: str
) -> None:
    """The error says which of the three ways a body was wrong."""
    answer = stage.http.post(
        "/api/chat.postMessage", content=body, headers={"Content-Type": content_type}
    )

    assert error == answer.json()["error"]
