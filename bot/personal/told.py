"""Passwords, keys and codes by the words before them: "my password is …", "PIN 4711"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.personal.naming import beginnings, matches, places, small
from bot.personal.words import (
    ENTRY,
    IS,
    KEY,
    LONE,
    MINE,
    NO_BLANKS,
    NOW,
    PAIR,
    TALK,
    USER,
)

Span = tuple[int, int]

_QUOTES = "\"'`“”„«»‘’‚"
_VALUE = (
    rf"(?:[{_QUOTES}](?P<quoted>[^\n{_QUOTES}]{{1,80}})[{_QUOTES}]"
    rf"|(?P<bare>[^\s{_QUOTES}][^\s]{{0,200}}))"
)
_LINK = (
    rf"[ \t]{{0,3}}[*_]{{0,2}}(?P<link>[:=]{{1,2}}|->|=>|→"
    rf"|(?:\b(?:{IS})\b|['’]s(?=[ ]))(?:[ ](?:{NOW}))?[ ]?[:=]?"
    r"|[ \t][-–/][ \t]|[ ]?[(>])"
    r"[*_]{0,2}[ \t]{0,3}\n?[ \t]{0,3}"
)
_GAP = r"(?![\w])(?P<gap>(?:[^\n:=?!;.]|\.(?=\S)){0,60}?)"


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9])(?P<name>{words}){_GAP}{_LINK}{_VALUE}", re.I)


_ENTRIES, _OF_KEYS, _USERS = beginnings(ENTRY), beginnings(KEY), beginnings(f"{USER}|{PAIR}")
_PASSWORDS, _KEYS = _said(ENTRY), _said(KEY)
# The middle of every link: where none is near, no form need be tried.
_MIDDLE = re.compile(rf"[:=→>(]|[ \t][-–/][ \t]|['’]s |\b(?:{IS})\b")
_NEAR = 110
_BARE = re.compile(rf"(?<![A-Za-z0-9])(?:{ENTRY}|{KEY})[ \t\n]{{1,4}}{_VALUE}", re.I)
_PAIR = re.compile(
    rf"(?<![\w-])(?:(?:{USER})[ ]?(?:[/&+]|and|und|y|et|e)[ ]?(?:{ENTRY})|{PAIR})"
    rf"[^\n:=]{{0,20}}[:=]?[ \t\n]{{0,3}}[^\s/|,:]{{1,80}}[ ]?[/|,:][ ]?{_VALUE}",
    re.I,
)
_IS_MINE = re.compile(
    rf"[ ](?:{IS})[ ](?:{MINE})[ ](?:\w{{1,12}}[ ]){{0,2}}(?:{ENTRY}|{KEY})(?![\w-])"
)
_AS_MINE = re.compile(rf"[ ](?:as|als|como|comme)[ ](?:\w{{1,6}}[ ]){{0,2}}(?:{ENTRY}|{KEY})(?!\w)")
_NO_BLANKS = re.compile(rf"(?:{NO_BLANKS})[\s:=]{{0,4}}(?P<quoted>(?!))?(?P<bare>[!-~]{{4,80}})")
_GLUED = re.compile(
    r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}:(?P<quoted>(?!))?(?P<bare>[^\s/:@]{4,80})(?![\w/.])"
)
_BEHIND_ADDRESS = re.compile(rf"@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}[ ]?[:/|][ ]?{_VALUE}")
_CHANGED = re.compile(
    rf"(?:{ENTRY})[^\n:=]{{0,30}}?[ ](?:from|von|vom|de|du)[ ](?P<old>\S{{4,80}})[ ]"
    r"(?:to|auf|zu|in|a|à|para)[ ](?P<new>\S{4,80})",
    re.I,
)
_PHRASE = re.compile(r"(?:[ \t]++[^\s,;.!?]++){1,5}(?=[ \t]*(?:$|[\n,;.!?]))")
_CLAUSE_ENDS = re.compile(
    r"[ \t]*(?:$|[\n,;.!?)\]}]|(?:and|und|y|et|e|please|bitte|thanks|danke|gracias|merci)\b)", re.I
)
_TRAIL = ".,;:!?)]}>*_"
_LEAST, _LONG, _NO_WORD, _LONGEST = 4, 9, 16, 200
_PHRASE_WORDS = 6


def passwords(text: str) -> Iterator[Span]:
    lowered = small(text)
    entries, keys = places(_ENTRIES, lowered), places(_OF_KEYS, lowered)
    users = sorted({*entries, *places(_USERS, lowered)}) if entries or keys else ()
    yield from _spans(text, lowered, _PASSWORDS, entries)
    yield from (_place(found) for found in matches(_PAIR, text, users))
    yield from _before(text, lowered) if entries or keys else ()
    if "@" in text:
        yield from (_place(found) for found in _GLUED.finditer(text))
        yield from _odd(_BEHIND_ADDRESS.finditer(text))
    for found in matches(_BARE, text, sorted({*entries, *keys})):
        if _is_odd(_value(found)) or _is_quoted(found):
            yield _place(found)
    if not text.isascii():
        yield from _odd(_NO_BLANKS.finditer(text))
    for found in matches(_CHANGED, text, entries):
        yield from (found.span(name) for name in ("old", "new") if _is_odd(found[name]))


def keys(text: str) -> Iterator[Span]:
    lowered = small(text)
    yield from _spans(text, lowered, _KEYS, places(_OF_KEYS, lowered))


def _odd(found: Iterable[re.Match[str]]) -> Iterator[Span]:
    return (_place(each) for each in found if _is_odd(_value(each)))


def _before(text: str, lowered: str) -> Iterator[Span]:
    """What stands before "is my password" and "as my password"."""
    for form in (_IS_MINE, _AS_MINE):
        for found in form.finditer(lowered):
            near = text[max(0, found.start() - _LONGEST) : found.start()]
            if not near or near[-1].isspace():
                continue
            word = near.split()[-1]
            start = found.start() - len(word)
            is_plain = form is _IS_MINE and _is_named(text, word, found.end())
            if is_plain or _is_odd(word):
                yield start, start + len(_bare(word))


def _spans(text: str, lowered: str, form: re.Pattern[str], names: Sequence[int]) -> Iterator[Span]:
    is_any_word = form is _PASSWORDS
    at, middle = 0, -1
    for name in names:
        if middle <= name:
            nearest = _MIDDLE.search(lowered, name + 1)
            middle = nearest.start() if nearest else len(text) + _NEAR
        if name < at or middle > name + _NEAR or not (found := form.match(text, name)):
            continue
        at = found.end("link")
        is_given = _is_given if is_any_word else _is_key
        if is_any_word and (phrase := _phrase(text, found)):
            yield phrase
        elif _is_odd(_value(found)) or is_given(text, found):
            yield _place(found)
            at = max(at, _place(found)[1])


def _phrase(text: str, found: re.Match[str]) -> Span | None:
    """Several plain words behind a colon that end the line: nobody talks so of a password."""
    if found["quoted"] is not None or not _is_marked(found):
        return None
    more = _PHRASE.match(text, found.end("bare"))
    words = f"{found['bare']}{more[0]}".lower().split() if more else []
    is_talk = sum(word in TALK for word in words) > 1
    return None if more is None or is_talk else (found.start("bare"), more.end())


def _is_marked(found: re.Match[str]) -> bool:
    return found["link"].strip()[-1] in ":=>→-–(" and not found["gap"].strip(" \t\"'`")


def _is_given(text: str, found: re.Match[str]) -> bool:
    """A plain word: where it is quoted or marked off, or ends what is said."""
    if found["quoted"] is not None:
        return True
    word = found["bare"].strip(_TRAIL).lower()
    if not word or word in TALK:
        return False
    is_last = found["bare"][-1] in ".,;!?" or _CLAUSE_ENDS.match(text, found.end("bare"))
    return _is_marked(found) or bool(is_last)


def _is_quoted(found: re.Match[str]) -> bool:
    """ "the password 'sunshine'": words that nobody quotes who only speaks of it."""
    words = (found["quoted"] or "").strip(_TRAIL).lower().split()
    return 0 < len(words) <= _PHRASE_WORDS and len(words[0]) >= _LEAST and not TALK & {*words}


def _is_named(text: str, told: str, end: int) -> bool:
    """A plain word before "is my password", where the sentence ends with it."""
    word = told.strip(_TRAIL + _QUOTES).lower()
    is_plain = word.isalpha() and word not in TALK and len(word) > _LEAST
    return is_plain and bool(_CLAUSE_ENDS.match(text, end))


def _is_key(text: str, found: re.Match[str]) -> bool:
    """Letters alone behind a mark: a word that is not talk, and a long one behind "key"."""
    word = _value(found).strip(_TRAIL + _QUOTES)
    if not word.isalpha() or word.lower() in TALK or found["gap"].strip(" \t\"'`"):
        return False
    if len(word) >= _NO_WORD:
        return True
    if not _is_marked(found) or LONE.fullmatch(found["name"]):
        return False
    return len(word) >= (_LEAST if "=" in found["link"] or found["quoted"] else _LONG)


def _value(found: re.Match[str]) -> str:
    return str(found["bare"] if found["quoted"] is None else found["quoted"])


def _place(found: re.Match[str]) -> Span:
    if found["quoted"] is not None:
        return found.span("quoted")
    start = found.start("bare")
    return start, start + len(_bare(found["bare"]))


def _bare(word: str) -> str:
    return word.rstrip(".,;)]}>") or word


def _is_odd(word: str) -> bool:
    """Nobody's word: digits or signs within, or capitals behind its first letter."""
    core = word.strip(_TRAIL + _QUOTES)
    if len(core) < _LEAST or core.lower() in TALK:
        return False
    has_digit = any(map(str.isdigit, core))
    has_sign = any(not char.isalnum() and char not in "'-’/" for char in core)
    is_mixed = any(map(str.isupper, core[1:])) and any(map(str.islower, core))
    return has_digit or has_sign or is_mixed
