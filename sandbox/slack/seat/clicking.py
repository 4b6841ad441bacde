"""Using buttons, menus and shortcuts, on messages and in views."""

from sandbox.slack import interactions
from sandbox.slack.blocks import find_element
from sandbox.slack.errors import SeatError
from sandbox.slack.people import Json, Person
from sandbox.slack.seat.gestures import deliver, report
from sandbox.slack.seat.reading import channel_for
from sandbox.slack.views import initial_state
from sandbox.slack.workspace import Workspace

ONE_OF = {"static_select", "radio_buttons", "overflow"}


async def click(workspace: Workspace, person: Person, act: Json) -> Json:
    if "view_id" in act:
        return await _click_in_view(workspace, person, act)
    channel = channel_for(workspace, person, act["channel"])
    message = channel.messages.get(act["ts"])
    ephemeral = message is None
    message = message or channel.ephemeral(person.id, act["ts"])
    if message is None:
        raise SeatError("This message is no longer there.")
    blocks = message.get("blocks", [])
    action = _action(workspace, blocks, act)
    state = initial_state(blocks)
    _remember(state, action)
    for block_id, fields in act.get("values", {}).items():
        state.setdefault(block_id, {}).update(fields)
    trigger = workspace.triggers.issue(person.id)
    payload = interactions.click_on_message(
        workspace, person, trigger, channel, message, action, ephemeral=ephemeral, state=state
    )
    return report(await deliver(workspace, act, payload), trigger)


async def use_shortcut(workspace: Workspace, person: Person, act: Json) -> Json:
    shortcut = workspace.installation.shortcuts.get(act["callback_id"])
    if shortcut is None or workspace.is_foreign(person):
        raise SeatError("This shortcut does not exist.")
    trigger = workspace.triggers.issue(person.id)
    if shortcut.get("type") == "global":
        payload = interactions.global_shortcut(workspace, person, trigger, act["callback_id"])
    else:
        channel = channel_for(workspace, person, act["channel"])
        message = channel.messages.get(act["ts"])
        if message is None:
            raise SeatError("This message is no longer there.")
        payload = interactions.message_shortcut(
            workspace, person, trigger, act["callback_id"], channel, message
        )
    return report(await deliver(workspace, act, payload), trigger)


async def _click_in_view(workspace: Workspace, person: Person, act: Json) -> Json:
    known = workspace.views.by_id.get(act["view_id"])
    if known is None or known.user != person.id:
        raise SeatError("This window is no longer open.")
    view = known.body
    action = _action(workspace, view["blocks"], act)
    values = view["state"]["values"]
    for block_id, fields in act.get("values", {}).items():
        for action_id, typed in fields.items():
            known_state = values.setdefault(block_id, {}).get(action_id, {})
            values[block_id][action_id] = {"type": known_state.get("type"), **typed}
    _remember(values, action)
    trigger = workspace.triggers.issue(person.id, view["id"])
    payload = interactions.click_in_view(workspace, person, trigger, view, action)
    return report(await deliver(workspace, act, payload), trigger)


def _action(workspace: Workspace, blocks: list[Json], act: Json) -> Json:
    try:
        block, element = find_element(blocks, act.get("block_id"), act["action_id"])
    except LookupError:
        raise SeatError("This button is no longer there.") from None
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise SeatError("This field tells the app nothing before the form is sent.")
    stamp = workspace.stamps.next()
    return interactions.action_on(element, block["block_id"], stamp, _chosen(element, act))


def _chosen(element: Json, act: Json) -> Json:
    """What the person picked, as the client sends it; a button's value is the app's own."""
    if element["type"] == "button":
        return {}
    chosen = {key: value for key, value in act.items() if key.startswith("selected_")}
    if element["type"] in ONE_OF and "selected_option" in chosen:
        chosen["selected_option"] = _offered(element, chosen["selected_option"])
    if "value" in act and not chosen:
        chosen["value"] = act["value"]
    return chosen


def _offered(element: Json, wanted: Json | None) -> Json | None:
    if wanted is None:
        return None
    groups = element.get("option_groups") or [element]
    for group in groups:
        for option in group["options"]:
            if option.get("value") == wanted.get("value"):
                found: Json = option
                return found
    raise SeatError("This option is no longer there.")


def _remember(values: Json, action: Json) -> None:
    if action["type"] in ("button", "overflow"):
        return
    kept = ("type", "value")
    state = {k: v for k, v in action.items() if k in kept or k.startswith("selected_")}
    values.setdefault(action["block_id"], {})[action["action_id"]] = state
