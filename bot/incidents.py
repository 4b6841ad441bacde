"""Whom a trouble touches, by what their account has and where; and for how long. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from datetime import timedelta

# A monitor that tells for so long neither of an end nor of more has forgotten it.
BELIEVED = timedelta(days=3)
_WORD = re.compile(r"[^\W_]+")
# A hyphen within a word parts nothing: "non-EU" is no place of ours.
_PART = re.compile(r"((?<= )-(?= )|[–—:,/()\[\]])")
# The first three may stand behind a place, all of them before one.
_DASHES = "-–—:,/"


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


def place_of(products: Sequence[str], name: str, regions: Iterable[str]) -> str:
    """The one of `regions` that every component is marked with ("Sync (EU)", "EU: Sync"), or, where
    none is, the trouble itself ("[EU] Sync is slow"); empty when that is none, or several. A status
    page knows no regions but by such names; a word among others ("US Payroll", "Sign in") is none.
    """
    known = {region.casefold(): region for region in regions if region}
    marked = {_marked(product, known, _DASHES) for product in products}
    if not any(marked):
        return known.get(_marked(name, known), "")
    return known[marked.pop()] if len(marked) == 1 else ""


def _marked(text: str, known: Container[str], dashes: str = "") -> str:
    """What stands before a colon at the head or in brackets at an end, or by itself beside one of
    the `dashes`; nothing where the parts name several places."""
    parts = [part.strip() for part in _PART.split(" ".join(text.casefold().split()))]
    parts = list(filter(None, parts))
    places = {part for part in parts if part in known}
    if len(places) != 1:
        return ""
    place = places.pop()
    head, tail = parts[:3], parts[-3:]
    is_marked = (
        head in (["[", place, "]"], ["(", place, ")"])
        or tail in (["[", place, "]"], ["(", place, ")"])
        or (head[0] == place and head[1:2] in [[mark] for mark in (":", *dashes[:3])])
        or (tail[-1] == place and tail[-2:-1] in [[mark] for mark in dashes])
    )
    return place if is_marked else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
