"""The stand-in model refuses what the API refuses."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.model import KEY, Librarian, ModelServer, routes
from tests.sandbox.serving import serving

BODY: dict[str, Any] = {
    "model": "claude-sonnet-5-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hello"}],
}
HEADERS = {"authorization": f"Bearer {KEY}", "anthropic-version": "2026-10-21"}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {}}


def a_tool(**schema: Any) -> dict[str, Any]:
    told = {"type": "object", "properties": {}, "additionalProperties": False} | schema
    return {"name": "look", "strict": True, "input_schema": told}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(Starlette(routes=routes(ModelServer(Librarian())))) as address:
        yield f"{address}/anthropic/v1"


def asked(url: str, body: dict[str, Any], **headers: str) -> tuple[int, str]:
    answer = httpx.post(f"{url}/messages", json=body, headers=HEADERS | headers)
    return answer.status_code, answer.json().get("error", {}).get("message", "")


def test_a_plain_question_is_answered(url: str) -> None:
    """Law: what the API takes is taken."""
    assert asked(url, BODY) == (200, "")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"temperature": 0}, "temperature"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"surprise": 1}, "surprise"),
        ({"messages": []}, "at least one"),
        ({"messages": [{"role": "assistant", "content": "Hi"}]}, "first message"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": " "}]}]}, "non-empty"),
        ({"tools": [a_tool(additionalProperties=True)]}, "additionalProperties"),
        ({"tools": [a_tool(properties={"n": {"type": "integer", "minimum": 1}})]}, "minimum"),
        ({"tools": [a_tool(), a_tool()]}, "name"),
        (
            {
                "messages": [
                    *BODY["messages"],
                    {"role": "assistant", "content": [CALL]},
                    {"role": "user", "content": "And?"},
                ]
            },
            "tool_use ids",
        ),
    ],
)
def test_what_the_api_refuses_is_refused(url: str, changed: dict[str, Any], told: str) -> None:
    """Law: a 400 with words for the field."""
    status, message = asked(url, BODY | changed)
    assert status == 400 and told in message


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"authorization": "Bearer wrong"}, 401), ({"anthropic-version": "2020-01-01"}, 400)],
)
def test_without_key_or_version_nobody_gets_in(
    url: str, headers: dict[str, str], status: int
) -> None:
    """Law: the door looks at the headers first."""
    assert asked(url, BODY, **headers)[0] == status
