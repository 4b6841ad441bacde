"""Whether a call has the shape of something that Slack sends, so that nothing breaks over it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.words import storable

Json = Mapping[str, Any]
Place = tuple[str, ...]

_OBJECTS = ("event", "user", "view")
_OBJECTS_OR_NULL = ("message", "channel", "container", "team")
_LISTS_OF_OBJECTS = ("authorizations", "response_urls")
# Bolt looks for them in the call, in its event and in its first authorization.
_NAMED = ("enterprise", "team", "user", "channel")
# Identities and places that need not be there; one that no database stores is nobody's.
_IF_THERE: Sequence[Place] = (
    ("view", "hash"),
    ("event", "client_msg_id"),
    ("event", "thread_ts"),
    ("message", "thread_ts"),
    ("container", "channel_id"),
    ("container", "message_ts"),
    ("channel_id",),
    ("response_url",),
)
_CLICK = ("trigger_id",)
_MESSAGE: tuple[Place, ...] = (_CLICK, ("channel", "id"), ("message", "ts"))
# What the listeners and Bolt read of each kind, and which has to be text.
_TEXTS: Mapping[str, Sequence[Place]] = {
    "block_actions": (_CLICK,),
    "view_submission": (("view", "id"), ("view", "type"), ("view", "callback_id")),
    "message_action": _MESSAGE,
    "shortcut": (_CLICK,),
    "event_callback": (("event_id",), ("event", "type")),
    "url_verification": (("challenge",),),
}
_EVENT_TEXTS: Mapping[str, Sequence[Place]] = {
    "app_mention": (("event", "channel"), ("event", "ts")),
    "channel_archive": (("event", "channel"),),
    "channel_deleted": (("event", "channel"),),
}


def is_whole(body: Json) -> bool:
    if "command" not in body and str(body.get("type")) not in _TEXTS:
        return False
    objects = [body.get(name, {}) for name in _OBJECTS]
    objects += [body.get(name) or {} for name in _OBJECTS_OR_NULL]
    if not all(isinstance(one, dict) for one in objects) or not _has_whole_names(body):
        return False
    if not all(_is_ident(_at(body, place)) for place in _texts(body)):
        return False
    others = (_at(body, place) for place in _IF_THERE)
    if not all(one is None or _is_ident(one) for one in others):
        return False
    return (
        _has_whole_actions(body.get("actions", []))
        and _has_whole_view(body)
        and _has_whole_state(body)
    )


def _texts(body: Json) -> Sequence[Place]:
    if "command" in body:
        return (_CLICK, ("command",))
    kind = str(body.get("type"))
    if kind == "event_callback":
        return (*_TEXTS[kind], *_EVENT_TEXTS.get(str(_at(body, ("event", "type"))), ()))
    return _TEXTS.get(kind, ())


def _has_whole_names(body: Json) -> bool:
    lists = [body.get(name) or [] for name in _LISTS_OF_OBJECTS]
    if not all(isinstance(one, list) for one in lists):
        return False
    objects = [one for several in lists for one in several]
    return all(isinstance(one, dict) for one in objects) and all(
        _is_named(one.get(name))
        for one in (body, body.get("event", {}), *objects)
        for name in _NAMED
    )


def _is_named(one: Any) -> bool:
    ident = one.get("id") if isinstance(one, dict) else one
    return ident is None or _is_ident(ident)


def _is_ident(value: Any) -> bool:
    return isinstance(value, str) and storable(value) == value


def _at(body: Any, place: Place) -> Any:
    for name in place:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _has_whole_actions(actions: Any) -> bool:
    return isinstance(actions, list) and all(
        isinstance(one, dict) and _is_ident(one.get("action_id")) for one in actions
    )


def _has_whole_view(body: Json) -> bool:
    """A form in which somebody pressed is drawn anew from its blocks."""
    view = body.get("view") or {}
    blocks = view.get("blocks", [])
    return (
        _is_ident(view.get("id", ""))
        and isinstance(blocks, list)
        and all(isinstance(one, dict) for one in blocks)
    )


def _has_whole_state(body: Json) -> bool:
    """A form's inputs: block, then input, then what was typed."""
    values = _at(body, ("view", "state", "values"))
    if values is None:
        state = _at(body, ("view", "state"))
        return body.get("type") != "view_submission" and isinstance(state or {}, dict)
    blocks = list(values.values()) if isinstance(values, dict) else [None]
    inputs = [one for block in blocks if isinstance(block, dict) for one in block.values()]
    return all(isinstance(one, dict) for one in (*blocks, *inputs)) and all(
        isinstance(one.get("selected_option") or {}, dict) for one in inputs
    )
