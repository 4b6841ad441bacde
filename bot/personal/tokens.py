"""Tokens and keys by their forms: prefixes of their makers, long random words, parts of links."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_PREFIXES = (
    r"sk-|pk-|sk_|pk_|rk_|whsec_|xox[a-z]-|xoxe\.|xapp-|gh[opsur]_|github_pat_|gl[a-z]{2,5}-|AKIA"
    r"|ASIA|AIza|ya29\.|npm_|pypi-|SG\.|hf_|do[op]_v1_|shp[a-z]{2}_|key-|EAA|eyJ|dapi|rpa_|r8_"
    r"|(?:AC|SK)(?=[0-9a-f]{32})|lin_api_|ntn_|secret_|sq0[a-z]{3}-|tok_|pat[-_]|LTAI"
    r"|AGE-SECRET-KEY-|hv[sbr]\.|xai-|gsk_|gls[a-z]_|dp\.[a-z]{2}\.|sbp_|nvapi-|pplx-|CFPAT-|PMAK-|figd_"
    r"|dckr_pat_|sntr[a-z]{2}_|ATATT3|ATCTT3|ATBB|ph[cxs]_|NRAK-|pul-|rubygems_|tskey-|mfa\.|FlyV1 "
)
_PART = r"token|key|secret|sig|signature|password|passwd|pwd|auth|code|jwt|session(?:id)?"
_LEADS_IN = (
    r"reset|invit\w*|verif\w*|confirm\w*|activat\w*|magic\w*|log-?in|sign-?in|sign-?up|auth\w*|token\w*"
    r"|join|passwor[dt]s?|recover\w*|unlock|share[ds]?|sso|session|einladung|best[äa]tig\w*|cb|callback"
)
_SHAPES = (
    re.compile(
        r"-{5}BEGIN [A-Z ]{0,40}(?:PRIVATE KEY|CERTIFICATE)[A-Z ]{0,20}-{5}"
        r"(?:[^-]|-(?!----(?:BEGIN|END) )){0,8000}+(?:-{5}END [A-Z ]{0,60}-{5}|(?=-{5}BEGIN )|\Z)",
        re.S,
    ),
    re.compile(r"\beyJ[\w-]{6,1000}+(?:\s?\.\s?[\w-]{4,8000}+){1,2}"),
    re.compile(rf"(?<![A-Za-z0-9])(?:{_PREFIXES})[\w./+=|-]{{10,}}"),
    re.compile(
        r"\b(?:bearer|basic|token|digest)[ \t\n:]{1,3}(?=[\w.~+/=-]*[0-9])[\w.~+/=-]{8,}", re.I
    ),
    re.compile(r"\b[Bb](?:earer|EARER)[ \t\n:]{1,3}[\w~+/=]{16,}"),
    re.compile(
        r"\b(?<!-)authorization[\"']?[ \t]?[:=][ \t]?[\"']?(?:\w{3,10}[ \t]{1,3})?[^\s\"'<>]{6,}",
        re.I,
    ),
    re.compile(r"(?<![0-9])[0-9]{8,10}:[\w-]{30,}"),
    re.compile(r"(?<=://)[^\s/:@]{0,100}:[^\s/@]{1,200}(?=@)"),
    re.compile(r"(?<![\w.-])[MNO][\w-]{20,40}\.[\w-]{5,8}\.[\w-]{25,80}(?![\w.-])"),
    re.compile(r"(?<!\w)(?:sha\d{1,3}|md5|hmac|v\d)=[0-9a-f]{32,128}(?![0-9a-f])", re.I),
    re.compile(rf"(?<=[?&;#])[\w-]{{0,30}}(?:{_PART})=[^\s&#\"'<>]{{4,}}", re.I),
    re.compile(r"\b(?:hooks\.slack\.com/services|discord(?:app)?\.com/api/webhooks)/[\w/-]{10,}"),
)
# What other systems call things by is no secret, long as it is.
_ID = re.compile(
    r"(?:ch|py|pi|re|in|cus|sub|acct|evt|txn|price|prod|seti|pm|tr|po|il|ii|cs|req|si|msg)_\w+"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.I,
)
_LONG = re.compile(r"(?<![\w/+=.@:-])[A-Za-z0-9_+/=-]{20,}(?![\w@])")
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]{32,}|[0-9A-F]{32,})")
_VERY_LONG = 32
_WAY_IN = re.compile(
    rf"(?<=/)(?:{_LEADS_IN})(?:[-_/][a-z]{{1,20}}){{0,3}}[/?]([\w~.=-]{{10,}})", re.I
)
_SEGMENT = re.compile(r"(?<=/)[\w~-]{20,}(?![\w~-])")


def tokens(text: str) -> Iterator[Span]:
    for shape in _SHAPES:
        yield from (found.span() for found in shape.finditer(text))
    for found in _LONG.finditer(text):
        if _is_random(found[0]):
            yield found.span()
    for found in _SEGMENT.finditer(text):
        if _is_random(found[0]) and not _HEXADECIMAL.fullmatch(found[0]):
            yield found.span()
    for found in _WAY_IN.finditer(text):
        if _lets_in(found[1]):
            yield found.span(1)


def _lets_in(word: str) -> bool:
    """Digits among its letters, and not the title of an article."""
    digits = sum(map(str.isdigit, word))
    is_title = word.count("-") > 1 and not _ID.fullmatch(word) and word.islower() and digits < 4
    return digits > 1 and any(map(str.isalpha, word)) and not is_title


def _is_random(word: str) -> bool:
    """Letters of both sizes and digits, or hexadecimal digits alone: no path, no slug, no id."""
    if _ID.fullmatch(word):
        return False
    if _HEXADECIMAL.fullmatch(word):
        return not word.isdigit() and not word.isalpha()
    if word.count("/") > 3 or word.count("-") > 3 or "--" in word:
        return False
    digits = sum(map(str.isdigit, word))
    is_mixed = any(map(str.isupper, word)) and any(map(str.islower, word))
    return is_mixed and digits >= (1 if len(word) >= _VERY_LONG else 2)
