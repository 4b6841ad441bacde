"""One post per card, where it belongs, whatever Slack answers."""

import pytest

from tests.company import ADMIN, ANA, APPROVALS, ESCALATIONS, GENERAL, LEA, MAX, SAM
from tests.flows.scenes import audit, claimed, escalated, refund_asked
from tests.flows.screen import card, messages, thread
from tests.world import World


def _calls(world: World, method: str) -> int:
    lines = world.workspace.journal.since(0)
    return sum(1 for line in lines if line.get("method") == method and line["ok"])


@pytest.mark.parametrize("fault", ["drop_after_commit", "error_500"])
def test_a_post_without_an_answer_is_looked_for_and_not_repeated(world: World, fault: str) -> None:
    """Law: the post carries our marker; what is found by it is not posted again."""
    world.workspace.faults.methods = ["chat.postMessage"]
    setattr(world.workspace.faults, fault, 1.0)
    world.write("joy", "Please let me speak with a real person.", "The rota prints blank")
    setattr(world.workspace.faults, fault, 0.0)
    world.later(seconds=5)
    assert len(messages(world, ANA, ESCALATIONS)) == 1
    card(world, ANA, ESCALATIONS).press("Claim")
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text


def test_a_thread_post_without_an_answer_is_found_in_its_thread(world: World) -> None:
    ticket, seen = claimed(world)
    world.workspace.faults.methods = ["chat.postMessage"]
    world.workspace.faults.drop_after_commit = 1.0
    world.write("joy", "One more thing.", ticket=ticket)
    world.workspace.faults.drop_after_commit = 0.0
    world.later(seconds=5)
    assert len(thread(world, ANA, seen)) == 1


def test_a_redraw_that_failed_is_made_again(world: World) -> None:
    """Law: every copy shows what is so, soon after Slack answers again."""
    _, seen = escalated(world)
    world.workspace.faults.error_500 = 1.0
    world.workspace.faults.methods = ["chat.update"]
    world.workspace.timing.response_url_s = -1.0
    seen.press("Claim", by=ANA)
    assert "Nobody has it yet" in card(world, ANA, ESCALATIONS).text
    world.workspace.faults.error_500 = 0.0
    world.later(seconds=5)
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text


def test_the_clicked_copy_is_redrawn_through_the_click_itself(world: World) -> None:
    """Law: the copy somebody is looking at costs no quota of `chat.update`."""
    _, seen = escalated(world)
    before = _calls(world, "chat.update")
    seen.press("Claim")
    assert _calls(world, "chat.update") == before
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text


def test_an_approval_in_two_places_shows_the_decision_in_both(world: World) -> None:
    """Law: one card key on every surface; whoever decides first wins, and every copy says so."""
    _, seen = refund_asked(world)
    world.do(MAX, "command", channel=GENERAL, command="/approvals", text="")
    listed = world.see(MAX, GENERAL)[-1]
    [button] = [
        element
        for block in listed["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    block_id = next(b["block_id"] for b in listed["blocks"] if b["type"] == "actions")
    place = {"channel": GENERAL, "ts": listed["ts"], "block_id": block_id}
    world.do(MAX, "click", action_id=button["action_id"], **place)
    copy = card(world, MAX, f"D{MAX[1:]}")
    assert "Refund 49.00 USD" in copy.text
    seen.press("Approve", by=LEA)
    for shown in (card(world, LEA, APPROVALS), card(world, MAX, f"D{MAX[1:]}")):
        assert "Approved by Lea Sand" in shown.text
        assert shown.labels == []


def test_a_private_copy_decides_as_well_as_the_public_one(world: World) -> None:
    _, seen = refund_asked(world)
    approval = seen.value("Approve")["approval"]
    bring = {"actions": [{"action_id": "approval.bring", "value": f'{{"approval":{approval}}}'}]}
    seen.press("Approve", by=MAX, raw_overrides=bring)
    card(world, MAX, f"D{MAX[1:]}").press("Approve")
    assert len(world.refunds) == 1
    assert "Approved by Max Vidal" in card(world, LEA, APPROVALS).text


def test_when_a_channel_is_archived_its_card_moves_to_the_administrators(world: World) -> None:
    """Law: what waits for somebody is never left where nobody can see it."""
    escalated(world)
    world.do(MAX, "archive", channel=ESCALATIONS)
    moved = card(world, MAX, ADMIN)
    assert "Nobody has it yet" in moved.text
    moved.press("Claim", by=ANA)
    assert "Claimed by Ana Ruiz" in card(world, MAX, ADMIN).text
    assert len(audit(world, "channel gone")) == 1


def test_a_card_that_cannot_be_posted_goes_to_the_administrators(world: World) -> None:
    world.workspace.channels[APPROVALS].members.discard("U0BOT")
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    card(world, MAX, ADMIN).press("Approve")
    assert len(world.refunds) == 1


def test_no_approval_is_posted_where_another_company_reads_along(world: World) -> None:
    """Law: a channel shared by Slack Connect gets no approvals; the administrators' does."""
    world.do(MAX, "join", channel=APPROVALS, user=SAM)
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert messages(world, LEA, APPROVALS) == []
    card(world, MAX, ADMIN).press("Approve")
    assert len(world.refunds) == 1


def test_where_the_administrators_channel_is_shared_too_each_is_asked_privately(
    world: World,
) -> None:
    """Law: what waits for a decision is before somebody, and before nobody of another company."""
    for channel in (APPROVALS, ADMIN):
        world.do(MAX, "join", channel=channel, user=SAM)
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert messages(world, LEA, APPROVALS) == messages(world, LEA, ADMIN) == []
    card(world, MAX, f"D{MAX[1:]}").press("Approve")
    assert len(world.refunds) == 1
