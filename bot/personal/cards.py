"""Card numbers, however they are spaced."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

Span = tuple[int, int]

# Digits with blanks, signs, lines' ends or marks of HTML between them.
_BETWEEN = r"[\W_]{0,7}(?:<?/?[a-z]{1,6}>[\W_]{0,4}){0,2}"
_GROUP = re.compile(rf"([0-9]+)({_BETWEEN}(?=[0-9]))?")
_NETWORKS = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})"
    r"|(?:5[1-5][0-9]{2}|22[2-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}"
    r"|3[47][0-9]{13}|3(?:0[0-5]|[689][0-9])[0-9]{11}|35[0-9]{14}"
    r"|(?:6011|65[0-9]{2}|64[4-9][0-9]|62[0-9]{2}|81[0-9]{2})[0-9]{12,15}"
    r"|(?:50|5[6-9]|6[0-9])[0-9]{10,17}"
)
_WORD = re.compile(
    r"card|karte|tarjeta|carte|cart[ãa]o|visa|maestro|amex|\bcc\b|\bkk\b|credit|kredit", re.I
)
# When it ends and what stands on its back, where that follows at once.
_BEHIND = re.compile(
    r"(?:[\W_]{1,6}(?:(?:exp|valid|thru|g[üu]ltig|ablauf|v[áa]l)\w{0,10}[\W_]{1,4}){0,2}[0-9]{1,2})?"
    r"[ ]?[/-][ ]?[0-9]{2,4}(?:[\W_]{1,6}(?:cv[vc]2?[\W_]{1,4})?[0-9]{3,4})?(?![0-9])",
    re.I,
)
_HALF = re.compile(r"(?<![0-9])([0-9]{4})[ -]?([0-9]{4})(?![0-9])")
_APART = 40
_BEFORE = 40
_SHORTEST, _LONGEST, _OF_LIST = 12, 19, 6
_EVEN = (1, 2, 4)
_UNEVEN = ([4, 6, 5], [4, 6, 4], [8, 8])
_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))


def cards(text: str) -> Iterator[Span]:
    """By Luhn's sum; a mistyped one too, where its network and form or a word tells it."""
    for groups in _runs(text):
        begins = groups[0][0]
        is_said = bool(_WORD.search(text, max(0, begins - _BEFORE), begins))
        run = _Run(text, groups, is_said)
        first = 0
        while first < len(groups):
            after = run.end_of_card(first)
            if after:
                end = groups[after - 1][1]
                behind = _BEHIND.match(text, end)
                yield groups[first][0], behind.end() if behind else end
            first = after or first + 1
    yield from _halves(text)


def _halves(text: str) -> Iterator[Span]:
    """Two halves with words between them, which are one card's together."""
    for one, other in pairwise(_HALF.finditer(text)):
        digits = "".join([*one.groups(), *other.groups()])
        is_near = other.start() - one.end() <= _APART
        if is_near and _NETWORKS.fullmatch(digits) and luhn(digits):
            yield one.span()
            yield other.span()


def _runs(text: str) -> Iterator[Sequence[Span]]:
    """Groups of digits that stand so near that they may be of one card, where they are enough."""
    run: list[Span] = []
    for found in _GROUP.finditer(text):
        run.append(found.span(1))
        if found[2] is None:
            if sum(end - start for start, end in run) >= _SHORTEST:
                yield run
            run = []


class _Run:
    """Each window of groups is judged by sums that are made once: no digit is added up again."""

    def __init__(self, text: str, groups: Sequence[Span], is_said: bool) -> None:
        self._text, self._groups, self._is_said = text, groups, is_said
        self._sizes = [end - start for start, end in groups]
        self._ends = [0, *accumulate(self._sizes)]
        self._digits = "".join(text[start:end] for start, end in groups)
        numbers = [int(digit) for digit in self._digits]
        # Of Luhn's sums that with every digit of an even place doubled, and the other one.
        self._sums = tuple(
            [0, *accumulate(_DOUBLED[n] if at % 2 == odd else n for at, n in enumerate(numbers))]
            for odd in (0, 1)
        )
        # How many groups from each one on are as long as it.
        self._alike = [1] * len(groups)
        for at in range(len(groups) - 2, -1, -1):
            if self._sizes[at] == self._sizes[at + 1]:
                self._alike[at] += self._alike[at + 1]

    def end_of_card(self, first: int) -> int:
        """The group behind the longest card that begins with this one, 0 where none does."""
        begin, ends = self._ends[first], self._ends
        last = first + 1
        while last < len(ends) and ends[last] - begin <= _LONGEST:
            last += 1
        for after in range(last - 1, first, -1):
            if ends[after] - begin < _SHORTEST:
                break
            if self._is_card(first, after) and (
                max(self._sizes[first:after]) <= _OF_LIST
                or not _is_wide(self._text, self._groups[first:after])
            ):
                return after
        return 0

    def _is_card(self, first: int, after: int) -> bool:
        begin, end = self._ends[first], self._ends[after]
        in_fours = self._in_fours(first, after)
        is_plain = in_fours or after == first + 1
        sums = self._sums[end % 2]
        if end - begin > _SHORTEST and (sums[end] - sums[begin]) % 10 == 0:
            return is_plain or self._is_networks(begin, end)
        return (self._is_said and is_plain) or (in_fours and self._is_networks(begin, end))

    def _in_fours(self, first: int, after: int) -> bool:
        if after == first + 1:
            return False
        if self._sizes[first] in _EVEN and self._alike[first] >= after - first - 1:
            return True
        return after - first <= len(_UNEVEN[0]) and self._sizes[first:after] in _UNEVEN

    def _is_networks(self, begin: int, end: int) -> bool:
        return _NETWORKS.fullmatch(self._digits, begin, end) is not None


def _is_wide(text: str, groups: Sequence[Span]) -> bool:
    """More than a sign or two stand between: the next value of a list, not the rest of this one."""
    between = (text[end:start] for (_, end), (start, _) in pairwise(groups))
    return any(
        gap.count("\n") > 1 or len(gap.split()) > 1 or len("".join(gap.split())) > 2
        for gap in between
    )


def luhn(digits: str) -> bool:
    """Whether the digits, every second from the right doubled, add up to tens."""
    doubled = (_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0
