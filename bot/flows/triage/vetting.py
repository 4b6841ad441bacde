"""What of an agent's proposal may leave at all, before any rule decides whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.agent.briefing import Briefing, Proposal
from bot.agent.citing.answers import vetted
from bot.agent.inquiry import fit_to_ask
from bot.agent.strangers import known_of, strangers_in
from bot.wording.findings import Finding, look
from bot.wording.reading import Circumstances

_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Vetted:
    """`proposal` with nothing in it that fails; `dropped` are the checks that the rest of its
    answer failed, `findings` how the answer, its questions and the words of its acts read."""

    proposal: Proposal
    dropped: tuple[str, ...]
    findings: tuple[Finding, ...]


def vet(briefing: Briefing, proposal: Proposal) -> Vetted:
    left = vetted(proposal, briefing.passages)
    known = known_of(briefing)
    own = [q for q in proposal.questions if not strangers_in(q, known, proposal.language)]
    questions = fit_to_ask(own, briefing.customer)
    kept = replace(proposal, answer=left.answer, cites=left.cites, questions=questions)
    about = circumstances(briefing, kept)
    spoken = tuple(finding for text in _spoken(kept) for finding in look(text, about))
    return Vetted(kept, tuple(check for _, check in left.dropped), spoken)


def _spoken(proposal: Proposal) -> Iterator[str]:
    if proposal.answer:
        yield proposal.answer
    yield from proposal.questions
    for act in proposal.acts:
        if act.kind == "reply" and isinstance(text := act.args.get("text"), str):
            yield text


def circumstances(briefing: Briefing, proposal: Proposal) -> Circumstances:
    """For whom the agent writes, and what may promise for us: the passages that it cites."""
    cited = [passage.text for passage in briefing.passages if passage.article in proposal.cites]
    today = briefing.today or _SOME_DAY
    return Circumstances(
        now=datetime.combine(today, time(), UTC),
        language=proposal.language,
        upset=proposal.sentiment < 0,
        wrote="\n".join([briefing.subject, *(said.text for said in briefing.said)]),
        backing="\n".join(cited),
    )
