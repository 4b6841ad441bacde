"""Which properties each kind of block and element takes; Slack refuses any other."""

_BLOCK = frozenset({"type", "block_id"})
_ELEMENT = frozenset({"type", "action_id", "confirm", "focus_on_load"})
_CHOICE = _ELEMENT | {"options", "initial_option"}
_SELECT = _ELEMENT | {"placeholder"}
_TYPED = _ELEMENT | {"placeholder", "initial_value", "dispatch_action_config"}
_IMAGE = frozenset({"type", "image_url", "slack_file", "alt_text"})

BLOCK_PROPERTIES: dict[str, frozenset[str]] = {
    "section": _BLOCK | {"text", "fields", "accessory", "expand"},
    "header": _BLOCK | {"text"},
    "divider": _BLOCK,
    "context": _BLOCK | {"elements"},
    "actions": _BLOCK | {"elements"},
    "input": _BLOCK | {"label", "hint", "element", "dispatch_action", "optional"},
    "image": _BLOCK | _IMAGE | {"title"},
    "markdown": _BLOCK | {"text"},
    "rich_text": _BLOCK | {"elements"},
    "video": _BLOCK
    | {"alt_text", "author_name", "description", "provider_icon_url", "provider_name"}
    | {"thumbnail_url", "title", "title_url", "video_url"},
}

ELEMENT_PROPERTIES: dict[str, frozenset[str]] = {
    "image": _IMAGE,
    "button": _ELEMENT - {"focus_on_load"}
    | {"text", "url", "value", "style", "accessibility_label"},
    "overflow": _ELEMENT - {"focus_on_load"} | {"options"},
    "checkboxes": _ELEMENT | {"options", "initial_options"},
    "radio_buttons": _CHOICE,
    "static_select": _SELECT | {"options", "option_groups", "initial_option"},
    "multi_static_select": _SELECT
    | {"options", "option_groups", "initial_options", "max_selected_items"},
    "external_select": _SELECT | {"initial_option", "min_query_length"},
    "multi_external_select": _SELECT
    | {"initial_options", "min_query_length", "max_selected_items"},
    "users_select": _SELECT | {"initial_user"},
    "multi_users_select": _SELECT | {"initial_users", "max_selected_items"},
    "conversations_select": _SELECT
    | {"initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"},
    "multi_conversations_select": _SELECT
    | {"initial_conversations", "default_to_current_conversation", "filter", "max_selected_items"},
    "channels_select": _SELECT | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": _SELECT | {"initial_channels", "max_selected_items"},
    "datepicker": _SELECT | {"initial_date"},
    "timepicker": _SELECT | {"initial_time", "timezone"},
    "datetimepicker": _ELEMENT | {"initial_date_time"},
    "plain_text_input": _TYPED | {"multiline", "min_length", "max_length"},
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": _TYPED | {"is_decimal_allowed", "min_value", "max_value"},
    "rich_text_input": _TYPED,
    "file_input": frozenset({"type", "action_id", "filetypes", "max_files"}),
}

TEXT = {
    "plain_text": frozenset({"type", "text", "emoji"}),
    "mrkdwn": frozenset({"type", "text", "verbatim"}),
}
OPTION = frozenset({"text", "value", "description", "url"})
GROUP = frozenset({"label", "options"})
CONFIRM = frozenset({"title", "text", "confirm", "deny", "style"})

_RUN = frozenset({"type", "style"})
# Of each run what it must have, and what it may have beside that.
RUNS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "text": (frozenset({"text"}), _RUN),
    "link": (frozenset({"url"}), _RUN | {"text", "unsafe"}),
    "user": (frozenset({"user_id"}), _RUN),
    "usergroup": (frozenset({"usergroup_id"}), _RUN),
    "channel": (frozenset({"channel_id"}), _RUN),
    "team": (frozenset({"team_id"}), _RUN),
    "emoji": (frozenset({"name"}), _RUN | {"unicode", "skin_tone", "url"}),
    "broadcast": (frozenset({"range"}), _RUN),
    "color": (frozenset({"value"}), _RUN),
    "date": (frozenset({"timestamp", "format"}), _RUN | {"url", "fallback"}),
}
STYLES = frozenset({"bold", "italic", "strike", "code", "underline", "highlight"}) | {
    "client_highlight",
    "unlink",
}
PARTS: dict[str, frozenset[str]] = {
    "rich_text_section": frozenset({"type", "elements"}),
    "rich_text_quote": frozenset({"type", "elements", "border"}),
    "rich_text_preformatted": frozenset({"type", "elements", "border", "language"}),
    "rich_text_list": frozenset({"type", "elements", "style", "indent", "offset", "border"}),
}
