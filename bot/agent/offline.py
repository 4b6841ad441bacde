"""The agent that needs no model: words, articles and records, the same answer every time.

It is careful rather than clever. It answers only out of an article in the customer's language,
and proposes an act only where the customer's words and the record agree on every figure. A
ticket with words meant to steer the machine gets neither, whatever else it asks.
"""

from collections.abc import Mapping, Sequence

from bot.agent import proposals
from bot.agent.answers import Evidence, best_evidence, compose, thanks
from bot.agent.briefing import Briefing, Proposal, ProposedAct, Sentence
from bot.agent.inquiry import questions_for
from bot.agent.language import language_of
from bot.agent.reading import Reading, read
from bot.agent.signals import find_signals, hits, sentiment_of
from bot.agent.topics import category_of, severity_of, summary_of

NAME = "offline"
WORTH_SHOWING = 0.15
_SURE_OF_ACT = 0.9
_SURE_OF_THANKS = 0.8
_NOT_FOR_THE_MACHINE = ("injection", "spam")


class OfflineAgent:
    """`categories` are a company's own words per category, on top of the usual ones."""

    def __init__(
        self,
        playbook: str = "1",
        categories: Mapping[str, Sequence[str]] = {},
        language: str = "en",
    ) -> None:
        self._playbook = playbook
        self._categories = categories
        self._language = language

    def propose(self, briefing: Briefing) -> Proposal:
        reading = read(briefing)
        found = hits(reading)
        signals = find_signals(reading, found, briefing.known_products)
        language = language_of(reading.text, self._language)
        silent = any(name in signals for name in _NOT_FOR_THE_MACHINE)
        proposed = proposals.Proposed() if silent else proposals.propose(briefing, reading, found)
        acts = proposed.acts
        wish = signals.get("refund_wanted") or signals.get("account_change")
        if proposed.hindrance and wish:
            signals = {**signals, proposed.hindrance: wish}
        is_grave = bool(found.get("deed"))
        evidence = None if silent else best_evidence(reading, briefing.passages, language, is_grave)
        sentences, cites, confidence = self._outcome(reading, acts, evidence, language)
        if "praise" in signals and not acts:
            sentences, cites, confidence = thanks(language), (), _SURE_OF_THANKS
        category = category_of(reading, self._categories, briefing.tags)
        is_vague = "vague" in signals
        return Proposal(
            agent=NAME,
            playbook=self._playbook,
            category=category,
            language=language,
            sentiment=sentiment_of(reading, found, signals),
            confidence=confidence,
            signals=signals,
            severity=severity_of(reading, found, signals),
            answer="\n\n".join(sentence.text for sentence in sentences),
            sentences=sentences,
            questions=()
            if silent or acts
            else questions_for(reading, found, category, is_vague, briefing.customer, language),
            cites=cites,
            acts=acts,
            summary=summary_of(reading),
        )

    def _outcome(
        self,
        reading: Reading,
        acts: tuple[ProposedAct, ...],
        evidence: Evidence | None,
        language: str,
    ) -> tuple[tuple[Sentence, ...], tuple[str, ...], float]:
        if acts:
            return (), (), _SURE_OF_ACT
        if evidence is None or evidence.confidence < WORTH_SHOWING:
            return (), (), evidence.confidence if evidence else 0.0
        sentences = compose(reading, evidence.passage, language)
        return sentences, (evidence.passage.article,), evidence.confidence
