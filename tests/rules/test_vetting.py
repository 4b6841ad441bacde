"""What an agent wrote, before any of it may leave: supported, and fit to be read."""

from dataclasses import replace

import pytest

from bot.agent.briefing import Briefing, Citation, Passage, Proposal, ProposedAct, Sentence
from bot.config.policy import EscalationSettings, Gate
from bot.flows.triage.rules import Decision, decide

BLAME = "You should have read the manual."
SAVE = Passage("save", "Save", "Press Save within 5 minutes.", 0.9)
MANUAL = Passage("manual", "Manual", BLAME, 0.9)
BRIEFING = Briefing(ticket=7, subject="Save", said=(), passages=(SAVE, MANUAL))
GATES = (Gate(name="words", act="reply", grade="one"),)


def saying(*told: tuple[str, str], **more: object) -> Proposal:
    """A sure answer of sentences, each with the article whose first passage it cites."""
    sentences = tuple(Sentence(text, (Citation(ref, 1),) if ref else ()) for text, ref in told)
    answer = " ".join(text for text, _ in told)
    proposal = Proposal("claude", "1", "data", "en", 0, 0.9, answer=answer, sentences=sentences)
    return replace(proposal, **more)  # type: ignore[arg-type]


def decided(proposal: Proposal) -> Decision:
    return decide(BRIEFING, proposal, EscalationSettings(), GATES)


def test_a_supported_answer_goes_out_with_the_articles_it_rests_on() -> None:
    decision = decided(saying(("Hello.", ""), ("Press Save within 5 minutes.", "save")))

    assert (decision.decision, decision.answer) == ("answer", "Hello. Press Save within 5 minutes.")
    assert decision.cites == ("save",)


@pytest.mark.parametrize(
    "proposal",
    [
        saying(("Press Save within 9 minutes.", "save")),
        saying(("Your refund is 50 euros.", "")),
        saying(("Press Save within 5 minutes.", "secret")),
        saying(("Press Save within 5 minutes.", "save"), sentences=()),
    ],
)
def test_what_no_article_supports_goes_to_a_person(proposal: Proposal) -> None:
    """Law: nothing is guessed, and nobody starts from words that nothing supports."""
    decision = decided(proposal)

    assert (decision.decision, decision.rule) == ("escalate", "unsupported")
    assert (decision.answer, decision.withheld, decision.cites) == ("", "", ())
    assert decision.reasons[0].startswith("No article supports what the agent wrote (")


@pytest.mark.parametrize("verdict", ["Yes, you can.", "It is free.", "Did you know we refund it?"])
def test_a_verdict_beside_a_sound_sentence_is_left_out(verdict: str) -> None:
    told = saying(("Press Save within 5 minutes.", "save"), (verdict, ""), (" Press Save.", "save"))

    assert decided(told).answer == "Press Save within 5 minutes.  Press Save."


def test_a_draft_with_a_grave_finding_waits_for_a_person() -> None:
    """Law: the person reads what is wrong with it, and may start from it."""
    decision = decided(saying((BLAME, "manual")))

    assert (decision.decision, decision.rule) == ("escalate", "wording")
    assert decision.reasons[0] == "A person should look at how it reads: blame."
    assert (decision.answer, decision.withheld) == ("", BLAME)


def test_words_of_an_act_that_blame_go_to_a_person() -> None:
    """Law: nobody is asked to consent to words that hurt."""
    args = {"ticket": 7, "text": BLAME, "language": "en"}
    act = ProposedAct("reply", args)

    assert decided(saying(acts=(act,))).rule == "wording"
    fine = replace(act, args=args | {"text": "Press Save."})
    assert decided(saying(acts=(fine,))).rule == "act_proposed"
