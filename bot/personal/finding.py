"""Everything personal in a text, in order and without overlaps."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.personal.accounts import accounts
from bot.personal.addresses import emails, phones
from bot.personal.cards import cards
from bot.personal.folding import fold
from bot.personal.tokens import tokens
from bot.personal.told import keys, passwords

Kind = Literal["card", "token", "password", "iban", "email", "phone"]
# What nobody needs to see, in a channel either.
SECRET: frozenset[Kind] = frozenset({"card", "token", "password"})

_FINDERS: Sequence[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]]] = (
    # Before cards: the digits of an account may well add up to one.
    ("iban", accounts),
    ("card", cards),
    ("token", tokens),
    ("token", keys),
    ("password", passwords),
    ("email", emails),
    ("phone", phones),
)
# Most texts of ours hold nothing of the kind, and each card is drawn out of dozens of them.
_WORTH_A_LOOK = re.compile(
    r"[0-9](?:[^\w]{0,5}[0-9]){11}|[A-Za-z0-9_+/=.-]{18}|p[aiw]|kenn|[ck]l[aé]|contra|senha|mot|mdp|ke[yn]"
    r"|tok|sec|schl|chave|jet|otp|tan|cv[cv]|code|c[óo]digo|auth|bearer|basic|sess|has|l[öo]s|wacht|://"
    r"|pr[üu]f|crypt|cookie|daten|ficha|llave|puk|csc",
    re.I,
)


@dataclass(frozen=True)
class Personal:
    kind: Kind
    start: int
    end: int


def find(text: str, kinds: frozenset[Kind] = frozenset(get_args(Kind))) -> list[Personal]:
    """Of two that overlap the whole counts as what comes first in the order of kinds."""
    folded, places = fold(text)
    found = [
        (start, end, order, kind)
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
    return [Personal(kind, places[s], places[e - 1] + 1) for s, e, _, kind in joined]


def masked(text: str) -> str:
    """The text with a word in the place of each card number, token and password."""
    folded, _ = fold(text)
    if not _WORTH_A_LOOK.search(folded):
        return text
    kept, after = [], 0
    for each in find(text, SECRET | {"iban"}):
        if each.kind not in SECRET:
            continue
        kept += [text[after : each.start], f"[{each.kind}]"]
        after = each.end
    return "".join([*kept, text[after:]])
