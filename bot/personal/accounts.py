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
_HEAD = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ -]?[0-9]{2}(?=[ \t\n.-]{0,2}[A-Za-z0-9])")
_NEXT = re.compile(r"[ \t]?[-.\n]?[ \t]?([A-Za-z0-9])")
_LEAST_DIGITS = 7


def accounts(text: str) -> Iterator[Span]:
    for head in _HEAD.finditer(text):
        size = _LENGTHS.get(head[1].upper())
        if size is not None:
            end, code = _read(text, head, size)
            is_alone = not text[end : end + 1].isalnum()
            if _is_like_one(code, size) and (is_alone or is_checked(code)):
                yield head.start(), end


def _read(text: str, head: re.Match[str], size: int) -> tuple[int, str]:
    """As many letters and digits as the country's accounts have, and where they end."""
    code, end = [char for char in head[0] if char.isalnum()], head.end()
    while len(code) < size and (found := _NEXT.match(text, end)):
        code.append(found[1])
        end = found.end()
    return end, "".join(code).upper()


def _is_like_one(code: str, size: int) -> bool:
    return len(code) == size and sum(map(str.isdigit, code)) >= _LEAST_DIGITS


def is_checked(code: str) -> bool:
    """Whether the number, country and check digits moved to its end, leaves 1 of 97."""
    turned = code[4:] + code[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
