"""Numbers that are written as words, in the languages that answers are written and checked in."""

from collections.abc import Iterator, Mapping

_ONES: Mapping[str, str] = {
    "en": "two three four five six seven eight nine",
    "de": "zwei drei vier funf sechs sieben acht neun",
    "es": "dos tres cuatro cinco seis siete ocho nueve",
    "fr": "deux trois quatre cinq six sept huit neuf",
    "it": "due tre quattro cinque sei sette otto nove",
    "nl": "twee drie vier vijf zes zeven acht negen",
    "pt": "dois tres quatro cinco seis sete oito nove",
}
_TEENS: Mapping[str, str] = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "fr": "dix onze douze treize quatorze quinze seize",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "pt": "dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove",
}
_TENS: Mapping[str, str] = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
# What else is one word in some of them.
_OTHERS: Mapping[str, int] = {
    "zero": 0, "null": 0, "cero": 0, "duas": 2, "catorze": 14, "quatorce": 14, "octante": 80,
    "hundred": 100, "hundert": 100, "cien": 100, "honderd": 100, "cem": 100, "thousand": 1_000,
    "tausend": 1_000, "mil": 1_000, "mille": 1_000, "duizend": 1_000, "dozen": 12, "dutzend": 12,
    "couple": 2,
}  # fmt: skip
_ONE_BEFORE = {"de": "ein", "nl": "een"}
_ONE_BEHIND = ("one", "un", "uno", "una", "une", "um", "uma")
_BETWEEN = ("y", "e", "et")
_SCORE, _SIXTY = 4, 60


def _one_word() -> Iterator[tuple[str, int]]:
    for language, told in _TENS.items():
        ones = list(enumerate(_ONES[language].split(), 2))
        yield from ((word, one) for one, word in ones)
        yield from ((word, value) for value, word in enumerate(_TEENS[language].split(), 10))
        for times, word in enumerate(told.split(), 2):
            yield word, 10 * times
            match language:
                case "de" | "nl":
                    joint = {"de": ("und",), "nl": ("en", "ën")}[language]
                    for one, before in [(1, _ONE_BEFORE[language]), *ones]:
                        yield from ((f"{before}{sign}{word}", 10 * times + one) for sign in joint)
                case "it":
                    yield f"{word[:-1]}uno", 10 * times + 1
                    for one, behind in ones:
                        stem = word[:-1] if behind == "otto" else word
                        yield f"{stem}{behind}", 10 * times + one
                case "es" if word == "veinte":
                    yield from ((f"veinti{behind}", 20 + one) for one, behind in ones)
                    yield from ((f"veinti{behind}", 21) for behind in ("un", "uno", "una"))


# Words of another language, and more often: "payment is due", "once a day", "es sei denn".
_NO_NUMBERS = ("due", "once", "sei")
_VALUES: Mapping[str, int] = {
    **{word: value for word, value in _one_word() if word not in _NO_NUMBERS},
    **_OTHERS,
}
NUMBERS: Mapping[str, str] = {word: str(value) for word, value in _VALUES.items()} | {
    "percent": "%", "prozent": "%", "percentage": "%",
}  # fmt: skip


def counted(words: list[str]) -> tuple[str, int]:
    """The number that these words begin with, and how many of them it takes; 0 where it is none.

    "Thirty-one", "treinta y un" and "quatre-vingt-dix" are several words and one number.
    """
    if not words or words[0] not in _VALUES:
        return "", 0
    value, used = _VALUES[words[0]], 1
    if value == _SCORE and words[1:2] in (["vingt"], ["vingts"]):
        value, used = 80, 2
    is_french = words[0] in ("soixante", "quatre")
    rest = words[used:]
    link = 1 if rest[:1] and rest[0] in _BETWEEN else 0
    if value in range(20, 100, 10) and rest[link:]:
        behind = rest[link]
        more = 1 if behind in _ONE_BEHIND else _VALUES.get(behind, 0)
        if 0 < more < (20 if is_french and value in (_SIXTY, 80) else 10):
            value, used = value + more, used + link + 1
    if words[used - 1] == "dix" and words[used : used + 1]:
        more = _VALUES.get(words[used], 0)
        if more in range(7, 10):
            value, used = value + more, used + 1
    return str(value), used
