"""Everything personal in a text, in order and without overlaps."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.personal.accounts import accounts, mistyped
from bot.personal.addresses import emails, phones
from bot.personal.cards import cards
from bot.personal.codes import codes
from bot.personal.commands import given
from bot.personal.folding import fold, readings
from bot.personal.naming import beginnings, small
from bot.personal.tokens import tokens
from bot.personal.told import keys, passwords
from bot.personal.words import CODE, ENTRY, KEY, NO_BLANKS, ON_THE_BACK, PAIR, PLAIN_CODE

Kind = Literal["card", "token", "password", "iban", "email", "phone"]
# What nobody needs to see, in a channel either.
SECRET: frozenset[Kind] = frozenset({"card", "token", "password"})
ALL: frozenset[Kind] = frozenset(get_args(Kind))

_FINDERS: Sequence[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]]] = (
    # Before cards, as the digits of an account may well add up to one; a mistyped one behind
    # them, or it would make a card of something that is put back.
    ("iban", accounts),
    ("card", cards),
    ("token", tokens),
    ("token", keys),
    ("password", passwords),
    ("password", given),
    ("password", codes),
    ("iban", mistyped),
    ("email", emails),
    ("phone", phones),
)
# A text without any of these, without long words and with few digits holds no secret. Most texts of
# ours are such, and each card is drawn out of dozens: those are not searched.
_ANNOUNCES = beginnings(rf"(?:{ENTRY}|{KEY}|{CODE}|{PLAIN_CODE}|{ON_THE_BACK})(?!\w)|{PAIR}")
_OPTION = re.compile(r"(?<!\S)--?\w")
_NO_BLANK = re.compile(NO_BLANKS)
_LONG_WORD, _LONG_ODD_WORD = 18, 13
_OF_ODD = re.compile(r"[-_.0-9]")
_FEW_DIGITS = 12
# More than a card, an account or an address is long.
_REST = 400


@dataclass(frozen=True)
class Personal:
    kind: Kind
    start: int
    end: int


def find(text: str, kinds: frozenset[Kind] = ALL) -> list[Personal]:
    """Of two that overlap the whole counts as what comes first in the order of kinds."""
    found = [
        (places[start], places[end - 1] + 1 if folded is text else places[end], order, kind)
        for folded, places in readings(text)
        for order, (kind, finder) in enumerate(_FINDERS)
        if kind in kinds
        for start, end in finder(folded)
    ]
    joined: list[tuple[int, int, int, Kind]] = []
    for start, end, order, kind in sorted(found):
        if joined and start < joined[-1][1]:
            last = joined[-1]
            order, kind = min((last[2], last[3]), (order, kind))
            joined[-1] = (last[0], max(last[1], end), order, kind)
        else:
            joined.append((start, end, order, kind))
    return [Personal(kind, start, end) for start, end, _, kind in joined]


def beginning(text: str, most: int, kinds: frozenset[Kind] = ALL) -> str:
    """At most so many characters, ended before whatever personal would be cut in two: of half a
    number nobody could tell any more what it was."""
    if len(text) <= most:
        return text
    end, begins = most, max(0, most - _REST)
    near = text[begins : most + _REST]
    if kinds <= SECRET and not _is_worth_a_look(small(fold(near)[0])):
        return text[:most]
    for each in find(near, kinds):
        if each.start + begins < end < each.end + begins:
            end = each.start + begins
    return text[:end]


def masked(text: str) -> str:
    """The text with a word in the place of each card number, token and password."""
    if not _is_worth_a_look(small(fold(text)[0])):
        return text
    kept, after = [], 0
    for each in find(text, SECRET | {"iban"}):
        if each.kind not in SECRET:
            continue
        kept += [text[after : each.start], f"[{each.kind}]"]
        after = each.end
    return "".join([*kept, text[after:]])


def _is_worth_a_look(text: str) -> bool:
    """Of text in small letters."""
    return (
        sum(map(text.count, "0123456789")) >= _FEW_DIGITS
        or "@" in text
        or any(map(_is_long, text.split()))
        or ("-" in text and _OPTION.search(text) is not None)
        or (not text.isascii() and _NO_BLANK.search(text) is not None)
        or _ANNOUNCES.search(text) is not None
    )


def _is_long(word: str) -> bool:
    return len(word) >= _LONG_ODD_WORD and (
        len(word) >= _LONG_WORD or _OF_ODD.search(word) is not None
    )
