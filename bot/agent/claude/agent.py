"""Claude as the first line: a bounded loop of look-ups that ends with one decision.

The deterministic agent reads each ticket too. What it notices stays noticed, so that no sentence
in a ticket talks the model out of a signal; and what addresses the machine is not shown to it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.agent.briefing import Agent, Briefing, Proposal, Run, StepTaken
from bot.agent.claude.budget import Purse
from bot.agent.claude.handing import NotAllowed, handed, read_call, refused
from bot.agent.claude.lookups import Lookups
from bot.agent.claude.model import Asking, Call, Model, Reply
from bot.agent.claude.prompt import prompt_hash
from bot.agent.claude.tools import DECISIONS, LOOKUPS
from bot.agent.fencing import fenced, hide_all, shown
from bot.agent.looking import OverBudget, Records, Spending
from bot.agent.redaction import Redaction
from bot.config.agent import AgentSettings
from bot.errors import OutsideError, Refused

MOST_WRITTEN = 3_000
_STEP = 2_000
_NOT_SHOWN = ("injection", "spam")
_DECIDE = "Decide now by calling one of the tools."


@dataclass
class _Ticket:
    """One ticket under way."""

    lookups: Lookups
    redaction: Redaction
    purse: Purse
    until: float
    seen: str
    steps: list[StepTaken]


class ClaudeAgent:
    def __init__(
        self,
        model: Model,
        asking: Asking,
        settings: AgentSettings,
        offline: Agent,
        records: Records,
        spending: Spending,
        categories: Collection[str],
    ) -> None:
        self._model, self._asking, self._settings = model, asking, settings
        self._offline, self._records, self._spending = offline, records, spending
        self._categories = categories

    def propose(self, briefing: Briefing) -> Proposal:
        """Raises `OutsideError` where the model is away and a person is to decide instead."""
        read = self._offline.propose(briefing)
        ticket = self._begun(briefing)
        if any(name in read.signals for name in _NOT_SHOWN):
            return replace(read, run=self._run(ticket, "not shown to the model"))
        try:
            proposal, note = self._decided(briefing, read, ticket)
        except OverBudget as which:
            return self._without(read, ticket, f"over budget: {which}", Refused("over_budget"))
        except OutsideError as error:
            return self._without(read, ticket, "model away", error)
        return replace(proposal, run=self._run(ticket, note))

    def _begun(self, briefing: Briefing) -> _Ticket:
        redaction = Redaction()
        seen = shown(briefing, redaction)
        return _Ticket(
            Lookups(briefing, self._records, redaction),
            redaction,
            self._purse(briefing.ticket),
            self._model.now() + self._settings.timeout.total_seconds(),
            seen,
            [],
        )

    def _purse(self, ticket: int) -> Purse:
        return Purse(self._settings.budget, self._settings.prices, self._spending, ticket)

    def _without(self, read: Proposal, ticket: _Ticket, note: str, error: OutsideError) -> Proposal:
        if self._settings.when_away == "escalate":
            raise error
        return replace(read, run=self._run(ticket, note))

    def _decided(self, briefing: Briefing, read: Proposal, ticket: _Ticket) -> tuple[Proposal, str]:
        try:
            calls = self._loop(ticket)
            decided = [(call.tool, read_call(call)) for call in calls]
            proposal = handed(
                decided, briefing, read, ticket.lookups, ticket.redaction, self._categories
            )
        except NotAllowed as error:
            ticket.steps.append(StepTaken("refused", "", str(error)))
            return refused(read), "refused"
        return proposal, ""

    def _loop(self, ticket: _Ticket) -> tuple[Call, ...]:
        """Look-ups until a decision; its calls. Raises NotAllowed where none comes."""
        messages: list[Any] = [{"role": "user", "content": ticket.seen}]
        for _ in range(self._settings.calls):
            reply = self._model.ask(self._asking, messages, ticket.until, ticket.purse)
            if reply.stop == "max_tokens":
                raise NotAllowed("longer than allowed")
            unknown = [call for call in reply.calls if call.tool not in {**LOOKUPS, **DECISIONS}]
            decisions = tuple(call for call in reply.calls if call.tool in DECISIONS)
            for call in (*unknown, *decisions):
                self._note(ticket, call)
            if unknown:
                raise NotAllowed("a tool that there is not")
            if decisions:
                return decisions
            messages.append({"role": "assistant", "content": reply.content or _nothing()})
            messages.append({"role": "user", "content": self._answers(reply, ticket)})
        raise NotAllowed("no decision")

    def _answers(self, reply: Reply, ticket: _Ticket) -> list[Any]:
        if not reply.calls:
            return [{"type": "text", "text": _DECIDE}]
        results = []
        for call in reply.calls:
            text, is_refused = ticket.lookups.answer(call.tool, call.args)
            self._note(ticket, call, text)
            told = {"type": "tool_result", "tool_use_id": call.id, "content": text}
            results.append({**told, "is_error": True} if is_refused else told)
        return results

    def _note(self, ticket: _Ticket, call: Call, answer: str = "") -> None:
        """What a model writes may repeat what it was not to be shown, were it guessed."""
        told = fenced(hide_all(call.args, ticket.redaction.hide_again))[:_STEP]
        ticket.steps.append(StepTaken(call.tool[:40], told, _kept(call.tool, answer)[:_STEP]))

    def _run(self, ticket: _Ticket, note: str) -> Run:
        spent = ticket.purse.spent
        return Run(
            seen=ticket.seen,
            steps=tuple(ticket.steps),
            model=self._asking.model,
            settings=_settings(self._settings, self._asking),
            prompt=prompt_hash(self._asking.system, self._asking.tools),
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost=spent.cost,
            note=note,
        )


def _kept(tool: str, answer: str) -> str:
    """Other customers' words are looked at and not kept: with theirs, an erasure would leave them
    in the record of this ticket."""
    if tool != "look_up_similar":
        return answer
    try:
        past = json.loads(answer)
    except ValueError:
        return answer
    kept = ("category", "solved_by")
    return fenced([{name: one[name] for name in kept if name in one} for one in past])


def _nothing() -> list[Any]:
    """The API takes no empty turn back."""
    return [{"type": "text", "text": "…"}]


def _settings(settings: AgentSettings, asking: Asking) -> Mapping[str, Any]:
    """The API takes no temperature; that none was set is said all the same."""
    return {
        "temperature": None,
        "effort": asking.effort,
        "most_written": asking.most,
        "timeout_s": settings.timeout.total_seconds(),
        "calls": settings.calls,
        "budget": settings.budget.model_dump(),
    }
