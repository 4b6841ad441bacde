"""Personal data in the forms that people write it in, collected apart from what the rules know.

`#` is a digit, so that the number is a valid one; `{n}` a name, `{o}` an odd password, `{w}` a
plain one, `{t}` a mixed token, `{h}` one of hexadecimal digits, `{l}` one of small letters. Those
of `handwritten_fresh` were put aside: no rule was made beside them.
"""

import random
import re
import string
from collections.abc import Iterator, Mapping
from typing import Literal

from benchmarks.handwritten import FORMS
from benchmarks.handwritten_fresh import FRESH
from benchmarks.personal_data import Item, Kind, with_check_digit

Half = Literal["tuned", "untuned"]
HALVES: tuple[Half, ...] = ("tuned", "untuned")
_PLAIN = ("sunshine", "bluebird", "Rosenheim", "margarita", "dragonfly", "Wanderer")
_NAMES = ("jane", "j_lopez", "wei.tan", "marta-ruiz", "olek", "d.okafor")
_VALUE = re.compile(r"\{([nowthl])\}")
_COUNTRY = re.compile(r"([A-Za-z]{2})[^A-Za-z#]{0,3}#")


def written(count: int, half: Half, seed: int = 20_261_122) -> Iterator[Item]:
    """As many items, kind after kind and form after form."""
    dice = random.Random(f"{seed}{half}")
    of_half = FORMS if half == "tuned" else FRESH
    kinds = list(of_half)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        forms = of_half[kind]
        yield _filled(kind, forms[number // len(kinds) % len(forms)], dice)


def _filled(kind: Kind, form: str, dice: random.Random) -> Item:
    if not _VALUE.search(form):
        digits = _digits(kind, form, dice)
        signs = iter(digits)
        text = "".join(next(signs) if char == "#" else char for char in form)
        return Item(kind, digits, text)
    values = _values(dice)
    [name] = {found[1] for found in _VALUE.finditer(form)}
    return Item(kind, values[name], form.replace(f"{{{name}}}", values[name]))


def _digits(kind: Kind, form: str, dice: random.Random) -> str:
    count = form.count("#")
    digits = "".join(dice.choice(string.digits) for _ in range(count))
    if kind == "card":
        return with_check_digit("4" + digits[2:])
    if kind == "iban":
        found = _COUNTRY.search(form)
        letters = "".join(str(int(char, 36)) for char in (found[1] if found else "DE"))
        check = 98 - int(f"{digits[2:]}{letters}00") % 97
        return f"{check:02d}{digits[2:]}"
    return digits


def _values(dice: random.Random) -> Mapping[str, str]:
    def some(signs: str, count: int) -> str:
        return "".join(dice.choice(signs) for _ in range(count))

    small = string.ascii_lowercase
    plain = dice.choice(_PLAIN)
    return {
        "n": f"{dice.choice(_NAMES)}{some(string.digits, 3)}",
        "o": dice.choice((f"{plain}{some(string.digits, 2)}!", f"{plain[:5]}{some('2345', 3)}")),
        "w": plain,
        "t": f"{some(small, 4)}7{some(string.ascii_letters + string.digits, 26)}Q4",
        "h": f"a{some('0123456789abcdef', 30)}4",
        "l": some(small, 24),
    }
