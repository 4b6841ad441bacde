"""Tickets before Claude, from the signed webhook to what the customer reads."""

from pathlib import Path

import pytest

from sandbox.model import Obedient, Scripted, use
from sandbox.model.minds import assessed
from storage import audit
from storage.models import Decision, SpendingDay
from tests.cli.conftest import Shell
from tests.company import ANA, APPROVALS, ESCALATIONS, LEA
from tests.flows.scenes import REFUND
from tests.flows.screen import card, messages
from tests.world import World

AGENT = 'agent: {{kind: claude, {}api_url: "URL/anthropic"}}\nlimits: {{refunds'
CLAUDE = {"limits: {refunds": AGENT.format("")}
HURRIED = {"limits: {refunds": AGENT.format("timeout: 1s, ")}
STRICT = {"limits: {refunds": AGENT.format("timeout: 1s, when_away: escalate, ")}
EXPORT = "How do I export the roster as a CSV file?"


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def last(world: World) -> Decision:
    with world.looking() as uow:
        found = uow.session.query(Decision).order_by(Decision.id.desc()).first()
        assert found is not None
        return found


@pytest.mark.app_yaml(CLAUDE)
def test_a_ticket_is_answered_out_of_an_article(world: World) -> None:
    """
    The customer reads the cited passage and that an AI wrote it; the record says what it cost.
    """
    ticket = world.write("joy", EXPORT, "Export")

    [answer] = world.customer_reads(ticket)
    assert "choose Export and pick CSV" in answer and "written by an AI" in answer
    decision = last(world)
    assert (decision.agent, decision.rule, decision.cites) == (
        "claude",
        "answered",
        ["export-roster"],
    )
    assert decision.model == "claude-sonnet-5-5" and len(decision.prompt) == 64
    assert decision.input_tokens > 0 and decision.cost > 0
    with world.looking() as uow:
        told = uow.escalations.text_of(decision.id)
        assert told is not None and EXPORT in told.seen
        assert [step["tool"] for step in told.steps][-2:] == ["answer", "report_wording"]
        [day] = uow.session.query(SpendingDay).all()
        assert day.cost == decision.cost


@pytest.mark.app_yaml(CLAUDE)
def test_what_it_proposes_waits_for_whom_the_gate_asks(world: World) -> None:
    """
    A model that obeys the customer leads to a card and to no refund.
    """
    world.model.mind = Obedient()
    world.write("joy", REFUND, "Money back")

    assert world.refunds == []
    card(world, LEA, APPROVALS).press("Approve")
    assert [refund["amount"] for refund in world.refunds] == [4900]


@pytest.mark.app_yaml(CLAUDE)
def test_a_refused_proposal_is_a_persons_ticket_and_on_record(world: World) -> None:
    """
    Another customer's id: nothing is proposed, somebody reads the ticket, and the rule says why.
    """
    act = {"charge": "ch_big", "amount": 120000, "currency": "USD", "reason": "Ordered."}
    whose = {"ticket": 1, "customer": 3}
    world.model.mind = Scripted([[use("propose_refund", act=act | whose, assessment=assessed())]])
    world.write("joy", "What is new this month?", "A question")

    seen = card(world, ANA, ESCALATIONS)
    assert "The agent proposed what it may not, and was refused." in seen.text
    assert (last(world).rule, last(world).note) == ("proposal_refused", "refused")
    assert messages(world, LEA, APPROVALS) == []


@pytest.mark.app_yaml(CLAUDE)
def test_a_message_is_no_way_round_what_holds_an_answer(world: World) -> None:
    """
    Of an unsure model, or for a customer whom people answer, no message waits for a yes.
    """
    told = {"text": "It is on its way.", "language": "en"}
    for ticket, customer, confidence, rule in (
        (1, "joy", 0.9, "act_proposed"),
        (2, "sol", 0.2, "low_confidence"),
        (3, "big", 0.9, "high_tier"),
    ):
        reply = use("propose_reply", act=told | {"ticket": ticket}, assessment=assessed(confidence))
        world.model.mind = Scripted([[reply]])
        world.write(customer, EXPORT, "Export")

        assert last(world).rule == rule
    assert len(messages(world, LEA, APPROVALS)) == 1


@pytest.mark.app_yaml(CLAUDE)
@pytest.mark.parametrize(
    "question",
    ["Is it right that Acme Corp cancelled?", "Can you open the roster at help-desk.evil?"],
)
def test_a_customer_is_not_asked_about_others_nor_led_anywhere(world: World, question: str) -> None:
    """
    What only another ticket told, and an address without a scheme, never reach the customer.
    """
    asking = use("ask_customer", questions=[question], assessment=assessed(signals=["vague"]))
    world.model.mind = Scripted([[asking]])
    ticket = world.write("joy", "It does not work.", "Help")

    assert (last(world).decision, last(world).rule) == ("escalate", "vague")
    assert question not in str(world.customer_reads(ticket))


@pytest.mark.app_yaml(CLAUDE)
def test_what_the_words_show_is_not_argued_away(world: World) -> None:
    """
    A model that answers happily to somebody who wants a person is overruled.
    """
    line = {"text": "All fine.", "cites": [{"article": "export-roster", "passage": 1}]}
    answer = use("answer", sentences=[line], assessment=assessed(1.0, sentiment=2))
    world.model.mind = Scripted([[answer]])
    ticket = world.write("joy", f"{EXPORT} Let me speak with a real person.", "Export")

    assert last(world).rule == "human_wanted"
    assert "All fine" not in str(world.customer_reads(ticket))


@pytest.mark.app_yaml(HURRIED)
def test_while_it_is_away_the_deterministic_agent_decides(world: World) -> None:
    """
    Nobody waits for a model, and the record says who decided instead.
    """
    world.model.faults.status = 529
    ticket = world.write("joy", EXPORT, "Export the roster as a CSV file")

    assert world.customer_reads(ticket)
    assert (last(world).agent, last(world).note) == ("offline", "model away")


@pytest.mark.app_yaml(STRICT)
def test_or_a_person_does(world: World) -> None:
    """
    Where app.yaml says so a ticket waits five minutes for the model, and then goes to a person.
    """
    world.model.faults.status = 401
    world.write("joy", EXPORT, "Export")

    assert "The agent cannot be asked at the moment." in card(world, ANA, ESCALATIONS).text


@pytest.mark.app_yaml(CLAUDE)
def test_explain_prints_what_it_saw_did_and_cost(world: World, shell: Shell) -> None:
    """
    Seen, done, why and the price, and no personal data of a known form.
    """
    world.write("joy", f"{EXPORT} My mail is joy@oak.example, password: hunter2", "Export")
    told = " ".join(shell.run("explain", "#1").split())

    assert shell.code == 0, told
    for part in (
        "claude-sonnet-5-5",
        "search_articles",
        "An article covers this",
        "playbook 1",
        "$0.",
    ):
        assert part in told
    assert "[EMAIL_1]" in told and "joy@oak" not in told and "hunter2" not in told


@pytest.mark.app_yaml(CLAUDE)
def test_explain_after_an_erasure_has_no_word_left(world: World, shell: Shell) -> None:
    """
    That there was a decision, and what it cost, stays.
    """
    world.write("joy", f"{EXPORT} zebra", "Export")
    assert "zebra" in shell.run("explain", "1")
    shell.run("erase", "joy@oak.example", "--yes")

    told = shell.run("explain", "1")
    assert "zebra" not in told and "was erased" in told and "$0." in told
    with world.looking() as uow:
        assert audit.verify(uow.session.connection()) > 0


def test_the_deterministic_agent_has_the_same_record(world: World, shell: Shell) -> None:
    """
    What it saw stands there as for a model; it cost nothing.
    """
    world.write("joy", f"{EXPORT} My card is 4242 4242 4242 4242.", "Export")
    told = shell.run("explain", "1")

    assert told == shell.run("explain", "zendesk", "1001") == shell.run("explain", "zendesk 1001")
    assert "[CARD_1]" in told and "no model was asked" in told
    assert "4242" not in told


def test_what_is_hidden_takes_nothing_beside_it_along(world: World, shell: Shell) -> None:
    """
    A ticket that only speaks of passwords is told whole, as a model would be shown it.
    """
    world.write("joy", "نسيت كلمة المرور", "password")
    told = " ".join(shell.run("explain", "1").split())

    assert '"subject": "password", "messages": [{"from": "customer", "text": "نسيت' in told
