"""Codes and numbers that let somebody in or pay: "PIN 4711", "482913 is my login code"."""

import re
from collections.abc import Iterator

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
_BEFORE = re.compile(
    rf"(?<![0-9])(?P<value>[0-9](?:[ -]?[0-9]){{2,9}})[ ](?:{IS})[ ](?:{MINE})[ ]"
    rf"(?:\w{{1,14}}[ ]){{0,3}}(?:{CODE}|{PLAIN_CODE})(?!\w)",
    re.I,
)
_ON_THE_BACK = re.compile(
    rf"(?<!\w)(?:{ON_THE_BACK})[^\n0-9]{{0,20}}(?:back|behind|reverse|r[üu]ck|hint|detr[áa]s|atr[áa]s"
    rf"|reverso|dos|derri|verso|tr[áa]s|retro|dietro|achter)[^\n0-9]{{0,24}}{_DIGITS}",
    re.I,
)
# A code that says what went wrong, or where somebody lives.
_OF_A_THING = re.compile(
    r"(?:error|exit|status|zip|post(?:al)?|area|country|promo|coupon|discount|response|source"
    r"|product|reason|diall?ing|dial|voucher|gift|stop|fault|exception|return|https?|bar|qr|sort"
    r"|swift|branch|item|article|colou?r|currency|language|bug|result|reference|order|event)"
    r"[ -]?$",
    re.I,
)


def codes(text: str) -> Iterator[Span]:
    for form in (_NAMED, _BEFORE, _ON_THE_BACK):
        yield from (found.span("value") for found in form.finditer(text))
    for found in _CODE.finditer(text):
        if not _OF_A_THING.search(text, max(0, found.start() - 20), found.start()):
            yield found.span("value")
