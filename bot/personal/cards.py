"""Card numbers, however they are spaced."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

Span = tuple[int, int]

# Digits with blanks, signs, lines' ends or marks of HTML between them.
_BETWEEN = r"(?:[\W_]{0,7}(?:<?/?[a-z]{1,6}>[\W_]{0,4}){0,2})"
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{11,}}(?![0-9])")
_GROUP = re.compile(r"[0-9]+")
_NETWORKS = tuple(
    re.compile(form)
    for form in (
        r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})",
        r"(?:5[1-5][0-9]{2}|22[2-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}",
        r"3[47][0-9]{13}|3(?:0[0-5]|[689][0-9])[0-9]{11}|35[0-9]{14}",
        r"(?:6011|65[0-9]{2}|64[4-9][0-9]|62[0-9]{2}|81[0-9]{2})[0-9]{12,15}",
        r"(?:50|5[6-9]|6[0-9])[0-9]{10,17}",
    )
)
_WORD = re.compile(
    r"card|karte|tarjeta|carte|cart[ãa]o|visa|maestro|amex|\bcc\b|\bkk\b|credit|kredit", re.I
)
_BEFORE = 40
_SHORTEST, _LONGEST, _OF_LIST = 12, 19, 6


def cards(text: str) -> Iterator[Span]:
    """By Luhn's sum; a mistyped one too, where its network and form or a word tells it."""
    for run in _RUN.finditer(text):
        groups = [found.span() for found in _GROUP.finditer(text, *run.span())]
        is_said = bool(_WORD.search(text, max(0, run.start() - _BEFORE), run.start()))
        first = 0
        while first < len(groups):
            after = _end_of_card(text, groups, first, is_said)
            if after:
                yield groups[first][0], groups[after - 1][1]
            first = after or first + 1


def _end_of_card(text: str, groups: Sequence[Span], first: int, is_said: bool) -> int:
    """The group behind the longest card that begins with this one, 0 where none does."""
    near = groups[first : first + _LONGEST]
    lengths = list(accumulate(end - start for start, end in near))
    for count in range(len(near), 0, -1):
        if _SHORTEST <= lengths[count - 1] <= _LONGEST:
            parts = [text[start:end] for start, end in near[:count]]
            if _is_card(parts, is_said) and (
                max(map(len, parts)) <= _OF_LIST or not _is_wide(text, near[:count])
            ):
                return first + count
    return 0


def _is_card(parts: Sequence[str], is_said: bool) -> bool:
    in_fours = _in_fours(parts)
    is_plain = in_fours or len(parts) == 1
    digits = "".join(parts)
    if len(digits) > _SHORTEST and luhn(digits):
        return is_plain or _is_networks(digits)
    return (is_said and is_plain) or (in_fours and _is_networks(digits))


def _in_fours(parts: Sequence[str]) -> bool:
    sizes = [len(part) for part in parts]
    return set(sizes[:-1]) in ({4}, {2}, {1}) or sizes in ([4, 6, 5], [4, 6, 4], [8, 8])


def _is_wide(text: str, groups: Sequence[Span]) -> bool:
    """More than a sign or two stand between: the next value of a list, not the rest of this one."""
    between = (text[end:start] for (_, end), (start, _) in pairwise(groups))
    return any(
        gap.count("\n") > 1 or len(gap.split()) > 1 or len("".join(gap.split())) > 2
        for gap in between
    )


def _is_networks(digits: str) -> bool:
    return any(network.fullmatch(digits) for network in _NETWORKS)


def luhn(digits: str) -> bool:
    """Whether the digits, every second from the right doubled, add up to tens."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0
