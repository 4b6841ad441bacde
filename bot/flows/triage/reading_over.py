"""A second look at the agent's words, where a model is there to take it.

It comes behind the rules and only where these let something leave: a grave find sends the draft to
a person. A model that is away, over its budget or finds nothing changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.acts import Reply
from bot.agent.briefing import Briefing, Proposal, Run, StepTaken
from bot.agent.noticing import Heard, Letter, Wording
from bot.flows.triage.rules import Decision
from bot.flows.triage.vetting import circumstances
from bot.wording.noticed import believed


def read_over(
    decide: Callable[..., Decision], briefing: Briefing, proposal: Proposal, wording: Wording | None
) -> Decision:
    """The decision, with what the look cost on its record."""
    decided = decide()
    text = _leaves(decided)
    if wording is None or not text:
        return decided
    briefing = replace(briefing, passages=(*briefing.passages, *proposal.read))
    about = circumstances(briefing, replace(proposal, cites=decided.cites))
    run = decided.run
    heard = wording.read(Letter(text, about.wrote, about.language), briefing.ticket)
    findings = believed(text, about, heard.noticed)
    if findings:
        decided = decide(noticed=findings)
    return replace(decided, run=_with(run, heard, [finding.name for finding in findings]))


def _leaves(decided: Decision) -> str:
    if decided.decision in ("answer", "ask"):
        return decided.answer
    replies = [each.act.text for each in decided.acts if isinstance(each.act, Reply)]
    return "\n\n".join(replies) if decided.decision == "act" else ""


def _with(run: Run, heard: Heard, names: list[str]) -> Run:
    told = heard.trouble or ", ".join(names) or "nothing found"
    spent: dict[str, Any] = {
        "input_tokens": run.input_tokens + heard.spent.input_tokens,
        "output_tokens": run.output_tokens + heard.spent.output_tokens,
        "cost": run.cost + heard.spent.cost,
    }
    return replace(run, steps=(*run.steps, StepTaken("report_wording", "", told)), **spent)
