"""Modals on people's screens, and Home tabs."""

from dataclasses import dataclass, field

from sandbox.slack.blocks import elements_of, name_parts
from sandbox.slack.errors import ApiError
from sandbox.slack.idents import new_ident, new_secret
from sandbox.slack.people import Json

DEEPEST = 3
# What an element says before anybody touched it: our key for the state, the app's for the layout.
_INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_channel": "initial_channel",
    "selected_conversation": "initial_conversation",
    "value": "initial_value",
}


@dataclass
class View:
    body: Json
    user: str


@dataclass
class Views:
    """Every open view by id, the stack of modals of each person, and each person's Home."""

    team_id: str
    app_id: str
    bot_id: str
    by_id: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def open(self, user: str, view: Json) -> Json:
        """Puts a fresh modal on the person's screen in place of whatever was there."""
        self._check_external_id(view, None)
        self.close_all(user)
        body = self._dress(view, new_ident("V"), user, None)
        self.stacks[user] = [body["id"]]
        return body

    def push(self, user: str, view: Json) -> Json:
        stack = self.stacks.get(user) or []
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= DEEPEST:
            raise ApiError("push_limit_reached")
        self._check_external_id(view, None)
        body = self._dress(view, new_ident("V"), user, self.by_id[stack[-1]].body)
        stack.append(body["id"])
        return body

    def update(self, ident: str, view: Json, seen_hash: str | None = None) -> Json:
        known = self.find(ident)
        if seen_hash is not None and seen_hash != known.body["hash"]:
            raise ApiError("hash_conflict")
        self._check_external_id(view, ident)
        before = known.body
        parent = self.by_id.get(before["previous_view_id"] or "")
        body = self._dress(view, ident, known.user, parent.body if parent else None)
        kept = before["state"]["values"]
        for block_id, fields in body["state"]["values"].items():
            for action_id, state in fields.items():
                old = kept.get(block_id, {}).get(action_id)
                if old is not None and old["type"] == state["type"]:
                    fields[action_id] = old
        return body

    def publish(self, user: str, view: Json, seen_hash: str | None) -> Json:
        ident = self.homes.get(user)
        if ident is not None:
            return self.update(ident, view, seen_hash)
        if seen_hash is not None:
            raise ApiError("hash_conflict")
        body = self._dress(view, new_ident("V"), user, None)
        self.homes[user] = body["id"]
        return body

    def find(self, ident: str) -> View:
        known = self.by_id.get(ident)
        if known is None:
            raise ApiError("not_found")
        return known

    def find_external(self, external_id: str) -> str:
        for ident, known in self.by_id.items():
            if known.body["external_id"] == external_id:
                return ident
        raise ApiError("not_found")

    def home(self, user: str) -> Json | None:
        ident = self.homes.get(user)
        return self.by_id[ident].body if ident else None

    def top(self, user: str) -> Json | None:
        stack = self.stacks.get(user)
        return self.by_id[stack[-1]].body if stack else None

    def close(self, user: str, ident: str) -> None:
        """Takes one modal off the stack; what lies below shows again."""
        stack = self.stacks.get(user, [])
        if ident in stack:
            stack.remove(ident)
            del self.by_id[ident]

    def close_all(self, user: str) -> None:
        for ident in self.stacks.pop(user, []):
            del self.by_id[ident]

    def _check_external_id(self, view: Json, own: str | None) -> None:
        external_id = view.get("external_id")
        if not external_id:
            return
        for ident, known in self.by_id.items():
            if ident != own and known.body["external_id"] == external_id:
                raise ApiError("duplicate_external_id")

    def _dress(self, view: Json, ident: str, user: str, parent: Json | None) -> Json:
        blocks = name_parts(view["blocks"])
        body: Json = {
            "id": ident,
            "team_id": self.team_id,
            "type": view["type"],
            "blocks": blocks,
            "private_metadata": view.get("private_metadata", ""),
            "callback_id": view.get("callback_id", ""),
            "state": {"values": initial_state(blocks)},
            "hash": f"{new_secret()[:10]}.{new_secret()[:8]}",
            "title": view.get("title"),
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "close": view.get("close"),
            "submit": view.get("submit"),
            "previous_view_id": parent["id"] if parent else None,
            "root_view_id": parent["root_view_id"] if parent else ident,
            "app_id": self.app_id,
            "external_id": view.get("external_id", ""),
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
        }
        self.by_id[ident] = View(body, user)
        return body


def initial_state(blocks: list[Json]) -> Json:
    """state.values before anybody typed: every control that can hold a value."""
    values: Json = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in ("button", "overflow", "image"):
                values.setdefault(block["block_id"], {})[element["action_id"]] = _untouched(element)
    return values


def _untouched(element: Json) -> Json:
    kind = element["type"]
    for key, initial in _INITIAL.items():
        if initial in element:
            return {"type": kind, key: element[initial]}
    return {"type": kind, **_empty(kind)}


def _empty(kind: str) -> Json:
    if kind == "checkboxes" or kind.startswith("multi_"):
        key = {"multi_users_select": "selected_users"}.get(kind, "selected_options")
        return {key: []}
    keys = {
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "users_select": "selected_user",
        "channels_select": "selected_channel",
        "conversations_select": "selected_conversation",
        "static_select": "selected_option",
        "external_select": "selected_option",
        "radio_buttons": "selected_option",
    }
    return {keys.get(kind, "value"): None}
