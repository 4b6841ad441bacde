"""Partners through Slack Connect: people of another workspace, in channels that are shared."""

from typing import Any

import pytest

from bot.steps import Lane
from tests.company import (
    ADMIN,
    APPROVALS,
    DAWN,
    ESCALATIONS,
    GENERAL,
    HOME,
    KIM,
    LEA,
    MAX,
    NIGHT,
    OTHER,
    SAM,
)
from tests.flows.enrolling import approve, enrolled, mentions
from tests.flows.scenes import audit, escalated, refund_asked
from tests.flows.screen import card, fill, messages, thread, told, whispers
from tests.world import World

THEIRS = {
    "people: [U0KIM], accounts: [acc_night]": "people: [U0KIM], channel: C0DAWN, "
    "accounts: [acc_night]"
}
OWN_CHANNEL = pytest.mark.app_yaml(THEIRS)
# A gate that is not about a tier of dawn's customers alone.
NAMED = {
    "refunds, act: refund, up_to: 50000, currency: USD, grade: one}": "refunds, act: refund, "
    "up_to: 50000, currency: USD, grade: one, partners: [dawn]}"
}
NOX = "Please refund my last payment of 30.00 USD."


def test_a_channel_with_a_stranger_in_it_is_a_shared_one(world: World) -> None:
    """Law: these tests run in channels that Slack itself would call shared."""
    for channel in (GENERAL, ESCALATIONS, DAWN):
        assert world.workspace.channels[channel].is_ext_shared
    assert not world.workspace.channels[APPROVALS].is_ext_shared


def test_a_partner_asks_by_mention_and_decides_in_a_direct_message(world: World) -> None:
    """Law: the gate names dawn, so dawn sees this approval, alone, and its yes counts."""
    key = enrolled(world, KIM)
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    world.write("nox", NOX, "Money back")
    mine = mentions(world, KIM, "approvals")
    assert "1 approval waits for you" in mine.text
    assert "Refund 30.00 USD" in mine.text
    mine.press("Show the card")
    assert approve(world, card(world, KIM, f"D{KIM[1:]}"), key, KIM)["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_nox"]
    [granted] = audit(world, "approval granted")
    assert granted.actor == "kim"
    assert "Approved by Kim Ode" in card(world, LEA, APPROVALS).text
    assert whispers(world, LEA, GENERAL) == []


@OWN_CHANNEL
def test_a_partners_own_channel_shows_what_its_gates_name_it_for(world: World) -> None:
    """Law: one more copy of those approvals, and nothing of the others."""
    key = enrolled(world, KIM)
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert messages(world, KIM, DAWN) == []
    refund_asked(world, "nox", NOX)
    own = card(world, KIM, DAWN)
    assert own.labels[:2] == ["Approve", "Reject"]
    assert approve(world, own, key, KIM)["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_nox"]
    for who, channel in ((KIM, DAWN), (LEA, APPROVALS)):
        assert "Approved by Kim Ode" in card(world, who, channel).text
    assert len(messages(world, KIM, DAWN)) == 1


@pytest.mark.app_yaml(THEIRS | NAMED)
def test_a_gate_shows_a_partner_nothing_of_other_companies(world: World) -> None:
    """Law: a gate lets an organisation decide about the customers of its own accounts."""
    key = enrolled(world, KIM)
    _, seen = refund_asked(world)
    assert messages(world, KIM, DAWN) == []
    assert "Nothing waits for you" in mentions(world, KIM, "approvals").text
    assert "Kim Ode" not in seen.text
    world.do(MAX, "join", channel=APPROVALS, user=KIM)
    for label in ("Approve", "Reject"):
        assert "view" not in seen.press(label, by=KIM)
        refusal = "This gate does not let your organisation decide."
        assert told(world, KIM, APPROVALS) == refusal
    assert world.refunds == []
    world.write("nox", NOX, "Money back")
    assert approve(world, card(world, KIM, DAWN), key, KIM)["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_nox"]


@OWN_CHANNEL
def test_a_partner_rejects_with_a_reason_like_everybody(world: World) -> None:
    refund_asked(world, "nox", NOX)
    view = card(world, KIM, DAWN).press("Reject")["view"]
    assert fill(world, KIM, view, reason="The plan was used all month")["ok"]
    assert "Rejected by Kim Ode" in card(world, LEA, APPROVALS).text
    assert world.refunds == []


@OWN_CHANNEL
def test_a_partners_yes_takes_a_code_whatever_the_amount(world: World) -> None:
    """Promise 9: whoever is let in from outside proves that it is they."""
    refund_asked(world, "nox", NOX)
    card(world, KIM, DAWN).press("Approve")
    assert "@Backstop authenticator" in told(world, KIM, DAWN)
    assert world.refunds == []


@OWN_CHANNEL
def test_where_a_third_company_reads_along_the_partner_is_shown_nothing(world: World) -> None:
    """Law: a channel is a partner's own as long as nobody else is in it."""
    world.do(LEA, "join", channel=DAWN, user=SAM)
    refund_asked(world, "nox", NOX)
    assert messages(world, KIM, DAWN) == []
    assert "Refund 30.00 USD" in card(world, LEA, APPROVALS).text


def test_a_channel_shared_with_whom_slack_does_not_name_is_nobodys_own(world: World) -> None:
    """Law: what cannot be told is taken for the worst."""
    world.workspace.channels[APPROVALS].is_ext_shared = True
    refund_asked_of_dawn = world.write("nox", NOX, "Money back")
    assert refund_asked_of_dawn
    assert messages(world, LEA, APPROVALS) == []
    assert "Refund 30.00 USD" in card(world, MAX, ADMIN).text


def test_the_customers_next_words_do_not_stay_where_the_approval_was_refused(
    world: World,
) -> None:
    """Law: a card that another company may not read takes along what belongs to it."""
    world.do(MAX, "join", channel=APPROVALS, user=SAM)
    carried = world.backstop.worker.run_due

    def all_but_posts(lane: Lane | None = None) -> int:
        return sum(carried(one) for one in Lane if one is not Lane.POSTS)

    world.backstop.worker.run_due = all_but_posts  # type: ignore[method-assign]
    ticket = world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    world.write("joy", "My account number is 4711.", ticket=ticket)
    del world.backstop.worker.run_due
    world.later(minutes=2)
    assert messages(world, SAM, APPROVALS) == []
    assert "Refund 49.00 USD" in card(world, MAX, ADMIN).text


def test_a_partner_works_on_its_accounts_from_a_shared_channel(world: World) -> None:
    """Law: claim, reply and listen, as guests do."""
    ticket, seen = escalated(world, "nox")
    seen.press("Claim", by=KIM)
    assert "Claimed by Kim Ode" in card(world, KIM, ESCALATIONS).text
    view = card(world, KIM, ESCALATIONS).press("Reply to customer")["view"]
    assert fill(world, KIM, view, text="We look into it tonight.")["ok"]
    assert world.customer_reads(ticket)[-1] == "We look into it tonight."
    assert any("We look into it tonight." in one.text for one in thread(world, KIM, seen))


def test_only_the_workspace_that_is_listed_makes_a_partner(world: World) -> None:
    """Law: the same id from another workspace, or from ours, is somebody else."""
    _, seen = escalated(world, "nox")
    for team in (OTHER, HOME, ""):
        elsewhere: dict[str, Any] = {"user": {"team_id": team}}
        seen.press("Claim", by=KIM, raw_overrides=elsewhere)
        assert told(world, KIM, ESCALATIONS).startswith("You are not on this team's list")
    assert "Nobody has it yet" in card(world, KIM, ESCALATIONS).text


@pytest.mark.parametrize(
    ("said", "is_known"),
    [
        ({"user_team": NIGHT, "team": NIGHT}, True),
        ({"user_team": NIGHT, "team": HOME}, True),
        ({"user_team": None, "team": NIGHT}, True),
        ({"user_team": HOME, "team": NIGHT}, False),
    ],
)
def test_an_event_is_theirs_whose_workspace_it_names(
    world: World, said: dict[str, str | None], is_known: bool
) -> None:
    """Law: `user_team`, else `team`."""
    _bend_events(world, said)
    answer = mentions(world, KIM, "me").text
    assert answer.startswith("You are Kim Ode") is is_known
    assert ("not on this team's list" in answer) is not is_known


def test_an_event_that_names_no_workspace_is_nobodys(world: World) -> None:
    """Law: that the app is installed here makes nobody one of us."""
    assert mentions(world, LEA, "me").text.startswith("You are Lea Sand")
    _bend_events(world, {"user_team": None, "team": None})
    assert "not on this team's list" in mentions(world, LEA, "me").text


def _bend_events(world: World, said: dict[str, str | None]) -> None:
    sent = world.workspace.deliveries.tell

    def bent(parcel: Any) -> None:
        event = {**parcel.fields["event"], **said}
        sent(parcel.wrap(parcel.kind, parcel.name, parcel.ident, {**parcel.fields, "event": event}))

    world.workspace.deliveries.tell = bent  # type: ignore[method-assign]


def test_a_stranger_who_is_no_partner_is_refused_and_on_record(world: World) -> None:
    """Law: being let into a channel gives nobody a say."""
    refund_asked(world)
    answer = mentions(world, SAM, "approvals").text
    assert answer.startswith("You are not on this team's list")
    assert [one.actor for one in audit(world, "refused")] == [f"slack:{SAM}"]
