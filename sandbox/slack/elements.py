"""Rules for Block Kit elements; the figures are those of docs.slack.dev/reference/block-kit."""

from collections.abc import Callable

from sandbox.slack.findings import Findings
from sandbox.slack.people import Json
from sandbox.slack.properties import CONFIRM, ELEMENT_PROPERTIES, GROUP, OPTION

IDENT = 255
BUTTON_TEXT, BUTTON_VALUE, URL = 75, 2_000, 3_000
OPTION_TEXT, OPTION_VALUE = 75, 150
PLACEHOLDER = 150
SELECT_OPTIONS, SELECT_GROUPS, CHOICE_OPTIONS = 100, 100, 10
STYLES = ("primary", "danger", None)
DISPATCHED_ON = ("on_enter_pressed", "on_character_entered")

Check = Callable[[Findings, Json, str], None]


def check_confirm(findings: Findings, owner: Json, pointer: str) -> None:
    confirm = owner.get("confirm")
    if confirm is None:
        return
    place = f"{pointer}/confirm"
    if not isinstance(confirm, dict):
        findings.add("must provide an object", place)
        return
    findings.only(confirm, CONFIRM, place)
    findings.text(confirm, "title", 100, place, plain=True)
    findings.text(confirm, "text", 300, place)
    findings.optional_text(confirm, "confirm", 30, place)
    findings.optional_text(confirm, "deny", 30, place)
    if confirm.get("style") not in STYLES:
        findings.add("must be one of primary, danger", f"{place}/style")


def check_option(
    findings: Findings, option: Json, pointer: str, *, plain: bool, with_url: bool = False
) -> None:
    findings.text(option, "text", OPTION_TEXT, pointer, plain=plain)
    findings.string(option, "value", OPTION_VALUE, pointer, least=0)
    findings.optional_text(option, "description", OPTION_TEXT, pointer, plain=plain)
    findings.only(option, OPTION if with_url else OPTION - {"url"}, pointer)


def _button(findings: Findings, element: Json, pointer: str) -> None:
    findings.text(element, "text", BUTTON_TEXT, pointer, plain=True)
    findings.optional_string(element, "value", BUTTON_VALUE, pointer, least=0)
    findings.optional_string(element, "url", URL, pointer)
    findings.optional_string(element, "accessibility_label", BUTTON_TEXT, pointer)
    if element.get("style") not in STYLES:
        findings.add("must be one of primary, danger", f"{pointer}/style")


def _overflow(findings: Findings, element: Json, pointer: str) -> None:
    for place, option in findings.items(element, "options", 1, 5, pointer):
        check_option(findings, option, place, plain=True, with_url=True)


def _static_select(findings: Findings, element: Json, pointer: str) -> None:
    findings.optional_text(element, "placeholder", PLACEHOLDER, pointer)
    if ("options" in element) == ("option_groups" in element):
        findings.add("must provide exactly one of options or option_groups", pointer)
        return
    if "options" in element:
        for place, option in findings.items(element, "options", 1, SELECT_OPTIONS, pointer):
            check_option(findings, option, place, plain=True)
    else:
        for place, group in findings.items(element, "option_groups", 1, SELECT_GROUPS, pointer):
            findings.only(group, GROUP, place)
            findings.text(group, "label", OPTION_TEXT, place, plain=True)
            for inner, option in findings.items(group, "options", 1, SELECT_OPTIONS, place):
                check_option(findings, option, inner, plain=True)
    _check_initial(findings, element, pointer)


def _check_initial(findings: Findings, element: Json, pointer: str) -> None:
    initial = element.get("initial_option")
    if initial is None:
        return
    if findings.messages:
        return  # refused already, and options of a wrong shape cannot be searched
    groups = element.get("option_groups") or [element]
    if not any(initial in group["options"] for group in groups):
        findings.add(
            "initial_option must exactly match one of the provided options",
            f"{pointer}/initial_option",
        )


def _choices(findings: Findings, element: Json, pointer: str) -> None:
    for place, option in findings.items(element, "options", 1, CHOICE_OPTIONS, pointer):
        check_option(findings, option, place, plain=False)
    _check_initial(findings, element, pointer)


def _picker(findings: Findings, element: Json, pointer: str) -> None:
    findings.optional_text(element, "placeholder", PLACEHOLDER, pointer)


def _plain_text_input(findings: Findings, element: Json, pointer: str) -> None:
    findings.optional_text(element, "placeholder", PLACEHOLDER, pointer)
    findings.optional_string(element, "initial_value", 3_000, pointer, least=0)
    for key, least in (("min_length", 0), ("max_length", 1)):
        length = element.get(key, least)
        if not isinstance(length, int) or not least <= length <= 3_000:
            findings.add(f"must be between {least} and 3000", f"{pointer}/{key}")
    config = element.get("dispatch_action_config", {})
    moments = config.get("trigger_actions_on", []) if isinstance(config, dict) else None
    if not isinstance(moments, list) or any(moment not in DISPATCHED_ON for moment in moments):
        findings.add("unsupported trigger", f"{pointer}/dispatch_action_config")


def _number_input(findings: Findings, element: Json, pointer: str) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        findings.add("missing required field: is_decimal_allowed", pointer)
    findings.optional_text(element, "placeholder", PLACEHOLDER, pointer)


def check_image(findings: Findings, element: Json, pointer: str) -> None:
    if "slack_file" not in element:
        findings.string(element, "image_url", URL, pointer)
    findings.string(element, "alt_text", 2_000, pointer)


_PICKERS = (
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "external_select",
    "multi_external_select",
    "datepicker",
    "timepicker",
)

ACTION_ELEMENTS: dict[str, Check] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "datetimepicker": _picker,
    **dict.fromkeys(_PICKERS, _picker),
}
INPUT_ELEMENTS: dict[str, Check] = {
    **{
        name: check for name, check in ACTION_ELEMENTS.items() if name not in ("button", "overflow")
    },
    "plain_text_input": _plain_text_input,
    "email_text_input": _picker,
    "url_text_input": _picker,
    "number_input": _number_input,
    "rich_text_input": _picker,
    "file_input": _picker,
}


def check_element(
    findings: Findings, element: Json, pointer: str, allowed: dict[str, Check], taken: set[str]
) -> None:
    """One interactive element; `taken` are the action ids already used in its block."""
    kind = element.get("type")
    check = allowed.get(kind) if isinstance(kind, str) else None
    if check is None or not isinstance(kind, str):
        findings.add(f"unsupported type: {kind}", f"{pointer}/type")
        return
    findings.only(element, ELEMENT_PROPERTIES[kind], pointer)
    check(findings, element, pointer)
    check_confirm(findings, element, pointer)
    ident = findings.optional_string(element, "action_id", IDENT, pointer)
    if ident is None:
        return
    if ident in taken:
        findings.add(f'`action_id` "{ident}" already exists', f"{pointer}/action_id")
    taken.add(ident)
