"""Whether words that name no matter state something all the same: a verdict, or a question that
tells what it seems to ask."""

from collections.abc import Sequence
from itertools import pairwise

from bot.agent.citing.facts import Token, Told
from bot.agent.phrases import Phrases, words_of
from bot.agent.words import verdicts
from bot.agent.words.inquiry import PRONOUNS

_OPENING = 3
_TELLING = Phrases({"telling": verdicts.TELLING})


def settles(claim: Told) -> bool:
    """`Yes, you can.` answers as much as the sentence that it leaves out; what leads over to steps
    or only hopes settles nothing."""
    if claim.text.rstrip().endswith(":"):
        return False
    clauses = [[token.text for token in clause] for clause in claim.clauses() if clause]
    plain = [words for words in clauses if verdicts.SOFTENED.isdisjoint(words)]
    is_bare = bool(clauses) and len(clauses[0]) == 1 and clauses[0][0] in verdicts.YES_OR_NO
    is_plain = len(plain) == len(clauses)
    return (is_bare and is_plain) or any(_is_verdict(words, is_plain) for words in plain)


def _is_verdict(words: Sequence[str], is_plain: bool) -> bool:
    """That something works may be the customer's news, where the sentence is glad of it."""
    said = set(words)
    is_free = "free" in said and not said.isdisjoint(verdicts.SUBJECTS | {"for"})
    works = is_plain and not said.isdisjoint(verdicts.WORKS) and not said.isdisjoint(verdicts.WHOLE)
    return is_free or works or any(_decides(*pair) for pair in pairwise(words))


def _decides(one: str, other: str) -> bool:
    return (
        (one in verdicts.SUBJECTS and other in verdicts.VERDICTS)
        or (one == "we" and other in verdicts.OURS)
        or (one in verdicts.VERDICTS and other in ("sie", "man", "es"))
        or (one in ("sie", "man", "es", "das", "se", "usted") and other in verdicts.VERDICTS)
    )


def tells(question: Told) -> bool:
    """It presumes, asks for no more than a nod, or is a statement but for its mark."""
    if any(True for _ in _TELLING.find(words_of(question.text))):
        return True
    clauses = [clause for clause in question.clauses() if clause]
    if not clauses:
        return False
    tag = " ".join(token.text for token in clauses[-1])
    is_nod = len(clauses) > 1 and tag in verdicts.TAGS and any(t.is_content for t in clauses[0])
    return is_nod or _is_statement(clauses[0])


def _is_statement(words: Sequence[Token]) -> bool:
    """It begins with its matter, and what a question begins with comes behind."""
    begins = [token.text for token in words[:_OPENING]]
    if not words[0].is_content or not (PRONOUNS | {"seit"}).isdisjoint(begins):
        return False
    return verdicts.PERSONS.isdisjoint(begins[1:2]) and any(
        token.text in verdicts.AUXILIARIES for token in words[1:]
    )
