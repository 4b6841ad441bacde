"""While chat is down an approval is decided on a page of our own, reached by e-mail."""

import threading

import httpx
import pytest

from bot.authenticators import STEP_S, TRIES
from storage.models import Approval, ApprovalState, MailLink
from tests.company import APPROVALS, LEA, MAX, NIA
from tests.flows.enrolling import code, enrolled
from tests.flows.letters import (
    LEAS,
    MAIL,
    NIAS,
    Letters,
    approve,
    ask_standings,
    lea_is_asked,
    look,
    outage,
    reject,
)
from tests.flows.scenes import audit
from tests.flows.screen import card, fill
from tests.world import World

pytestmark = pytest.mark.app_yaml(MAIL)
TWO = {
    "act: refund, up_to: 50000, currency: USD, grade: one}": "act: refund, up_to: 50000, "
    "currency: USD, grade: two}"
} | MAIL


def test_an_act_is_approved_by_link_while_slack_takes_nothing(
    world: World, letters: Letters
) -> None:
    """Law: the same checks as a click, the code, one effect; and the card shows it afterwards."""
    link, key = lea_is_asked(world, letters)
    [letter] = letters.arrived
    assert letter.subject == "Refund 49.00 USD waits for a decision"
    assert "ticket #" in letter.text and "last payment" not in letter.text
    page = look(world, link)
    assert page.status_code == 200
    for said in ("Refund 49.00 USD", "Joy Abara", "last payment", "ch_joy", "Policy: refunds"):
        assert said in page.text
    taken = approve(world, link, key)
    assert taken.status_code == 200 and "Your approval is taken" in taken.text
    assert [one["charge"] for one in world.refunds] == ["ch_joy"]
    [granted] = audit(world, "approval granted")
    assert granted.actor == "lea" and granted.data["by"] == "link" and granted.data["proof"]
    world.workspace.faults.down = False
    world.later(minutes=1)
    assert "Approved by Lea Sand" in card(world, LEA, APPROVALS).text
    assert "Receipt" in card(world, LEA, APPROVALS).text


def test_looking_decides_nothing(world: World, letters: Letters) -> None:
    """Law: programs that read e-mail follow links, as often as they like."""
    link, key = lea_is_asked(world, letters)
    before = _chain(world)
    for _ in range(20):
        assert look(world, link).status_code == 200
        assert world.server.http.head(link).status_code == 200
    world.settle()
    assert _chain(world) == before and world.refunds == []
    assert world.server.http.put(link).status_code == 405
    assert world.server.http.get(link, params={"do": "approval.grant"}).status_code == 200
    assert _approval(world).granted == 0
    assert approve(world, link, key).status_code == 200


def test_the_page_says_nothing_to_others_and_loads_nothing(world: World, letters: Letters) -> None:
    link, _ = lea_is_asked(world, letters)
    page = look(world, link)
    told = page.headers
    assert "default-src 'none'" in told["content-security-policy"]
    assert "frame-ancestors 'none'" in told["content-security-policy"]
    assert told["referrer-policy"] == "no-referrer" and told["cache-control"] == "no-store"
    assert told["x-frame-options"] == "DENY"
    assert "<script" not in page.text and link.rpartition("/")[2] not in page.text
    with world.looking() as uow:
        assert link.rpartition("/")[2] not in str(vars(uow.mail_links.get(1)))


def test_a_no_takes_a_reason_and_a_code_too(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    assert "Say in a few words why" in reject(world, link, key, why=" ").text
    wrong = world.server.http.post(link, data={"do": "approval.reject", "reason": "Paid <twice>"})
    assert wrong.status_code == 422 and "6 digits" in wrong.text
    assert "Paid &lt;twice&gt;" in wrong.text
    assert reject(world, link, key).status_code == 200
    approval = _approval(world)
    assert approval.state is ApprovalState.REJECTED and approval.reason == "She was refunded"
    [rejected] = audit(world, "approval rejected")
    assert rejected.data["by"] == "link" and rejected.data["proof"]


def test_a_link_counts_once(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    assert approve(world, link, key).status_code == 200
    world.clock.advance(seconds=STEP_S)
    assert look(world, link).status_code == 410
    again = approve(world, link, key)
    assert again.status_code == 410 and "counts once" in again.text
    assert len(world.refunds) == 1


def test_of_two_posts_at_the_same_moment_one_counts(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    typed = {"do": "approval.grant", "code": code(world, key)}
    together, answers = threading.Barrier(4), list[httpx.Response]()

    def post() -> None:
        together.wait()
        answers.append(world.server.http.post(link, data=typed))

    threads = [threading.Thread(target=post) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    world.settle()
    assert sorted(one.status_code for one in answers)[0] == 200
    assert [one.status_code for one in answers].count(200) == 1
    assert len(world.refunds) == 1 and len(audit(world, "approval granted")) == 1


def test_wrong_codes_lock_and_leave_the_link(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    right = {code(world, key, ago) for ago in (-1, 0, 1)}
    wrong = [f"{n:06}" for n in range(20) if f"{n:06}" not in right][:TRIES]
    for typed in wrong:
        answer = approve(world, link, key, code=typed)
        assert answer.status_code == 422 and "code" in answer.text
    assert "none is looked at for 15 minutes" in answer.text
    locked = approve(world, link, key)
    assert locked.status_code == 409 and "Too many wrong tries" in locked.text
    world.later(minutes=15, seconds=1)
    assert approve(world, link, key).status_code == 200
    assert len(world.refunds) == 1


def test_anothers_link_or_code_is_none_of_theirs(world: World, letters: Letters) -> None:
    """Law: whose it is stands in the row, so that a code of Nia's opens nothing of Lea's."""
    nias = enrolled(world, NIA)
    link, key = lea_is_asked(world, letters)
    assert [one.to for one in letters.arrived] == [LEAS, NIAS]
    assert "not the code" in approve(world, link, nias).text
    assert world.refunds == []
    assert approve(world, letters.to(NIAS)[0].link, nias).status_code == 200
    [granted] = audit(world, "approval granted")
    assert granted.actor == "nia"
    late = look(world, link)
    assert late.status_code == 410 and "Nia Fox was faster" in late.text
    assert approve(world, link, key).status_code == 410


def test_a_guessed_or_cut_link_leads_nowhere(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    before = _chain(world)
    for wrong in (link[:-1], f"{link}x", link.rpartition("/")[0] + "/1"):
        assert look(world, wrong).status_code == 404
        assert approve(world, wrong, key).status_code == 404
    assert _chain(world) == before and world.refunds == []


def test_what_was_changed_since_is_not_approved_by_an_older_link(
    world: World, letters: Letters
) -> None:
    link, key = lea_is_asked(world, letters)
    world.workspace.faults.down = False
    world.later(minutes=1)
    changing = card(world, MAX, APPROVALS).press("Change before approval", by=MAX)["view"]
    assert fill(world, MAX, changing, new_amount="45.00", note="Half is ours")["ok"]
    gone = look(world, link)
    assert gone.status_code == 410 and "changed after this link" in gone.text
    assert approve(world, link, key).status_code == 410
    assert world.refunds == []


def test_an_expired_link_says_so(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    world.clock.advance(hours=4)
    gone = look(world, link)
    assert gone.status_code == 410 and "time to decide is over" in gone.text
    assert approve(world, link, key).status_code == 410
    assert world.refunds == []


def test_whoever_is_known_to_be_closed_decides_nothing(world: World, letters: Letters) -> None:
    """Law: while Slack cannot be asked, what it said last counts; of a closed account for good."""
    link, key = lea_is_asked(world, letters)
    world.do(MAX, "change_person", user=LEA, changes={"deleted": True})
    assert "deactivated" in look(world, link).text
    refused = approve(world, link, key)
    assert refused.status_code == 403 and world.refunds == []
    world.clock.advance(hours=3)
    assert "deactivated" in look(world, link).text


def test_slacks_word_of_now_counts_before_its_last_one(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    world.workspace.faults.down = False
    world.workspace.people[LEA].deleted = True
    refused = approve(world, link, key)
    assert refused.status_code == 409 and "deactivated" in refused.text
    world.workspace.faults.down = True
    assert look(world, link).status_code == 403
    assert world.refunds == []


@pytest.mark.app_yaml(MAIL | {"by_mail: {after: 5m}": "by_mail: {seen_within: 1h}"})
def test_nobody_counts_whom_slack_has_not_named_lately(world: World, letters: Letters) -> None:
    link, key = lea_is_asked(world, letters)
    world.clock.advance(hours=1)
    refused = look(world, link)
    assert refused.status_code == 403 and "could not check your account" in refused.text
    assert approve(world, link, key).status_code == 403
    assert world.refunds == []


def test_stopped_effects_stay_stopped(world: World, letters: Letters) -> None:
    """Law: the kill switch holds what was approved, wherever it was."""
    link, key = lea_is_asked(world, letters)
    stop(world)
    assert approve(world, link, key).status_code == 200
    world.later(seconds=5)
    assert world.refunds == [] and _approval(world).state is ApprovalState.APPROVED
    [held] = audit(world, "effect held")
    assert held.data["because"] == "stopped"


@pytest.mark.app_yaml(MAIL | {"email: lea@larkspur.example": "email: joy@oak.example"})
def test_whoever_asked_for_it_is_not_written_to(world: World, letters: Letters) -> None:
    enrolled(world, LEA)
    enrolled(world, NIA)
    ask_standings(world)
    outage(world)
    assert [one.to for one in letters.arrived] == [NIAS]


@pytest.mark.app_yaml(TWO)
def test_two_people_have_a_link_each(world: World, letters: Letters) -> None:
    nias = enrolled(world, NIA)
    link, key = lea_is_asked(world, letters)
    assert "second person is needed after you" in look(world, link).text
    assert approve(world, link, key).status_code == 200
    assert world.refunds == [] and look(world, link).status_code == 410
    assert approve(world, letters.to(NIAS)[0].link, nias).status_code == 200
    assert len(world.refunds) == 1
    assert len(letters.arrived) == 2


def test_a_code_that_is_void_by_then_runs_nothing(world: World, letters: Letters) -> None:
    """Law: what a link approved is read again like any yes, whatever the amount."""
    link, key = lea_is_asked(world, letters)
    stop(world)
    assert approve(world, link, key).status_code == 200
    world.workspace.faults.down = False
    revoke = {"command": "/backstop", "text": "authenticator revoke Lea"}
    world.do(MAX, "command", channel=APPROVALS, **revoke)
    for who in (MAX, NIA):
        world.do(who, "command", channel=APPROVALS, command="/backstop", text="start effects")
    world.later(minutes=1)
    assert world.refunds == []
    assert "may no longer do so" in card(world, LEA, APPROVALS).text


def stop(world: World) -> None:
    """Max does, while Slack answers for a moment."""
    world.workspace.faults.down = False
    world.do_only(MAX, "command", channel=APPROVALS, command="/backstop", text="stop effects")
    world.workspace.faults.down = True


def _approval(world: World) -> Approval:
    with world.looking() as uow:
        return uow.approvals.get(1)


def _chain(world: World) -> int:
    with world.looking() as uow:
        return len(uow.session.query(MailLink).all()) + len(
            uow.session.connection().exec_driver_sql("SELECT seq FROM audit").all()
        )
