"""Trust grows: observe, then draft, then live."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.company import ANA, APPROVALS, BILLING, ESCALATIONS, LEA, TRIAL
from tests.flows.scenes import REFUND, effects, refund_asked
from tests.flows.screen import card, direct, messages, typed
from tests.world import World

OBSERVE = {"modes: {default: live}": "modes: {default: observe}"}
DRAFT = {"modes: {default: live}": "modes: {default: draft}"}
ANA_THERE = "ana@larkspur.example"
MONDAY = (Path(__file__).parents[2] / "docs" / "monday.md").read_text("utf-8")
# As docs/monday.md writes them: the first category in draft, the first gate on paper, both live.
# The question asked here is one about data.
WEEKS = [
    {"modes: {default: live}": f"modes: {json.dumps(yaml.safe_load(block))}"}
    for block in re.findall(
        r"^modes:\n((?:  .+\n)+)", MONDAY.replace("how_to", "data"), re.MULTILINE
    )
]
QUESTION = "How do I export the roster as a CSV file?"


@pytest.mark.app_yaml(OBSERVE)
@pytest.mark.parametrize(
    ("words", "would"),
    [
        (QUESTION, "would answer"),
        (REFUND, "would propose an act"),
        ("I want to speak with a real person.", "would escalate"),
    ],
)
def test_observing_sends_and_pays_nothing_and_shows_what_it_would_have_done(
    world: World, words: str, would: str
) -> None:
    """Law: in mode observe the trial channel is the only trace."""
    ticket = world.write("joy", words, "Export roster as CSV" if words == QUESTION else "Hello")
    seen = card(world, ANA, TRIAL)
    assert "Rehearsal: nothing is sent, nothing is paid." in seen.text
    assert would in seen.text
    assert seen.labels == []
    for channel in (ESCALATIONS, BILLING, APPROVALS):
        assert messages(world, ANA, channel) == []
    world.later(hours=5)
    assert world.customer_reads(ticket) == []
    assert world.refunds == []
    assert effects(world) == effects(world, "reply") == []


@pytest.mark.app_yaml(OBSERVE | {"slack: U0ANA,": f"slack: U0ANA, email: {ANA_THERE},"})
@pytest.mark.parametrize("there", [{"comment": "I look into it."}, {"assignee": ANA_THERE}])
def test_observing_asks_nobody_for_anything_behind_a_colleague_in_the_help_desk(
    world: World, there: dict[str, str]
) -> None:
    """Law: what the customer writes to a colleague there changes nobody's day here."""
    ticket = world.write("joy", QUESTION, "Export roster as CSV")
    world.work_in_desk(ticket, public=True, status="open", **there)
    world.later(minutes=1)
    world.write("joy", "And how do I print it?", ticket=ticket)
    world.later(hours=5)
    for channel in (ESCALATIONS, BILLING, APPROVALS):
        assert messages(world, ANA, channel) == []
    assert [direct(world, who) for who in (ANA, LEA)] == [[], []]


@pytest.mark.app_yaml(DRAFT)
def test_in_draft_a_person_sends_the_agents_answer(world: World) -> None:
    """Law: the agent's words wait in the reply form of whoever claims the ticket."""
    ticket = world.write("joy", QUESTION, "Export roster as CSV")
    assert world.customer_reads(ticket) == []
    [channel] = [one for one in (ESCALATIONS, BILLING) if messages(world, ANA, one)]
    card(world, ANA, channel).press("Claim")
    view = card(world, ANA, channel).press("Reply to customer")["view"]
    [draft] = [
        block["element"]["initial_value"]
        for block in view["blocks"]
        if block.get("block_id") == "text"
    ]
    assert "choose Export and pick CSV" in draft
    world.do(ANA, "submit", view_id=view["id"], values=typed(view, {"text": draft}))
    assert world.customer_reads(ticket) == [draft.strip()]


@pytest.mark.parametrize(
    ("waits", "answered"),
    [
        pytest.param(True, False, marks=pytest.mark.app_yaml(WEEKS[0])),
        pytest.param(True, False, marks=pytest.mark.app_yaml(WEEKS[1])),
        pytest.param(False, True, marks=pytest.mark.app_yaml(WEEKS[2])),
    ],
    ids=["first category", "first gate on paper", "live"],
)
def test_a_companys_first_weeks_go_as_they_are_told(
    world: World, waits: bool, answered: bool
) -> None:
    """Law: a category that is named is enough for its answers, whatever `default` says."""
    ticket = world.write("joy", QUESTION, "Export roster as CSV")
    assert bool(world.customer_reads(ticket)) is answered
    assert bool(messages(world, ANA, ESCALATIONS)) is waits
    assert messages(world, ANA, TRIAL) == []
    if waits:
        card(world, ANA, ESCALATIONS).press("Claim")
        view = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
        assert "choose Export and pick CSV" in str(view["blocks"])


@pytest.mark.app_yaml(DRAFT)
def test_in_draft_even_a_small_refund_waits_for_a_person(world: World) -> None:
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert world.refunds == []
    card(world, LEA, APPROVALS).press("Approve")
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: live, acts: {reply: draft}}"})
def test_an_answer_is_a_reply_and_goes_by_its_mode(world: World) -> None:
    """Law: whoever wants to read every word before it leaves says so in one place."""
    ticket = world.write("joy", QUESTION, "Export roster as CSV")
    assert world.customer_reads(ticket) == []
    assert any("Claim" in card(world, ANA, one).labels for one in (ESCALATIONS, BILLING))


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: live, acts: {reply: observe}}"})
def test_answers_can_be_rehearsed_while_the_rest_is_live(world: World) -> None:
    """Law: only what the agent would say waits for trust; who wants a person gets one."""
    ticket = world.write("joy", QUESTION, "Export roster as CSV")
    assert "would answer" in card(world, ANA, TRIAL).text
    assert world.customer_reads(ticket) == []
    world.write("sol", "I want to speak with a real person.", "Hello")
    assert "Claim" in card(world, ANA, ESCALATIONS).labels
    refund_asked(world)[1].press("Approve", by=LEA)
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: live, acts: {refund: draft}}"})
def test_the_stricter_of_category_and_act_counts(world: World) -> None:
    """Law: money moves by itself only where both say so."""
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert world.refunds == []
    assert "one approval" in card(world, LEA, APPROVALS).text
