"""Category, severity and a one-line summary, from weighted words."""

from collections.abc import Iterable, Mapping, Sequence

from bot.agent.phrases import plain
from bot.agent.reading import Reading
from bot.agent.signals import Hits
from bot.agent.words.topics import SEVERE, TOPICS

OTHER = "other"
_EXTRA_WEIGHT = 4
_SUBJECT_FACTOR = 2
_LEAST = 3
_SUMMARY = 140
_LONGEST = 16


def category_of(
    reading: Reading, extra: Mapping[str, Sequence[str]] = {}, tags: Sequence[str] = ()
) -> str:
    """The category whose words weigh most; words of the subject count double.

    `extra` adds a company's own words per category (`escalation.categories` of app.yaml).
    """
    body = _beginnings(reading.plain_words)
    subject = _beginnings({*_subject_words(reading), *map(plain, tags)})
    weights = {
        name: _weight(stems, body) + (_SUBJECT_FACTOR - 1) * _weight(stems, subject)
        for name, stems in TOPICS.items()
    }
    for name, words in extra.items():
        own = {plain(word): _EXTRA_WEIGHT for word in words}
        weights[name] = weights.get(name, 0) + _weight(own, body)
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] >= _LEAST else OTHER


def _subject_words(reading: Reading) -> set[str]:
    return {word.text for word in reading.words if word.end <= len(reading.subject)}


def severity_of(reading: Reading, found: Hits, signals: Mapping[str, str]) -> int:
    """1 a question, 2 something fails, 3 somebody is blocked or in a hurry, 4 harm or an outage."""
    if "safety" in signals or (found.get("trouble") and SEVERE[4] & reading.plain_words):
        return 4
    blocked = SEVERE[3] & reading.plain_words
    if blocked or "distress" in signals or "legal" in signals or "threat" in signals:
        return 3
    return 2 if found.get("trouble") or "repeated_contact" in signals else 1


def summary_of(reading: Reading) -> str:
    """The subject, or what was said first when it tells nothing; never a word of our own."""
    subject = " ".join(reading.subject.split())
    if len(reading.subject_stems) >= 2:
        return _cut(subject)
    sentences = (" ".join(part.split()) for part in _sentences(reading.body))
    first = next((sentence for sentence in sentences if len(sentence) > 15), "")
    return _cut(" – ".join(part for part in (subject, first) if part) or "No text")


def _sentences(text: str) -> list[str]:
    for end in "!?\n":
        text = text.replace(end, end + "\0")
    return text[:2_000].replace(". ", ".\0").split("\0")


def _cut(text: str) -> str:
    if len(text) <= _SUMMARY:
        return text
    return text[:_SUMMARY].rsplit(" ", 1)[0] + " …"


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    """The words, and every beginning of four letters and more."""
    return frozenset(
        word[:end] for word in words for end in {len(word), *range(4, min(len(word), _LONGEST))}
    )


def _weight(stems: Mapping[str, int], beginnings: frozenset[str]) -> int:
    """Each stem counts once: repeating a word does not change what a ticket is about."""
    return sum(weight for stem, weight in stems.items() if stem in beginnings)
