"""Whom a trouble touches, by what their account has and where; and for how long. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

# A monitor that tells for so long neither of an end nor of more has forgotten it.
BELIEVED = timedelta(days=3)
_WORD = re.compile(r"[^\W_]+")


def touches(
    products: Sequence[str], region: str, name: str, has: Iterable[str], where: str
) -> bool:
    """Whether an account that `has` these products, in the region `where`, is hit.

    Monitors and contracts spell a product differently: "Wrenfold Sync (EU)" is about Sync. A
    trouble that names no product is about those that its own name speaks of.
    """
    if not in_region(region, where):
        return False
    told = [_words(product) for product in products] or [_words(name)]
    owned = [_words(product) for product in has]
    return any(
        mine and (mine <= one or (products and one <= mine)) for mine in owned for one in told
    )


def speaks_of(products: Sequence[str], text: str) -> bool:
    """Whether words name one of the products whole: for customers of whom nothing is known."""
    said = _words(text)
    return any(named and named <= said for named in map(_words, products))


def in_region(region: str, where: str) -> bool:
    """`eu-west-1` is in `eu`; no region is everywhere, and an account of no known place is not
    left out."""
    hit, at = region.lower(), where.lower()
    return not hit or not at or hit == at or hit.startswith((f"{at}-", f"{at}_"))


def place_of(products: Sequence[str], name: str, regions: Iterable[str], has: Iterable[str]) -> str:
    """The one of `regions` that every component names ("Sync (EU)"), or else the trouble itself in
    capitals ("EU: Sync is slow"); empty when that is none, or several. A status page knows no
    regions but by such names. What a product of ours (`has`) is called by is no place.
    """
    known = {region.casefold(): region for region in regions if region}
    called = frozenset[str]().union(*map(_words, has))
    told = [(_words(product) - called) & known.keys() for product in products]
    capitals = {word.casefold() for word in _WORD.findall(name) if word.isupper()}
    named = set[str]().union(*told) if told and all(told) else (capitals - called) & known.keys()
    return known[named.pop()] if len(named) == 1 else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
