"""What has no place in an article: words that nobody sees, and orders to a machine that reads it.

An article is read by people and quoted by agents. What only one of both can see steers the other.
"""

import re
from functools import lru_cache

from bot.agent.phrases import Phrases, lines, readable, words_of

# Direction overrides and tags spell words that are not shown; a zero-width character may stand in
# a word for good reason, three in a row may not.
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e0fff]|[\u200b-\u200d\u2060-\u2064\ufeff]{3,}"
)
_UNSHOWN = re.compile(
    r"<!--|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b)|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_ORDERS = Phrases(
    {
        "orders": lines("""
            ignore|disregard|forget .. previous|prior|earlier|above|all .. instruction*|rules
            ignorier* .. vorherig*|bisherig*|alle .. anweisung*|regeln
            ignora|ignore .. instruccion*|instrucoes|consignes|instructions .. anterior*|precedent*
            system|developer prompt
            reveal|print|repeat .. your .. prompt|instructions
            you are now a|an|the|in
            from now on you
            assistant|agent|bot|ai|model must|should|shall always|never|approve|refund|tell|say|send
            do|must|should not tell|inform the customer|user
            whoever|if .. asks .. always approve|refund
            approve|grant every|all|any refund*
        """)
    }
)


@lru_cache(maxsize=1024)
def hidden_in(text: str) -> tuple[str, ...]:
    """Why no customer may be told from this text, in words for whoever wrote it; mostly empty."""
    found = []
    if _UNSEEN.search(text):
        found.append("It holds characters that nobody sees.")
    if _UNSHOWN.search(text):
        found.append("It holds words that a page does not show, such as a comment.")
    if any(True for _ in _ORDERS.find(words_of(readable(text)))):
        found.append("It gives orders to a machine that reads it.")
    return tuple(found)
