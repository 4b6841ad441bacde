"""Secrets among the arguments of a command that somebody copied."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_VALUE = (
    r"(?:\"(?P<quoted>[^\"\n]{2,200})\"|'(?P<single>[^'\n]{2,200})'|(?P<bare>[^\s\"'-]\S{2,200}))"
)
_FORMS = (
    re.compile(
        r"(?<![\w-])--?(?:[a-z0-9]{1,12}[-_]){0,3}(?:password|passwd|passphrase|passwort|pwd|pass|pw"
        rf"|token|secret|api-?key|auth|access-key)(?:[ ]{{1,2}}|=){_VALUE}",
        re.I,
    ),
    re.compile(
        r"(?<![\w-])(?:mysql\w{0,8}|mariadb\w{0,8}|sshpass|mongo\w{0,8}|plink|pscp|redis-cli|7z|zip"
        r"|unzip|rar|unrar|docker login|ldap\w{2,8}|smbclient|sqlcmd|bcp)"
        rf"(?:[ ](?!-pw?|-[PaAw])\S{{1,60}}){{0,8}}[ ]-(?:pw|[pPaAw])[ ]?{_VALUE}",
    ),
    re.compile(
        r"(?<!\S)(?:-u|--(?:proxy-)?user|-a|--auth)(?:[ ]|=)?[\"']?[^\s:\"'-][^\s:\"']{0,80}:"
        r"(?P<quoted>(?!))?(?P<single>(?!))?(?P<bare>[^\s\"'/]{3,200})"
    ),
)


def given(text: str) -> Iterator[Span]:
    for form in _FORMS:
        for found in form.finditer(text):
            [name] = [name for name, value in found.groupdict().items() if value is not None]
            yield found.span(name)
