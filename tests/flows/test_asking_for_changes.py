"""Neither yes nor no: somebody asks, somebody else answers, and it is decided about anew."""

import pytest

from tests.company import ADMIN, ANA, APPROVALS, BEN, GUS, KIM, KNOWLEDGE, LEA, MAX, NIA, SAM
from tests.flows.scenes import DECIDE, approval_of, audit, refund_asked
from tests.flows.screen import Seen, card, direct, fill, messages, refused, thread, told, typed
from tests.flows.test_asking import ask
from tests.world import World

# Nobody from another workspace reads there.
DESK = KNOWLEDGE
pytestmark = pytest.mark.app_yaml({"channel: C0BILLING": f"channel: {DESK}"})
ASK = "Ask for changes"
WHY = "Is this the annual plan? Then half of it is used up."


def asked(world: World, by: str = LEA, question: str = WHY) -> Seen:
    """Changes are asked for; the card as it stands where approvals are given."""
    _, seen = refund_asked(world)
    view = seen.press(ASK, by=by)["view"]
    answer = fill(world, by, view, question=question)
    assert answer["ok"], answer
    return card(world, by, APPROVALS)


def answered(world: World, by: str = ANA, channel: str = DESK, **words: str) -> Seen:
    view = card(world, by, channel).press("Answer", by=by)["view"]
    answer = fill(world, by, view, **words)
    assert answer["ok"] and "view" not in answer, answer
    return card(world, LEA, APPROVALS)


def test_until_it_is_answered_nobody_approves_it(world: World) -> None:
    """Law: the card says who asks what, offers an answer and a no, and no yes."""
    seen = asked(world)
    assert "changes are asked for" in seen.text
    assert "Lea Sand asks for changes" in seen.text and WHY in seen.text
    assert seen.labels == ["Answer", "Reject", "Show the conversation"]
    assert "Nothing waits" in ask(world, MAX, "/approvals").text
    assert world.refunds == []
    [entry] = audit(world, "approval returned")
    assert entry.actor == "lea" and WHY not in str(entry.data)


def test_the_question_is_where_the_ticket_is_worked_on(world: World) -> None:
    """Law: whoever answers may not be among those who approve, and still has the whole card."""
    asked(world)
    seen = card(world, ANA, DESK)
    assert WHY in seen.text and seen.labels[0] == "Answer"
    assert WHY in thread(world, MAX, card(world, MAX, APPROVALS))[-1].text


def test_it_comes_back_as_a_new_version_in_the_same_place(world: World) -> None:
    """Law: with the answer, changed or not, for anybody entitled who did not change it."""
    asked(world)
    seen = answered(world, note="It is: he used five months.", new_amount="28.00")
    assert seen.labels == DECIDE and len(messages(world, LEA, APPROVALS)) == 1
    assert "Amount: 49.00 USD → 28.00 USD" in seen.text
    assert "It is: he used five months." in seen.text
    seen.press("Approve", by=LEA)
    assert [refund["amount"] for refund in world.refunds] == [2800]
    assert "Done. Receipt" in card(world, ANA, DESK).text


def test_whoever_only_answers_has_changed_nothing(world: World) -> None:
    """Law: words beside an act make nobody its editor."""
    asked(world)
    answered(world, by=MAX, channel=APPROVALS, note="No, it is monthly.")
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert [refund["amount"] for refund in world.refunds] == [4900]


def test_a_yes_before_the_question_counts_no_more(world: World) -> None:
    """Law: after an answer everybody looks anew."""
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    seen.press("Approve", by=MAX)
    view = card(world, LEA, APPROVALS).press(ASK, by=LEA)["view"]
    fill(world, LEA, view, question=WHY)
    answered(world, channel=APPROVALS, note="No, it is monthly.")
    assert "your yes counts no more" in direct(world, MAX)[-1].text
    card(world, LEA, APPROVALS).press("Approve", by=LEA)
    assert world.refunds == []


def test_an_empty_question_and_an_empty_answer_are_sent_back(world: World) -> None:
    """Law: both say what is missing, and the window stays open."""
    _, seen = refund_asked(world)
    view = seen.press(ASK)["view"]
    assert "in a few words" in refused(fill(world, LEA, view, question=" . "))
    fill(world, LEA, view, question=WHY)
    view = card(world, ANA, DESK).press("Answer", by=ANA)["view"]
    assert "Answer the question" in refused(fill(world, ANA, view, note="   "))


@pytest.mark.parametrize("who", [KIM, SAM])
def test_strangers_answer_nothing(world: World, who: str) -> None:
    """Law: it takes whoever works for this customer."""
    asked(world)
    card(world, ANA, DESK).press("Answer", by=who)
    with world.looking() as uow:
        assert len(uow.approvals.versions(1)) == 1


def test_whoever_cannot_decide_asks_nothing(world: World) -> None:
    """Law: a question holds money back, so it takes who could have said no."""
    _, seen = refund_asked(world)
    assert "view" not in seen.press(ASK, by=BEN)
    assert "takes the role approver" in told(world, BEN, APPROVALS)


def test_of_a_question_and_a_yes_at_the_same_time_one_counts(world: World) -> None:
    """Law: who is slower hears so, either way round."""
    _, seen = refund_asked(world)
    view = seen.press(ASK, by=LEA)["view"]
    seen.press_only("Approve", by=MAX)
    assert "Max Vidal was faster" in str(fill(world, LEA, view, question=WHY))
    world.settle()
    assert len(world.refunds) == 1


def test_a_card_that_was_not_drawn_anew_approves_nothing(world: World) -> None:
    """Law: an open question holds for whoever has not seen it, too."""
    _, seen = refund_asked(world)
    view = seen.press(ASK, by=LEA)["view"]
    world.do_only(LEA, "submit", view_id=view["id"], values=typed(view, {"question": WHY}))
    seen.press_only("Approve", by=MAX)
    world.settle()
    assert "asked for changes here" in told(world, MAX, APPROVALS)
    assert world.refunds == []


def test_what_nobody_answers_expires(world: World) -> None:
    """Law: a question is no way to forget a customer: a specialist has the ticket then."""
    asked(world)
    world.later(hours=4, minutes=1)
    assert "Expired" in card(world, LEA, APPROVALS).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_expired"]


def test_an_answer_gives_the_whole_time_anew(world: World) -> None:
    """Law: what was asked took nobody's time to decide; reminders follow the new one."""
    asked(world)
    world.later(hours=3, minutes=59)
    answered(world, note="No, it is monthly.")
    world.later(hours=1)
    assert "waits for a decision" in card(world, LEA, APPROVALS).text
    assert not any("still waits" in one.text for one in direct(world, MAX))
    world.later(hours=1, minutes=1)
    assert sum("still waits" in one.text for one in direct(world, MAX)) == 1
    world.later(hours=2)
    assert "Expired" in card(world, LEA, APPROVALS).text


def test_nobody_is_reminded_while_a_question_is_open(world: World) -> None:
    """Law: whoever cannot decide is not asked to."""
    asked(world)
    world.later(hours=3, minutes=30)
    assert not any("still waits" in one.text for one in [*direct(world, MAX), *direct(world, LEA)])


def test_what_is_asked_about_can_still_be_rejected(world: World) -> None:
    """Law: a no is always possible."""
    seen = asked(world)
    view = seen.press("Reject", by=NIA)["view"]
    assert fill(world, NIA, view, reason="Not this one.")["ok"]
    assert "Rejected by Nia Fox" in card(world, LEA, APPROVALS).text


def test_the_owner_of_the_ticket_is_told(world: World) -> None:
    """Law: whoever has the ticket hears of it by themselves."""
    _, seen = refund_asked(world)
    approval = approval_of(world, seen)
    world.backstop.writer.run(lambda uow: uow.tickets.hand_to(approval.ticket_id, "ana"))
    view = card(world, LEA, APPROVALS).press(ASK, by=LEA)["view"]
    fill(world, LEA, view, question=WHY)
    assert WHY in direct(world, ANA)[-1].text and "Lea" not in direct(world, ANA)[-1].fallback


def test_a_partner_answers_where_the_gate_names_them(world: World) -> None:
    """Law: to look after the customer's account is not enough to touch an act."""
    _, seen = refund_asked(world, "nox", "Please refund my last payment of 30.00 USD.")
    view = seen.press(ASK, by=LEA)["view"]
    assert fill(world, LEA, view, question=WHY)["ok"]
    card(world, LEA, APPROVALS).press("Answer", by=GUS)
    assert "does not let your organisation decide" in told(world, GUS, APPROVALS)


@pytest.mark.app_yaml({"channel: C0BILLING": "channel: C0BILLING"})
def test_in_a_channel_with_strangers_it_is_not_shown(world: World) -> None:
    """Law: what waits for approval stays among ourselves: it stands in the channel of the
    administrators then."""
    asked(world)
    assert messages(world, KIM, "C0BILLING") == []
    assert card(world, MAX, ADMIN).labels[0] == "Answer"
