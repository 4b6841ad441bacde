"""E-mail addresses and telephone numbers, as people write and disguise them."""

import re
from collections.abc import Iterator

from bot.personal.naming import small

Span = tuple[int, int]

_HOST = r"(?:[\w-]{1,63}\.){1,6}(?:xn--[a-z0-9-]{2,40}|[^\W\d_]{2,24})"
_SIGN = r"(?:at|ät|arroba|arobase|chiocciola|klammeraffe|apenstaartje|aapje|malpa|małpa)"
_OPEN, _SHUT = r"[\[({<*_|-]", r"[\])}>*_|-]"
_AT = (
    rf"\s?(?:{_OPEN}{{1,2}}\s?(?:{_SIGN}|@|(?<=[(\[])a(?=[)\]]))\s?{_SHUT}{{1,2}}|&#64;|%40|@@|\sbei\s"
    r"|\s(?:arobase|chiocciola|klammeraffe|apenstaartje|arroba)\s)\s?"
)
_SPOKEN = r"(?:dot|punkt|punto|ponto|point|punt|kropka)"
_DOT = rf"(?:\.|\s?{_OPEN}{{1,2}}\s?(?:{_SPOKEN}|\.)\s?{_SHUT}{{1,2}}\s?|\s{_SPOKEN}\s)"
# Signs first: what stands before one and behind it is read from there.
_SIGNS = re.compile(rf"(?P<marked>{_AT})|(?P<word>\s{_SIGN}\s)|(?P<plain>[ \n]?@[ \n]?)")
_SPOKEN_HOST = re.compile(rf"[\w-]{{1,63}}(?:\s{_SPOKEN}\s[\w-]{{2,63}}){{1,4}}")
_ANY_HOST = re.compile(_HOST)
_MARKED_HOST = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}")
_BARE_HOST = re.compile(
    r"[\w-]{2,63}|\[?(?:[0-9]{1,3}\.){3}[0-9]{1,3}\]?|[\w-]{1,63}(?:[.,][ ]?[\w-]{2,63}){1,3}"
)
_NAME_BACKWARDS = re.compile(r"[\w.!#$%&*+/=?^`{|}~'-]{1,64}")
_QUOTED_BACKWARDS = re.compile(r"\"[^\"\n;()<>]{1,64}\"(?!\w)")
_PLAIN_BACKWARDS = re.compile(r"[\w.+-]{1,64}")
_ODD_NAME = re.compile(r"[._0-9+-]")
_SHORTEST_NAME, _LONGEST_NAME = 2, 66

# A name told in plain words: of a mail, or at a house that has nothing but mail.
_TOLD_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,3}[a-z]{2,10}(?!\w)")
_OF_MAIL = re.compile(
    r"e-?mails?\b|\bmail\b|write|contact|reach|address|correo|courriel|adresse|send|posta"
)
_MAIL_HOUSE = re.compile(
    r"(?:gmail|googlemail|gmx|web|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|proton(?:mail)?"
    r"|mail|t-online|freenet|posteo|mailbox|libero|orange|laposte|free|wanadoo|sapo|uol|bol|ziggo"
    r"|qq|163|yandex|fastmail|zoho|tutanota|tuta)\."
)
_NO_NAME = frozenset(
    """
    me us you in on up out is mail email e-mail account accounts page site website server look
    looking log login support here back them him her it contacts article articles online
    """.split()  # noqa: SIM905 - a list of words is read as words
)
_APART = r"(?:[ \t]{0,2}[-./()_][-./()_ \t]{0,3}|[ \t]{1,2})"
_MORE = rf"[0-9]{{0,14}}(?:{_APART}[0-9]{{1,14}}){{0,8}}"
_MORE_LINES = rf"[0-9]{{0,14}}(?:(?:{_APART}|[ ]?\n)[0-9]{{1,14}}){{0,8}}"
_EXTENSION = r"(?:[ ,;]{0,2}(?:ext?\.?|x|durchwahl|ramal|poste)[ .:]{0,2}[0-9]{1,6})?"
_ALONE = r"(?<![\w./+#-])"
_ENDS = r"(?![\w-]|[.,][0-9])"
_ABROAD = (
    re.compile(rf"(?<!\w)(?:\+|00)[ ]?\(?[1-9]{_MORE}{_EXTENSION}", re.I),
    re.compile(rf"(?<!\w)\+[ ]?\(?[1-9]{_MORE_LINES}"),
)
_AT_HOME = tuple(
    re.compile(form + _EXTENSION + _ENDS, re.I)
    for form in (
        rf"(?<![\w(./-])\([0-9]{{1,5}}\)[ \t]?[-/]?[ \t]?[0-9]{_MORE}",
        rf"{_ALONE}0[0-9]{_MORE}",
        rf"{_ALONE}(?:1[ .-])?[0-9]{{3}}[ .-][0-9]{{3}}[ .-][0-9]{{3,4}}",
        rf"{_ALONE}[0-9]{{2}} [0-9]{{3,5}}[ -][0-9]{{4}}",
        rf"{_ALONE}[0-9]{{2,3}}(?: [0-9]{{3}})?(?: [0-9]{{2}}){{2,3}}",
        rf"{_ALONE}[0-9]{{4,5}}[ -][0-9]{{5,7}}",
        rf"{_ALONE}[0-9]{{3}}-[0-9]{{4}}",
        rf"{_ALONE}1[0-9]{{3}}[ -][0-9]{{3}}[ -][0-9]{{3}}",
        rf"{_ALONE}1[3-9][0-9][ -][0-9]{{4}}[ -][0-9]{{4}}",
        rf"{_ALONE}[3-9][0-9]{{3}}[ -][0-9]{{4}}",
        rf"{_ALONE}[0-9]{{9,15}}",
    )
)
# Of links that call or write to somebody.
_LINKED = re.compile(
    r"(?:wa\.me/|\b(?:tel|callto|sms|whatsapp|skype|viber|signal):(?://)?|[?&](?:phone|tel|number)=)"
    r"\+?(?P<number>[0-9]{7,15})(?![0-9])",
    re.I,
)
_WORD = re.compile(
    r"\b(?:tele?ph?one?|telefonn?ummer|tel[eé]fono|telefone|t[eé]l[eé]phone|telem[oó]vel|t[eé]l|tel"
    r"|phone|call|mobile?|mobil|m[oó]vil|celular|cell|handy(?:nummer)?|portable|fax|whats\s?app|sms"
    r"|(?:call|ring|text|reach|phone) (?:me|us)|rufen? sie|r[uü]ckruf|anrufen?|erreich\w+"
    r"|ll[aá]m\w+|appele\w*|joindre|joignable|lig(?:ue|ar|uem|ação)|number is|meine nummer)"
    r"\b[^\n0-9+(]{0,28}\n?",
    re.I,
)
_SAID = re.compile(rf"[+(]{{0,2}}[0-9]{_MORE}{_EXTENSION}", re.I)
# A number behind these was given to a thing.
_OF_A_THING = re.compile(
    r"(?:order|invoice|ticket|case|ref(?:erence)?|bestell\w*|rechnungs?\w*|auftrags?\w*|pedido"
    r"|factura|commande|facture|fatura|encomenda|vorgangs?\w*|serial|sku|tracking|version|build"
    r"|error|id|charge|isbn|ean)(?:[ -]?(?:number|nummer|no|nr|n[uú]mero|num[eé]ro|id))?"
    r"[ .:#°º-]{0,4}$",
    re.I,
)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}"
    r"|[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:19|20)[0-9]{2}"
)
_MACHINE = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_LEAST, _LEAST_SAID, _MOST = 7, 5, 17


def emails(text: str) -> Iterator[Span]:
    lowered = small(text)
    for sign in _SIGNS.finditer(lowered):
        start = _name_before(lowered, sign)
        end = _host_behind(lowered, sign, start)
        if start < sign.start() < end:
            yield start, end


def _name_before(lowered: str, sign: re.Match[str]) -> int:
    """Where the name begins, the sign itself where there is none."""
    begins = sign.start()
    backwards = lowered[max(0, begins - _LONGEST_NAME) : begins][::-1]
    if sign.lastgroup == "word":
        name = _PLAIN_BACKWARDS.match(backwards)
    else:
        name = _NAME_BACKWARDS.match(backwards) or _QUOTED_BACKWARDS.match(backwards)
    told = name[0][::-1] if name else ""
    return begins - len(told if told[:1] == '"' else told.lstrip(".!#$%&*+/=?^`{|}~'-"))


def _host_behind(lowered: str, sign: re.Match[str], start: int) -> int:
    """Where the host ends, 0 where none is told."""
    at = sign.end()
    forms = {"marked": (_MARKED_HOST,), "plain": (_ANY_HOST,), "word": ()}[sign.lastgroup or "word"]
    if sign[0] == "@":
        forms = (_ANY_HOST, _BARE_HOST)
    found = [form.match(lowered, at) for form in (*forms, _SPOKEN_HOST)]
    if sign.lastgroup == "word" and _is_told(lowered, sign, start):
        found += [_ANY_HOST.match(lowered, at)]
    return max((each.end() for each in found if each), default=0)


def _is_told(lowered: str, sign: re.Match[str], start: int) -> bool:
    """A name told in plain words: an odd one, one of a mail, or at a house that has mail alone."""
    name = lowered[start : sign.start()]
    if len(name) < _SHORTEST_NAME or sign[0].strip() not in ("at", "arroba"):
        return False
    if _ODD_NAME.search(name):
        return True
    if name in _NO_NAME or not _TOLD_HOST.match(lowered, sign.end()):
        return False
    before = lowered[max(0, start - 40) : start]
    return bool(_OF_MAIL.search(before) or _MAIL_HOUSE.match(lowered, sign.end()))


def phones(text: str) -> Iterator[Span]:
    yield from (found.span("number") for found in _LINKED.finditer(text))
    for form in (*_ABROAD, *_AT_HOME):
        for found in form.finditer(text):
            if _is_phone(found[0], _LEAST) and not _is_a_things(text, found):
                yield found.span()
    for word in _WORD.finditer(text):
        told = _SAID.match(text, word.end())
        if told and _is_phone(told[0], _LEAST_SAID):
            yield told.span()


def _is_phone(number: str, least: int) -> bool:
    digits = sum(map(str.isdigit, number))
    return least <= digits <= _MOST and not _DATE.match(number) and not _MACHINE.fullmatch(number)


def _is_a_things(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 30) : found.start()]
    return found[0][0] not in "+(" and _OF_A_THING.search(before) is not None
