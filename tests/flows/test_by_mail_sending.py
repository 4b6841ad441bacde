"""When whoever may decide is written to, who they are, and what a mail server may answer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.models import Delivery, DeliveryState, MailLink
from tests.cli.conftest import Shell
from tests.company import ADMIN, APP_YAML, APPROVALS, LEA, MAX, NIA
from tests.flows.enrolling import enrolled
from tests.flows.letters import (
    LEAS,
    MAIL,
    NIAS,
    Letters,
    approve,
    ask_standings,
    connect,
    free_port,
    look,
    outage,
)
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import card, messages
from tests.world import World

pytestmark = pytest.mark.app_yaml(MAIL)


def test_while_chat_takes_what_it_is_told_nobody_is_written_to(
    world: World, letters: Letters
) -> None:
    enrolled(world, LEA)
    ask_standings(world)
    refund_asked(world)
    world.later(hours=2)
    world.later(minutes=6)
    world.later(hours=2)
    assert letters.arrived == []


def test_an_outage_that_ends_in_time_is_none(world: World, letters: Letters) -> None:
    enrolled(world, LEA)
    ask_standings(world)
    world.workspace.faults.down = True
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    world.later(minutes=4)
    assert letters.arrived == []
    world.workspace.faults.down = False
    world.later(minutes=1)
    assert letters.arrived == [] and "Approve" in card(world, LEA, APPROVALS).labels


def test_what_was_shown_before_the_outage_is_mailed_with_the_reminder(
    world: World, letters: Letters
) -> None:
    """Law: a reminder that reaches nobody says that chat is down, also for a card that stands."""
    key = enrolled(world, LEA)
    ask_standings(world)
    refund_asked(world)
    world.workspace.faults.down = True
    world.later(hours=2)
    assert letters.arrived == []
    world.later(minutes=5)
    [letter] = letters.arrived
    assert approve(world, letter.link, key).status_code == 200
    assert len(world.refunds) == 1


def test_whoever_cannot_use_it_is_named(world: World, letters: Letters) -> None:
    """Law: those without an e-mail address or an authenticator are told of where others read."""
    enrolled(world, LEA)
    ask_standings(world)
    outage(world)
    assert [one.to for one in letters.arrived] == [LEAS]
    [mailed] = audit(world, "approval mailed")
    assert mailed.data["sent"] == ["lea"]
    assert {"max", "nia"} <= set(mailed.data["left_out"])
    world.workspace.faults.down = False
    world.later(minutes=1)
    said = messages(world, MAX, ADMIN)
    [told] = [one for one in said if "a link went to Lea Sand" in one.text]
    assert "Max Vidal has none: no e-mail address" in told.text
    assert "Nia Fox has none: no authenticator" in told.text
    assert "Lea" not in told.fallback


def test_the_clock_writes_once_and_a_person_as_often_as_asked(
    world: World, letters: Letters, tmp_path: Path
) -> None:
    """Law: `backstop approvals mail` says that chat is down before anybody waited; of several
    links of one person one counts."""
    _now(world)
    key = enrolled(world, LEA)
    ask_standings(world)
    refund_asked(world)
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    shell = Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"}, _file())
    said = shell.run("approvals", "mail", "1")
    assert shell.code == 0 and "Lea Sand: a link is on its way." in said
    assert "Nia Fox: none, no authenticator that is confirmed." in said
    shell.run("approvals", "mail", "1")
    _now(world)
    first, second = letters.to(LEAS)
    assert first.link != second.link
    world.workspace.faults.down = True
    world.later(hours=2)
    world.later(minutes=6)
    assert len(letters.arrived) == 2
    assert approve(world, first.link, key).status_code == 200
    assert look(world, second.link).status_code == 410
    shell.run("approvals", "mail", "1")
    assert shell.code == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 No such person", DeliveryState.DEAD), ("451 Later", DeliveryState.WAITING)],
)
def test_a_no_is_parked_and_a_not_now_comes_back(
    world: World, letters: Letters, answer: str, state: DeliveryState
) -> None:
    letters.answer = answer
    enrolled(world, LEA)
    ask_standings(world)
    outage(world)
    with world.looking() as uow:
        [sending] = uow.session.query(Delivery).filter(Delivery.step == "mail link").all()
        assert sending.state is state and LEAS not in str(sending.error)
        assert uow.session.query(MailLink).all() == []
    letters.answer = ""
    world.later(minutes=1)
    assert len(letters.arrived) == (state is DeliveryState.WAITING)


def test_a_mail_server_that_is_away_is_waited_for(world: World, letters: Letters) -> None:
    connect(world, free_port())
    enrolled(world, LEA)
    enrolled(world, NIA)
    ask_standings(world)
    outage(world)
    assert letters.arrived == []
    here = letters.server()
    here.start()
    connect(world, here.port)
    world.later(minutes=1)
    here.stop()
    assert {one.to for one in letters.arrived} == {LEAS, NIAS}


def test_an_answer_that_never_came_is_sent_again_and_harms_nobody(
    world: World, letters: Letters
) -> None:
    letters.hangs_up = 1
    key = enrolled(world, LEA)
    ask_standings(world)
    outage(world)
    world.later(minutes=1)
    first, second = letters.to(LEAS)
    assert approve(world, first.link, key).status_code == 200
    assert look(world, second.link).status_code == 410
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({})
def test_without_its_key_there_is_no_such_page(world: World) -> None:
    assert world.server.http.get("/approve/x").status_code == 404
    refund_asked(world)
    with world.looking() as uow:
        assert "ChatChecked" not in {row.event for row in uow.session.query(Delivery).all()}


def _now(world: World) -> None:
    """The command lives in real time, to which the world's clock is set."""
    world.clock.set(max(world.clock.now(), datetime.now(UTC)))
    world.settle()


def _file() -> str:
    text = APP_YAML
    for old, new in MAIL.items():
        text = text.replace(old, new)
    return text.replace("URL", "http://127.0.0.1:1")
