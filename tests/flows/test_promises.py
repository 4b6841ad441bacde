"""What a customer was told to expect: on record, reminded of before its time, broken in sight."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from bot.commands import NoteStart
from storage.models import Delivery, Promise, PromiseState
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import ANA, BEN, ESCALATIONS, LEA, MAX
from tests.flows.scenes import audit, claimed, escalated, reply
from tests.flows.screen import card, direct, fill, messages, refused, words_of
from tests.flows.test_home import home
from tests.flows.test_unsent import close
from tests.world import World

LETTER = "Hello Joy, I have asked the people who print the rota. I will write again by tomorrow."


def promises(world: World) -> list[Promise]:
    with world.looking() as uow:
        return list(uow.session.query(Promise).order_by(Promise.id))


def states(world: World) -> list[str]:
    return [promise.state.value for promise in promises(world)]


def promised(world: World, until: str = "2h") -> int:
    """Ana's reply that says when Joy hears from her again; the help desk's ticket."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    assert fill(world, ANA, view, text="I am on it. Please wait a little.", until=until)["ok"]
    return ticket


def test_what_triage_tells_the_customer_is_a_promise_of_whoever_claims(world: World) -> None:
    """Law: it has an owner from the claim on, and none before it and after a release."""
    _, seen = escalated(world)
    [made] = promises(world)
    assert (made.source, made.owner, made.state) == ("escalation", None, PromiseState.OPEN)
    assert f"{made.due:%Y-%m-%d %H:%M} UTC" in seen.fallback
    seen.press("Claim")
    assert promises(world)[0].owner == "ana"
    card(world, ANA, ESCALATIONS).press("Release")
    assert promises(world)[0].owner is None


@pytest.mark.parametrize("hooks_lost", [0.0, 1.0])
def test_an_answer_keeps_it(world: World, hooks_lost: float) -> None:
    """Law: also where the help desk tells us nothing of our own words."""
    _, seen = claimed(world)
    world.desk.faults.hook_lose = hooks_lost
    reply(world, seen, "Hello Joy, please open the rota and press Print again.")
    assert states(world) == ["kept"]
    assert "Promised to the customer" not in card(world, ANA, ESCALATIONS).text


def test_a_colleagues_answer_in_the_help_desk_keeps_it_too(world: World) -> None:
    ticket, _ = claimed(world)
    world.work_in_desk(ticket, public=True, comment="Please press Print again.")
    assert states(world) == ["kept"]


def test_the_owner_is_reminded_before_it_is_due(world: World) -> None:
    """Law: with a quarter of the time left, by the clock on which they set it, and not at all where
    it was kept by then."""
    promised(world)
    before = len(direct(world, ANA))
    world.later(minutes=89)
    assert len(direct(world, ANA)) == before
    world.later(minutes=2)
    due = promises(world)[-1].due.astimezone(ZoneInfo("Europe/Berlin"))
    told = f"was promised an answer by {due:%Y-%m-%d %H:%M} (Europe/Berlin)"
    assert told in direct(world, ANA)[-1].text
    assert states(world) == ["kept", "open"]


def test_a_promise_that_is_missed_is_broken_in_sight(world: World) -> None:
    """Law: on the card, in the number's answer and at Home; an answer behind it comes late."""
    ticket = promised(world)
    world.later(hours=2, minutes=1)
    assert states(world) == ["kept", "broken"]
    assert "is late" in direct(world, ANA)[-1].text
    seen = card(world, ANA, ESCALATIONS)
    assert "Promise broken" in seen.text
    assert "is late since" in seen.fallback
    shown = words_of(seen.press("Show the conversation")["view"])
    assert "Promise broken, due" in shown
    assert len(audit(world, "promise broken")) == 1
    for who, is_told in ((ANA, True), (LEA, True), (MAX, True), (BEN, False)):
        assert ("Promises that are broken" in home(world, who)) is is_told, who
    reply(world, seen, "Hello Joy, please press Print again.")
    assert states(world) == ["kept", "late"]
    assert "Promise broken" not in card(world, ANA, ESCALATIONS).text
    assert len(world.customer_reads(ticket)) == 3


def test_where_nobody_holds_it_the_channel_is_told(world: World) -> None:
    """Law: a promise without an owner is nobody's secret."""
    escalated(world)
    [made] = promises(world)
    world.later(seconds=(made.due - START).total_seconds() + 60)
    told = [one.text or one.fallback for one in messages(world, ANA, ESCALATIONS)]
    assert any("is late. Nobody has claimed it yet." in text for text in told)


@pytest.mark.parametrize("ends", ["resolve", "desk", "another", "wait"])
def test_what_nobody_waits_for_lapses(world: World, ends: str) -> None:
    """Law: nobody is late on a ticket that is over, another's, or waits for its customer."""
    ticket, seen = claimed(world)
    if ends == "resolve":
        view = seen.press("Resolve")["view"]
        assert fill(world, ANA, view, verdict="rightly")["ok"]
    elif ends == "wait":
        seen.press("Wait for customer")
    elif ends == "desk":
        world.work_in_desk(ticket, status="solved")
    else:
        world.work_in_desk(ticket, requester="sol@small.example")
    world.later(hours=30)
    assert states(world)[0] == "lapsed"
    assert audit(world, "promise broken") == []


def test_words_that_never_arrived_have_promised_nothing(world: World) -> None:
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    close(world, ticket)
    fill(world, ANA, view, text="I am on it. Please wait a little.", until="2h")
    world.later(hours=3)
    assert states(world)[-1] == "lapsed"


def test_a_deed_told_in_the_present_is_a_promise_too(world: World) -> None:
    """Law: nobody has to write "will" to be reminded of what they told a customer."""
    ticket, seen = claimed(world)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text="I call you at 16:30.")
    assert "promised_time" in words_of(back["view"])
    assert offered(back["view"]).endswith("16:30")
    assert len(world.customer_reads(ticket)) == 1


def test_a_time_in_the_text_is_offered_as_a_promise(world: World) -> None:
    """Law: nothing is sent before the writer has seen it; the time is theirs to keep or to drop."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    back = fill(world, ANA, view, text=LETTER)["view"]
    assert "promised_time" in words_of(back)
    assert LETTER not in world.customer_reads(ticket)
    assert fill(world, ANA, back, text=LETTER, until_told=offered(back))["ok"]
    assert world.customer_reads(ticket)[-1] == LETTER
    [_, made] = promises(world)
    assert (made.source, made.owner) == ("reply", "ana")
    assert f"{made.due:%H:%M}" == "15:00"


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("by 17:00", "09-23 15:00"),
        ("at 5pm", "09-23 15:00"),
        ("on 30.09.2026", "09-30 15:00"),
        ("within 48h", "09-25 09:00"),
        ("next week", "10-02 15:00"),
    ],
)
def test_a_time_is_offered_however_it_is_said(world: World, told: str, due: str) -> None:
    _, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    text = f"Please wait a little. We will have an answer {told}."
    back = fill(world, ANA, view, text=text)["view"]
    assert fill(world, ANA, back, text=text, until_told=offered(back))["ok"]
    assert f"{promises(world)[-1].due:%m-%d %H:%M}" == due


def test_a_time_that_is_dropped_is_sent_without_a_record(world: World) -> None:
    ticket, seen = claimed(world)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text=LETTER)["view"]
    assert fill(world, ANA, back, text=LETTER, until_told="")["ok"]
    assert world.customer_reads(ticket)[-1] == LETTER
    assert len(promises(world)) == 1


@pytest.mark.parametrize("until", ["soon", "2001-01-01", "99:99"])
def test_what_is_no_time_ahead_is_told_in_the_form(world: World, until: str) -> None:
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    answer = fill(world, ANA, view, text="Please wait.", until=until)
    assert "names no time ahead" in refused(answer)
    assert "Please wait." not in world.customer_reads(ticket)


def test_what_an_earlier_version_promised_has_its_timers_at_the_next_start(world: World) -> None:
    """Law: its owner is reminded and it is broken in time; many starts are one reminder."""
    promised(world)

    def forget(uow: UnitOfWork) -> None:
        timers = Delivery.step.in_(["remind of promise", "miss promise"])
        uow.session.execute(delete(Delivery).where(timers))

    world.backstop.writer.run(forget)
    for _ in range(3):
        world.backstop.bus.handle(NoteStart())
        world.settle()
    before = len(direct(world, ANA))

    for _ in range(26):
        world.later(minutes=5)
        world.backstop.bus.handle(NoteStart())

    assert states(world) == ["kept", "broken"]
    told = [one.text for one in direct(world, ANA)[before:]]
    assert sum("was promised an answer by" in text for text in told) == 1
    assert sum("is late" in text for text in told) == 1


def offered(view: dict[str, object]) -> str:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    [value] = [b["element"]["initial_value"] for b in blocks if b["block_id"] == "until_told"]
    return str(value)
