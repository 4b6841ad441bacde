"""Rules for modals and Home tabs."""

import json
from typing import Any

from sandbox.slack.blocks import Surface, check_blocks
from sandbox.slack.errors import ApiError
from sandbox.slack.findings import Findings
from sandbox.slack.people import Json

TITLE, BUTTON = 24, 24
PRIVATE_METADATA, CALLBACK_ID, EXTERNAL_ID = 3_000, 255, 255
VIEW_BYTES = 250_000


def check_view(view: Any, surface: Surface) -> Json:
    """The view when Slack would take it; else ApiError `invalid_arguments` or `view_too_large`."""
    if not isinstance(view, dict):
        raise refusal(["must provide an object [json-pointer:/view]"])
    findings = Findings()
    if view.get("type") != surface:
        findings.add(f"must be {surface}", "/view/type")
    if surface == "modal":
        _check_modal(findings, view)
    check_blocks(findings, view.get("blocks"), surface, "/view")
    findings.optional_string(view, "private_metadata", PRIVATE_METADATA, "/view", least=0)
    findings.optional_string(view, "callback_id", CALLBACK_ID, "/view", least=0)
    findings.optional_string(view, "external_id", EXTERNAL_ID, "/view", least=0)
    if findings.messages:
        raise refusal(findings.messages)
    if len(json.dumps(view)) > VIEW_BYTES:
        raise ApiError("view_too_large")
    return view


def refusal(messages: list[str]) -> ApiError:
    return ApiError(
        "invalid_arguments",
        response_metadata={"messages": [f"[ERROR] {line}" for line in messages]},
    )


def _check_modal(findings: Findings, view: Json) -> None:
    findings.text(view, "title", TITLE, "/view", plain=True)
    findings.optional_text(view, "submit", BUTTON, "/view")
    findings.optional_text(view, "close", BUTTON, "/view")
    blocks = view.get("blocks")
    inputs = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if inputs and view.get("submit") is None:
        findings.add("submit is required in a modal with input blocks", "/view/submit")
