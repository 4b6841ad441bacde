"""An answer as server-sent events, in the order and with the pieces of the real ones."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

_PIECE = 24


def events(message: Json) -> Iterator[bytes]:
    content: Sequence[Json] = message["content"]
    usage = message["usage"]
    begun = {**message, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    yield _event({"type": "message_start", "message": begun})
    yield _event({"type": "ping"})
    for at, block in enumerate(content):
        yield from _block(at, block)
    told = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    output = {"output_tokens": usage["output_tokens"]}
    yield _event({"type": "message_delta", "delta": told, "usage": output})
    yield _event({"type": "message_stop"})


def _block(at: int, block: Json) -> Iterator[bytes]:
    if block["type"] == "text":
        empty: Json = {"type": "text", "text": ""}
        kind, field, whole = "text_delta", "text", block["text"]
    else:
        empty = {**block, "input": {}}
        kind, field, whole = "input_json_delta", "partial_json", json.dumps(block["input"])
    yield _event({"type": "content_block_start", "index": at, "content_block": empty})
    for begins in range(0, len(whole), _PIECE):
        delta = {"type": kind, field: whole[begins : begins + _PIECE]}
        yield _event({"type": "content_block_delta", "index": at, "delta": delta})
    yield _event({"type": "content_block_stop", "index": at})


def _event(told: Json) -> bytes:
    return f"event: {told['type']}\ndata: {json.dumps(told)}\n\n".encode()


PING = _event({"type": "ping"})
GARBLED = b'event: content_block_delta\ndata: {"type": "content_block_del\n\n'


def error(body: Json) -> bytes:
    return _event(body)
