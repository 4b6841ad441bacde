"""Rules for rich_text, made of parts made of runs.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block .
"""

from collections.abc import Callable

from sandbox.slack.findings import Findings
from sandbox.slack.people import Json
from sandbox.slack.properties import PARTS, RUNS, STYLES

# Slack names no figure for one run; a whole markdown block holds as much.
RUN_TEXT, URL = 12_000, 3_000
MOST = 1_000
LIST_STYLES = ("bullet", "ordered")
RANGES = ("here", "channel", "everyone")
_LONGEST = {"text": RUN_TEXT, "fallback": RUN_TEXT, "url": URL}


def check_rich_text(findings: Findings, block: Json, pointer: str) -> None:
    for place, part in findings.items(block, "elements", 0, MOST, pointer):
        _check_part(findings, part, place, PARTS)


def _check_part(
    findings: Findings, part: Json, pointer: str, allowed: dict[str, frozenset[str]]
) -> None:
    kind = part.get("type")
    if not isinstance(kind, str) or kind not in allowed:
        findings.add(f"unsupported type: {kind}", f"{pointer}/type")
        return
    findings.only(part, allowed[kind], pointer)
    for key in ("indent", "offset", "border"):
        if not _is_count(part.get(key, 0)):
            findings.add("must be an integer", f"{pointer}/{key}")
    if kind == "rich_text_list":
        if part.get("style") not in LIST_STYLES:
            findings.add("must be one of bullet, ordered", f"{pointer}/style")
        sections = {"rich_text_section": PARTS["rich_text_section"]}
        for place, item in findings.items(part, "elements", 0, MOST, pointer):
            _check_part(findings, item, place, sections)
        return
    for place, run in findings.items(part, "elements", 0, MOST, pointer):
        _check_run(findings, run, place)


def _check_run(findings: Findings, run: Json, pointer: str) -> None:
    kind = run.get("type")
    if not isinstance(kind, str) or kind not in RUNS:
        findings.add(f"unsupported type: {kind}", f"{pointer}/type")
        return
    needed, more = RUNS[kind]
    findings.only(run, needed | more, pointer)
    for key in sorted(needed - _ODD.keys()):
        findings.string(run, key, _LONGEST.get(key, 255), pointer)
    for key in sorted((more & {"text", "url", "fallback"}) - needed):
        findings.optional_string(run, key, _LONGEST[key], pointer)
    for key in sorted(needed & _ODD.keys()):
        if not _ODD[key](run.get(key)):
            findings.add(f"invalid {key}", f"{pointer}/{key}")
    said = run.get("text")
    findings.characters += len(said) if isinstance(said, str) else 0
    _check_style(findings, run, pointer)


def _check_style(findings: Findings, run: Json, pointer: str) -> None:
    style = run.get("style")
    if style is None:
        return
    if not isinstance(style, dict):
        findings.add("must provide an object", f"{pointer}/style")
        return
    findings.only(style, STYLES, f"{pointer}/style")
    for key, value in style.items():
        if not isinstance(value, bool):
            findings.add("must be a boolean", f"{pointer}/style/{key}")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_ODD: dict[str, Callable[[object], bool]] = {
    "timestamp": _is_count,
    "range": lambda value: value in RANGES,
}
