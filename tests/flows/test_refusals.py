"""Whoever may not decide is told so in private, and it is on record; nothing is paid."""

from collections.abc import Callable

import pytest

from storage.models import Approval
from tests.company import (
    ANA,
    APPROVALS,
    DEE,
    GIL,
    GUS,
    HAL,
    KIM,
    LEA,
    MAX,
    NIA,
    OTHER,
    SAM,
    ZAP,
)
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import Seen, card, fill, refused, told, typed, whispers
from tests.flows.test_consent_again import LEA_MAY
from tests.world import World

# Who, and how the reason they are told begins.
STRANGERS = {
    HAL: "You are not on this team's list",
    SAM: "You are not on this team's list",
    ANA: "Deciding this takes the role approver",
    GUS: "This gate does not let your organisation decide.",
    KIM: "This gate does not let your organisation decide.",
    GIL: "Guests and people of other workspaces cannot act here.",
    ZAP: "Bots cannot decide anything.",
}


def test_whoever_may_not_decide_is_told_why_and_nothing_happens(world: World) -> None:
    """Law: not listed, of another workspace, without the role, a partner whom no gate names, a
    guest, a bot: each is refused in private, with the reason, and audited."""
    _, seen = refund_asked(world)
    for outsider in (KIM, SAM):
        # The card is there already when somebody shares the channel.
        world.do(MAX, "join", channel=APPROVALS, user=outsider)
    for who, reason in STRANGERS.items():
        for label in ("Approve", "Reject"):
            assert "view" not in seen.press(label, by=who)
            assert told(world, who, APPROVALS).startswith(reason), who
    refused = audit(world, "refused")
    assert [one.actor for one in refused] == [f"slack:{who}" for who in STRANGERS for _ in "AR"]
    assert {one.subject for one in refused} == {"GrantApproval", "OpenRejection"}
    assert world.refunds == []
    assert card(world, LEA, APPROVALS).text == seen.text


def test_a_deactivated_account_decides_nothing(world: World) -> None:
    """Law: also a click that was on its way when the account was closed."""
    _, seen = refund_asked(world)
    world.do(MAX, "change_person", user=DEE, changes={"deleted": True})
    seen.press("Approve", by=HAL, raw_overrides={"user": {"id": DEE}})
    [entry] = audit(world, "refused")
    assert entry.actor == f"slack:{DEE}"
    assert world.refunds == []


def test_a_person_whose_account_is_closed_is_refused_at_once(world: World) -> None:
    """Law: Slack tells us of the change, so no minute passes in which the old answer counts."""
    _, seen = refund_asked(world)
    assert "view" in seen.press("Reject", by=LEA)
    world.do(MAX, "change_person", user=LEA, changes={"deleted": True})
    seen.press("Approve", by=MAX, raw_overrides={"user": {"id": LEA}})
    assert told(world, MAX, APPROVALS).startswith("This account is deactivated")
    assert world.refunds == []


def test_while_slack_does_not_say_who_somebody_is_nothing_is_decided(world: World) -> None:
    """Law: a standing that cannot be checked is no standing."""
    _, seen = refund_asked(world)
    world.workspace.faults.methods = ["users.info"]
    world.workspace.faults.error_500 = 1.0
    seen.press("Approve")
    assert told(world, LEA, APPROVALS).startswith("I could not check your account just now")
    assert world.refunds == []
    world.workspace.faults.error_500 = 0.0
    seen.press("Approve")
    assert len(world.refunds) == 1


def test_an_account_of_another_workspace_is_nobody_here_whatever_its_id(world: World) -> None:
    """Law: an id alone proves nothing; workspace and id together do."""
    _, seen = refund_asked(world)
    seen.press("Approve", raw_overrides={"user": {"team_id": OTHER}})
    assert world.refunds == []
    assert [one.actor for one in audit(world, "refused")] == [f"slack:{LEA}"]


@pytest.mark.app_yaml({"limits: {refund: 5000}": "limits: {refund: 1000}"})
def test_nobody_decides_above_their_own_limit(world: World) -> None:
    _, seen = refund_asked(world)
    seen.press("Approve", by=NIA)
    assert told(world, NIA, APPROVALS).startswith("You may decide up to 10.00 USD")
    assert world.refunds == []


@pytest.mark.app_yaml({LEA_MAY: f"{LEA_MAY}, email: Joy@Oak.example"})
def test_nobody_approves_what_they_asked_for_themselves(world: World) -> None:
    """Law: four eyes are two people's; who writes to the help desk from their own address asks."""
    _, seen = refund_asked(world)
    assert "May decide: Max Vidal, Nia Fox, Dee Holt" in seen.text
    for label in ("Approve", "Reject"):
        assert "view" not in seen.press(label, by=LEA)
        assert told(world, LEA, APPROVALS).startswith("You asked for this yourself")
    assert world.refunds == []
    assert [one.actor for one in audit(world, "approval requested")] == ["offline"]
    seen.press("Approve", by=MAX)
    assert len(world.refunds) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [{"message_ts": "1790154000.999999"}, {"channel_id": "C0GENERAL"}],
    ids=["another message", "another channel"],
)
def test_a_copy_of_the_card_decides_nothing(world: World, elsewhere: dict[str, str]) -> None:
    """Law: a click counts on the card that we put up, where we put it up."""
    _, seen = refund_asked(world)
    seen.press("Approve", raw_overrides={"container": elsewhere})
    assert world.refunds == []
    [entry] = audit(world, "refused")
    assert (entry.subject, entry.data["because"]) == ("GrantApproval", "NotAllowed")


def test_a_card_that_showed_something_else_decides_nothing(world: World) -> None:
    """Law: consent is to what was shown; when the payload has changed since, the button is dead."""
    _, seen = refund_asked(world)
    value = '{"approval":1,"digest":"' + "0" * 64 + '"}'
    seen.press("Approve", raw_overrides={"actions": [{"value": value}]})
    assert told(world, LEA, APPROVALS).startswith("This act has changed since the card was drawn")
    assert world.refunds == []


def test_a_rejection_of_something_else_does_not_count_either(world: World) -> None:
    _, seen = refund_asked(world)
    view = seen.press("Reject")["view"]
    _change(world, seen, lambda approval: setattr(approval, "digest", "0" * 64))
    answer = fill(world, LEA, view, reason="Because of this and that")
    assert "it has changed" in refused(answer)
    assert "Rejected" not in card(world, LEA, APPROVALS).text


@pytest.mark.parametrize(
    "button",
    [
        {"action_id": "approval.explode"},
        {"value": "not json"},
        {"value": "[]"},
        {"value": '{"approval":"many","digest":1}'},
        {"value": "{}"},
        {"value": '{"approval":true,"digest":"x"}'},
    ],
)
def test_a_button_nobody_knows_is_answered_in_words(world: World, button: dict[str, str]) -> None:
    """Law: an old or broken button is neither silence nor an error page."""
    _, seen = refund_asked(world)
    answer = seen.press("Approve", raw_overrides={"actions": [button]})
    assert answer["ok"]
    assert "Please use" in told(world, LEA, APPROVALS)
    assert world.refunds == []
    [entry] = audit(world, "refused")
    assert (entry.actor, entry.subject) == (f"slack:{LEA}", "Unreadable")


@pytest.mark.parametrize(
    "form",
    [
        {"callback_id": "approval.explode"},
        {"private_metadata": "not json"},
        {"private_metadata": "{}"},
    ],
)
def test_a_form_nobody_knows_is_answered_in_words(world: World, form: dict[str, str]) -> None:
    """Law: what an earlier version had opened is refused like any other, and is on record."""
    _, seen = refund_asked(world)
    view = seen.press("Reject")["view"]
    values = typed(view, {"reason": "Because of this and that"})
    bent = {"raw_overrides": {"view": form}}
    answer = world.do(LEA, "submit", view_id=view["id"], values=values, **bent)
    assert "Please use" in refused(answer)
    [entry] = audit(world, "refused")
    assert (entry.actor, entry.subject) == (f"slack:{LEA}", "Unreadable")
    assert "Rejected" not in card(world, LEA, APPROVALS).text


def test_a_button_for_what_is_gone_is_answered_in_words(world: World) -> None:
    _, seen = refund_asked(world)
    value = '{"approval":999,"digest":"x"}'
    seen.press("Approve", raw_overrides={"actions": [{"value": value}]})
    assert told(world, LEA, APPROVALS).startswith("That is not here any more.")


def test_a_repeated_click_leaves_one_entry_and_one_refund(world: World) -> None:
    """Law: Slack may deliver a click any number of times."""
    _, seen = refund_asked(world)
    answer = seen.press("Approve", repeat=4)
    assert answer["statuses"] == [200] * 4
    assert len(world.refunds) == 1
    assert len(audit(world, "approval granted")) == 1
    assert whispers(world, LEA, APPROVALS) == []


def test_a_repeated_refusal_is_told_and_recorded_once(world: World) -> None:
    _, seen = refund_asked(world)
    seen.press("Approve", by=HAL, repeat=3)
    assert len(whispers(world, HAL, APPROVALS)) == 1
    assert len(audit(world, "refused")) == 1


def _change(world: World, seen: Seen, change: Callable[[Approval], None]) -> None:
    """Somebody changes the stored approval behind the flows' back."""
    ident = seen.value("Approve")["approval"]
    world.backstop.writer.run(lambda uow: change(uow.approvals.get(ident)))
