"""Which tickets tell of the same trouble: they share most of the words that say something."""

from bot.agent.phrases import readable, words_of
from bot.agent.reading import content

_READ = 1_500
_LEAST_SHARED = 3
_LEAST_PART = 0.5

Fingerprint = frozenset[str]


def fingerprint(subject: str, body: str) -> Fingerprint:
    """Stems and numbers of a ticket's beginning; holds words of the customer: never log it."""
    words = words_of(readable(f"{subject[:300]}\n{body[:_READ]}"))
    codes = {word.text for word in words if word.text.isdigit() and len(word.text) == 3}
    return frozenset(content(words)) | codes


def is_similar(one: Fingerprint, other: Fingerprint) -> bool:
    """At least three telling words in common, and half of the shorter ticket's."""
    shared = len(one & other)
    return shared >= _LEAST_SHARED and shared >= _LEAST_PART * min(len(one), len(other))
