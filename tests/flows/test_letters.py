"""What a colleague writes to a customer on a sensitive matter is read by somebody else first."""

import pytest

from storage.models import ApprovalState, Promise, PromiseState
from tests.company import ANA, APPROVALS, ENTERPRISE, ESCALATIONS, LEA, MAX
from tests.flows.scenes import audit, reply
from tests.flows.screen import Seen, card, direct, fill, told, words_of
from tests.world import World

GRIEF = "My husband passed away in May. Please let me speak with a real person."
KIND = "We are sorry for your loss, Joy. I close his profile today and write when it is done. Ana"
NEVER = {
    "  - {name: account changes": "  - {name: no letters, act: reply, grade: never}\n"
    "  - {name: account changes"
}
TWO = {
    "  - {name: account changes": "  - {name: letters, act: reply, grade: two}\n"
    "  - {name: account changes"
}


def mourned(world: World, who: str = ANA) -> tuple[int, Seen]:
    """A ticket of a loss, claimed."""
    ticket = world.write("joy", GRIEF, "My husband's profile")
    card(world, who, ESCALATIONS).press("Claim", by=who)
    return ticket, card(world, who, ESCALATIONS)


def written(world: World, text: str = KIND) -> tuple[int, Seen]:
    """The letter waits, as Lea sees it."""
    ticket, seen = mourned(world)
    reply(world, seen, text)
    return ticket, card(world, LEA, APPROVALS)


def states(world: World) -> list[ApprovalState]:
    with world.looking() as uow:
        return [one.state for one in uow.approvals.of_ticket(1)]


def test_a_letter_about_a_loss_waits_until_somebody_else_has_read_it(world: World) -> None:
    """Law: the whole text is shown; what is sent is what was approved, letter by letter."""
    ticket, seen = written(world)
    before = world.customer_reads(ticket)
    assert KIND in seen.text and "written by Ana Ruiz, who may not approve it" in seen.text
    assert KIND not in before
    seen.press("Approve")
    assert world.customer_reads(ticket) == [*before, KIND]
    [entry] = audit(world, "approval granted")
    assert entry.actor == "lea"


def test_whoever_sends_it_is_told_that_it_waits_and_why(world: World) -> None:
    _, seen = mourned(world)
    view = seen.press("Reply to customer")["view"]
    answer = fill(world, ANA, view, text=KIND)
    assert "this touches a loss" in words_of(answer["view"])
    assert "waits until somebody else has read" in card(world, ANA, ESCALATIONS).text


@pytest.mark.app_yaml({"Ana Ruiz, roles: [specialist]": "Ana Ruiz, roles: [specialist, approver]"})
def test_nobody_approves_their_own_letter(world: World) -> None:
    _, seen = written(world)
    seen.press("Approve", by=ANA)
    assert "You asked for this yourself" in told(world, ANA, APPROVALS)
    assert states(world) == [ApprovalState.PENDING]


def test_an_ordinary_letter_leaves_at_once(world: World) -> None:
    ticket = world.write("joy", "Please let me speak with a real person.", "The rota prints blank")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    reply(world, card(world, ANA, ESCALATIONS), "Please choose Print again. Ana")
    assert world.customer_reads(ticket)[-1] == "Please choose Print again. Ana"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Our lawyer asks for the contract. A real person, please.", "a legal matter"),
        ("Somebody has hacked our account. A real person, please.", "safety or security"),
    ],
)
def test_what_the_customer_writes_makes_it_sensitive(world: World, words: str, why: str) -> None:
    world.write("joy", words, "Please look")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    view = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
    assert why in words_of(fill(world, ANA, view, text="I look at this now. Ana")["view"])


def test_what_goes_to_a_customer_of_a_high_tier_is_read_first(world: World) -> None:
    world.write("big", "Please let me speak with a real person.", "The rota prints blank")
    card(world, ANA, ENTERPRISE).press("Claim", by=ANA)
    view = card(world, ANA, ENTERPRISE).press("Reply to customer")["view"]
    answer = fill(world, ANA, view, text="Please choose Print again. Ana")
    assert "a customer of a high tier" in words_of(answer["view"])


@pytest.mark.app_yaml({"{grace: 0s, step_up: {}}": "{grace: 0s, step_up: {}, sensitive: [legal]}"})
def test_a_company_says_what_is_sensitive(world: World) -> None:
    ticket, seen = mourned(world)
    reply(world, seen, KIND)
    assert world.customer_reads(ticket)[-1] == KIND


def test_what_is_changed_before_the_yes_is_what_is_sent(world: World) -> None:
    """Law: and whoever changed it does not approve it either."""
    ticket, seen = written(world)
    view = seen.press("Change before approval", by=LEA)["view"]
    shorter = "We are sorry for your loss, Joy. I write tomorrow. Ana"
    again = fill(world, LEA, view, new_text=shorter)
    while "view" in again:
        again = fill(world, LEA, again["view"], new_text=shorter)
    seen = card(world, LEA, APPROVALS)
    seen.press("Approve", by=LEA)
    assert "You changed this yourself" in told(world, LEA, APPROVALS)
    seen.press("Approve", by=MAX)
    assert world.customer_reads(ticket)[-1] == shorter


def test_a_no_goes_back_with_its_reason_and_the_words_are_not_lost(world: World) -> None:
    """Law: the form holds them when its writer replies again, and the customer still waits."""
    ticket, seen = written(world)
    view = seen.press("Reject")["view"]
    assert fill(world, LEA, view, reason="Say that nothing is billed any more")["ok"]
    assert any("Say that nothing is billed" in one.text for one in direct(world, ANA))
    assert KIND not in world.customer_reads(ticket)
    again = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
    assert KIND in str(again["blocks"])


def test_silence_sends_nothing_and_is_told(world: World) -> None:
    ticket, _ = written(world)
    world.later(hours=5)
    assert states(world) == [ApprovalState.EXPIRED]
    assert any("Nobody read your reply in time" in one.text for one in direct(world, ANA))
    assert KIND not in world.customer_reads(ticket)


def test_its_writer_withdraws_it_and_nobody_else_does(world: World) -> None:
    ticket, seen = written(world)
    seen.press("Withdraw", by=LEA)
    assert "Only whoever asked for it" in told(world, LEA, APPROVALS)
    seen.press("Withdraw", by=ANA)
    assert states(world) == [ApprovalState.WITHDRAWN]
    assert "took it back" in card(world, LEA, APPROVALS).text
    assert KIND not in world.customer_reads(ticket)


def test_a_question_goes_to_its_writer_who_answers_with_other_words(world: World) -> None:
    """Law: the new words are a new version, that others approve."""
    ticket, seen = written(world)
    view = seen.press("Ask for changes", by=LEA)["view"]
    assert fill(world, LEA, view, question="Who closes the profile?")["ok"]
    assert any("Who closes the profile?" in one.text for one in direct(world, ANA))
    better = "We are sorry for your loss, Joy. I close his profile today. Ana"
    [own] = [one for one in direct(world, ANA) if "Answer" in one.labels]
    form = own.press("Answer")["view"]
    again = fill(world, ANA, form, new_text=better, note="I do, today.")
    while "view" in again:
        again = fill(world, ANA, again["view"], new_text=better, note="I do, today.")
    card(world, LEA, APPROVALS, 0).press("Approve", by=LEA)
    assert world.customer_reads(ticket)[-1] == better


def test_a_ticket_is_not_resolved_over_a_letter_that_waits(world: World) -> None:
    written(world)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    answer = fill(world, ANA, view, verdict="rightly")
    assert "still waits for approval" in str(answer)


def test_what_it_promised_counts_only_once_it_is_sent(world: World) -> None:
    _, seen = mourned(world)
    view = seen.press("Reply to customer")["view"]
    fill(world, ANA, view, text=KIND, until_told="tomorrow 17:00", until="tomorrow 17:00")
    card(world, LEA, APPROVALS).press("Withdraw", by=ANA)
    with world.looking() as uow:
        made = uow.session.query(Promise).filter(Promise.source == "reply").all()
        assert [one.state for one in made] == [PromiseState.LAPSED]


@pytest.mark.app_yaml(NEVER)
def test_where_no_gate_lets_it_pass_its_writer_hears_so_at_once(world: World) -> None:
    """Law: with the words, so that they can be sent from elsewhere."""
    _, seen = mourned(world)
    reply(world, seen, KIND)
    [words] = [one.text for one in direct(world, ANA) if "was not sent" in one.text]
    assert "no letters" in words and KIND in words
    assert states(world) == []


@pytest.mark.app_yaml(TWO)
def test_a_gate_may_ask_for_two_readers(world: World) -> None:
    ticket, seen = written(world)
    seen.press("Approve", by=LEA)
    assert KIND not in world.customer_reads(ticket)
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert world.customer_reads(ticket)[-1] == KIND


def test_whoever_decides_may_be_reminded_later(world: World) -> None:
    _, seen = written(world)
    seen.press("Remind me in an hour", by=LEA)
    assert "reminded of it in an hour" in told(world, LEA, APPROVALS)
    before = len(direct(world, LEA))
    world.later(hours=1, minutes=1)
    assert len(direct(world, LEA)) == before + 1


def test_the_same_words_once_more_are_given_back(world: World) -> None:
    """Law: on one ticket they are sent once, and nothing that somebody wrote is lost silently."""
    ticket, seen = written(world)
    seen.press("Approve")
    reply(world, card(world, ANA, ESCALATIONS), KIND)
    assert any("approved for this ticket already" in one.text for one in direct(world, ANA))
    assert world.customer_reads(ticket).count(KIND) == 1


def test_what_becomes_of_its_ticket_is_told_to_its_writer(world: World) -> None:
    """Law: a letter that is taken along is not sent, and its words wait in the form."""
    ticket, _ = written(world)
    world.work_in_desk(ticket, status="solved")
    assert states(world) == [ApprovalState.WITHDRAWN]
    assert any("withdrawn before anybody read it" in one.text for one in direct(world, ANA))
    assert KIND not in world.customer_reads(ticket)
