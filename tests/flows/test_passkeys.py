"""Where app.yaml asks for passkeys, a yes above the amount is signed on our own page."""

import json
import re

import pytest

from bot.authenticators import TRIES
from tests.company import ADMIN, APPROVALS, GENERAL, LEA, MAX, NIA, Json
from tests.flows.devices import Device, asked_of, here, post
from tests.flows.enrolling import mentions
from tests.flows.letters import MAIL, Letters, ask_standings, outage
from tests.flows.scenes import approval_of, audit, refund_asked
from tests.flows.screen import Seen, card, direct, fill, told, whispers
from tests.world import World

ORIGIN = "https://backstop.larkspur.example"
PASSKEYS = {
    "step_up: {}}": "step_up: {by: passkeys, above: {refund: 4000}}}\n"
    f"server: {{public_url: {ORIGIN}}}"
}
TYPED = "https://Backstop.Larkspur.example:443"
BY_MAIL = MAIL | {
    "approvals: {grace: 0s, step_up: {}}": "approvals: {grace: 0s, step_up: {by: passkeys}, "
    "by_mail: {after: 5m}}\nmail: {host: 127.0.0.1, tls: none, from: backstop@larkspur.example}\n"
    f"server: {{public_url: {ORIGIN}}}",
}
MAKE, YES, NO = "passkey.make", "approval.grant", "approval.reject"

pytestmark = pytest.mark.app_yaml(PASSKEYS)


def address(view: Json, origin: str = ORIGIN) -> str:
    """Where the window leads."""
    found = re.search(rf"{origin}/\w+/[\w.-]+", str(view))
    assert found, view
    return found[0]


def made(world: World, who: str, device: Device) -> None:
    """On the page, and not confirmed yet."""
    asked = mentions(world, who, "authenticator")
    label = next(label for label in asked.labels if label.startswith("Set "))
    url = address(asked.press(label)["view"])
    page = world.server.http.get(here(url))
    assert page.status_code == 200, page.text
    taken = post(world, url, MAKE, device.make(asked_of(page, MAKE)))
    assert taken.status_code == 200 and "Your passkey is made" in taken.text, taken.text


def with_passkey(world: World, who: str, by: str = MAX, counts: int = 0) -> Device:
    device = Device(ORIGIN, counts)
    made(world, who, device)
    card(world, by, ADMIN).press("It was they")
    return device


def led(world: World, seen: Seen, by: str = LEA) -> str:
    return address(seen.press("Approve", by=by)["view"])


def sign(world: World, url: str, device: Device, action: str = YES) -> str:
    return device.sign(asked_of(world.server.http.get(here(url)), action))


def test_a_click_alone_executes_nothing(world: World) -> None:
    """Law: the click leads to a page with the whole act, looking decides nothing, and what the
    device signs there does."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    assert "A yes takes your passkey" in seen.text
    url = led(world, seen)
    page = world.server.http.get(here(url))
    for said in ("Refund 49.00 USD", "Joy Abara", "ch_joy", "You decide as Lea Sand"):
        assert said in page.text
    assert world.refunds == [] and approval_of(world, seen).granted == 0
    taken = post(world, url, YES, sign(world, url, device))
    assert taken.status_code == 200 and "Your approval is taken" in taken.text
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]
    [granted] = audit(world, "approval granted")
    assert granted.data["by"] == "page" and granted.data["proof"]
    assert "Approved by Lea Sand" in card(world, LEA, APPROVALS).text


def test_what_no_device_sends_is_an_answer_that_does_not_count(world: World) -> None:
    """Law: it is looked at like any other guess, and breaks nothing."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    whole = json.loads(sign(world, url, device))
    bent = [dict(whole, response=dict(whole["response"], userHandle=one)) for one in ("a", "é")]
    for signed in (*map(json.dumps, bent), "[" * 20_000, "7", "{}", ""):
        assert 400 <= post(world, url, YES, signed).status_code < 500, signed[:40]
    assert world.refunds == []


def test_a_link_counts_once(world: World) -> None:
    """Law: neither the page nor what was signed there is of use again."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url, other = led(world, seen), led(world, seen)
    signed, second = sign(world, url, device), sign(world, other, device)
    assert post(world, url, YES, signed).status_code == 200
    for again in (post(world, url, YES, signed), post(world, other, YES, second)):
        assert again.status_code == 410 and "counts once" in again.text
    assert len(world.refunds) == 1


def test_what_is_signed_is_this_decision_about_this_act_here(world: World) -> None:
    """Law: nothing signed for another act, another answer, or on a page made to look like ours."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    _, other = refund_asked(world, "big", "Please refund my last payment of 120.00 USD.")
    elsewhere = Device("https://backstop.larkspur.example.evil.example", key=device.key)
    wrong = (
        sign(world, led(world, other), device),
        sign(world, url, device, NO),
        sign(world, url, elsewhere),
        sign(world, url, Device(ORIGIN, knows=False, key=device.key)),
    )
    for signed in wrong:
        answer = post(world, url, YES, signed)
        assert answer.status_code == 422 and "not what your passkey signs" in answer.text
    assert world.refunds == []
    assert post(world, url, YES, sign(world, url, device)).status_code == 200


def test_wrong_tries_end_in_a_lock(world: World) -> None:
    """Law: and the person and the administrators hear of it; what is no answer is no try."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    for _ in range(TRIES + 1):
        assert "signed nothing" in post(world, url, YES, "").text
    for _ in range(TRIES):
        assert post(world, url, YES, '{"no": "answer"}').status_code in (403, 422)
    assert "try again in" in post(world, url, YES, "{}").text
    assert "somebody is in your account" in direct(world, LEA)[-1].text
    assert "Lea Sand" in direct(world, MAX)[-1].text
    world.clock.advance(minutes=16)
    url = led(world, card(world, LEA, APPROVALS))
    assert post(world, url, YES, sign(world, url, device)).status_code == 200


def test_a_copy_that_has_fallen_behind_signs_nothing(world: World) -> None:
    """Law: where a passkey counts, whoever counts less is not it."""
    device = with_passkey(world, LEA, counts=5)
    _, seen = refund_asked(world)
    copy = Device(ORIGIN, counts=3, key=device.key)
    url = led(world, seen)
    assert post(world, url, YES, sign(world, url, copy)).status_code == 422
    assert post(world, url, YES, sign(world, url, device)).status_code == 200


def test_the_page_is_open_for_ten_minutes(world: World) -> None:
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    signed = sign(world, url, device)
    world.clock.advance(minutes=11)
    late = post(world, url, YES, signed)
    assert late.status_code == 410 and "Press in chat again" in late.text
    assert world.refunds == []


def test_somebody_elses_passkey_signs_nothing_for_me(world: World) -> None:
    with_passkey(world, LEA)
    others = with_passkey(world, NIA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    assert post(world, url, YES, sign(world, url, others)).status_code == 422


def test_what_changed_meanwhile_is_not_approved(world: World) -> None:
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    signed = sign(world, url, device)
    changing = seen.press("Change before approval", by=MAX)["view"]
    assert fill(world, MAX, changing, new_amount="45.00", note="Half is ours")["ok"]
    assert post(world, url, YES, signed).status_code == 410
    assert world.refunds == []


def test_who_left_meanwhile_approves_nothing(world: World) -> None:
    """Law: the account is looked at when they sign; where nobody can be asked, it is refused."""
    device = with_passkey(world, LEA)
    _, seen = refund_asked(world)
    url = led(world, seen)
    world.workspace.faults.down = True
    assert "could not check" in post(world, url, YES, sign(world, url, device)).text
    world.workspace.faults.down = False
    assert world.refunds == []
    assert post(world, url, YES, sign(world, url, device)).status_code == 200


def test_a_passkey_counts_once_an_administrator_has_confirmed_it(world: World) -> None:
    made(world, LEA, Device(ORIGIN))
    _, seen = refund_asked(world)
    assert "Lea Sand (no passkey yet)" in seen.text
    assert "view" not in seen.press("Approve")
    assert "you have none that is confirmed" in told(world, LEA, APPROVALS)
    assert world.refunds == []


def test_its_page_makes_one(world: World) -> None:
    """Law: once, for whom it was given to, within half an hour, and only what was asked of it."""
    asked = mentions(world, LEA, "authenticator")
    url = address(asked.press("Set it up")["view"])
    page = world.server.http.get(here(url))
    assert "stand for Lea Sand" in page.text
    wrong = Device("https://evil.example").make(asked_of(page, MAKE))
    assert "made no passkey" in post(world, url, MAKE, wrong).text
    for cut in ("x", "%C3%A9", "."):
        assert world.server.http.get(f"{here(url)}{cut}").status_code == 404
    for no in ("1", "-1.a", "%C2%B2.a", f"{'9' * 30}.a"):
        assert world.server.http.get(f"/passkey/{no}").status_code == 404
    right = Device(ORIGIN).make(asked_of(page, MAKE))
    world.clock.advance(minutes=31)
    assert "time of this page is over" in post(world, url, MAKE, right).text
    assert audit(world, "authenticator proved") == []


def test_codes_of_before_count_no_more(world: World) -> None:
    """Law: whoever had an app is asked to make a passkey."""
    asked = mentions(world, LEA, "authenticator")
    assert "You have none yet" in asked.text and "passkey" in asked.text


@pytest.mark.app_yaml(BY_MAIL)
def test_while_chat_is_down_the_same_page_comes_by_mail(world: World, letters: Letters) -> None:
    """Law: also a no takes what the device signs."""
    device = with_passkey(world, LEA)
    ask_standings(world)
    outage(world)
    [letter] = letters.to("lea@larkspur.example")
    url = letter.link
    no = post(world, url, NO, sign(world, url, device), reason="She was refunded")
    assert no.status_code == 422
    no = post(world, url, NO, sign(world, url, device, NO), reason="She was refunded")
    assert no.status_code == 200 and "Your rejection is taken" in no.text
    [rejected] = audit(world, "approval rejected")
    assert rejected.data["by"] == "link" and rejected.data["proof"]


@pytest.mark.app_yaml({"step_up: {}}": "step_up: {by: passkeys, above: {refund: 4000}}}"})
def test_without_a_page_nothing_takes_their_place(world: World) -> None:
    """Law: a rule that cannot be kept is no rule less."""
    _, seen = refund_asked(world)
    assert "view" not in seen.press("Approve")
    asked = mentions(world, LEA, "authenticator")
    assert "view" not in asked.press("Set it up")
    assert "public_url" in whispers(world, LEA, GENERAL)[-1]
    assert world.refunds == []


@pytest.mark.app_yaml({old: new.replace(ORIGIN, TYPED) for old, new in PASSKEYS.items()})
def test_an_address_is_held_against_what_browsers_make_of_it(world: World) -> None:
    """Law: in small letters, and without the port that goes without saying."""
    view = mentions(world, LEA, "authenticator").press("Set it up")["view"]
    url = address(view, TYPED)
    page = world.server.http.get(here(url))
    assert post(world, url, MAKE, Device(ORIGIN).make(asked_of(page, MAKE))).status_code == 200
