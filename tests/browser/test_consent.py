"""What takes more than one tap: two people, a code, the clock, a list, and the rules themselves."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Locator, expect

from bot.authenticators import STEP_S
from tests.browser.effort import assert_costs
from tests.browser.person import JONAS, RUTH, Person, User
from tests.browser.running import Demo
from tests.browser.test_approval import CHARGE, asked
from tests.browser.test_changes import fits_a_phone
from tests.browser.ways import BY_HTTP, BY_SOCKET, ON_SQLITE

pytestmark = [pytest.mark.browser, ON_SQLITE]
REFUNDS = "{name: refunds, act: refund, up_to: 50000, currency: USD, grade: one"
TWO = {REFUNDS: REFUNDS.replace("one", "two")}
CODE = {"approvals: {": "approvals: {step_up: {above: {refund: 10000}}, "}
SOON = {
    REFUNDS: f"{REFUNDS}, expires: 12s",
    "  slack: U0JONASPE1\n": "  slack: U0JONASPE1\n  backup: ruth\n",
}
LOOSER = {"act: refund, up_to: 2000, currency: USD": "act: refund, up_to: 3000, currency: USD"}


def approve(person: Person, *, twice: bool = False) -> None:
    person.tap(person.card.get_by_role("button", name="Approve"))
    if twice:
        person.tap(person.sees("confirm-yes"))


@BY_SOCKET
def test_two_people_approve_one_refund(person: Person, demo: Demo) -> None:
    """Law: the first yes pays nothing, the same person's second is none, another's pays once."""
    demo.change_settings(TWO)
    asked(person, demo, RUTH)
    approve(person, twice=True)
    expect(person.card).to_contain_text("1 of 2 approvals, by Ruth Castellan")
    fits_a_phone(person, person.card)
    person.card.get_by_role("button", name="Approve").click()
    person.sees("confirm-yes").click()
    expect(person.whispered).to_contain_text("a second person is needed")
    assert demo.refunds(CHARGE) == []

    person.act_as(JONAS)
    approve(person, twice=True)
    expect(person.card).to_contain_text("Done. Receipt")
    assert_costs("approve a refund by two people", person, demo)
    assert len(demo.refunds(CHARGE)) == 1


@BY_HTTP
def test_a_large_refund_takes_a_code(person: Person, demo: Demo) -> None:
    """Law: set up by oneself, vouched for by another, typed for what the window names."""
    demo.change_settings(CODE)
    key = _enrolled(person, RUTH, by=JONAS)
    asked(person, demo, RUTH)
    before = len(demo.posts()) - 1
    person.taps = person.fields = 0
    approve(person)
    modal = person.sees("modal")
    expect(modal).to_contain_text("Refund 174.00 USD")
    fits_a_phone(person, modal)
    assert demo.refunds(CHARGE) == []
    person.write(person.sees("field-code"), _code(key, later=1))
    person.tap(person.sees("modal-submit"))
    expect(person.card).to_contain_text("Done. Receipt")
    assert_costs("approve a refund with a code", person, demo, before)
    assert len(demo.refunds(CHARGE)) == 1


@BY_SOCKET
def test_what_nobody_decides_reaches_the_backup_and_then_a_person(
    person: Person, demo: Demo
) -> None:
    """Law: silence is an outcome of its own: the card says so, and the ticket goes on."""
    demo.change_settings(SOON)
    asked(person, demo, RUTH)
    expect(person.card).to_contain_text("Expired")
    expect(person.card).to_contain_text("A specialist has the ticket now.")
    expect(person.card.get_by_role("button", name="Approve")).to_have_count(0)
    fits_a_phone(person, person.card)
    person.sees("app-home-Backstop").click()
    person.sees("home-messages").click()
    reminded = person.messages.filter(has_text="Refund 174.00 USD")
    expect(reminded.first).to_be_visible()
    person.open("escalations-billing")
    expect(person.card).to_contain_text("Claim")
    assert_costs("let an approval expire", person, demo)
    assert demo.refunds(CHARGE) == []


@BY_HTTP
def test_alike_refunds_are_approved_with_one_look(person: Person, demo: Demo) -> None:
    """Law: each of them by itself, and none beside them."""
    for customer, charge in (("crystal_dupree", "20366"), ("remy_thibodeaux", "20376")):
        words = f"Please refund 30.00 USD of my payment ch_3QWF{charge}."
        demo.write(f"cus_{customer}", words)
    for ident in ("wf-1062", "wf-1082", "wf-1133"):
        demo.arrive(ident)
    person.act_as(RUTH)
    person.open("approvals")
    listed = person.messages.filter(has_text="approvals wait for a decision")
    expect(listed).to_contain_text("5 approvals wait")
    fits_a_phone(person, listed)
    expect(person.messages).to_have_count(6)
    before = len(demo.posts())
    person.tap(listed.get_by_role("button", name="Look at these 2 together"))
    modal = person.sees("modal")
    expect(modal).to_contain_text("Refund 30.00 USD")
    fits_a_phone(person, modal)
    person.tap(person.sees("modal-submit"))
    done = person.messages.filter(has_text="Done. Receipt")
    expect(done).to_have_count(2)
    assert_costs("approve alike refunds from the list", person, demo, before)
    for charge in ("20366", "20376"):
        assert [one["amount"] for one in demo.refunds(f"ch_3QWF{charge}")] == [3_000]


@BY_SOCKET
def test_looser_rules_take_two_administrators(person: Person, demo: Demo) -> None:
    """Law: the card says what would change; the old value counts until both have agreed and the
    bot starts again."""
    demo.change_settings(LOOSER)
    card = _of_policy(person, RUTH)
    expect(card).to_contain_text("Refund of 20.01 USD to 30.00 USD")
    expect(card).to_contain_text("one approver (approver), within 4h → nobody is asked")
    fits_a_phone(person, card)
    before = len(demo.posts())
    person.tap(card.get_by_role("button", name="Agree"))
    expect(card).to_contain_text("1 of 2 have agreed: Ruth Castellan")
    card.get_by_role("button", name="Agree").click()
    expect(person.whispered).to_be_visible()

    card = _of_policy(person, JONAS)
    person.tap(card.get_by_role("button", name="Agree"))
    expect(card).to_contain_text("counts from the next start")
    fits_a_phone(person, card)
    expect(person.messages.filter(has_text="have agreed to the looser")).to_be_visible()
    assert_costs("agree to looser rules, by two people", person, demo, before)
    demo.change_settings({})
    demo.write("cus_remy_thibodeaux", "Please refund 25.00 USD of my payment ch_3QWF20376.")
    person.sees("tab-payments").click()
    expect(person.sees("ledger-row").filter(has_text="$25.00")).to_be_visible()


def _of_policy(person: Person, user: User) -> Locator:
    person.act_as(user)
    person.open("backstop-admin")
    return person.messages.filter(has_text="app.yaml would loosen")


def _enrolled(person: Person, user: User, by: User) -> str:
    person.act_as(user)
    person.open("approvals")
    person.ask("/backstop authenticator")
    person.whispered.get_by_role("button", name="Set it up").click()
    modal = person.sees("modal")
    fits_a_phone(person, modal)
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", modal.inner_text())
    assert found, modal.inner_text()
    key = found[0].replace(" ", "")
    person.sees("field-code").fill(_code(key))
    person.sees("modal-submit").click()
    expect(modal).to_contain_text("An administrator is asked")
    person.sees("modal-close").click()

    person.act_as(by)
    person.open("backstop-admin")
    vouched = person.messages.filter(has_text="authenticator").last
    fits_a_phone(person, vouched)
    vouched.get_by_role("button", name="It was they").click()
    expect(vouched).to_contain_text(f"Confirmed by {by.name}")
    return key


def _code(key: str, later: int = 0) -> str:
    """Nobody waits for the next: one code earlier and one later count too."""
    return pyotp.TOTP(key).at(datetime.now(UTC) + timedelta(seconds=later * STEP_S))
