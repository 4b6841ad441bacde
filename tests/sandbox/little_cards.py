"""What the little bot shows: every block and element the page draws, at least once."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def button(text: str, action: str, value: str = "1", style: str = "") -> Json:
    one = {"type": "button", "text": plain(text), "action_id": action, "value": value}
    return {**one, "style": style} if style else one


def manifest() -> Json:
    command = {"command": "/kb", "description": "Ask the articles", "usage_hint": "your question"}
    other = {"command": "/ticket", "description": "Show one ticket", "usage_hint": "number"}
    shortcut = {"name": "Make this a ticket", "callback_id": "make_ticket", "type": "message"}
    scopes = ["chat:write", "commands", "channels:history", "im:history", "users:read"]
    return {
        "display_information": {"name": "Backstop"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Backstop"},
            "slash_commands": [command, other],
            "shortcuts": [{**shortcut, "description": "Opens a ticket"}],
        },
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened", "message.channels"]},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": False,
        },
    }


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escalation(detail: Json) -> Json:
    subject, said = escaped(detail["subject"]), escaped(detail["description"])
    more = [option("Hand over", "hand"), option("Not for us", "no")]
    return {
        "text": f"Escalation: ticket #{detail['id']}",
        "blocks": [
            {"type": "header", "text": plain(detail["subject"])},
            {
                "type": "section",
                "fields": [
                    mrkdwn("*Customer*\nMarsh Mills, enterprise"),
                    mrkdwn(f"*Ticket*\n#{detail['id']}"),
                    mrkdwn("*Priority*\n:rotating_light: P1, a launch in 3 days"),
                    mrkdwn("*Waiting*\nsince <!date^1790000000^{time}|some time>"),
                ],
            },
            {"type": "section", "text": mrkdwn(f"*{subject}*\n> {said}")},
            {"type": "divider"},
            {
                "type": "section",
                "text": mrkdwn(
                    "Tried: `search`, _two articles_, ~a refund~\n• <https://help.example/|Export>"
                    "\n• ask <@UBEN> in <#CGEN>"
                ),
                "accessory": {
                    "type": "users_select",
                    "action_id": "who",
                    "placeholder": plain("Assign to"),
                },
            },
            {"type": "context", "elements": [mrkdwn("Rule: executive"), mrkdwn("Playbook 1")]},
            {
                "type": "actions",
                "elements": [
                    button("Claim", "claim", detail["id"], "primary"),
                    button("Reply to customer", "reply", detail["id"]),
                    {"type": "overflow", "action_id": "more", "options": more},
                ],
            },
        ],
    }


def claimed(message: Json, user: str) -> Json:
    note = {"type": "context", "elements": [mrkdwn(f"Claimed by <@{user}>")]}
    return {"text": message["text"], "blocks": [*message["blocks"], note]}


def approval(detail: Json, charge: str) -> Json:
    sure = {
        "title": plain("Pay it back?"),
        "text": mrkdwn("The customer gets the *whole* charge."),
        "confirm": plain("Approve"),
        "deny": plain("Not yet"),
    }
    approve = {**button("Approve", "approve", charge, "primary"), "confirm": sure}
    reject = button("Reject", "reply", detail["id"], "danger")
    return {
        "text": f"Approval: ticket #{detail['id']}",
        "blocks": [
            {"type": "section", "text": mrkdwn(f"*Refund* of `{charge}` for #{detail['id']}")},
            rich(detail["description"]),
            {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "A receipt"},
            {"type": "actions", "elements": [approve, reject]},
        ],
    }


def rich(said: str) -> Json:
    """Letter for letter: nothing in a run of rich text is an entity or a mark."""
    bold = {"type": "text", "text": "Asked by ", "style": {"bold": True}}
    who = {"type": "user", "user_id": "UANA"}
    until = {"type": "date", "timestamp": 1790000000, "format": "{date}", "fallback": "soon"}
    page = {"type": "link", "url": "https://help.example/", "text": "the page"}
    harm = {"type": "link", "url": "javascript:alert(1)", "text": "no link"}
    runs = [bold, who, {"type": "text", "text": " until "}, until, page, harm]
    quoted = [{"type": "text", "text": f"{said} <b> &amp; *not bold*"}]
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]
    return {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": runs},
            {"type": "rich_text_quote", "elements": quoted},
            {"type": "rich_text_list", "style": "bullet", "elements": items},
        ],
    }


def field(block: str, label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, **more}


def form(about: str, deep: bool = False) -> Json:
    tones = [option("Warm", "warm"), option("Brief", "brief")]
    lines = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    return {
        "type": "modal",
        "title": plain("Deeper" if deep else "Reply to customer"),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "private_metadata": about,
        "blocks": [
            {"type": "section", "text": mrkdwn(f"About *{escaped(about)}*")},
            field("words", "What to say", lines, hint=plain("The customer reads this.")),
            field("tone", "Tone", {**_choice("static_select", tones)}, optional=True),
            field("kind", "Kind", {**_choice("radio_buttons", tones)}, optional=True),
            field("boxes", "Also", {**_choice("checkboxes", tones)}, optional=True),
            field("day", "When", {"type": "datepicker", "action_id": "pick"}, optional=True),
            {"type": "actions", "elements": [button("Look deeper", "deeper", about)]},
        ],
    }


def _choice(kind: str, options: list[Json]) -> Json:
    return {"type": kind, "action_id": "pick", "options": options}


def home() -> Json:
    waiting = {"type": "section", "text": mrkdwn("Nothing waits for you.")}
    return {"type": "home", "blocks": [{"type": "header", "text": plain("Your day")}, waiting]}


def answer(question: str) -> Json:
    cited = mrkdwn(f"You asked: {question}\n1. *Export your data*")
    return {"text": "One article", "blocks": [{"type": "section", "text": cited}]}
