"""Which words of a question are worth searching for."""

import re
from dataclasses import dataclass

MAX_WORDS = 48
# How many of all are ranked, and never fewer than so many or than are wanted: those that have one
# of the rarest words of the question. What has only its most common words is hardly ever among the
# best, and to rank costs far more than to find.
SHARE, LEAST = 0.15, 2_000

# Words too common to find anything by. An AND of all words finds almost nothing on real
# questions (nDCG@10 of 0.02 to 0.13 against 0.8 for OR), so the rest are joined by OR.
_COMMON = (
    "a about after all also am an and any are as at be because been before but by can could did "
    "do does doing for from get had has have having he help hello her hi him his how i if in into "
    "is it its just know like me my no not now of on one only or our out please she so some thank "
    "thanks that the their them then there these they this those to too up us use using very want "
    "was we were what when where which while who why will with would you your yours"
)
_STOP = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True)
class Asked:
    """The words of a question; those of its `subject`, which stand among `words` too, count more:
    whoever writes a ticket says in it what it is about, and below it what else there was."""

    words: tuple[str, ...]
    subject: tuple[str, ...] = ()


def content_words(question: str) -> list[str]:
    """The distinct words worth searching for, in order, at most 48; no query syntax survives."""
    words = (w.lower() for w in _WORD.findall(question[:20_000]))
    return list(dict.fromkeys(w for w in words if w not in _STOP))[:MAX_WORDS]


def asked(question: str, subject: str = "") -> Asked:
    """Without a subject all words of the question are alike."""
    named = content_words(subject)
    words = list(dict.fromkeys([*named, *content_words(question)]))[:MAX_WORDS]
    return Asked(tuple(words), tuple(named))
