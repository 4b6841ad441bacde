"""views.*: modals and Home tabs."""

from sandbox.slack.errors import ApiError
from sandbox.slack.methods.method import Method, required, structure
from sandbox.slack.people import Json
from sandbox.slack.view_rules import check_view
from sandbox.slack.workspace import Workspace


def open_view(workspace: Workspace, args: Json) -> Json:
    view = check_view(_view(args), "modal")
    trigger = workspace.triggers.redeem(required(args, "trigger_id"))
    body = workspace.views.open(trigger.user, view)
    trigger.opened = body
    workspace.feed.tell([trigger.user], {"kind": "view", "view": body})
    return {"view": body}


def push_view(workspace: Workspace, args: Json) -> Json:
    view = check_view(_view(args), "modal")
    trigger = workspace.triggers.redeem(required(args, "trigger_id"))
    if trigger.view_id is None:
        raise ApiError("invalid_trigger_id")
    body = workspace.views.push(trigger.user, view)
    trigger.opened = body
    workspace.feed.tell([trigger.user], {"kind": "view", "view": body})
    return {"view": body}


def update_view(workspace: Workspace, args: Json) -> Json:
    external_id = args.get("external_id")
    if external_id:
        ident = workspace.views.find_external(str(external_id))
    else:
        ident = required(args, "view_id")
    known = workspace.views.find(ident)
    surface = "home" if known.body["type"] == "home" else "modal"
    view = check_view(_view(args), "home" if surface == "home" else "modal")
    body = workspace.views.update(ident, view, _hash(args))
    workspace.feed.tell(
        [known.user], {"kind": "view" if surface == "modal" else "home", "view": body}
    )
    return {"view": body}


def publish(workspace: Workspace, args: Json) -> Json:
    user = required(args, "user_id")
    person = workspace.people.get(user)
    if person is None or person.is_bot or person.deleted:
        raise ApiError("user_not_found")
    if not workspace.installation.home_tab:
        raise ApiError("not_enabled")
    view = check_view(_view(args), "home")
    body = workspace.views.publish(user, view, _hash(args))
    workspace.feed.tell([user], {"kind": "home", "view": body})
    return {"view": body}


def _view(args: Json) -> Json | None:
    view: Json | None = structure(args, "view", "invalid_arguments")
    return view


def _hash(args: Json) -> str | None:
    value = args.get("hash")
    return str(value) if value else None


METHODS = {
    "views.open": Method(open_view, 4, writes=True),
    "views.push": Method(push_view, 4, writes=True),
    "views.update": Method(update_view, 4, writes=True),
    "views.publish": Method(publish, 4, writes=True),
}
