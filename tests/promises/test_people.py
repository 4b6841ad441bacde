"""Promises 6 to 9: whose yes counts, and that nobody else's does."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.entitlement import Gated, who_may
from storage.models import AuditEntry, EffectState
from tests.company import (
    ANA,
    APPROVALS,
    BEN,
    BOT,
    DEE,
    GIL,
    GUS,
    HAL,
    HOME,
    KIM,
    LEA,
    MAX,
    NIA,
    NIGHT,
    OTHER,
    SAM,
    ZAP,
    Json,
)
from tests.flows.enrolling import approve, enrolled, mentions
from tests.flows.scenes import audit, claimed, effects, refund_asked
from tests.flows.screen import card, fill, told
from tests.flows.test_absence import say
from tests.flows.test_changing import changed
from tests.flows.test_consent_again import LEA_MAY, restarted
from tests.promises.recorded import Recorder
from tests.world import World, application

REVOKED = {
    "a lower limit": "roles: [specialist, lead, approver], slack: U0LEA, limits: {refund: 1000}",
    "no approver": "roles: [specialist, lead], slack: U0LEA",
    "no account": "roles: [approver]",
}
MOMENTS = ("shown", "form open", "clicked")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("now", REVOKED.values(), ids=REVOKED)
def test_promise_6_entitled_now(world: World, tmp_path: Path, now: str, moment: str) -> None:
    """A right that was taken away after the card was shown, after the form was opened or after
    the click is none, when the click is counted and when the act runs."""
    _, seen = refund_asked(world)
    view = seen.press("Reject", by=LEA)["view"] if moment == "form open" else {}
    if moment == "clicked":
        seen.press_only("Approve", by=LEA)
    with restarted(world, tmp_path, LEA_MAY, now) as bot:
        other = replace(world, backstop=bot)
        world.server.app = application(other)
        if moment == "shown":
            seen.press("Approve", by=LEA)
        if view:
            assert "errors" in fill(other, LEA, view, reason="Not this one.")
        bot.worker.run_due()
        world.server.app = application(world)
    world.settle()
    assert world.refunds == []
    assert audit(world, "approval rejected") == []
    assert len(audit(world, "approval granted")) == (moment == "clicked")


@pytest.mark.parametrize("moment", MOMENTS)
def test_promise_6_an_account_that_was_closed_counts_no_more(world: World, moment: str) -> None:
    _, seen = refund_asked(world)
    click = seen.click("Approve", raw_overrides={"user": {"id": LEA}})
    view = seen.press("Reject", by=LEA)["view"] if moment == "form open" else {}
    if moment == "clicked":
        seen.press_only("Approve", by=LEA)
    world.do_only(MAX, "change_person", user=LEA, changes={"deleted": True})
    world.do(MAX, **click)
    if view:
        bent = {"raw_overrides": {"user": {"id": LEA}}}
        values = {"reason": {"reason": {"value": "Not this one."}}}
        world.do(LEA, "submit", view_id=view["id"], values=values, **bent)
    assert world.refunds == []
    assert audit(world, "approval rejected") == []


def test_promise_6_while_nobody_says_who_somebody_is_all_are_refused(world: World) -> None:
    """The directory is down: at the click a refusal each time, at the act a wait."""
    _, seen = refund_asked(world)
    down = world.workspace.faults
    down.methods, down.error_500 = ["users.info"], 1.0
    for who, label in product((LEA, MAX, NIA, DEE), ("Approve", "Reject")):
        assert "view" not in seen.press(label, by=who)
        assert told(world, who, APPROVALS).startswith("I could not check your account just now")
    assert len(audit(world, "refused")) == 8
    down.error_500 = 0.0
    seen.press_only("Approve", by=LEA)
    down.error_500 = 1.0
    world.settle()
    assert world.refunds == [] and effects(world)[0].state is EffectState.READY
    down.error_500 = 0.0
    world.later(minutes=1)
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({LEA_MAY: f"{LEA_MAY}, email: Joy@Oak.example"})
def test_promise_7_no_self_approval(world: World) -> None:
    """Not whoever asked for it, stands in for them, or changed it; nor any bot."""
    _, seen = refund_asked(world)
    say(world, LEA, "away until tomorrow 18:00 for Nia")
    seen = changed(world, card(world, MAX, APPROVALS), MAX, new_amount="20.00")
    world.do(MAX, "join", channel=APPROVALS, user=ZAP)
    barred = {
        LEA: "You asked for this yourself",
        NIA: "You stand in for whoever asked",
        MAX: "You changed this yourself",
        ZAP: "Bots cannot decide anything",
    }
    for who, why in barred.items():
        seen.press("Approve", by=who)
        assert told(world, who, APPROVALS).startswith(why)
    assert world.refunds == []
    seen.press("Approve", by=DEE)
    assert [one["amount"] for one in world.refunds] == [2000]


def test_promise_7_two_persons_above_a_limit(world: World) -> None:
    """Two humans, each once, however often and from however many copies one of them presses."""
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    mentions(world, LEA, "approvals").press("Show the card")
    seen.press("Approve", by=LEA, repeat=3)
    for copied in (card(world, LEA, APPROVALS), card(world, LEA, f"D{LEA[1:]}")):
        copied.press("Approve")
        assert "You have approved this already" in told(world, LEA, copied.channel)
    assert world.refunds == [] and len(audit(world, "approval granted")) == 1
    card(world, MAX, APPROVALS).press("Approve")
    assert [one["amount"] for one in world.refunds] == [120000]


def test_promise_7_every_pair_of_roles_is_barred_alike(world: World) -> None:
    """Of everybody and each part they may have had in it: whoever had one does not decide."""
    people = {one.id: one for one in world.backstop.directory.people}
    able = ["lea", "max", "nia", "dee", "gil", "zap"]
    parts = ("requester", "stands_in", "editors", "voted")
    plain = Gated("refund", 1000, "USD", frozenset({"approver"}), frozenset(), "agent")
    for (one, first), (other, second) in product(product(able, parts), repeat=2):
        had = {first: one} | {second: other}
        gated = replace(
            plain,
            requester=had.get("requester", "agent"),
            stands_in=had.get("stands_in"),
            editors=frozenset({had["editors"]} if "editors" in had else ()),
        )
        voted = [had["voted"]] if "voted" in had else []
        left = [person.id for person in who_may([people[who] for who in able], gated, voted)]
        assert left == [who for who in able if who not in had.values()], had


def _absent(value: Any) -> Iterator[tuple[str, Any]]:
    """Nothing, or something that is no id."""
    yield from (("none", None), ("empty", ""), ("blank", " "), ("zero", 0), ("true", True))
    yield from (("list", []), ("object", {}), ("number", 1.5), ("many", [value]))
    yield from (("nested", {"id": value}), ("words", "unknown"), ("null", "null"))


def _almost(value: str) -> Iterator[tuple[str, Any]]:
    """What a careless comparison would take for the id."""
    yield from (("lower", value.lower()), ("before", f" {value}"), ("behind", f"{value} "))
    yield from (("shorter", value[:-1]), ("longer", f"{value}X"), ("zero width", f"{value}\u200b"))
    yield from (("line", f"{value}\n"), ("nul", f"{value}\x00"), ("mention", f"<@{value}>"))
    yield ("full width", "".join(chr(ord(letter) + 0xFEE0) for letter in value))
    yield ("Cyrillic", value.replace("A", "\u0410").replace("E", "\u0415").replace("O", "\u041e"))
    yield ("wildcard", "%")
    yield ("injected", f"{value}' OR '1'='1")
    yield from ((f"without {n}", value[:n] + value[n + 1 :]) for n in range(len(value)))
    yield from ((f"other {n}", value[:n] + "Z" + value[n + 1 :]) for n in range(len(value)))


def _variants(user: Json) -> Iterator[tuple[str, Any]]:
    """The `user` of a signed click, with each part that says who it is gone or altered."""
    for why, value in _absent(user["id"]):
        yield f"user {why}", value
    yield "user id alone", user["id"]
    for name in ("id", "team_id"):
        yield f"{name} gone", {key: one for key, one in user.items() if key != name}
        for why, value in (*_absent(user[name]), *_almost(user[name])):
            yield f"{name} {why}", {**user, name: value}
    for who, team in ((LEA, OTHER), (LEA, NIGHT), (MAX, "E0OTHER"), ("USLACKBOT", HOME)):
        yield f"{who} of {team}", {**user, "id": who, "team_id": team}
    for who in (BOT, HAL, "U0NOBODY", "W0NOBODY", "lea", "Lea Sand"):
        yield f"{who} of ours", {**user, "id": who}


def test_promise_8_identity_unresolved_is_refused(world: World, recorder: Recorder) -> None:
    """Each click in which something is missing or altered of who pressed is refused and audited;
    no name stands in for another."""
    _, seen = refund_asked(world)
    click = recorder.click(seen, "Approve", HAL)
    mine = {**click["user"], "id": LEA}
    seen_before = len(audit(world, "refused"))
    variants = [*_variants(mine), ("user gone", None)]
    for n, (why, user) in enumerate(variants, start=1):
        sent = recorder.fresh(click) | {"user": user}
        if why == "user gone":
            del sent["user"]
        assert recorder.payload(sent) == 200, why
        assert len(audit(world, "refused")) == seen_before + n, why
    world.settle()
    assert len(variants) > 80
    assert world.refunds == [] and audit(world, "approval granted") == []
    assert recorder.payload(recorder.fresh(click) | {"user": mine}) == 200
    world.settle()
    assert len(world.refunds) == 1


# Kinds of outsiders: what the signed payload says of them, and what was changed about them.
OUTSIDERS: dict[str, Json] = {
    "a stranger by Slack Connect": {"id": SAM, "team_id": OTHER},
    "a stranger who says our workspace": {"id": SAM, "team_id": HOME},
    "a guest with every role": {"id": GIL, "team_id": HOME},
    "a guest of one channel with every role": {"id": ANA, "team_id": HOME},
    "a bot with every role": {"id": ZAP, "team_id": HOME},
    "a closed account with every role": {"id": DEE, "team_id": HOME},
    "a member who is not listed": {"id": HAL, "team_id": HOME},
    "a partner here whom the gate does not name": {"id": GUS, "team_id": HOME},
    "a partner there whom the gate does not name": {"id": KIM, "team_id": NIGHT},
    "an approver's id from another workspace": {"id": LEA, "team_id": OTHER},
    "an approver's id from a partner's workspace": {"id": MAX, "team_id": NIGHT},
    "an approver's id from another organisation": {"id": LEA, "team_id": "E0OTHER"},
    "a workflow": {"id": "USLACKBOT", "team_id": HOME},
    "an id that Slack does not know": {"id": "U0NOBODY", "team_id": HOME},
    "ourselves": {"id": BOT, "team_id": HOME},
}
ACTS = ("Approve", "Reject", "Change before approval", "Ask for changes", "Show the conversation")
CASEWORK = ("Reply to customer", "Wait for customer", "Release", "Resolve")
SAID = ("stop effects", "start effects", "authenticator revoke Lea")


def test_promise_9_home_users_only(world: World, recorder: Recorder) -> None:
    """Every kind of outsider tries every act, signed as Slack signs it: none is taken."""
    gone = {DEE: {"deleted": True}, ANA: {"is_ultra_restricted": True}}
    for who, changes in gone.items():
        world.do(MAX, "change_person", user=who, changes=changes)
    _, ticket = claimed(world, BEN)
    _, seen = refund_asked(world)
    wanted = [(seen, label) for label in ACTS] + [(ticket, label) for label in CASEWORK]
    clicks = [recorder.click(shown, label, HAL) for shown, label in wanted]
    world.do_only(HAL, "command", channel="C0GENERAL", command="/backstop", text="help")
    slash = recorder.letters[-1].fields
    world.settle()
    before = _happened(world)
    for named in OUTSIDERS.values():
        for click in clicks:
            sent = recorder.fresh(click)
            recorder.payload(sent | {"user": {**sent["user"], **named}})
        for text in SAID:
            by = {"user_id": named["id"], "team_id": named["team_id"], "text": text}
            recorder.form(recorder.fresh(slash) | by)
    world.settle()
    assert _happened(world) == before
    assert world.refunds == []


def _happened(world: World) -> list[str]:
    with world.looking() as uow:
        kinds = [entry.kind for entry in uow.session.query(AuditEntry)]
    return [kind for kind in kinds if kind != "refused"]


def test_promise_9_a_partner_whom_the_gate_names_is_let_in_with_a_code(world: World) -> None:
    """Whoever is listed in app.yaml, and whose organisation the gate names, and who proves that
    it is they: all three, or nothing is paid."""
    key = enrolled(world, KIM)
    _, theirs = refund_asked(world, "nox", "Please refund my last payment of 30.00 USD.")
    world.do(MAX, "join", channel=APPROVALS, user=GUS)
    theirs.press("Approve", by=GUS)
    assert told(world, GUS, APPROVALS) == "This gate does not let your organisation decide."
    mentions(world, KIM, "approvals").press("Show the card")
    own = card(world, KIM, f"D{KIM[1:]}")
    view = own.press("Approve")["view"]
    assert "errors" in fill(world, KIM, view, code="000000")
    assert world.refunds == []
    assert approve(world, own, key, KIM)["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_nox"]
    assert [one.actor for one in audit(world, "approval granted")] == ["kim"]
