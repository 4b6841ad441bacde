"""Everything personal in a text, in order and without overlaps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.personal.accounts import accounts, mistyped
from bot.personal.addresses import emails, phones
from bot.personal.cards import cards
from bot.personal.folding import fold
from bot.personal.tokens import tokens
from bot.personal.told import keys, passwords

Kind = Literal["card", "token", "password", "iban", "email", "phone"]
# What nobody needs to see, in a channel either.
SECRET: frozenset[Kind] = frozenset({"card", "token", "password"})

_FINDERS: Sequence[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]]] = (
    # Before cards, as the digits of an account may well add up to one; a mistyped one behind
    # them, or it would make a card of something that is put back.
    ("iban", accounts),
    ("card", cards),
    ("token", tokens),
    ("token", keys),
    ("password", passwords),
    ("iban", mistyped),
    ("email", emails),
    ("phone", phones),
)
# Parts of the words that announce a secret. Most texts of ours hold none of them, no long word and
# few digits, and each card is drawn out of dozens: those are not searched.
_STEMS = (
    *("pass", "word", "w0rd", "wort", "pw", "p/w", "psw", "contrase", "clave", "mot", "mdp"),
    *("senha", "parola", "wacht", "hasł", "haslo", "lösen", "losen", "key", "token", "secret"),
    *("schl", "chave", "llave", "clé", "cle", "jeton", "ficha", "pin", "puk", "otp", "tan", "cv"),
    *("csc", "code", "código", "codigo", "auth", "bearer", "basic", "digest", "sess", "cookie"),
    *("csrf", "://", "=", "prüf", "pruf", "crypt", "credential", "daten", "datos", "dados"),
    *("identifiant", "aws_"),
)
_LONG_WORD, _FEW_DIGITS = 18, 12


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
    if not _is_worth_a_look(fold(text)[0].lower()):
        return text
    kept, after = [], 0
    for each in find(text, SECRET | {"iban"}):
        if each.kind not in SECRET:
            continue
        kept += [text[after : each.start], f"[{each.kind}]"]
        after = each.end
    return "".join([*kept, text[after:]])


def _is_worth_a_look(text: str) -> bool:
    return (
        any(stem in text for stem in _STEMS)
        or any(len(word) >= _LONG_WORD for word in text.split())
        or sum(map(str.isdigit, text)) >= _FEW_DIGITS
    )
