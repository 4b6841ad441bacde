"""Codes and numbers that let somebody in or pay: "PIN 4711", "482913 is my login code"."""

import re
from collections.abc import Iterator

from bot.personal.naming import beginnings, matches, places, small
from bot.personal.words import CODE, IS, MINE, ON_THE_BACK, PLAIN_CODE

Span = tuple[int, int]

_DIGITS = r"(?P<value>[0-9](?:[ -]?[0-9]){2,9})(?![0-9])"
_NAMED = re.compile(rf"(?<![\w-])(?:{CODE})(?![\w])[^\n0-9]{{0,24}}\n?{_DIGITS}", re.I)
_CODE = re.compile(
    rf"(?<![\w-])(?:{PLAIN_CODE})(?![\w-])"
    r"(?:[ ](?:is|was|ist|war|lautete?|es|era|est|[ée]tait|è|é|foi|i got|that i got|re[çc]u"
    r"|recibido|ricevuto|recebido|i received|sent)){0,3}"
    r"[ ]?[:=#]?[ \n]{0,2}(?P<value>[0-9]{4,8}|[0-9]{3}[ -][0-9]{3})(?![\w.,-]*[0-9])",
    re.I,
)
_IS_MINE = re.compile(
    rf"(?<=[0-9])[ ](?:{IS})[ ](?:{MINE})[ ](?:\w{{1,14}}[ ]){{0,3}}(?:{CODE}|{PLAIN_CODE})(?!\w)"
)
_BACKWARDS = re.compile(r"[0-9](?:[ -]?[0-9]){2,9}(?![0-9])")
_LONGEST = 21
_ON_THE_BACK = re.compile(
    rf"(?<!\w)(?:{ON_THE_BACK})[^\n0-9]{{0,20}}(?:back|behind|reverse|r[üu]ck|hint|detr[áa]s|atr[áa]s"
    rf"|reverso|dos|derri|verso|tr[áa]s|retro|dietro|achter)[^\n0-9]{{0,24}}{_DIGITS}",
    re.I,
)
_CODES, _PLAIN = beginnings(CODE), beginnings(PLAIN_CODE)
_NUMBERS = beginnings(ON_THE_BACK)
# A code that says what went wrong, or where somebody lives.
_OF_A_THING = re.compile(
    r"(?:error|exit|status|zip|post(?:al)?|area|country|promo|coupon|discount|response|source"
    r"|product|reason|diall?ing|dial|voucher|gift|stop|fault|exception|return|https?|bar|qr|sort"
    r"|swift|branch|item|article|colou?r|currency|language|bug|result|reference|order|event)"
    r"[ -]?$",
    re.I,
)


def codes(text: str) -> Iterator[Span]:
    lowered = small(text)
    named, plain = places(_CODES, lowered), places(_PLAIN, lowered)
    for form, names in ((_NAMED, named), (_ON_THE_BACK, places(_NUMBERS, lowered))):
        yield from (found.span("value") for found in matches(form, text, names))
    yield from _before(text, lowered) if named or plain else ()
    for found in matches(_CODE, text, plain):
        if not _OF_A_THING.search(text, max(0, found.start() - 20), found.start()):
            yield found.span("value")


def _before(text: str, lowered: str) -> Iterator[Span]:
    for found in _IS_MINE.finditer(lowered):
        end = found.start()
        if number := _BACKWARDS.match(text[max(0, end - _LONGEST) : end][::-1]):
            yield end - number.end(), end
