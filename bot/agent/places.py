"""Where a text leads: addresses of the web and of mail, however they are written.

What a customer's programme makes a link of is one, with a scheme or without: `shop.example` in a
sentence is as live as `https://shop.example`, and so is whatever stands behind `[words](`.
"""

import re
from collections.abc import Iterator

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>()\"”]+|\bwww\.[^\s<>()\"”]+", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_CALL = re.compile(r"\b(?:javascript|vbscript|data|mailto|tel|sms|file|intent):[^\s<>()\"”]+", re.I)
_TARGET = re.compile(r"\]\(\s{0,9}<?([^\s<>()]+)|\bhref\s{0,9}=\s{0,9}[\"']?([^\s<>\"']+)", re.I)
_RUN = re.compile(r"([\w.。@+-]+)(/[^\s<>()\"”]*|)")
_BEHIND = ".,;:!?/'"
_DOTS = re.compile(r"\.{2,}")
# Files are called so, and no country or registry is.
_FILE = re.compile(
    r"apk|avi|bak|bat|dat|db|jsonlz4|lnk|plist|reg|sqlite|sys|tmp|"
    r"bmp|cfg|conf|css|csv|dll|dmg|doc|docx|eml|exe|gif|gz|heic|htm|html|ics|ini|jar|"
    r"jpeg|jpg|js|json|jsx|log|mdb|mkv|msi|odt|ods|otf|pdf|php|png|ppt|pptx|psd|pst|rar|rtf|"
    r"svg|tar|tif|tiff|tsx|ttf|txt|vcf|wav|webp|wmv|woff|xls|xlsm|xlsx|xml|yaml|yml",
    re.IGNORECASE,
)
_SHORT = frozenset(["p.ej", "p.ex", "z.zt", "u.dgl"])


def places_in(text: str) -> frozenset[str]:
    """Hosts, and with their paths where they have any, mail addresses, and whatever else a link
    names, in small letters."""
    return frozenset(place.lower() for place in _places(text) if place)


def _places(text: str) -> Iterator[str]:
    for link in _LINK.finditer(text):
        yield from _of_link(link[0])
    for target in _TARGET.finditer(text):
        yield from _leads_to(target[1] or target[2])
    for called in _CALL.finditer(text):
        yield called[0].rstrip(".,;!?'")
    bare = _LINK.sub(" ", text)
    for address in _ADDRESS.finditer(bare):
        yield address[0].rstrip(".")
    for run in _RUN.finditer(_ADDRESS.sub(" ", bare)):
        hosts = tuple(_hosts(run[1]))
        yield from hosts
        if hosts and len(run[2]) > 1:
            yield hosts[-1] + run[2].rstrip(_BEHIND)


def _of_link(link: str) -> Iterator[str]:
    if found := _HOST.match(link):
        yield found[1].rstrip(".,;!'")
    yield link.rstrip(_BEHIND).split("//")[-1].removeprefix("www.")


def _leads_to(target: str) -> Iterator[str]:
    is_told = _LINK.match(target) or _CALL.match(target) or "@" in target
    if not is_told and not any(True for _ in _hosts(target.split("/")[0])):
        yield target


def _hosts(run: str) -> Iterator[str]:
    for part in _DOTS.split(run.replace("。", ".").replace("@", " ").strip()):
        for word in part.split():
            labels = word.strip(".-+_").split(".")
            host = ".".join(labels)
            if len(labels) > 1 and _is_top(labels[-1]) and host.lower() not in _SHORT:
                yield host


def _is_top(label: str) -> bool:
    is_word = len(label) > 1 and label.isalpha() and not _FILE.fullmatch(label)
    return is_word or label.lower().startswith("xn--")
