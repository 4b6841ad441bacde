"""Makes a card fit into a message by shortening words, never what an act is about.

Quotes and prose give way first, then values of facts that are longer than any amount, name or
address; shorter values stay whole whatever happens.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import singledispatch
from typing import Any

from bot.cards import Card, Code, Divider, Facts, Link, Quote, Strong, Text
from bot.words import SHORTENED, fitted

WHOLE_FACT = 255
_PROSE = (12_000, 8_000, 6_000, 4_500, 3_400, 2_500, 1_900, 1_400, 1_000, 700, 500, 300, 200, 100)
_FACTS = (11_000, 9_000, 7_000, 5_000, 3_500, 2_500, 1_500, 1_000, 600, 400, WHOLE_FACT)


def fit(card: Card, fits: Callable[[Card], bool]) -> Card:
    """The same card with visible words, and just enough of them cut, and marked so.

    Raises ValueError when even so it does not fit: it has too many facts or buttons.
    """
    steps = [(prose, _FACTS[0]) for prose in _PROSE] + [(_PROSE[-1], fact) for fact in _FACTS]
    smaller = card
    for prose, fact in steps:
        smaller = replace(card, blocks=tuple(capped(b, prose, fact) for b in smaller.blocks))
        if fits(smaller):
            return smaller
    return _without_last_prose(smaller, fits)


def _without_last_prose(card: Card, fits: Callable[[Card], bool]) -> Card:
    blocks = list(card.blocks)
    for place in range(len(blocks) - 1, -1, -1):
        if isinstance(blocks[place], Text | Quote | Divider):
            del blocks[place]
            smaller = replace(card, blocks=(*blocks, Text((SHORTENED.strip(),), style="context")))
            if fits(smaller):
                return smaller
    raise ValueError(f"card {card.key} has more facts or buttons than a message holds")


@singledispatch
def capped(part: Any, prose: int, fact: int) -> Any:
    """A block or span whose words are cut to that many units."""
    return part


@capped.register
def _(part: str, prose: int, fact: int) -> str:
    return fitted(part, prose)


@capped.register(Strong | Code | Quote)
def _(part: Strong | Code | Quote, prose: int, fact: int) -> Strong | Code | Quote:
    return replace(part, text=fitted(part.text, prose))


@capped.register
def _(part: Link, prose: int, fact: int) -> Link:
    return replace(part, label=fitted(part.label, prose))


@capped.register
def _(part: Text, prose: int, fact: int) -> Text:
    return replace(part, spans=tuple(capped(span, prose, fact) for span in part.spans))


@capped.register
def _(part: Facts, prose: int, fact: int) -> Facts:
    return Facts(tuple((name, capped(value, fact, fact)) for name, value in part.pairs))
