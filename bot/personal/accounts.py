"""Bank accounts by IBAN (ISO 13616), also with a wrong check digit."""

import re
from collections.abc import Iterator, Mapping

Span = tuple[int, int]

# Of each country its length, from the registry.
_LENGTHS: Mapping[str, int] = {
    country: size
    for size, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_HEAD = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=IBAN)|(?<=Iban)|(?<=iban))(?:([A-Z] ?[A-Z])[ -]?|([A-Za-z]{2}))"
    r"[0-9]{2}(?=[ \t\n.,/_|-]{0,3}[A-Za-z0-9])"
)
_NEXT = r"(?:[ \t]?[-.,/_|\n]{0,2}[ \t]{0,2}[A-Za-z0-9])"
_REST = {size: re.compile(f"{_NEXT}{{{size - 4}}}") for size in set(_LENGTHS.values())}
_PARTS = re.compile(r"[A-Za-z0-9]+")
_DIGITS = re.compile(r"[0-9]{2}")
_GROUP = 4
_LEAST_DIGITS = 7


def accounts(text: str) -> Iterator[Span]:
    """Those whose check digits are right."""
    yield from (span for span, code in _like_accounts(text) if is_checked(code))


def mistyped(text: str) -> Iterator[Span]:
    """Those with wrong ones, where nothing follows that could belong to them."""
    for (start, end), code in _like_accounts(text):
        if not is_checked(code) and text[end - 1].isdigit() and not text[end : end + 1].isalnum():
            yield start, end


def _like_accounts(text: str) -> Iterator[tuple[Span, str]]:
    if _DIGITS.search(text) is None:
        return
    for head in _HEAD.finditer(text):
        size = _LENGTHS.get((head[1] or head[2]).replace(" ", "").upper())
        if size is not None and (rest := _REST[size].match(text, head.end())):
            written = f"{head[0].replace(' ', '')}{rest[0]}"
            code = "".join(filter(str.isalnum, written)).upper()
            if _is_like_one(written, code):
                yield (head.start(), rest.end()), code


def _is_like_one(written: str, code: str) -> bool:
    """Digits enough, and its letters in groups of four: "is 22 and then" is a sentence."""
    parts = _PARTS.findall(written)
    in_fours = all(len(part) == _GROUP or part.isdigit() for part in parts[1:-1])
    return in_fours and sum(map(str.isdigit, code)) >= _LEAST_DIGITS


def is_checked(code: str) -> bool:
    """Whether the number, country and check digits moved to its end, leaves 1 of 97."""
    turned = code[4:] + code[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
