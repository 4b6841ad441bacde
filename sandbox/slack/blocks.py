"""Rules for Block Kit blocks in messages, modals and the Home tab."""

import itertools
from collections.abc import Callable
from typing import Any, Literal

from sandbox.slack.elements import (
    ACTION_ELEMENTS,
    IDENT,
    INPUT_ELEMENTS,
    URL,
    check_element,
    check_image,
)
from sandbox.slack.errors import ApiError
from sandbox.slack.findings import Findings
from sandbox.slack.people import Json
from sandbox.slack.properties import BLOCK_PROPERTIES
from sandbox.slack.rich_text import check_rich_text

Surface = Literal["message", "modal", "home"]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
SECTION_TEXT, FIELDS, FIELD_TEXT, HEADER_TEXT = 3_000, 10, 2_000, 150
ACTIONS, CONTEXT = 25, 10
LABEL, HINT = 2_000, 2_000
MARKDOWN_TEXT = 12_000
# Undocumented, and met by apps in the field: https://github.com/slackapi/bolt-js/issues/2509
TOTAL_CHARACTERS = 13_200

_numbers = itertools.count(1)


def _section(findings: Findings, block: Json, pointer: str) -> None:
    if "text" not in block and "fields" not in block:
        findings.add("must provide at least one of text or fields", pointer)
    findings.optional_text(block, "text", SECTION_TEXT, pointer, plain=False)
    if "fields" in block:
        for place, field in findings.items(block, "fields", 1, FIELDS, pointer):
            findings.text_object(field, FIELD_TEXT, place, plain=False)
    accessory = block.get("accessory")
    if accessory is None:
        return
    place = f"{pointer}/accessory"
    if isinstance(accessory, dict) and accessory.get("type") == "image":
        check_image(findings, accessory, place)
    elif isinstance(accessory, dict):
        check_element(findings, accessory, place, ACTION_ELEMENTS, set())
    else:
        findings.add("must provide an object", place)


def _header(findings: Findings, block: Json, pointer: str) -> None:
    findings.text(block, "text", HEADER_TEXT, pointer, plain=True)


def _divider(findings: Findings, block: Json, pointer: str) -> None:
    """It has nothing of its own."""


def _context(findings: Findings, block: Json, pointer: str) -> None:
    for place, element in findings.items(block, "elements", 1, CONTEXT, pointer):
        if element.get("type") == "image":
            check_image(findings, element, place)
        else:
            findings.text_object(element, FIELD_TEXT, place, plain=False)


def _actions(findings: Findings, block: Json, pointer: str) -> None:
    taken: set[str] = set()
    for place, element in findings.items(block, "elements", 1, ACTIONS, pointer):
        check_element(findings, element, place, ACTION_ELEMENTS, taken)


def _input(findings: Findings, block: Json, pointer: str) -> None:
    findings.text(block, "label", LABEL, pointer, plain=True)
    findings.optional_text(block, "hint", HINT, pointer)
    if not isinstance(block.get("dispatch_action", False), bool):
        findings.add("must be a boolean", f"{pointer}/dispatch_action")
    element = block.get("element")
    if isinstance(element, dict):
        check_element(findings, element, f"{pointer}/element", INPUT_ELEMENTS, set())
    else:
        findings.add("missing required field: element", pointer)


def _image(findings: Findings, block: Json, pointer: str) -> None:
    check_image(findings, block, pointer)
    findings.optional_text(block, "title", 2_000, pointer)


def _markdown(findings: Findings, block: Json, pointer: str) -> None:
    said = findings.string(block, "text", MARKDOWN_TEXT, pointer)
    findings.characters += len(said or "")


def _video(findings: Findings, block: Json, pointer: str) -> None:
    findings.string(block, "alt_text", 2_000, pointer)
    findings.string(block, "video_url", URL, pointer)
    findings.string(block, "thumbnail_url", URL, pointer)
    findings.text(block, "title", 199, pointer, plain=True)


Check = Callable[[Findings, Json, str], None]
_EVERYWHERE: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": check_rich_text,
    "video": _video,
    "input": _input,
}
BLOCKS: dict[Surface, dict[str, Check]] = {
    "message": {**_EVERYWHERE, "markdown": _markdown},
    "modal": _EVERYWHERE,
    "home": _EVERYWHERE,
}


def check_blocks(findings: Findings, blocks: Any, surface: Surface, root: str = "") -> None:
    """Adds to `findings` what Slack would refuse; `root` is where the list hangs."""
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    taken: set[str] = set()
    known = BLOCKS[surface]
    for place, block in findings.items({"blocks": blocks}, "blocks", 0, most, root):
        kind = block.get("type")
        check = known.get(kind) if isinstance(kind, str) else None
        if check is None or not isinstance(kind, str):
            findings.add(f"unsupported type: {kind}", f"{place}/type")
            continue
        findings.only(block, BLOCK_PROPERTIES[kind], place)
        check(findings, block, place)
        ident = findings.optional_string(block, "block_id", IDENT, place)
        if ident is None:
            continue
        if ident in taken:
            findings.add(f'`block_id` "{ident}" already exists', f"{place}/block_id")
        taken.add(ident)


def check_message_blocks(blocks: Any) -> None:
    """Raises ApiError `invalid_blocks`, `invalid_blocks_format` or `msg_blocks_too_long`."""
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    findings = Findings()
    check_blocks(findings, blocks, "message")
    if findings.messages:
        raise ApiError(
            "invalid_blocks",
            errors=findings.messages,
            response_metadata={"messages": [f"[ERROR] {line}" for line in findings.messages]},
        )
    if findings.characters > TOTAL_CHARACTERS:
        raise ApiError("msg_blocks_too_long")


def name_parts(blocks: list[Json]) -> list[Json]:
    """Gives blocks and elements the ids Slack makes up where the app left them out."""
    for block in blocks:
        if "block_id" not in block:
            block["block_id"] = f"b{next(_numbers):x}"
        for element in elements_of(block):
            if element.get("type") != "image" and "action_id" not in element:
                element["action_id"] = f"a{next(_numbers):x}"
    return blocks


def elements_of(block: Json) -> list[Json]:
    """The elements of a block that a person can use."""
    kind = block.get("type")
    if kind == "actions":
        return list(block["elements"])
    if kind == "section" and block.get("accessory"):
        return [block["accessory"]]
    return [block["element"]] if kind == "input" else []


def find_element(blocks: list[Json], block_id: str | None, action_id: str) -> tuple[Json, Json]:
    """The block and the element; LookupError when the layout has no such control."""
    for block in blocks:
        if block_id is None or block["block_id"] == block_id:
            for element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    raise LookupError(action_id)


def words_of(blocks: list[Json]) -> str:
    """All mrkdwn of a layout in one string, to look for mentions."""
    said: list[str] = []
    for block in blocks:
        parts = [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]
        said += [p["text"] for p in parts if isinstance(p, dict) and p.get("type") == "mrkdwn"]
        if block.get("type") == "markdown":
            said.append(block["text"])
    return "\n".join(said)
