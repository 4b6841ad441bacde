"""What the API takes and what it refuses, checked before any mind is asked."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.model.problems import wrong

Json = dict[str, Any]

VERSIONS = ("2023-06-01", "2026-10-21")
_FIELDS = frozenset(
    {"model", "messages", "max_tokens", "system", "tools", "tool_choice", "stream", "metadata"}
    | {"stop_sequences", "output_config", "thinking", "service_tier", "cache_control", "container"}
    | {"inference_geo", "speed"}
)
_GONE = ("temperature", "top_p", "top_k")
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_TOOL_FIELDS = {"name", "description", "input_schema", "strict", "cache_control", "type"}
# The grammar that a strict tool is held to knows none of these.
_NOT_STRICT = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength"}
    | {"maxLength", "maxItems", "uniqueItems", "patternProperties"}
)
_MOST_CACHED, _MOST_STRICT = 4, 20


def check(body: Any, version: str) -> Json:
    """The request, when it may be answered; else raises Problem."""
    if not isinstance(body, dict):
        raise wrong("request: Input should be an object")
    _fields(body, version)
    _tools(body.get("tools", []))
    _messages(body["messages"])
    cached = sum("cache_control" in block for block in _blocks(body))
    if cached > _MOST_CACHED:
        raise wrong(f"A maximum of {_MOST_CACHED} blocks with cache_control may be provided")
    return body


def _fields(body: Json, version: str) -> None:
    gone = () if version == VERSIONS[0] else _GONE
    for name in sorted(set(body) - _FIELDS - (set(_GONE) - set(gone))):
        raise wrong(f"{name}: Extra inputs are not permitted")
    for name in ("model", "messages", "max_tokens"):
        if name not in body:
            raise wrong(f"{name}: Field required")
    if not isinstance(body["max_tokens"], int) or body["max_tokens"] < 1:
        raise wrong("max_tokens: Input should be greater than or equal to 1")


def _blocks(body: Mapping[str, Any]) -> Iterator[Json]:
    system = body.get("system", [])
    yield from system if isinstance(system, list) else ()
    yield from body.get("tools", [])
    for message in body["messages"]:
        yield from message["content"] if isinstance(message["content"], list) else ()


def _tools(tools: Any) -> None:
    names: set[str] = set()
    for at, tool in enumerate(tools):
        for name in sorted(set(tool) - _TOOL_FIELDS):
            raise wrong(f"tools.{at}.{name}: Extra inputs are not permitted")
        if not _TOOL_NAME.fullmatch(tool.get("name", "")) or tool["name"] in names:
            raise wrong(f"tools.{at}.name: is no name of its own")
        names.add(tool["name"])
        schema = tool.get("input_schema")
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise wrong(f"tools.{at}.input_schema.type: Field required")
        if tool.get("strict"):
            _strict(schema, f"tools.{at}.input_schema")
    if sum(bool(tool.get("strict")) for tool in tools) > _MOST_STRICT:
        raise wrong(f"tools: at most {_MOST_STRICT} may be strict")


def _strict(schema: Any, path: str) -> None:
    for name, each in _parts(schema):
        _strict(each, f"{path}.{name}")
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise wrong(f"{path}: For 'object' type, 'additionalProperties' must be explicitly false")
    for name in sorted(set(schema) & _NOT_STRICT):
        raise wrong(f"{path}: For strict tools, '{name}' is not supported")


def _parts(schema: Any) -> Iterator[tuple[str, Any]]:
    """What schemas stand within this one; a property may be called like a keyword."""
    if isinstance(schema, list):
        yield from ((str(at), each) for at, each in enumerate(schema))
    elif isinstance(schema, dict):
        for name, value in schema.items():
            yield from value.items() if name in ("properties", "$defs") else [(name, value)]


def _messages(messages: Any) -> None:
    if not isinstance(messages, list) or not messages:
        raise wrong("messages: at least one message is required")
    if messages[0].get("role") != "user":
        raise wrong('messages: first message must use the "user" role')
    waiting: list[str] = []
    for at, message in enumerate(messages):
        blocks = _content(message, at)
        answered = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        if sorted(answered) != sorted(waiting):
            raise wrong(f"messages.{at}: tool_use ids were found without tool_result blocks")
        waiting = [block["id"] for block in blocks if block["type"] == "tool_use"]
    if messages[-1]["role"] != "user":
        raise wrong("messages: final assistant content is not supported by this model")


def _content(message: Any, at: int) -> list[Json]:
    if set(message) != {"role", "content"} or message["role"] not in ("user", "assistant"):
        raise wrong(f"messages.{at}: Input should have a role and a content")
    content = message["content"]
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    if not blocks:
        raise wrong(f"messages.{at}: all messages must have non-empty content")
    for block in blocks:
        _block(block, at)
    return list(blocks)


_BLOCK_FIELDS = {
    "text": {"type", "text", "cache_control"},
    "tool_use": {"type", "id", "name", "input", "cache_control"},
    "tool_result": {"type", "tool_use_id", "content", "is_error", "cache_control"},
}


def _block(block: Any, at: int) -> None:
    kind = block.get("type")
    if kind not in _BLOCK_FIELDS:
        raise wrong(f"messages.{at}: Input tag '{kind}' does not match any of the expected tags")
    for name in sorted(set(block) - _BLOCK_FIELDS[kind]):
        raise wrong(f"messages.{at}.{kind}.{name}: Extra inputs are not permitted")
    if kind == "text" and not block["text"].strip():
        raise wrong("messages: text content blocks must be non-empty")
