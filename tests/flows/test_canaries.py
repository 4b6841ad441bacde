"""What people refused before is shown once more, to see whether cards are still read."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.watchers import Watchers
from storage.models import Approval, Canary, CanaryState, Delivery, Effect, TicketStatus
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import ANA, APPROVALS, BEN, DEE, LEA, MAX, NIA
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import Seen, card, fill, messages, whispers
from tests.flows.test_deciding import ALL, MANY, approved
from tests.handlers.slack_reader import shown as view_words
from tests.world import World

CANARIES = {
    "approvals: {grace: 0s, step_up: {}}": "approvals: {grace: 0s, step_up: {}, canaries: 30d}"
}
HOURS = {
    f"{last}], slack: U0": f'{last}], hours: "Mon-Fri 09:00-17:00", slack: U0'
    for last in ("approver", "admin")
}
pytestmark = pytest.mark.app_yaml(CANARIES)


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "250"})


def looked(world: World) -> None:
    """The watcher's turn has come."""
    asyncio.run(Watchers(world.backstop).show_canaries())
    world.settle()


def refused(world: World) -> Seen:
    """The card as it stood there before somebody said no to it."""
    _, seen = refund_asked(world)
    view = seen.press("Reject")["view"]
    fill(world, LEA, view, reason="She has it back already.")
    return seen


def canary(world: World) -> Seen:
    refused(world)
    looked(world)
    world.later(days=50)
    looked(world)
    return card(world, LEA, APPROVALS)


def state(world: World) -> list[CanaryState]:
    with world.looking() as uow:
        return [one.state for one in uow.session.query(Canary).order_by(Canary.id)]


def resolve(uow: UnitOfWork) -> None:
    """As it is a month later."""
    uow.tickets.get(1).status = TicketStatus.RESOLVED


def counted(world: World) -> tuple[int, int]:
    with world.looking() as uow:
        return uow.session.query(Effect).count(), uow.session.query(Approval).count()


def test_it_is_announced_first_and_comes_later(world: World) -> None:
    """Law: nobody is tried unannounced, and never twice within half the time."""
    refused(world)
    looked(world)
    assert "nothing is done by it" in card(world, LEA, APPROVALS).text.lower()
    for _ in range(2):
        world.later(days=7)
        looked(world)
    assert state(world) == []
    world.later(days=40)
    looked(world)
    looked(world)
    assert state(world) == [CanaryState.WAITING]
    assert len([one for one in messages(world, LEA, APPROVALS) if "Canaries" in one.text]) == 1


def test_it_looks_as_the_act_did(world: World) -> None:
    """Law: nothing that a person sees tells it from an approval."""
    real = refused(world)
    world.backstop.writer.run(resolve)
    looked(world)
    world.later(days=50)
    looked(world)
    shown = card(world, LEA, APPROVALS)
    assert shown.labels == real.labels
    assert "resolved meanwhile" not in shown.text
    told, was = ([line for line in one.text.splitlines()] for one in (shown, real))
    changed = [line for line in was if line not in told]
    # When it expires, how long ago the last payment was: what time alone has changed.
    assert all(" UTC" in line or "days" in line for line in changed), changed
    assert shown.fallback.startswith("Refund 49.00 USD for ticket #1: waits for a decision")


@pytest.mark.parametrize(
    ("label", "ended"),
    [
        ("Approve", CanaryState.GRANTED),
        ("Reject", CanaryState.DOUBTED),
        ("Ask for changes", CanaryState.DOUBTED),
        ("Comment", CanaryState.DOUBTED),
    ],
)
def test_nothing_is_done_by_it_and_nobody_is_named(
    world: World, label: str, ended: CanaryState
) -> None:
    """Law: whoever pressed learns what it was; that it was them is kept nowhere."""
    shown, before = canary(world), counted(world)
    view = shown.press(label, by=LEA)["view"]
    assert "This is a canary" in view_words(view) and "She has it back already." in view_words(view)
    assert state(world) == [ended]
    over = card(world, LEA, APPROVALS)
    assert "This was a canary" in over.text and over.labels == []
    assert "Lea" not in over.text and label not in over.text
    [entry] = audit(world, "canary answered")
    assert (entry.actor, entry.data) == ("somebody", {})
    with world.looking() as uow:
        sent = [json.dumps(one.payload) for one in uow.session.query(Delivery)]
    assert not any("canary" in one and LEA in one for one in sent)
    world.later(days=8)
    assert world.refunds == []
    assert counted(world) == before


def test_the_second_answer_changes_nothing(world: World) -> None:
    shown = canary(world)
    shown.press_only("Reject", by=DEE)
    shown.press("Approve", by=LEA)
    assert state(world) == [CanaryState.DOUBTED]
    assert len(audit(world, "canary answered")) == 1


def test_whoever_may_not_decide_is_refused_as_ever(world: World) -> None:
    """Law: a canary is no way to learn what one may not decide about."""
    shown = canary(world)
    shown.press("Approve", by=ANA)
    assert "canary" not in whispers(world, ANA, APPROVALS)[-1]
    assert state(world) == [CanaryState.WAITING]
    # What they pressed stands nowhere either.
    refusal = audit(world, "refused")[-1]
    assert set(refusal.data) == {"canary", "because"}


def test_what_nobody_answers_is_over(world: World) -> None:
    canary(world)
    world.later(hours=5)
    assert state(world) == [CanaryState.OVER]
    assert "This was a canary" in card(world, LEA, APPROVALS).text


def test_what_was_refused_lately_rests(world: World) -> None:
    """Law: whoever refused it has had a month to forget it."""
    looked(world)
    world.later(days=50)
    refused(world)
    looked(world)
    assert state(world) == []
    world.later(days=31)
    looked(world)
    assert state(world) == [CanaryState.WAITING]


@pytest.mark.app_yaml(CANARIES | HOURS)
def test_it_comes_while_somebody_is_at_work(world: World) -> None:
    """Law: it is held against nobody that they sleep."""
    refused(world)
    looked(world)
    world.later(days=50, hours=14)
    looked(world)
    assert state(world) == []
    world.later(hours=84)
    looked(world)
    assert state(world) == [CanaryState.WAITING]


def test_each_refusal_is_shown_once_more_at_most(world: World) -> None:
    canary(world).press("Reject", by=LEA)
    world.later(days=60)
    looked(world)
    assert len(state(world)) == 1


@pytest.mark.app_yaml(MANY | CANARIES)
def test_how_they_were_answered_is_told_of_five_people_or_more(world: World, shell: Shell) -> None:
    """Law: of all together, and of few people nothing but that there was one."""
    canary(world).press("Approve", by=LEA)
    told = shell.run("consent", *ALL)
    assert "Canaries: 1. Not told of fewer than 5 people" in told
    for number, who in enumerate((LEA, MAX, NIA, ANA, BEN)):
        approved(world, f"{31 + number}.00", who)
    told = shell.run("consent", *ALL)
    assert "Canaries: 1. Approved of 1 answered: 1 (100%, 21% to 100%); late: 0." in told


@pytest.mark.app_yaml({})
def test_as_shipped_there_is_none(world: World) -> None:
    refused(world)
    looked(world)
    world.later(days=60)
    looked(world)
    assert state(world) == []
    assert [one for one in messages(world, LEA, APPROVALS) if "anar" in one.text] == []
