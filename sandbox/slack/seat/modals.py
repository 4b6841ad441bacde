"""Submitting and closing modals."""

from typing import Any

from sandbox.slack import interactions
from sandbox.slack.errors import ApiError, SeatError
from sandbox.slack.people import Json, Person
from sandbox.slack.seat.gestures import deliver, report
from sandbox.slack.triggers import Trigger
from sandbox.slack.view_rules import check_view
from sandbox.slack.workspace import Workspace

MISSING = "Please complete this required field."


async def submit(workspace: Workspace, person: Person, act: Json) -> Json:
    view = _own_view(workspace, person, act)
    values = view["state"]["values"]
    for block_id, fields in act.get("values", {}).items():
        for action_id, state in fields.items():
            known = values.setdefault(block_id, {}).get(action_id, {})
            values[block_id][action_id] = {"type": known.get("type"), **state}
    # A client refuses to send what is incomplete; a forged request is not held back by a client.
    if "raw_overrides" not in act and (errors := _incomplete(view)):
        return {"ok": False, "errors": errors}
    trigger = workspace.triggers.issue(person.id, view["id"])
    payload = interactions.submission(workspace, person, trigger, view)
    outcomes = await deliver(workspace, act, payload)
    if not outcomes[0].ok:
        return report(outcomes)
    return {**report(outcomes), **_follow(workspace, person, view, trigger, outcomes[0].body)}


async def close(workspace: Workspace, person: Person, act: Json) -> Json:
    view = _own_view(workspace, person, act)
    workspace.views.close(person.id, view["id"])
    workspace.feed.tell([person.id], {"kind": "view_closed", "view": view})
    if view["notify_on_close"]:
        payload = interactions.dismissal(workspace, person, view, is_cleared=False)
        await deliver(workspace, act, payload)
    return {"ok": True, "closed": True, "view": workspace.views.top(person.id)}


def _own_view(workspace: Workspace, person: Person, act: Json) -> Json:
    known = workspace.views.by_id.get(act["view_id"])
    if known is None or known.user != person.id or known.body["type"] != "modal":
        raise SeatError("This window is no longer open.")
    return known.body


def _follow(workspace: Workspace, person: Person, view: Json, trigger: Trigger, body: Any) -> Json:
    """Does what the app's answer to a submission says."""
    action = body.get("response_action") if isinstance(body, dict) else None
    if action is None:
        return _closed(workspace, person, view, trigger)
    if action == "errors":
        return _errors(workspace, person, view, body.get("errors"))
    if action == "clear":
        workspace.views.close_all(person.id)
        workspace.feed.tell([person.id], {"kind": "view_closed", "view": view})
        return {"ok": True, "closed": True}
    try:
        fresh = check_view(body.get("view"), "modal")
        if action == "push":
            shown = workspace.views.push(person.id, fresh)
        elif action == "update":
            shown = workspace.views.update(view["id"], fresh)
        else:
            raise ApiError("unknown_response_action")
    except ApiError as error:
        return _trouble(workspace, person, f"{error.error} {error.extra or ''}")
    workspace.feed.tell([person.id], {"kind": "view", "view": shown})
    return {"ok": True, "view": shown}


def _closed(workspace: Workspace, person: Person, view: Json, trigger: Trigger) -> Json:
    if trigger.opened is None:
        workspace.views.close(person.id, view["id"])
        workspace.feed.tell([person.id], {"kind": "view_closed", "view": view})
    answer: Json = {"ok": True, "closed": True}
    if (top := workspace.views.top(person.id)) is not None:
        answer["view"] = top
    return answer


def _errors(workspace: Workspace, person: Person, view: Json, errors: Any) -> Json:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
        return _trouble(workspace, person, "the answer names inputs the window does not have")
    return {"ok": False, "errors": errors}


def _trouble(workspace: Workspace, person: Person, what: str) -> Json:
    """Slack shows the person one sentence for every answer it cannot follow."""
    shown = f"We had some trouble connecting. Try again? ({what.strip()})"
    workspace.feed.tell([person.id], {"kind": "trouble", "text": shown})
    return {"ok": False, "error": shown}


def _incomplete(view: Json) -> Json:
    """What the client itself holds against the inputs: required, and lengths."""
    errors: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view["state"]["values"][block["block_id"]][element["action_id"]]
        given = [v for k, v in state.items() if k != "type" and v not in (None, "", [])]
        if not given and not block.get("optional"):
            errors[block["block_id"]] = MISSING
        elif given and (problem := _length(element, str(given[0]))):
            errors[block["block_id"]] = problem
    return errors


def _length(element: Json, text: str) -> str | None:
    if element["type"] != "plain_text_input":
        return None
    least, most = element.get("min_length", 0), element.get("max_length", 3_000)
    if len(text) < least:
        return f"This entry must be at least {least} characters."
    if len(text) > most:
        return f"This entry must be at most {most} characters."
    return None
