"""What a letter touches, in the customer's words or in ours, that a second person should have read
before it leaves. By words, so that the same letter is held each time."""

from bot.agent.phrases import Phrases, readable, words_of
from bot.agent.words import alarms, moods

_PHRASES = Phrases(
    {
        "grief": moods.GRIEF,
        "legal": alarms.LEGAL,
        "security": (*alarms.SAFETY, *alarms.INTRUDER),
    }
)
# A long letter says in its first pages what it is about.
_MOST = 20_000


def touched(text: str) -> frozenset[str]:
    """Of grief, legal and security what the words are about; a denial counts too, since "no data
    was lost" is read with the same eyes."""
    return frozenset(name for name, _, _ in _PHRASES.find(words_of(readable(text[:_MOST]))))
