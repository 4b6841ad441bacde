"""The approval policy is under the gate too: what loosens it takes two administrators."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import Backstop, build
from bot.commands import NotePeople, NoteStart
from bot.config import load
from bot.governance_commands import AgreeToPolicy
from bot.people import Account, Standing
from tests.company import ADMIN, APP_YAML, APPROVALS, DEE, KIM, LEA, MAX, SECRETS
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import Seen, card, messages, told
from tests.world import World, application

# A second administrator, beside Max.
TWO = {
    "roles: [specialist, lead, approver], slack: U0LEA": "roles: [specialist, lead, approver, "
    "admin], slack: U0LEA"
}
ONE_APPROVER = "act: refund, up_to: 50000, currency: USD, grade: one}"
NOBODY_ASKED = "act: refund, up_to: 50000, currency: USD, grade: auto}"
TWO_APPROVERS = "act: refund, up_to: 50000, currency: USD, grade: two}"
TITLE = "app.yaml would loosen who may approve what"

pytestmark = pytest.mark.app_yaml(TWO)
Restart = Callable[..., World]


@pytest.fixture
def restart(tmp_path: Path, world: World) -> Iterator[Restart]:
    """The bot starts anew on the same database, with another app.yaml."""
    started = ExitStack()

    def again(changes: dict[str, str] | None = None, base: dict[str, str] = TWO) -> World:
        text = APP_YAML.replace("URL", world.server.url)
        for old, new in {**base, **(changes or {})}.items():
            assert old in text, old
            text = text.replace(old, new, 1) if old == ONE_APPROVER else text.replace(old, new)
        file = tmp_path / "other.yaml"
        file.write_text(text, encoding="utf-8")
        url = world.backstop.engine.url.render_as_string(hide_password=False)
        environ = SECRETS | {"BACKSTOP_DATABASE_URL": url}
        bot: Backstop = build(load(file, environ), environ, world.clock, world.backstop.outside)
        started.callback(bot.close)
        bot.bus.handle(NoteStart())
        now = replace(world, backstop=bot)
        world.server.app = application(now)
        now.settle()
        return now

    with started:
        yield again


def asked(world: World, who: str = MAX) -> Seen:
    """The newest card of a policy."""
    return [one for one in messages(world, who, ADMIN) if TITLE in one.text][-1]


def test_the_first_policy_of_all_is_the_one_it_starts_with(world: World, restart: Restart) -> None:
    now = restart()
    [adopted] = audit(now, "policy adopted")
    assert not [one for one in messages(now, MAX, ADMIN) if TITLE in one.text]
    [start] = audit(now, "policy at start")
    assert start.data["digest"] == adopted.data["digest"]


def test_what_loosens_keeps_its_old_value_until_two_administrators_agree(
    world: World, restart: Restart
) -> None:
    """Law: whoever can edit a file cannot hand out money with it."""
    restart()
    now = restart({ONE_APPROVER: NOBODY_ASKED})
    shown = asked(now)
    assert "20.01 USD to 500.00 USD" in shown.text and "nobody is asked" in shown.text
    _, waits = refund_asked(now)
    assert "two administrators have to agree to" not in waits.text and now.refunds == []
    shown.press("Agree")
    assert "1 of 2 have agreed: Max Vidal" in asked(now).text
    asked(now).press("Agree", by=MAX)
    assert "another administrator is needed" in told(now, MAX, ADMIN)
    now.do(MAX, "join", channel=ADMIN, user=LEA)
    asked(now, LEA).press("Agree", by=LEA)
    assert "Agreed to" in asked(now).text and asked(now).labels == []
    assert any("have agreed to the looser" in one.text for one in messages(now, MAX, ADMIN))
    # It runs with what it was started with.
    card(now, LEA, APPROVALS).press("Approve")
    assert len(now.refunds) == 1
    again = restart({ONE_APPROVER: NOBODY_ASKED})
    again.write("nox", "Please refund my last payment of 30.00 USD.", "Money back")
    again.write("big", "Please refund my last payment of 120.00 USD.", "Money back")
    assert "ch_big" in [one["charge"] for one in again.refunds]
    assert [one.data["agreed"] for one in audit(again, "policy in force")] == [["max", "lea"]]


def test_who_could_not_agree_any_more_has_not(world: World, restart: Restart) -> None:
    """Law: each agreement is read again with the last one, as every other yes."""
    restart()
    now = restart({ONE_APPROVER: NOBODY_ASKED})
    asked(now).press("Agree")
    now.backstop.directory.part(frozenset({"max"}))
    now.do(MAX, "join", channel=ADMIN, user=DEE)
    asked(now, DEE).press("Agree", by=DEE)
    assert "1 of 2 have agreed: Dee Holt" in asked(now, DEE).text
    assert audit(now, "policy in force") == []


def test_who_belongs_to_us_is_read_again_without_a_start(world: World, restart: Restart) -> None:
    """Law: what was refused is not asked about anew every few minutes."""
    restart()
    now = restart({ONE_APPROVER: NOBODY_ASKED})
    asked(now).press("Refuse")
    started = len(audit(now, "policy at start"))
    now.backstop.bus.handle(NotePeople())
    now.settle()
    assert len(audit(now, "policy at start")) == started
    assert len([one for one in messages(now, MAX, ADMIN) if TITLE in one.text]) == 1


def test_what_tightens_counts_at_once(world: World, restart: Restart) -> None:
    restart()
    now = restart({ONE_APPROVER: TWO_APPROVERS})
    assert not [one for one in messages(now, MAX, ADMIN) if TITLE in one.text]
    assert audit(now, "policy tightened")
    refund_asked(now)
    card(now, LEA, APPROVALS).press("Approve")
    assert now.refunds == []
    # And is what has to be agreed to before it is undone.
    back = restart()
    assert "two different approvers (approver)" in asked(back).text
    card(back, MAX, APPROVALS).press("Approve")
    assert len(back.refunds) == 1


def test_of_a_file_that_does_both_each_part_goes_its_own_way(
    world: World, restart: Restart
) -> None:
    restart()
    now = restart(
        {
            "limits: {refund: 5000}": "limits: {refund: 90000}",
            "limits: {refunds_per_customer_day: 2}": "limits: {refunds_per_customer_day: 1}",
        }
    )
    seen = asked(now).text
    waits, _, counts = seen.partition("Counts already")
    assert "Who decides: nia" in waits and "refund up to 90000" in waits
    assert "refunds_per_customer_day" in counts
    assert now.backstop.settings.limits.refunds_per_customer_day == 1
    nia = now.backstop.directory.get("nia")
    assert nia is not None and nia.limits["refund"].amount == 5000


def test_nobody_makes_themselves_an_administrator(world: World, restart: Restart) -> None:
    """Law: who may agree to a policy is said by the one before it."""
    restart()
    now = restart({"roles: [approver], slack: U0NIA": "roles: [approver, admin], slack: U0NIA"})
    now.do(MAX, "join", channel=ADMIN, user="U0NIA")
    asked(now).press("Agree", by="U0NIA")
    assert "for administrators" in told(now, "U0NIA", ADMIN)
    asked(now).press("Refuse", by=KIM)
    assert "Agree" in asked(now).labels


def test_a_refused_one_is_asked_again_at_the_next_start_alone(
    world: World, restart: Restart
) -> None:
    restart()
    now = restart({ONE_APPROVER: NOBODY_ASKED})
    asked(now).press("Refuse")
    assert "Refused" in asked(now).text and "By Max Vidal" in asked(now).text
    asked_before = len([one for one in messages(now, MAX, ADMIN) if TITLE in one.text])
    again = restart({ONE_APPROVER: NOBODY_ASKED})
    assert len([one for one in messages(again, MAX, ADMIN) if TITLE in one.text]) > asked_before
    assert asked(again).labels == ["Agree", "Refuse"]
    once_more = restart({ONE_APPROVER: NOBODY_ASKED})
    assert len([one for one in messages(once_more, MAX, ADMIN) if TITLE in one.text]) == 2


def test_what_the_file_asks_for_no_more_cannot_be_agreed_to(world: World, restart: Restart) -> None:
    """Law: an agreement is to exactly what the card shows."""
    restart()
    now = restart({ONE_APPROVER: NOBODY_ASKED})
    stale = asked(now)
    back = restart()
    assert "Not asked for any more" in asked(back).text
    value = stale.value("Agree")
    by = Account("slack", MAX, "T0HOME", Standing.MEMBER)
    answer = back.backstop.bus.handle(AgreeToPolicy(by, value["policy"], value["digest"]))
    assert "decided already" in str(answer)
    other = restart({ONE_APPROVER: NOBODY_ASKED})
    newest = asked(other).value("Agree")["policy"]
    answer = other.backstop.bus.handle(AgreeToPolicy(by, newest, "of something else"))
    assert "something else since" in str(answer)
