"""A whole answer before it may leave: what of it rests on articles, and what is left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.agent.briefing import Passage, Proposal, Sentence
from bot.agent.citing.support import states_nothing, unsupported
from bot.agent.passages import passages_of
from bot.agent.poison import hidden_in

# So many sound statements for each that is not, or the whole is not trusted.
_SOUND = 2


@dataclass(frozen=True)
class Vetted:
    """`answer` is what of the proposal's may be sent, in its own layout, and `cites` the articles
    that it rests on; `dropped` are the sentences that nothing supports, each with the check that
    it failed."""

    answer: str
    cites: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...] = ()


def vetted(proposal: Proposal, passages: Sequence[Passage]) -> Vetted:
    """What is left of an answer when each sentence is held against what it cites.

    `passages` are the articles that may be quoted to this customer: what is cited beside them is
    not cited at all. An answer that does not come in sentences rests on nothing. Where too little
    of it is sound, nothing is left: steps of which one is missing lead astray.
    """
    if not proposal.answer:
        return Vetted("", proposal.cites)
    known = {one.article: one for one in passages}
    checks = [(one, _fails(one, known, proposal.language)) for one in proposal.sentences]
    kept = [one for one, fails in checks if not fails]
    dropped = tuple((one.text, fails) for one, fails in checks if fails)
    cites = tuple(dict.fromkeys(each.article for one in kept for each in one.cites))
    if not proposal.sentences:
        return Vetted("", (), ((proposal.answer, "uncited"),))
    if dropped and sum(bool(one.cites) for one in kept) < _SOUND * len(dropped):
        return Vetted("", (), dropped)
    return Vetted(_layout(proposal, kept), cites or proposal.cites, dropped)


def _fails(sentence: Sentence, known: Mapping[str, Passage], language: str) -> str:
    if not sentence.cites:
        return "" if states_nothing(sentence.text) else "uncited"
    texts: list[str] = []
    titles: list[str] = []
    for cited in sentence.cites:
        article = known.get(cited.article)
        told = passages_of(article.text) if article else ()
        if article is None or not 1 <= cited.passage <= len(told):
            return "uncited"
        if hidden_in(told[cited.passage - 1]):
            return "poisoned"
        texts.append(told[cited.passage - 1])
        titles.append(article.title)
    if _only_names(sentence.text, titles):
        return ""
    return unsupported(sentence.text, texts, language, "\n".join(titles))


def _only_names(text: str, titles: Sequence[str]) -> bool:
    """Which article is quoted says nothing of what it tells: it may deny what its title names."""
    named = [title for title in titles if title in text]
    for title in named:
        text = text.replace(title, "")
    return bool(named) and states_nothing(text)


def _layout(proposal: Proposal, kept: Sequence[Sentence]) -> str:
    """The blanks and line breaks before each sentence are the answer's own; words that stand in
    none of its sentences were never held against anything, and stay behind."""
    told = ""
    at = 0
    for sentence in proposal.sentences:
        found = proposal.answer.find(sentence.text, at)
        before = proposal.answer[at:found] if found >= 0 else ""
        at = found + len(sentence.text) if found >= 0 else at
        if sentence in kept:
            told += (before if before and before.isspace() else " ") + sentence.text
    return told.strip()
