"""Triggers, views, submissions."""

from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from tests.sandbox.slack.stage import Stage, modal

Json = dict[str, Any]


def answering(answer: Json) -> Any:
    """A bot that answers submissions with `answer` and everything else with 200."""

    def respond(payload: Json) -> Response:
        return JSONResponse(answer) if payload["type"] == "view_submission" else Response()

    return respond


def reason(text: str) -> Json:
    return {"reason": {"why": {"value": text}}}


def test_a_trigger_opens_one_view(stage: Stage) -> None:
    """The second use of a trigger id is refused; an invented one never worked."""
    stage.click("U1", stage.post_card())
    trigger = stage.bot.next_payload("block_actions")["trigger_id"]
    stage.web.views_open(trigger_id=trigger, view=modal())

    again = stage.call("views.open", trigger_id=trigger, view=modal())
    invented = stage.call("views.open", trigger_id="1.2.x", view=modal())

    assert (again["error"], invented["error"]) == ("exchanged_trigger_id", "invalid_trigger_id")


def test_a_trigger_expires(stage: Stage) -> None:
    """After three seconds (none, here) a trigger opens nothing."""
    stage.workspace.timing.trigger_s = 0.0
    stage.click("U1", stage.post_card())
    trigger = stage.bot.next_payload("block_actions")["trigger_id"]

    answer = stage.call("views.open", trigger_id=trigger, view=modal())

    assert answer["error"] == "expired_trigger_id"


def test_an_update_with_a_stale_hash_is_refused(stage: Stage) -> None:
    """Only who saw the newest view may replace it when a hash is given."""
    view = stage.open_modal(modal())
    fresh = stage.web.views_update(view_id=view["id"], hash=view["hash"], view=modal())["view"]

    stale = stage.call("views.update", view_id=view["id"], hash=view["hash"], view=modal())

    assert stale["error"] == "hash_conflict"
    assert fresh["hash"] != view["hash"]


def test_home_is_published_to_one_person_and_guarded_by_its_hash(stage: Stage) -> None:
    """views.publish makes the Home, replaces it, and refuses a stale hash."""
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = stage.web.views_publish(user_id="U1", view=home)["view"]
    stage.web.views_publish(user_id="U1", view=home, hash=first["hash"])

    stale = stage.call("views.publish", user_id="U1", view=home, hash=first["hash"])
    seen = stage.http.get("/sandbox/slack/home", params={"as": "U1"}).json()["view"]
    other = stage.http.get("/sandbox/slack/home", params={"as": "U2"}).json()["view"]

    assert stale["error"] == "hash_conflict"
    assert (seen["id"], other) == (first["id"], None)


def test_modals_stack_three_deep(stage: Stage) -> None:
    """A push needs a trigger from within a view, and the fourth view is refused."""
    inside = {
        "type": "actions",
        "block_id": "more",
        "elements": [
            {"type": "button", "action_id": "deeper", "text": {"type": "plain_text", "text": "+"}}
        ],
    }
    errors = []
    view = stage.open_modal(modal(blocks=[inside]))
    for _ in range(3):
        stage.do("U1", "click", view_id=view["id"], block_id="more", action_id="deeper")
        trigger = stage.bot.next_payload("block_actions")["trigger_id"]
        answer = stage.call("views.push", trigger_id=trigger, view=modal(blocks=[inside]))
        errors.append(answer.get("error"))
        view = answer.get("view", view)

    assert errors == [None, None, "push_limit_reached"]
    stage.click("U1", stage.post_card())
    outside = stage.bot.next_payload("block_actions")["trigger_id"]
    answer = stage.call("views.push", trigger_id=outside, view=modal())
    assert answer["error"] == "invalid_trigger_id"


def test_a_submission_carries_state_metadata_and_hash(stage: Stage) -> None:
    """What the person typed arrives under state.values, beside what the app hid in the view."""
    view = stage.open_modal(modal(private_metadata="17"))

    answer = stage.do("U1", "submit", view_id=view["id"], values=reason("Too much"))
    sent = stage.bot.next_payload("view_submission")

    assert answer["closed"] is True
    assert sent["view"]["state"]["values"] == {
        "reason": {"why": {"type": "plain_text_input", "value": "Too much"}}
    }
    assert (sent["view"]["private_metadata"], sent["view"]["hash"]) == ("17", view["hash"])
    assert (sent["user"]["id"], sent["view"]["callback_id"]) == ("U1", "reject")


def test_a_client_holds_back_an_incomplete_form(stage: Stage) -> None:
    """A required input left empty shows an error without a word to the app."""
    view = stage.open_modal(modal())

    answer = stage.do("U1", "submit", view_id=view["id"], values={})

    assert answer == {"ok": False, "errors": {"reason": "Please complete this required field."}}
    assert stage.bot.received.empty()


def test_errors_of_the_app_stand_below_their_inputs(stage: Stage) -> None:
    """The modal stays open with the app's words; an unknown input is trouble."""
    view = stage.open_modal(modal())
    stage.bot.answer = answering({"response_action": "errors", "errors": {"reason": "Too short"}})
    told = stage.do("U1", "submit", view_id=view["id"], values=reason("x"))
    stage.bot.answer = answering({"response_action": "errors", "errors": {"other": "x"}})
    trouble = stage.do("U1", "submit", view_id=view["id"], values=reason("x"))

    assert (told["ok"], told["errors"]) == (False, {"reason": "Too short"})
    assert "trouble" in trouble["error"]


@pytest.mark.parametrize(("action", "depth"), [("update", 1), ("push", 2), ("clear", 0)])
def test_an_answer_may_update_push_or_clear(stage: Stage, action: str, depth: int) -> None:
    """response_action decides what stands on the screen after a submission."""
    view = stage.open_modal(modal())
    next_view = modal(callback_id="next")
    stage.bot.answer = answering({"response_action": action, "view": next_view})

    answer = stage.do("U1", "submit", view_id=view["id"], values=reason("x"))

    assert answer["ok"]
    assert len(stage.workspace.views.stacks.get("U1", [])) == depth
    if depth:
        assert answer["view"]["callback_id"] == "next"


def test_closing_tells_the_app_only_when_asked_to(stage: Stage) -> None:
    """view_closed is sent for views with notify_on_close."""
    quiet = stage.open_modal(modal())
    stage.do("U1", "close", view_id=quiet["id"])
    assert stage.bot.received.empty()

    loud = stage.open_modal(modal(notify_on_close=True))
    stage.do("U1", "close", view_id=loud["id"])

    assert stage.bot.next_payload("view_closed")["view"]["id"] == loud["id"]


def test_nobody_submits_another_persons_modal(stage: Stage) -> None:
    """A view stands on one screen."""
    view = stage.open_modal(modal())

    answer = stage.do("U2", "submit", view_id=view["id"], values=reason("x"))

    assert answer == {"ok": False, "error": "This window is no longer open."}


def test_an_input_tells_what_is_typed_only_when_it_asks_to(stage: Stage) -> None:
    """A field of a form is silent until the form is sent, unless its block dispatches."""
    view = modal()
    view["blocks"][0]["element"]["dispatch_action_config"] = {
        "trigger_actions_on": ["on_character_entered"]
    }
    typing = {"block_id": "reason", "action_id": "why", "value": "Bec"}
    silent = stage.open_modal(view)
    assert not stage.do("U1", "click", view_id=silent["id"], **typing)["ok"]

    view["blocks"][0]["dispatch_action"] = True
    telling = stage.open_modal(view)
    assert stage.do("U1", "click", view_id=telling["id"], **typing)["ok"]
    [action] = stage.bot.next_payload("block_actions")["actions"]
    assert (action["type"], action["value"]) == ("plain_text_input", "Bec")
