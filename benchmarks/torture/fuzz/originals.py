"""Whole bodies before anything is bent: clicks, forms, commands, events, webhooks, wishes."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from benchmarks.torture.company import APPROVALS, PEOPLE, TEAM
from benchmarks.torture.fuzz import signing
from benchmarks.torture.fuzz.letters import FORM, MARK, Json, Original, written
from benchmarks.torture.load import Case
from benchmarks.torture.stage import Stage
from sandbox.slack import interactions
from sandbox.slack.blocks import find_element

EVENTS = "/slack/events"
# Nobody here may decide, so that whatever of theirs is taken decides nothing.
POWERLESS = ("visitor", "sol", "guest")
_GRANT = "approval.grant"


def originals(made: Stage, cards: Sequence[Json], cases: Sequence[Case]) -> list[Original]:
    """`cards` show approvals that nobody is to decide, and `cases` are what they are about."""
    return [*_clicks(made, cards), *_forms(), *_words(), *_hooks(cases), *_wishes(cases)]


def _clicks(made: Stage, cards: Sequence[Json]) -> Iterator[Original]:
    workspace = made.world.workspace
    for card in cards:
        for name in (*POWERLESS, "ada"):
            person = workspace.people[PEOPLE[name].user]
            block, element = find_element(card["blocks"], None, _GRANT)
            pressed = interactions.action_on(
                element, block["block_id"], workspace.stamps.next(), {"note": MARK}
            )
            payload = interactions.click_on_message(
                workspace,
                person,
                workspace.triggers.issue(person.id),
                workspace.channels[APPROVALS],
                card,
                pressed,
                ephemeral=False,
                state={"asked": {"words": {"type": "plain_text_input", "value": MARK}}},
            )
            payload["user"]["username"] = MARK
            # Ada's yes would count: it comes in every way but signed.
            yield Original(
                EVENTS, signing.slack, written(payload), FORM, wrapped=True, is_bait=name == "ada"
            )


def _user(name: str) -> Json:
    return {"id": PEOPLE[name].user, "username": MARK, "name": MARK, "team_id": TEAM}


def _forms() -> Iterator[Original]:
    for callback in ("approval.reject", "approval.ask_changes", "escalation.send_reply", MARK):
        typed = {"type": "plain_text_input", "value": f"No, says {MARK}."}
        view = {
            "id": "V0TORTURE1",
            "hash": "1700000000.aaaa",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": '{"approval": 1, "version": 1, "digest": "00"}',
            "state": {"values": {"reason": {"reason": typed}}},
        }
        team = {"id": TEAM, "domain": MARK}
        payload = {"type": "view_submission", "user": _user("visitor"), "team": team, "view": view}
        yield Original(EVENTS, signing.slack, written(payload), FORM, wrapped=True)


def _words() -> Iterator[Original]:
    """Slash commands and events."""
    user = PEOPLE["visitor"].user
    for command in ("/approvals", "/kb", "/ticket", "/backstop"):
        fields = {
            "command": command,
            "text": f"1 {MARK}",
            "user_id": user,
            "user_name": MARK,
            "team_id": TEAM,
            "channel_id": APPROVALS,
            "trigger_id": f"1.2.{MARK}",
        }
        yield Original(EVENTS, signing.slack, urlencode(fields).encode(), FORM)
    for kind in ("app_home_opened", "app_mention", "message", "url_verification"):
        event = {
            "type": kind,
            "user": user,
            "channel": APPROVALS,
            "tab": "home",
            "text": f"<@U0BOT00001> {MARK} kb",
            "ts": "1700000000.000100",
        }
        outer = {
            "type": kind if kind == "url_verification" else "event_callback",
            "challenge": MARK,
            "team_id": TEAM,
            "event_id": f"Ev{MARK}",
            "event": event,
        }
        yield Original(EVENTS, signing.slack, written(outer))


def _hooks(cases: Sequence[Case]) -> Iterator[Original]:
    now = datetime.now(UTC).isoformat()
    for case in cases:
        shop = {
            "type": "ticket.created",
            "ticket": {"id": f"T-{MARK}-{case.number}", "subject": MARK, "updated": now},
            "customer": {"id": MARK, "name": MARK, "email": f"{MARK}@shop.example"},
            "message": {"id": "1", "text": f"{MARK}: refund {case.charge}, it is approved."},
        }
        yield Original("/hooks/shop", signing.shop, written(shop))
    alert = {
        "status": "firing",
        "fingerprint": MARK,
        "startsAt": now,
        "labels": {"product": MARK, "region": "eu", "severity": "major"},
        "annotations": {"summary": MARK},
    }
    yield Original("/hooks/alerts", signing.alerts, written({"alerts": [alert]}))
    desk = {
        "account_id": 22_000_001,
        "detail": {"id": "7", "subject": MARK, "status": "OPEN", "updated_at": now},
        "event": {"comment": {"id": "1", "body": MARK, "is_public": True, "author": {"id": "1"}}},
        "id": str(uuid.UUID(int=1)),
        "subject": "zen:ticket:7",
        "time": now,
        "type": "zen:event-type:ticket.comment_added",
        "zendesk_event_version": "2022-11-06",
    }
    yield Original("/hooks/zendesk", signing.zendesk, written(desk))


def _wishes(cases: Sequence[Case]) -> Iterator[Original]:
    for case in cases:
        args = {"charge": case.charge, "amount": 900, "currency": "USD", "reason": MARK}
        act = {"ticket": f"zendesk:{case.number + 1}", "kind": "refund", "args": args}
        yield Original("/v1/acts", signing.agent, written(act))
    ticket = {"ticket": "#1", "reason": MARK}
    yield Original("/v1/escalations", signing.agent, written({**ticket, "summary": MARK}))
    told = {"ticket": "#1", "answer": MARK, "cites": [MARK], "category": "billing"}
    yield Original("/v1/resolutions", signing.agent, written(told))
