"""Where the words stand that announce a secret: the forms are tried there and nowhere else.

A form of fifty words costs a microsecond and more at each place that it is tried at.
"""

import re
from collections.abc import Iterator, Sequence

# What the words begin with; whoever adds a word adds its first two letters.
_FIRST = (
    r"a[cdnpuw]|b[aeo]|c[ahiloórsv]|d[aií]|e[im-]|fi|h[ae]|id|j[es]|k[aeo]|l[ilöo]|m[adfo]|nu|o[nt]"
    r"|p[ahirsuüw/]|re|s[acelit]|t[ao]|u[st]|ve|w[aei]|z[aiu]|2f|-m|[^\x00-\x7f]|m[^\x00-\x7f]"
)


def beginnings(words: str) -> re.Pattern[str]:
    """Of text in small letters: where one of the words begins, within no other word."""
    return re.compile(rf"(?<![a-z0-9])(?={_FIRST})(?={words})")


def small(text: str) -> str:
    """In small letters, each at its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def places(of: re.Pattern[str], lowered: str) -> Sequence[int]:
    return [found.start() for found in of.finditer(lowered)]


def matches(form: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """As `finditer` has them, from these places alone."""
    after = 0
    for start in starts:
        if start >= after and (found := form.match(text, start)):
            yield found
            after = found.end()
