"""The app manifest and the listeners come from the same tables."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.config import Settings
from bot.handlers.slack import listeners
from bot.handlers.slack.manifest import COMMANDS, EVENTS, manifest, scopes
from sandbox.slack.manifest import read_manifest

NAMES = {"kb": "/help-kb", "backstop": "/guard"}
ANA = {"id": "ana", "name": "Ana", "email": "ana@acme.example"}
IN_GROUPS = {"user_groups": {"S0MOBILE": {"skills": ["mobile"]}}}


def settings(delivery: str = "http", **more: Any) -> Settings:
    slack = {"workspace": "T0HOME", "delivery": delivery, "commands": NAMES}
    return Settings.model_validate({"company": {"name": "Acme"}, "slack": slack, **more})


def listening() -> AsyncApp:
    app = AsyncApp(
        token="xoxb-1", request_verification_enabled=False, url_verification_enabled=False
    )
    names = settings().command_names
    listeners.register(app, None, None, names)  # type: ignore[arg-type]  # nothing is called
    return app


def heard(app: AsyncApp, body: dict[str, Any]) -> list[str]:
    """The names of the listeners that take this payload, in the order in which Bolt asks them."""

    async def ask() -> list[str]:
        request = AsyncBoltRequest(body=body, mode="socket_mode")
        answer = BoltResponse(status=404)
        return [
            one.ack_function.__name__
            for one in app._async_listeners
            if await one.async_matches(req=request, resp=answer)
        ]

    return asyncio.run(ask())


def event(kind: str) -> dict[str, Any]:
    return {"type": "event_callback", "event": {"type": kind}}


def test_every_event_of_the_manifest_has_a_listener_of_its_own() -> None:
    """Law: nothing is subscribed to that nobody handles, and nothing handled is missing."""
    app = listening()
    printed = manifest(settings())["settings"]["event_subscriptions"]["bot_events"]
    assert {kind: heard(app, event(kind))[0] for kind in printed} == EVENTS
    others = ("message", "reaction_added", "team_join", "channel_created")
    assert {heard(app, event(kind))[0] for kind in others} == {"ignore"}


def test_every_command_of_the_manifest_is_listened_to_by_its_configured_name() -> None:
    told = [one["command"] for one in manifest(settings())["features"]["slash_commands"]]
    assert told == ["/help-kb", "/ticket", "/approvals", "/guard"]
    app = listening()
    for command in told:
        assert heard(app, {"command": command})[0] == "run"
    assert heard(app, {"command": "/kb"}) == ["acknowledge"]
    assert len(told) == len(COMMANDS)


def test_the_shortcuts_of_the_manifest_are_listened_to() -> None:
    told = manifest(settings())["features"]["shortcuts"]
    asked = [{"type": "message_action", "callback_id": one["callback_id"]} for one in told]
    taken = [heard(listening(), body)[0] for body in asked]
    assert taken == ["make_ticket", "ask_about", "write_of"]


def test_buttons_and_forms_of_any_name_are_listened_to() -> None:
    """Law: a new button needs no new listener, and an old one is still answered."""
    app = listening()
    click = {
        "type": "block_actions",
        "actions": [{"type": "button", "action_id": "never.heard.of"}],
    }
    form = {"type": "view_submission", "view": {"type": "modal", "callback_id": "never.heard.of"}}
    assert heard(app, click) == ["press"]
    assert heard(app, form) == ["submit"]


@pytest.mark.parametrize("delivery", ["http", "socket"])
def test_a_workspace_takes_the_manifest(delivery: str) -> None:
    """Law: scopes, events and commands are Slack's own words, for either way of delivery."""
    asked = settings(delivery, server={"public_url": "https://backstop.example"})
    told = manifest(asked)
    taken = read_manifest(told)
    assert taken.scopes == set(scopes(asked))
    assert taken.socket_mode is (delivery == "socket")
    urls = "https://backstop.example/slack/events" in str(told)
    assert urls is (delivery == "http")


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, set()),
        ({"people": [ANA]}, set()),
        ({"directory": IN_GROUPS}, {"usergroups:read"}),
        (
            {"directory": IN_GROUPS, "people": [ANA | {"slack": "U0ANA"}]},
            {"usergroups:read"},
        ),
        (
            {"directory": IN_GROUPS, "people": [ANA]},
            {"usergroups:read", "users:read.email"},
        ),
    ],
)
def test_who_is_in_a_group_is_asked_for_only_where_app_yaml_does(
    more: dict[str, Any], asked: set[str]
) -> None:
    """Law: an app is granted what its settings make it call, and no more."""
    assert set(scopes(settings(**more))) - set(scopes(settings())) == asked
